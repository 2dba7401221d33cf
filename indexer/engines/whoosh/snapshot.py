"""The segments of an open generation -> all its entries and key points, numbered through, and their columns."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.ids import entry_id, point_id
from indexer.document import CitedSource, Document
from indexer.engine import Scope
from indexer.engines.whoosh.facets import Column
from indexer.engines.whoosh.grains import Grain, Mask, Numbers, Numbers32
from indexer.engines.whoosh.postings import PostingsReader
from indexer.engines.whoosh.segments import SegmentFiles

NO_NUMBERS = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Held:
    """A segment of a generation: its files, and which of its entries and key points were not deleted since."""

    files: SegmentFiles
    entries: Mask
    points: Mask


class Snapshot:
    """Everything that answering needs of one generation; never changes once made."""

    def __init__(self, segments: Sequence[Held] = (), sharing: int = 1) -> None:
        self.segments = segments
        self._columns = [held.files.columns for held in segments]
        self.days = _joined((columns["issue_day"][columns["issue"]] for columns in self._columns), np.int32)
        self.events = _joined((columns["event"] for columns in self._columns), np.int32)
        self.entries = self._entries()
        self.points = self._points()
        self.postings = PostingsReader(
            [held.files for held in segments],
            {"entry": self.entries, "point": self.points, "title": self.entries},
            sharing,
        )

    def prepare(self) -> None:
        """Make what every answer asks for, so that hardly a reader waits for it."""
        _ = self.column, self.entries.norms, self.points.norms

    def grain(self, scope: Scope) -> Grain:
        """The documents of a scope."""
        return self.entries if scope == "entry" else self.points

    def identifiers(self, scope: Scope, numbers: Numbers) -> list[str]:
        """The ids of documents."""
        issues, entries = self.column["issue"], numbers if scope == "entry" else self.points.parents[numbers]
        names = map(issues.values.__getitem__, issues.codes[entries].tolist())
        identifiers = map(entry_id, names, self.entries.own[entries].tolist())
        if scope == "point":
            identifiers = map(point_id, identifiers, self.points.own[numbers].tolist())
        return list(identifiers)

    def documents(self) -> Iterator[Document]:
        """Every entry as it was indexed."""
        for held in self.segments:
            yield from held.files.columns.documents(np.flatnonzero(held.entries).tolist())

    # ── numbering ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _entries(self) -> Grain:
        issues = _ranks(columns.issues for columns in self._columns)
        issue = _concatenated(ranks[columns["issue"]] for ranks, columns in zip(issues, self._columns, strict=True))
        number = _joined((columns["number"] for columns in self._columns), np.int32)
        return Grain(
            bases=_bases(map(len, self._columns)),
            alive=_joined((held.entries for held in self.segments), np.bool_),
            parents=np.arange(len(number)),
            own=number,
            lengths=_joined((columns["length"] for columns in self._columns), np.float32),
            oldest=_places(number, issue, self.days),
            newest=_places(number, issue, -self.days),
        )

    def _points(self) -> Grain:
        bases = self.entries.bases
        parents = _concatenated(columns.parents + base for columns, base in zip(self._columns, bases, strict=False))
        number = _joined((columns["point_number"] for columns in self._columns), np.int32)
        return Grain(
            bases=_bases(columns.points for columns in self._columns),
            alive=_joined((held.points for held in self.segments), np.bool_),
            parents=parents,
            own=number,
            lengths=_joined((columns["point_length"] for columns in self._columns), np.float32),
            oldest=_places(number, self.entries.oldest[parents]),
            newest=_places(number, self.entries.newest[parents]),
        )

    # ── texts ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def text(self, scope: Scope, number: int) -> str:
        """All folded texts of an entry, each closed by a line feed, or the text of a key point."""
        segment, place = self.grain(scope).place(number)
        columns = self._columns[segment]
        return columns.texts_of(place).decode() if scope == "entry" else columns.point_text(place).decode()

    def texts(self, scope: Scope, numbers: Numbers, field: int | None = None) -> Iterator[tuple[int, bytes]]:
        """(number, its texts in UTF-8) of many documents, of entries also one field; by segment, in order."""
        bases = self.grain(scope).bases
        ends = np.searchsorted(numbers, bases)
        for columns, base, begin, end in zip(self._columns, bases, ends, ends[1:], strict=False):
            own = numbers[begin:end]
            yield from zip(own.tolist(), columns.many(scope, own - base, field), strict=True)

    # ── columns ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def column(self) -> Mapping[str, Column]:
        """facet (and `issue`) -> the values that entries carry."""
        return {
            "category": self._coded("categories", "category"),
            "tag": self._coded("tags", "tag", "tag_starts"),
            "source": self._coded("outlets", "outlet", "outlet_starts"),
            "issue": self._coded("issues", "issue"),
            "series": self._by_issue("issue_series"),
            "day": self._by_day("%Y-%m-%d"),
            "month": self._by_day("%Y-%m"),
        }

    def _coded(self, values: str, codes: str, starts: str = "") -> Column:
        held = self._columns
        return Column.joined(
            [columns.values(values) for columns in held],
            [columns[codes] for columns in held],
            _following([columns[starts] for columns in held]) if starts else None,
        )

    def _by_issue(self, values: str) -> Column:
        return Column.joined(
            [columns.values(values) for columns in self._columns],
            [np.arange(len(columns.issues), dtype=np.int32)[columns["issue"]] for columns in self._columns],
            None,
        )

    def _by_day(self, form: str) -> Column:
        days, codes = np.unique(self.days, return_inverse=True)
        written = [f"{datetime.date.fromordinal(day):{form}}" for day in days.tolist()]
        return Column.joined([written], [codes.astype(np.int32)], None)

    @cached_property
    def places(self) -> tuple[tuple[CitedSource, ...], Column]:
        """Names and hosts of sources, and which entries cite them: far fewer than there are addresses."""
        column = self._coded("places", "place", "cited_starts")
        hosts_and_names = (value.partition("\n") for value in column.values)
        return tuple(CitedSource(name, host, "") for host, _, name in hosts_and_names), column

    def citing(self, address: str) -> Numbers:
        """The entries that cite a comparable address."""
        held = zip(self._columns, self.entries.bases, strict=False)
        return np.concatenate([NO_NUMBERS, *(columns.citing(address) + base for columns, base in held)])


def _ranks(issues: Iterable[Sequence[str]]) -> list[Numbers]:
    """The ids of issues by segment -> the rank of each among all."""
    held = [list(each) for each in issues]
    place = {name: n for n, name in enumerate(sorted({name for names in held for name in names}))}
    return [np.array([place[name] for name in names], dtype=np.int64) for names in held]


def _places(*keys: NDArray[np.signedinteger[Any]]) -> Numbers32:
    """The rank of each by these keys, the last one first."""
    places = np.empty(len(keys[0]), dtype=np.int32)
    places[np.lexsort(keys)] = np.arange(len(places))
    return places


def _concatenated(arrays: Iterable[NDArray[np.generic]]) -> Numbers:
    return np.concatenate([NO_NUMBERS, *arrays]).astype(np.int64)


def _joined(arrays: Iterable[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate([np.empty(0, dtype=kind), *arrays])


def _following(starts: Sequence[NDArray[np.int32]]) -> Numbers:
    """Where things begin by segment -> where they begin in all, the end of the last behind them."""
    ends = _bases(int(each[-1]) for each in starts)
    firsts = (each[:-1].astype(np.int64) + end for each, end in zip(starts, ends, strict=False))
    return np.concatenate([*firsts, np.array(ends[-1:])])


def _bases(sizes: Iterable[int]) -> tuple[int, ...]:
    return tuple(accumulate(sizes, initial=0))
