"""Terms of an open generation -> numpy arrays of the documents that hold them and what each occurrence adds to a score.

Arrays are kept while they are used, least recently used first out, CACHE_BYTES of them.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.grains import K1, Grain, Numbers
from indexer.engines.whoosh.segments import Part, SegmentFiles

CACHE_BYTES = 64 * 1024 * 1024
ENTRY_BYTES = 500  # what a key and two arrays take besides


@dataclass(frozen=True, slots=True)
class Scored:
    """The documents (ascending, none deleted) that hold a term, and its BM25 in each, before its idf (float32)."""

    documents: Numbers
    scores: NDArray[np.float32]

    @property
    def nbytes(self) -> int:
        """The memory held."""
        return ENTRY_BYTES + self.documents.nbytes + self.scores.nbytes


NO_SCORES = np.empty(0, np.float32)
NONE = Scored(np.empty(0, np.int64), NO_SCORES)


class PostingsReader:
    """The postings of all segments of a generation; safe to use from several threads."""

    def __init__(self, segments: Sequence[SegmentFiles], grains: Mapping[Part, Grain]) -> None:
        self._segments = segments
        self._grains = grains
        self._cache: OrderedDict[tuple[str, ...], Scored] = OrderedDict()
        self._runs = sorted(set().union(*(segment.runs for segment in segments)))
        self._held = 0
        self._lock = threading.Lock()

    def read(self, field: str, term: str, part: Part) -> Scored:
        """The postings of one term."""
        return self.kept((field, term, part), lambda: self._decoded(field, term, part))

    def kept(self, key: tuple[str, ...], make: Callable[[], Scored]) -> Scored:
        """What was made for a key, made anew where it is no longer held; two who ask at once may both make it."""
        with self._lock:
            if found := self._cache.get(key):
                self._cache.move_to_end(key)
                return found
        made = make()
        with self._lock:
            if key not in self._cache:
                self._cache[key] = made
                self._held += made.nbytes
            while self._held > CACHE_BYTES:
                _, oldest = self._cache.popitem(last=False)
                self._held -= oldest.nbytes
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

    def _decoded(self, field: str, term: str, part: Part) -> Scored:
        grain = self._grains[part]
        held = [segment.read(field, term, part) for segment in self._segments]
        if not any(len(postings.documents) for postings in held):
            return NONE
        documents = np.concatenate([each.documents + base for each, base in zip(held, grain.bases, strict=False)])
        weights = np.concatenate([each.weights for each in held])
        if grain.count < len(grain):
            kept = grain.alive[documents]
            documents, weights = documents[kept], weights[kept]
        norm = grain.norms[documents]
        return Scored(documents, weights * np.float32(1 + K1) / (weights + norm))
