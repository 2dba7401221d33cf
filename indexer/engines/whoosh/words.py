"""An open generation -> its vocabulary: what each segment counted when it was written, less what was deleted since."""

from __future__ import annotations

from collections import Counter

import numpy as np

from indexer.engines.whoosh.snapshot import Held, Snapshot
from indexer.segmenter import Segmenter
from indexer.vocabulary import LEAST_ENTRIES


def words(snapshot: Snapshot, segmenter: Segmenter) -> dict[str, int]:
    """word -> the entries that hold it, where at least LEAST_ENTRIES do."""
    counts: Counter[str] = Counter()
    for held in snapshot.segments:
        counts.update(held.files.vocabulary())
        counts.subtract(_of_deleted(held, segmenter))
    return {word: count for word, count in counts.items() if count >= LEAST_ENTRIES}


def _of_deleted(held: Held, segmenter: Segmenter) -> Counter[str]:
    """The words of the entries that were deleted, cut anew."""
    deleted = held.files.columns.documents(np.flatnonzero(~held.entries).tolist())
    return Counter(
        word
        for document in deleted
        for word in {word for text in document.texts() for word in segmenter.index_words(text)}
    )
