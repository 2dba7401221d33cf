"""Documents -> a run: their columns and their postings as named arrays, which join with those of other runs.

A run holds no more documents than fit into memory beside each other; a segment is written of as many runs as there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from archive.ids import order
from indexer.document import CitedSource, Document
from indexer.engines.whoosh.arrays import as_bytes, as_lines, starts, texts_of
from indexer.engines.whoosh.codec import Bounds
from indexer.engines.whoosh.counting import counted
from indexer.engines.whoosh.terms import Collector
from indexer.segmenter import Segmenter

_CODED = {"issue": "issues", "category": "categories", "tag": "tags", "outlet": "outlets", "place": "places"}
_STARTS = ("tag_starts", "outlet_starts", "cited_starts", "address_starts", "point_starts", "text_starts")
_PLAIN = ("number", "event", "length", "addresses", "point_number", "point_length", "others", "texts")


class Run(Protocol):
    """Named arrays, in memory or in a file."""

    def __getitem__(self, name: str, /) -> NDArray[Any]:
        """One of them."""
        ...


def run_of(documents: Sequence[Document], segmenter: Segmenter) -> dict[str, NDArray[Any]]:
    """The run of these documents, in their order."""
    collector = Collector(segmenter)
    for document in documents:
        collector.add(document)
    held = columns(documents)
    for name, occurrences in collector.occurrences():
        postings = counted(occurrences, collector, bounds_of(held))
        held |= {
            f"{name}_terms": as_lines(postings.terms),
            f"{name}_numbers": postings.numbers,
            f"{name}_documents": postings.documents,
            f"{name}_weights": postings.weights,
        }
    return held


def bounds_of(run: Run) -> Bounds:
    """How the documents of a run are numbered."""
    return Bounds.of(len(run["number"]), len(run["point_number"]))


def columns(documents: Sequence[Document]) -> dict[str, NDArray[Any]]:
    """The columns of these documents, in their order."""
    codes = {name: _Codes() for name in _CODED}
    numbers = [order(document.id) for document in documents]
    points = [order(identifier)[2] for document in documents for identifier in document.point_ids]
    texts = [f"{text}\n".encode() for document in documents for text in document.texts()]
    addresses = [f"{source.address}\n".encode() for document in documents for source in document.sources]
    issues = {document.issue: document for document in documents}
    return {
        "issue": codes["issue"].of(document.issue for document in documents),
        "number": np.array([number for _, number, _ in numbers], dtype=np.int32),
        "event": np.array([d.event.toordinal() if d.event else 0 for d in documents], dtype=np.int32),
        "category": codes["category"].of(document.category for document in documents),
        "length": _lengths("".join(document.texts()) for document in documents),
        "tag_starts": starts(len(document.tags) for document in documents),
        "tag": codes["tag"].of(tag for document in documents for tag in document.tags),
        "outlet_starts": starts(len(document.source_names) for document in documents),
        "outlet": codes["outlet"].of(name for document in documents for name in document.source_names),
        "cited_starts": starts(len(document.sources) for document in documents),
        "place": codes["place"].of(_place(source) for document in documents for source in document.sources),
        "address_starts": starts(map(len, addresses), np.int64),
        "addresses": np.frombuffer(b"".join(addresses), dtype=np.uint8),
        "point_starts": starts(len(document.points) for document in documents),
        "point_number": np.array(points, dtype=np.int32),
        "point_length": _lengths(text for document in documents for text in document.points),
        "others": np.array([len(document.others) for document in documents], dtype=np.int32),
        "text_starts": starts(map(len, texts), np.int64),
        "texts": np.frombuffer(b"".join(texts), dtype=np.uint8),
        "issue_day": np.array([issues[name].date.toordinal() for name in codes["issue"].values], dtype=np.int32),
        "issue_series": as_bytes(issues[name].series for name in codes["issue"].values),
        **{values: as_bytes(codes[name].values) for name, values in _CODED.items()},
    }


def joined_columns(runs: Sequence[Run]) -> dict[str, NDArray[Any]]:
    """The columns of all documents of these runs, one run after the other."""
    held = {name: np.concatenate([run[name] for run in runs]) for name in _PLAIN}
    for name in _STARTS:
        held[name] = starts((length for run in runs for length in np.diff(run[name]).tolist()), runs[0][name].dtype)
    for name, values in _CODED.items():
        codes = _Codes()
        tables = [codes.of(texts_of(run[values])) for run in runs]
        held[name] = np.concatenate([table[run[name]] for table, run in zip(tables, runs, strict=True)])
        held[values] = as_bytes(codes.values)
    issues = [name for run in runs for name in texts_of(run["issues"])]
    days = dict(zip(issues, (day for run in runs for day in run["issue_day"].tolist()), strict=True))
    series = dict(zip(issues, (name for run in runs for name in texts_of(run["issue_series"])), strict=True))
    return held | {
        "issue_day": np.array(list(days.values()), dtype=np.int32),
        "issue_series": as_bytes(series.values()),
    }


class _Codes:
    """Values, numbered as they first come."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def of(self, values: Iterable[str]) -> NDArray[np.int32]:
        """The number of each value."""
        numbers = self._numbers
        return np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int32)

    @property
    def values(self) -> list[str]:
        """The values by number."""
        return list(self._numbers)


def _place(source: CitedSource) -> str:
    return f"{source.host}\n{source.name}"


def _lengths(texts: Iterable[str]) -> NDArray[np.float32]:
    return np.array([len(text) for text in texts], dtype=np.float32)
