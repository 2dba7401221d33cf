"""Search over the archive: queries as trees, and engines that answer them."""
