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
    """All postings of a field, by term, those of one by document."""

    terms: Sequence[bytes]  # in order
    numbers: NDArray[np.int32]  # of the term of each posting
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
    held = keys[begins]
    return Postings(
        occurrences.terms, (held >> 32).astype(np.int32), (held >> 2 & 0x3FFFFFFF).astype(np.int32), weights
    )


def _keys(occurrences: Occurrences, documents: array[int], first: int, halves: Numbers) -> Numbers:
    """One integer for each occurrence in a text that belongs to a document."""
    document = np.frombuffer(documents, dtype=np.int64)[occurrences.text]
    held = document >= 0
    return occurrences.number[held] << 32 | (document[held] + first) << 2 | halves[occurrences.text[held]]


def changes(values: Numbers) -> Numbers:
    """Where a sorted array's values begin anew."""
    return np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]])) if len(values) else values


def joined(runs: Sequence[Postings], bounds: Sequence[Bounds]) -> Iterator[Postings]:
    """The postings of a field in several runs as those of all their documents, MANY at a time, no term in two pieces.

    `terms` are those of the whole field in each piece.
    """
    terms = sorted({term for run in runs for term in run.terms})
    place = {term: number for number, term in enumerate(terms)}
    numbers = [np.array([place[term] for term in run.terms], dtype=np.int64) for run in runs]  # ascending
    counts = np.zeros(len(terms), dtype=np.int64)
    for run, table in zip(runs, numbers, strict=True):
        counts[table] += np.bincount(run.numbers, minlength=len(table))
    ends = counts.cumsum()
    begin = 0
    while begin < len(terms):
        done = ends[begin] - counts[begin]
        end = max(begin + 1, int(ends.searchsorted(done + MANY, side="right")))
        yield _piece(terms, begin, end, runs, numbers, _moves(bounds))
        begin = end


def _piece(
    terms: Sequence[bytes],
    begin: int,
    end: int,
    runs: Sequence[Postings],
    tables: Sequence[Numbers],
    moves: Sequence[tuple[Bounds, Numbers]],
) -> Postings:
    """The postings of the terms from `begin` up to `end`."""
    keys, weights = [], []
    for run, table, (bounds, move) in zip(runs, tables, moves, strict=True):
        first, last = run.numbers.searchsorted(table.searchsorted((begin, end))).tolist()
        documents = run.documents[first:last].astype(np.int64)
        documents += move[part_of(documents, bounds)]
        keys.append(table[run.numbers[first:last]] << 32 | documents)
        weights.append(run.weights[first:last])
    held = np.concatenate(keys)
    order = held.argsort(kind="stable")  # in order within each run, so that they are only merged
    held = held[order]
    return Postings(
        terms, (held >> 32).astype(np.int32), (held & 0xFFFFFFFF).astype(np.int32), np.concatenate(weights)[order]
    )


def part_of(documents: NDArray[np.signedinteger], bounds: Bounds) -> Numbers:
    """0 for entries, 1 for key points, 2 for titles."""
    return np.searchsorted((bounds.points, bounds.titles), documents, side="right")


def _moves(bounds: Sequence[Bounds]) -> list[tuple[Bounds, Numbers]]:
    """For each run by how much its entries, key points and titles move among those of all."""
    entries = [0, *accumulate(each.points for each in bounds)]
    points = [0, *accumulate(each.titles - each.points for each in bounds)]
    whole = Bounds.of(entries[-1], points[-1])
    return [
        (each, np.array([entry, whole.points + point - each.points, whole.titles + entry - each.titles]))
        for each, entry, point in zip(bounds, entries, points, strict=False)
    ]
