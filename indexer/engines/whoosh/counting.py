"""Occurrences of a field's terms -> its postings: for each term the documents that hold it, and what it counts in them.

A document is an entry's number, behind all entries a key point's, behind those an entry's as a title.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.codec import Bounds
from indexer.engines.whoosh.terms import Collector, Numbers, Occurrences

MANY = 2_000_000  # postings that are brought into order at once


@dataclass(frozen=True, slots=True)
class Postings:
    """Postings of a field, by term, those of one by document; every term has some."""

    terms: Sequence[bytes]  # in order
    starts: Numbers  # where the postings of each term begin, and where the last end
    documents: NDArray[np.int32]
    weights: NDArray[np.float32]


def counted(occurrences: Occurrences, collector: Collector, bounds: Bounds) -> Postings:
    """Each term and document once, with what all its occurrences there count.

    Term, document and twice a weight lie in one integer, so that one sort brings together what belongs together.
    """
    halves = np.frombuffer(collector.halves, dtype=np.uint8).astype(np.int64)
    parts = [
        _keys(occurrences, collector.entries, 0, halves),
        _keys(occurrences, collector.points, bounds.points, np.full_like(halves, 2)),
        _keys(occurrences, collector.titles, bounds.titles, np.full_like(halves, 2)),
    ]
    keys = np.concatenate(parts)
    keys.sort()
    begins = changes(keys >> 2)
    weights = (np.add.reduceat(keys & 3, begins) if len(keys) else keys).astype(np.float32) * np.float32(0.5)
    return _postings(occurrences.terms, keys[begins] >> 2, weights)


def _keys(occurrences: Occurrences, documents: array[int], first: int, halves: Numbers) -> Numbers:
    """One integer for each occurrence in a text that belongs to a document."""
    document = np.frombuffer(documents, dtype=np.int64)[occurrences.text]
    held = document >= 0
    return occurrences.number[held] << 34 | (document[held] + first) << 2 | halves[occurrences.text[held]]


def _postings(terms: Sequence[bytes], held: Numbers, weights: NDArray[np.float32]) -> Postings:
    """Of integers, in order, of a term's number and a document."""
    starts = (held >> 32).searchsorted(np.arange(len(terms) + 1))
    return Postings(terms, starts, (held & 0xFFFFFFFF).astype(np.int32), weights)


def changes(values: Numbers) -> Numbers:
    """Where a sorted array's values begin anew."""
    return np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]])) if len(values) else values


def joined(batches: Sequence[Postings], bounds: Sequence[Bounds]) -> Iterator[Postings]:
    """The postings of a field in several batches as those of all their documents: some terms after others, MANY
    postings at a time or those of one term."""
    terms = sorted({term for batch in batches for term in batch.terms})
    place = {term: number for number, term in enumerate(terms)}
    tables = [np.array([place[term] for term in batch.terms], dtype=np.int64) for batch in batches]  # ascending
    counts = np.zeros(len(terms), dtype=np.int64)
    for batch, table in zip(batches, tables, strict=True):
        counts[table] += np.diff(batch.starts)
    ends = counts.cumsum()
    moves = _moves(bounds)
    begin = 0
    while begin < len(terms):
        done = ends[begin] - counts[begin]
        end = max(begin + 1, int(ends.searchsorted(done + MANY, side="right")))
        pieces = [_piece(*each, begin, end) for each in zip(batches, tables, bounds, moves, strict=True)]
        held = np.concatenate([keys for keys, _ in pieces])
        order = held.argsort(kind="stable")  # in order within each batch, so that they are only merged
        yield _postings(terms[begin:end], held[order], np.concatenate([weights for _, weights in pieces])[order])
        begin = end


def _piece(
    batch: Postings, table: Numbers, bounds: Bounds, move: Numbers, begin: int, end: int
) -> tuple[Numbers, NDArray[np.float32]]:
    """What a batch has of the terms from `begin` up to `end`: integers of a term's number and a document, weights."""
    own = slice(*table.searchsorted((begin, end)).tolist())
    first, last = batch.starts[own.start], batch.starts[own.stop]
    numbers = (table[own] - begin).repeat(np.diff(batch.starts[own.start : own.stop + 1]))
    documents = batch.documents[first:last].astype(np.int64)
    documents += move[part_of(documents, bounds)]
    return numbers << 32 | documents, batch.weights[first:last]


def part_of(documents: NDArray[np.signedinteger], bounds: Bounds) -> Numbers:
    """0 for entries, 1 for key points, 2 for titles."""
    return np.searchsorted((bounds.points, bounds.titles), documents, side="right")


def _moves(bounds: Sequence[Bounds]) -> list[Numbers]:
    """For each batch by how much its entries, key points and titles move among those of all."""
    entries = [0, *accumulate(each.points for each in bounds)]
    points = [0, *accumulate(each.titles - each.points for each in bounds)]
    whole = Bounds.of(entries[-1], points[-1])
    return [
        np.array([entry, whole.points + point - each.points, whole.titles + entry - each.titles])
        for each, entry, point in zip(bounds, entries, points, strict=False)
    ]
