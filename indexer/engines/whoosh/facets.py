"""Coded values of entries -> how many matches carry each, and which entries carry one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from archive.text import same_name
from indexer.engine import FACET_LIMIT, FacetCount
from indexer.engines.whoosh.arrays import ranges

Numbers = NDArray[np.int64]
MANY = 6  # entries among the coded values from which on all values are counted at once
IN_ORDER = ("day", "month")  # facets that are listed by value, not by count


@dataclass(frozen=True)
class Column:
    """The values of one kind that entries carry: exactly one each, or with `starts` any number.

    `codes` number the values, which are sorted; those of entry n stand at starts[n] to starts[n + 1].
    """

    values: tuple[str, ...]
    codes: Numbers
    starts: Numbers | None = None

    @classmethod
    def joined(
        cls, values: Sequence[Sequence[str]], codes: Sequence[NDArray[np.int32]], starts: Numbers | None
    ) -> Column:
        """The columns of several segments, each with values and codes of its own, as one."""
        ordered = sorted({value for held in values for value in held})
        place = {value: number for number, value in enumerate(ordered)}
        tables = [np.array([place[value] for value in held], dtype=np.int64) for held in values]
        together = [table[held] for table, held in zip(tables, codes, strict=True)]
        return cls(tuple(ordered), np.concatenate([np.empty(0, np.int64), *together]), starts)

    def counts(self, entries: Numbers) -> Numbers:
        """How often each value is carried by these entries, one that is named twice counting twice."""
        if self.starts is None:
            return np.bincount(self.codes[entries], minlength=len(self.values))
        if len(entries) * MANY < len(self.codes):
            held = self.codes[ranges(self.starts[entries], self.starts[entries + 1])]
            return np.bincount(held, minlength=len(self.values))
        times = np.bincount(entries, minlength=len(self.starts) - 1)
        return np.bincount(self.codes, weights=times[self._rows], minlength=len(self.values)).astype(np.int64)

    def most(self, facet: str, entries: Numbers) -> tuple[FacetCount, ...]:
        """The counts of a facet, as it lists them."""
        counts = self.counts(entries)
        held = counts.nonzero()[0]
        if facet not in IN_ORDER:
            held = held[(-counts[held]).argsort(kind="stable")[: FACET_LIMIT.get(facet)]]
        return tuple(map(FacetCount, map(self.values.__getitem__, held.tolist()), counts[held].tolist()))

    def named(self, names: Iterable[str]) -> Numbers:
        """The entries that carry a value of one of these names, by `same_name`; some may come twice."""
        codes = [code for name in dict.fromkeys(map(same_name, names)) for code in self._by_name.get(name, ())]
        return self.carrying(codes)

    def carrying(self, codes: Sequence[int]) -> Numbers:
        """The entries that carry one of these values; some may come twice."""
        if not codes:
            return np.empty(0, dtype=np.int64)
        places = np.flatnonzero(self.codes == codes[0] if len(codes) == 1 else np.isin(self.codes, codes))
        return places if self.starts is None else self._rows[places]

    @cached_property
    def _rows(self) -> Numbers:
        """The entry that each code belongs to."""
        starts = np.empty(0, dtype=np.int64) if self.starts is None else self.starts
        return np.repeat(np.arange(len(starts) - 1), np.diff(starts))

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for code, value in enumerate(self.values):
            found.setdefault(same_name(value), []).append(code)
        return found
