"""Facets counted one by one and by arrays: the same counts in the same order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine import ranked
from indexer.engines.whoosh import facets
from indexer.engines.whoosh.facets import Column

VALUES = ("甲", "乙", "丙", "丁", "戊")
carried = st.lists(st.lists(st.integers(0, 4), max_size=4, unique=True), min_size=1, max_size=12)


@given(carried, st.data(), st.sampled_from(["tag", "month"]), st.sampled_from([None, 1, 3]), st.booleans())
def test_few_entries_and_many_are_counted_alike(
    held: list[list[int]], data: st.DataObject, facet: str, most: int | None, once: bool
) -> None:
    values = tuple(sorted(VALUES))
    codes = np.array([code for each in held for code in each], dtype=np.int32)
    column = Column(values, codes, np.cumsum([0, *map(len, held)]))
    check(column, held, data, facet, most, once)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12), st.data(), st.sampled_from([None, 1, 3]), st.booleans())
def test_so_are_values_of_which_each_entry_has_one(
    held: list[int], data: st.DataObject, most: int | None, once: bool
) -> None:
    column = Column(tuple(sorted(VALUES)), np.array(held, dtype=np.int32))
    check(column, [[code] for code in held], data, "category", most, once)


def check(column: Column, held: list[list[int]], data: st.DataObject, facet: str, most: int | None, once: bool) -> None:
    """Against counting by looking, with both ways forced; not `once`, entries come again."""
    drawn = data.draw(st.lists(st.integers(0, len(held) - 1), min_size=1, max_size=20, unique=once))
    entries = np.array(sorted(drawn), dtype=np.int64)
    counts: dict[str, int] = {}
    for entry in entries.tolist():
        for code in held[entry]:
            counts[column.values[code]] = counts.get(column.values[code], 0) + 1
    expected = ranked(facet, counts, most)
    for few in (-1, 10**6):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(facets, "FEW", few)
            assert column.listed(facet, entries, most, once=once) == expected
