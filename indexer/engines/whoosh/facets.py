"""Coded values of entries -> how many matches carry each, and which entries carry one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from archive.text import same_name
from indexer.engine import IN_ORDER, FacetCount, in_order
from indexer.engines.whoosh.arrays import ranges

Numbers = NDArray[np.int64]
FEW = 16  # entries whose values are sooner counted one by one
MANY = 12  # of so many coded values one entry, from which on all values are looked through
_COUNTED = partial(tuple.__new__, FacetCount)  # a fifth of the time that its own takes


@dataclass(frozen=True)
class Column:
    """The values of one kind that entries carry: exactly one each, or with `starts` any number.

    `codes` number the values, which are sorted; those of entry n stand at starts[n] to starts[n + 1].
    """

    values: tuple[str, ...]
    codes: NDArray[np.int32]
    starts: Numbers | None = None

    @classmethod
    def joined(
        cls, values: Sequence[Sequence[str]], codes: Sequence[NDArray[np.int32]], starts: Numbers | None
    ) -> Column:
        """The columns of several segments, each with values and codes of its own, as one."""
        ordered = sorted({value for held in values for value in held})
        place = {value: number for number, value in enumerate(ordered)}
        tables = [np.array([place[value] for value in held], dtype=np.int32) for held in values]
        together = [table[held] for table, held in zip(tables, codes, strict=True)]
        return cls(tuple(ordered), np.concatenate([np.empty(0, np.int32), *together]), starts)

    def counts(self, entries: Numbers, *, once: bool) -> Numbers:
        """How often each value is carried by these entries; one that is named twice (not `once`) counts twice."""
        if self.starts is None:
            held = self.codes.take(entries)
        elif len(entries) * MANY < len(self.codes) or not once:
            held = self.codes.take(ranges(self.starts.take(entries), self.starts.take(entries + 1)))
        else:
            wanted = np.zeros(len(self.starts) - 1, dtype=np.bool_)
            wanted[entries] = True
            held = self.codes.compress(wanted.take(self._rows))
        return np.bincount(held, minlength=len(self.values))

    def listed(self, facet: str, entries: Numbers, most: int | None, *, once: bool) -> tuple[FacetCount, ...]:
        """The counts of a facet in its order, the first `most` of them."""
        if len(entries) <= FEW:
            few: dict[int, int] = {}
            for code in self._codes(entries):
                few[code] = few.get(code, 0) + 1
            return tuple([_COUNTED((self.values[code], count)) for code, count in in_order(facet, few, most)])
        all_counts = self.counts(entries, once=once)
        held = all_counts.nonzero()[0]
        counts = all_counts.take(held)
        if facet not in IN_ORDER:
            if most is not None and most < len(held):  # so that few are sorted
                enough = (counts >= np.partition(counts, -most)[-most]).nonzero()[0]
                held, counts = held.take(enough), counts.take(enough)
            order = (-counts).argsort(kind="stable")[:most]
            held, counts = held.take(order), counts.take(order)
        return tuple(map(_COUNTED, zip(map(self.values.__getitem__, held.tolist()), counts.tolist(), strict=True)))

    def _codes(self, entries: Numbers) -> Iterable[int]:
        """The codes of a few entries."""
        if self.starts is None:
            codes: list[int] = self.codes.take(entries).tolist()
            return codes
        bounds = zip(self.starts.take(entries).tolist(), self.starts.take(entries + 1).tolist(), strict=True)
        return chain.from_iterable(self.codes[begin:end].tolist() for begin, end in bounds)

    def named(self, names: Iterable[str]) -> Numbers:
        """The entries that carry a value of one of these names, by `same_name`; some may come twice."""
        codes = [code for name in dict.fromkeys(map(same_name, names)) for code in self._by_name.get(name, ())]
        return self.carrying(codes)

    def carrying(self, codes: Sequence[int]) -> Numbers:
        """The entries that carry one of these values, in any order; some may come twice."""
        if not codes:
            return np.empty(0, dtype=np.int64)
        entries, ends = self._by_code
        return np.concatenate([entries[ends[code] : ends[code + 1]] for code in codes])

    @cached_property
    def _rows(self) -> Numbers:
        """The entry that each code belongs to."""
        starts = np.empty(0, dtype=np.int64) if self.starts is None else self.starts
        return np.repeat(np.arange(len(starts) - 1), np.diff(starts))

    @cached_property
    def _by_code(self) -> tuple[NDArray[np.int32], list[int]]:
        """The entries in the order of their codes, and where those of each code begin, and those of the last end."""
        order = self.codes.argsort(kind="stable").astype(np.int32)
        ends = np.concatenate([[0], np.bincount(self.codes, minlength=len(self.values)).cumsum()])
        return order if self.starts is None else self._rows[order].astype(np.int32), ends.tolist()

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for code, value in enumerate(self.values):
            found.setdefault(same_name(value), []).append(code)
        return found
