"""What was derived from real digests, against what a person said of them; run by hand, with the digests at hand."""
