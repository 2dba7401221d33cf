"""An open generation -> its vocabulary, by the postings of every frequent word."""

from __future__ import annotations

from indexer.engines.whoosh.snapshot import Snapshot
from indexer.vocabulary import LEAST_ENTRIES, is_offered


def words(snapshot: Snapshot) -> dict[str, int]:
    """word -> the entries that hold it, where at least LEAST_ENTRIES do."""
    postings = snapshot.postings
    if postings is None:
        return {}
    held = postings.every("words", is_offered, LEAST_ENTRIES)
    counts = ((word, len(snapshot.entries.only(documents))) for word, documents in held)
    return {word: count for word, count in counts if count >= LEAST_ENTRIES}
