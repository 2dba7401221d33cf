"""Terms of an open Whoosh index -> numpy arrays of document numbers and frequencies, kept while they are used.

Reads the codec's blocks through private attributes of its matcher, hence the exact pin of Whoosh; a contract test
compares every answer with that of the engine that looks.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3LeafMatcher, W3TermInfo
from whoosh.reading import IndexReader, SegmentReader, TermNotFound

from archive.text import is_single

CACHE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents (int64, ascending) that hold a term, and how often (float32); deleted ones may be among them."""

    documents: NDArray[np.int64]
    frequencies: NDArray[np.float32]

    @property
    def nbytes(self) -> int:
        """The memory held."""
        return self.documents.nbytes + self.frequencies.nbytes


NONE = Postings(np.empty(0, np.int64), np.empty(0, np.float32))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a segment keeps a term: found in one walk over its terms, three times as fast as by looking up each."""

    segment: SegmentReader
    offset: int
    info: W3TermInfo

    def documents(self, field: str) -> Iterator[NDArray[np.int64]]:
        """The documents, block by block."""
        terms = self.segment._terms
        matcher = terms._codec.postings_reader(terms._postfile, self.info, self.segment.schema[field].format)
        for ids, _ in _read(matcher):
            yield np.asarray(ids, dtype=np.int64) + self.offset


class PostingsReader:
    """The postings of one open index, least recently used first out."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._cache: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._held = 0
        self._lock = threading.Lock()  # the segments' files keep a position of their own

    def read(self, field: str, term: str) -> Postings:
        """The postings of one term."""
        with self._lock:
            if found := self._cache.get((field, term)):
                self._cache.move_to_end((field, term))
                return found
            found = self.decoded(field, term)
            self._cache[field, term] = found
            self._held += found.nbytes
            while self._held > CACHE_BYTES:
                _, oldest = self._cache.popitem(last=False)
                self._held -= oldest.nbytes
            return found

    def expanded(self, field: str, prefix: str) -> list[str]:
        """The terms that begin with a prefix."""
        with self._lock:
            return [term.decode() for term in self._reader.expand_prefix(field, prefix)]

    def holding(self, letters: str) -> list[str]:
        """The atoms that are runs of letters with these among them."""
        return [run for run in self._runs_of_letters if letters in run]

    @cached_property
    def _runs_of_letters(self) -> tuple[str, ...]:
        with self._lock:
            terms = [term.decode() for term in self._reader.lexicon("atoms")]
        return tuple(term for term in terms if not is_single(term) and not term.isdecimal())

    def every(self, field: str, wanted: Callable[[str], bool], least: int) -> Iterator[tuple[str, NDArray[np.int64]]]:
        """Each wanted term that at least so many documents hold (deleted ones counted), with these; nothing is kept."""
        places = self._places(field, wanted)
        while places:
            term, held = places.popitem()
            if sum(place.info.doc_frequency() for place in held) >= least:
                with self._lock:
                    documents = [ids for place in held for ids in place.documents(field)]
                yield term, np.concatenate(documents)

    def _places(self, field: str, wanted: Callable[[str], bool]) -> dict[str, list[_Place]]:
        found: dict[str, list[_Place]] = {}
        with self._lock:
            for segment, offset in self._reader.leaf_readers():
                for name, info in segment.iter_field(field):
                    if wanted(term := name.decode()):
                        found.setdefault(term, []).append(_Place(segment, offset, info))
        return found

    def decoded(self, field: str, term: str) -> Postings:
        """The same, read anew and not kept."""
        blocks = list(self._blocks(field, term))
        if not blocks:
            return NONE
        return Postings(np.concatenate([ids for ids, _ in blocks]), np.concatenate([weights for _, weights in blocks]))

    def _blocks(self, field: str, term: str) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        for segment, offset in self._reader.leaf_readers():
            try:
                matcher = segment.postings(field, term)
            except TermNotFound:
                continue
            matcher = getattr(matcher, "child", matcher)  # a segment with deletions wraps it
            matcher.reset()
            for ids, weights in _read(matcher):
                yield np.asarray(ids, dtype=np.int64) + offset, np.asarray(weights, dtype=np.float32)


def _read(matcher: W3LeafMatcher) -> Iterator[tuple[Sequence[int], Sequence[float]]]:
    """(documents, frequencies) of a matcher at its beginning, block by block."""
    while not matcher._atend:
        matcher._read_ids()
        matcher._read_weights()
        yield matcher._ids, matcher._weights
        matcher._next_block()
