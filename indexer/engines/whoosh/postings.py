"""Terms of an open generation -> numpy arrays of the documents that hold them and what each occurrence adds to a score.

Arrays are kept while they are used, least recently used first out, CACHE_BYTES of them among the processes of a server.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.codec import Block
from indexer.engines.whoosh.grains import K1, Grain, Mask, Numbers
from indexer.engines.whoosh.segments import Part, SegmentFiles

CACHE_BYTES = 64 * 1024 * 1024
ENTRY_BYTES = 500  # what a key and two arrays take besides

_NO_NUMBERS, _NO_WEIGHTS = np.empty(0, np.int64), np.empty(0, np.float32)


class Scored:
    """The postings of a term, each array decoded when it is first read: many terms are asked only how many hold them.

    `blocks` are those of the segments, each with what its numbers are away from the generation's.
    """

    def __init__(self, blocks: Sequence[tuple[int, Block]], grain: Grain) -> None:
        self._blocks = blocks
        self._grain = grain
        self.most = sum([block.postings for _, block in blocks])  # documents, deleted ones among them
        self.nbytes = 12 * self.most  # once all is decoded
        self._asked = False
        self._documents: Numbers | None = None
        self._alive: Mask | None = None  # of all the documents, where some were deleted
        self._scores: NDArray[np.float32] | None = None

    @property
    def count(self) -> int:
        """How many documents hold the term, deleted ones left out."""
        return self.most if self._grain.is_whole else len(self.documents)

    @property
    def documents(self) -> Numbers:
        """The documents (ascending, none deleted) that hold the term."""
        if self._documents is None:
            documents = _together(_NO_NUMBERS, [block.documents(shift) for shift, block in self._blocks])
            if not self._grain.is_whole:
                self._alive = self._grain.alive[documents]
                documents = documents[self._alive]
            self._documents = documents
        return self._documents

    @property
    def scores(self) -> NDArray[np.float32]:
        """The term's BM25 in each of the documents, before its idf."""
        if self._scores is None:
            documents = self.documents
            weights = _together(_NO_WEIGHTS, [block.weights() for _, block in self._blocks])
            self._scores = self._scored(weights if self._alive is None else weights[self._alive], documents)
        return self._scores

    def among(self, numbers: Numbers) -> tuple[Numbers, NDArray[np.float32]]:
        """The places of those of a few documents that hold the term, and their scores; all are weighed once it is asked
        again."""
        documents = self.documents
        if not len(documents):
            return _NO_NUMBERS, _NO_WEIGHTS
        found = documents.searchsorted(numbers)
        shared = (documents.take(found, mode="clip") == numbers).nonzero()[0]
        places = found[shared]
        if self._asked or len(documents) < self.most:
            return shared, self.scores[places]
        self._asked = True
        return shared, self._scored(self._weights(places), numbers[shared])

    def _weights(self, places: Numbers) -> NDArray[np.float32]:
        """The weights at these places (ascending) of all blocks one behind the other."""
        if len(self._blocks) == 1:
            return self._blocks[0][1].weights(places)
        starts = [0, *accumulate(block.postings for _, block in self._blocks)]
        ends = places.searchsorted(starts).tolist()
        held = zip(self._blocks, starts, pairwise(ends), strict=False)
        return np.concatenate(
            [_NO_WEIGHTS, *(block.weights(places[begin:end] - start) for (_, block), start, (begin, end) in held)]
        )

    def _scored(self, weights: NDArray[np.float32], documents: Numbers) -> NDArray[np.float32]:
        scores: NDArray[np.float32] = weights * np.float32(1 + K1) / (weights + self._grain.norms[documents])
        return scores


Decoded = TypeVar("Decoded", NDArray[np.int64], NDArray[np.float32])


def _together(empty: Decoded, held: Sequence[Decoded]) -> Decoded:
    return held[0] if len(held) == 1 else np.concatenate([empty, *held])


Kept = TypeVar("Kept", Scored, Numbers)


class PostingsReader:
    """The postings of all segments of a generation; safe to use from several threads."""

    def __init__(self, segments: Sequence[SegmentFiles], grains: Mapping[Part, Grain], sharing: int = 1) -> None:
        self._segments = segments
        self._grains = grains
        self._room = CACHE_BYTES // sharing
        self._cache: OrderedDict[tuple[str, ...], Any] = OrderedDict()
        self._runs = sorted(set().union(*(segment.runs for segment in segments)))
        self._held = 0
        self._lock = threading.Lock()

    def read(self, field: str, term: str, part: Part) -> Scored:
        """The postings of one term."""
        key = (field, term, part)
        held: Scored | None = self._held_for(key)
        return held or self._keep(key, self._found(field, term, part))

    def kept(self, key: tuple[str, ...], make: Callable[[], Numbers]) -> Numbers:
        """What was made for a key, made anew where it is no longer held; two who ask at once may both make it."""
        held: Numbers | None = self._held_for(key)
        return self._keep(key, make()) if held is None else held

    def _held_for(self, key: tuple[str, ...]) -> Any:
        with self._lock:
            if key not in self._cache:
                return None
            self._cache.move_to_end(key)
            return self._cache[key]

    def _keep(self, key: tuple[str, ...], made: Kept) -> Kept:
        with self._lock:
            if key not in self._cache:
                self._cache[key] = made
                self._held += ENTRY_BYTES + made.nbytes
            while self._held > self._room:
                _, oldest = self._cache.popitem(last=False)
                self._held -= ENTRY_BYTES + oldest.nbytes
        return made

    def forget(self) -> None:
        """Give the memory back; what is asked next is read anew."""
        with self._lock:
            self._cache.clear()
            self._held = 0

    def beginning(self, prefix: str) -> list[str]:
        """The runs of letters or digits that begin with a prefix."""
        runs = self._runs
        first = bisect_left(runs, prefix)
        return runs[first : bisect_left(runs, prefix + chr(0x10FFFF), first)]

    def holding(self, letters: str) -> list[str]:
        """The runs of letters that hold these."""
        return [run for run in self._runs if letters in run]

    def _found(self, field: str, term: str, part: Part) -> Scored:
        grain = self._grains[part]
        found = [
            (base - segment.first(part), block)
            for segment, base in zip(self._segments, grain.bases, strict=False)
            if (block := segment.block(field, term, part))
        ]
        return Scored(found, grain)
