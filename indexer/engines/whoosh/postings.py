"""Terms of an open Whoosh index -> numpy arrays of document numbers and frequencies, kept while they are used.

Reads the codec's blocks through private attributes of its matcher, hence the exact pin of Whoosh; a contract test
compares every answer with that of the engine that looks.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.matching import Matcher
from whoosh.reading import IndexReader, TermNotFound

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
            found = self._decoded(field, term)
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

    def frequent(self, field: str, least: int) -> list[str]:
        """The terms of a field that at least so many documents hold, deleted ones counted."""
        with self._lock:
            terms = self._reader.iter_field(field)
            return [term.decode() for term, known in terms if known.doc_frequency() >= least]

    def unkept(self, field: str, term: str) -> Postings:
        """The postings of one term, for whoever reads them all: what is kept stays."""
        with self._lock:
            return self._decoded(field, term)

    def _decoded(self, field: str, term: str) -> Postings:
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
            read = _coded if isinstance(matcher, W3LeafMatcher) else _inlined
            for ids, weights in read(matcher):
                yield np.asarray(ids, dtype=np.int64) + offset, np.asarray(weights, dtype=np.float32)


def _coded(matcher: W3LeafMatcher) -> Iterator[tuple[Sequence[int], Sequence[float]]]:
    """Block by block."""
    while not matcher._atend:
        matcher._read_ids()
        matcher._read_weights()
        yield matcher._ids, matcher._weights
        matcher._next_block()


def _inlined(matcher: Matcher) -> Iterator[tuple[Sequence[int], Sequence[float]]]:
    """A term of so few documents that it has no block."""
    while matcher.is_active():
        yield (matcher.id(),), (matcher.weight(),)
        matcher.next()
