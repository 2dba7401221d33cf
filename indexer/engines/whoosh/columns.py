"""The columns of a segment -> its documents: folded texts in one run of bytes, dates, numbers, coded values.

The texts of an entry lie one behind the other, each closed by a line feed, which no folded text holds: title, summary,
background, key points, other fields, names of sources. So one look through an entry's bytes looks through all of them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.ids import entry_id, point_id
from indexer.document import CitedSource, Document, searchable
from indexer.engine import Scope
from indexer.engines.whoosh.arrays import ArrayFile

COLUMNS = "columns"  # what the name of a segment's file of columns ends in
BEFORE_POINTS = 3  # title, summary, background
FIELDS = {"title": 0, "summary": 1, "background": 2}


class Columns:
    """The columns of one segment, as they lie in its file."""

    def __init__(self, arrays: ArrayFile) -> None:
        self._arrays = arrays
        self.texts = arrays["texts"].data
        self.points = len(arrays["point_number"])

    def __len__(self) -> int:
        return len(self._arrays["number"])

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self._arrays[name]

    def values(self, name: str) -> list[str]:
        """The values of a coded column, by code."""
        return self._arrays.texts(name)

    @cached_property
    def issues(self) -> list[str]:
        """The ids of the issues, by code."""
        return self.values("issues")

    @cached_property
    def first_texts(self) -> NDArray[np.int64]:
        """Where the texts of each entry begin among all texts, and where they end."""
        held = self._arrays
        lengths = BEFORE_POINTS + np.diff(held["point_starts"]) + held["others"] + np.diff(held["cited_starts"])
        return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)

    @cached_property
    def entry_bounds(self) -> NDArray[np.int64]:
        """Where the bytes of each entry's texts begin, and where they end."""
        return self._arrays["text_starts"][self.first_texts]

    @property
    def parents(self) -> NDArray[np.int64]:
        """The entry of each key point."""
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self._arrays["point_starts"]))

    def _point_texts(self, points: NDArray[np.int64]) -> NDArray[np.int64]:
        """Which of all texts these key points are."""
        entries = self._entries_of(points)
        within = points - self._arrays["point_starts"][entries]
        return np.asarray(self.first_texts[entries] + BEFORE_POINTS + within, dtype=np.int64)

    def _entries_of(self, points: NDArray[np.int64]) -> NDArray[np.int64]:
        starts = self._arrays["point_starts"]
        return starts.searchsorted(points.astype(starts.dtype), side="right") - 1  # else all of them would be converted

    def text(self, number: int) -> bytes:
        """One of all texts, in UTF-8."""
        bounds = self._arrays["text_starts"]
        return bytes(self.texts[int(bounds[number]) : int(bounds[number + 1]) - 1])

    def point_text(self, point: int) -> bytes:
        """The text of a key point, in UTF-8."""
        return self.text(int(self._point_texts(np.array([point]))[0]))

    def texts_of(self, entry: int) -> bytes:
        """All texts of an entry, in UTF-8, each closed by a line feed."""
        start, end = self.entry_bounds[entry : entry + 2].tolist()
        return bytes(self.texts[start:end])

    def many(self, scope: Scope, places: NDArray[np.int64], field: int | None = None) -> list[bytes]:
        """All texts of each of these entries, or that one field of them, or the text of each of these key points."""
        if scope == "entry" and field is None:
            begins, ends = self.entry_bounds[places], self.entry_bounds[places + 1]
        else:
            wanted = self._point_texts(places) if scope == "point" else self.first_texts[places] + (field or 0)
            begins, ends = self._arrays["text_starts"][wanted], self._arrays["text_starts"][wanted + 1] - 1
        texts = self.texts
        return [bytes(texts[begin:end]) for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]

    def citing(self, address: str) -> NDArray[np.int64]:
        """The entries that cite a comparable address; some may come twice."""
        addresses, starts = self._arrays["addresses"].tobytes(), self._arrays["address_starts"]
        wanted = f"{address}\n".encode()
        cited = []
        place = addresses.find(wanted)
        while place >= 0:
            number = int(np.searchsorted(starts, place))
            if starts[number] == place:
                cited.append(number)
            place = addresses.find(wanted, place + 1)
        return np.searchsorted(self._arrays["cited_starts"], np.array(cited, dtype=np.int64), side="right") - 1

    def entry_id(self, entry: int) -> str:
        """`20260208-03`."""
        return entry_id(self.issues[self._arrays["issue"][entry]], int(self._arrays["number"][entry]))

    def point_id(self, point: int) -> str:
        """`20260208-03.2`."""
        (entry,) = self._entries_of(np.array([point])).tolist()
        return point_id(self.entry_id(entry), int(self._arrays["point_number"][point]))

    def documents(self, kept: Iterable[int]) -> Iterator[Document]:
        """The documents of these entries, as they were written."""
        values = {name: self.values(name) for name in ("categories", "tags", "outlets", "places", "issue_series")}
        for entry in kept:
            yield self._document(entry, values)

    def _document(self, entry: int, values: dict[str, list[str]]) -> Document:
        held = self._arrays
        issue, event = int(held["issue"][entry]), int(held["event"][entry])
        texts = [self.text(number).decode() for number in range(*self.first_texts[entry : entry + 2].tolist())]
        points = range(*held["point_starts"][entry : entry + 2].tolist())
        after_points = BEFORE_POINTS + len(points)
        category = values["categories"][held["category"][entry]]
        return Document(
            id=self.entry_id(entry),
            issue=self.issues[issue],
            date=datetime.date.fromordinal(int(held["issue_day"][issue])),
            series=values["issue_series"][issue],
            event=datetime.date.fromordinal(event) if event else None,
            category=category,
            category_text=searchable(category),
            tags=self._of_entry("tag", entry, values["tags"]),
            title=texts[0],
            summary=texts[1],
            background=texts[2],
            points=tuple(texts[BEFORE_POINTS:after_points]),
            point_ids=tuple(map(self.point_id, points)),
            others=tuple(texts[after_points : after_points + int(held["others"][entry])]),
            sources=tuple(self._sources(entry, values["places"])),
            source_names=self._of_entry("outlet", entry, values["outlets"]),
        )

    def _of_entry(self, name: str, entry: int, values: list[str]) -> tuple[str, ...]:
        start, end = self._arrays[f"{name}_starts"][entry : entry + 2].tolist()
        return tuple(values[code] for code in self._arrays[name][start:end].tolist())

    def _sources(self, entry: int, places: list[str]) -> Iterator[CitedSource]:
        held = self._arrays
        for cited in range(*held["cited_starts"][entry : entry + 2].tolist()):
            host, _, name = places[held["place"][cited]].partition("\n")
            start, end = held["address_starts"][cited : cited + 2].tolist()
            yield CitedSource(name, host, held["addresses"][start : end - 1].tobytes().decode())
