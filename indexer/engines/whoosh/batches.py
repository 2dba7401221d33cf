"""Documents -> batches: their columns and their postings as named arrays, which join with those of other batches.

A batch holds no more than fits into memory; a segment is written of as many as there are. The order of an entry's texts
is the one that `columns` reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from archive.ids import order
from indexer.document import CitedSource, Document
from indexer.engines.whoosh.arrays import as_bytes, as_lines, starts, texts_of, write_arrays
from indexer.engines.whoosh.codec import Bounds
from indexer.engines.whoosh.counting import counted
from indexer.engines.whoosh.terms import Collector
from indexer.segmenter import Segmenter

MOST_CHARACTERS = 3_000_000  # of a batch, about 14,000 entries: 0.4 GB while they are counted

_CODED = {"issue": "issues", "category": "categories", "tag": "tags", "outlet": "outlets", "place": "places"}
_STARTS = ("tag_starts", "outlet_starts", "cited_starts", "address_starts", "point_starts", "text_starts")
_PLAIN = ("number", "event", "length", "addresses", "point_number", "point_length", "others", "texts")


class Batch(Protocol):
    """Named arrays, in memory or in a file."""

    def __getitem__(self, name: str, /) -> NDArray[Any]:
        """One of them."""
        ...


def write_batches(folder: Path, documents: Iterable[Document], segmenter: Segmenter) -> Iterator[Path]:
    """The files of as many batches as the documents take, written one after the other."""
    held: list[Document] = []
    characters = 0
    for document in documents:
        held.append(document)
        characters += sum(map(len, document.texts()))
        if characters > MOST_CHARACTERS:
            yield _written(folder, held, segmenter)
            held, characters = [], 0
    if held:
        yield _written(folder, held, segmenter)


def _written(folder: Path, held: list[Document], segmenter: Segmenter) -> Path:
    path = folder / uuid4().hex
    write_arrays(path, batch_of(held, segmenter))
    return path


def batch_of(documents: Sequence[Document], segmenter: Segmenter) -> dict[str, NDArray[Any]]:
    """The batch of these documents, in their order."""
    collector = Collector(segmenter)
    for document in documents:
        collector.add(document)
    held = columns(documents)
    for name, occurrences in collector.occurrences():
        postings = counted(occurrences, collector, bounds_of(held))
        held |= {
            f"{name}_terms": as_lines(postings.terms),
            f"{name}_starts": postings.starts,
            f"{name}_documents": postings.documents,
            f"{name}_weights": postings.weights,
        }
    return held


def bounds_of(batch: Batch) -> Bounds:
    """How the documents of a batch are numbered."""
    return Bounds.of(len(batch["number"]), len(batch["point_number"]))


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


def joined_columns(batches: Sequence[Batch]) -> dict[str, NDArray[Any]]:
    """The columns of all documents of these batches, one batch after the other."""
    held = {name: np.concatenate([batch[name] for batch in batches]) for name in _PLAIN}
    for name in _STARTS:
        lengths = [np.diff(batch[name], prepend=0)[min(number, 1) :] for number, batch in enumerate(batches)]
        held[name] = np.concatenate(lengths).cumsum(dtype=batches[0][name].dtype)
    for name, values in _CODED.items():
        codes = _Codes()
        tables = [codes.of(texts_of(batch[values])) for batch in batches]
        held[name] = np.concatenate([table[batch[name]] for table, batch in zip(tables, batches, strict=True)])
        held[values] = as_bytes(codes.values)
    issues = [name for batch in batches for name in texts_of(batch["issues"])]
    days = dict(zip(issues, (day for batch in batches for day in batch["issue_day"].tolist()), strict=True))
    series = dict(zip(issues, (name for batch in batches for name in texts_of(batch["issue_series"])), strict=True))
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
