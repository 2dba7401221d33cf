"""An open generation: its documents by number, and what filters, facets and orders read of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh import index

from archive.ids import order
from indexer.document import CitedSource
from indexer.engine import Scope
from indexer.engines.whoosh.postings import PostingsReader
from indexer.engines.whoosh.schema import restored

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Grain:
    """One kind of document, entries or key points, numbered from 0 in the order of the index."""

    ids: tuple[str, ...]
    numbers: NDArray[np.int64]  # Whoosh's document number -> ours, -1 where it is of another kind or deleted
    parents: NDArray[np.int64]  # ours -> the number of its entry
    lengths: NDArray[np.float32]  # characters

    @cached_property
    def relative_lengths(self) -> NDArray[np.float32]:
        """Each length as a multiple of the mean."""
        return self.lengths / max(float(self.lengths.mean()), 1.0) if len(self) else self.lengths

    def __len__(self) -> int:
        return len(self.ids)

    def only(self, documents: NDArray[np.int64]) -> NDArray[np.int64]:
        """Our numbers for those of Whoosh's documents that are of this kind."""
        numbers = self.numbers[documents]
        return numbers[numbers >= 0]

    def mask(self, numbers: NDArray[np.int64] | list[int]) -> Mask:
        """True at these numbers."""
        found = np.zeros(len(self), dtype=np.bool_)
        found[numbers] = True
        return found


class Snapshot:
    """Everything that answering needs of one generation; never changes once open."""

    def __init__(self, folder: Path | None) -> None:
        reader = index.open_dir(str(folder)).reader() if folder else None
        self.postings = PostingsReader(reader) if reader else None
        rows = list(reader.iter_docs()) if reader else []
        self.documents = [restored(stored["document"]) for _, stored in rows if "document" in stored]
        size = reader.doc_count_all() if reader else 0
        self.entries = self._entries(rows, size)
        self.points = self._points(rows, size)

    def grain(self, scope: Scope) -> Grain:
        """The documents of a scope."""
        return self.entries if scope == "entry" else self.points

    def _entries(self, rows: list[tuple[int, dict[str, object]]], size: int) -> Grain:
        numbers = np.full(size, -1, dtype=np.int64)
        kept = [number for number, stored in rows if "document" in stored]
        numbers[kept] = np.arange(len(kept))
        return Grain(
            tuple(document.id for document in self.documents),
            numbers,
            np.arange(len(kept)),
            np.array([sum(map(len, document.texts())) for document in self.documents], dtype=np.float32),
        )

    def _points(self, rows: list[tuple[int, dict[str, object]]], size: int) -> Grain:
        held = {
            identifier: (entry, len(text))
            for entry, document in enumerate(self.documents)
            for identifier, text in zip(document.point_ids, document.points, strict=True)
        }
        kept = [(number, str(stored["key"])) for number, stored in rows if "document" not in stored]
        numbers = np.full(size, -1, dtype=np.int64)
        numbers[[number for number, _ in kept]] = np.arange(len(kept))
        return Grain(
            tuple(key for _, key in kept),
            numbers,
            np.array([held[key][0] for _, key in kept], dtype=np.int64),
            np.array([held[key][1] for _, key in kept], dtype=np.float32),
        )

    @cached_property
    def point_texts(self) -> tuple[str, ...]:
        """The folded text of each key point."""
        texts = {
            identifier: text
            for document in self.documents
            for identifier, text in zip(document.point_ids, document.points, strict=True)
        }
        return tuple(texts[identifier] for identifier in self.points.ids)

    @cached_property
    def days(self) -> NDArray[np.int64]:
        """The ordinal of each entry's date."""
        return np.array([document.date.toordinal() for document in self.documents], dtype=np.int64)

    @cached_property
    def events(self) -> NDArray[np.int64]:
        """The ordinal of each entry's event date, 0 where it has none."""
        return np.array([d.event.toordinal() if d.event else 0 for d in self.documents], dtype=np.int64)

    @cached_property
    def values(self) -> dict[str, dict[str, NDArray[np.int64]]]:
        """facet -> value -> the entries that carry it."""
        return {
            "category": _column((document.category,) for document in self.documents),
            "day": _column((document.date.isoformat(),) for document in self.documents),
            "month": _column((document.month,) for document in self.documents),
            "series": _column((document.series,) for document in self.documents),
            "issue": _column((document.issue,) for document in self.documents),
            "tag": _column(document.tags for document in self.documents),
            "source": _column(document.source_names for document in self.documents),
        }

    @cached_property
    def cited(self) -> dict[CitedSource, list[int]]:
        """source -> the entries that cite it."""
        found: dict[CitedSource, list[int]] = {}
        for number, document in enumerate(self.documents):
            for source in document.sources:
                found.setdefault(source, []).append(number)
        return found

    @cached_property
    def cited_places(self) -> dict[CitedSource, NDArray[np.int64]]:
        """A source without its address -> the entries that cite it: far fewer than there are addresses."""
        found: dict[CitedSource, list[int]] = {}
        for source, numbers in self.cited.items():
            found.setdefault(replace(source, address=""), []).extend(numbers)
        return {source: np.array(numbers, dtype=np.int64) for source, numbers in found.items()}

    @cached_property
    def places(self) -> dict[Scope, NDArray[np.int64]]:
        """The rank of each document by (date, id), oldest first."""
        return {scope: self._places(self.grain(scope)) for scope in ("entry", "point")}

    def _places(self, grain: Grain) -> NDArray[np.int64]:
        keys = [(int(self.days[parent]), order(key)) for key, parent in zip(grain.ids, grain.parents, strict=True)]
        places = np.empty(len(keys), dtype=np.int64)
        places[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
        return places


def _column(rows: Iterable[tuple[str, ...]]) -> dict[str, NDArray[np.int64]]:
    found: dict[str, list[int]] = {}
    for number, values in enumerate(rows):
        for value in dict.fromkeys(values):
            found.setdefault(value, []).append(number)
    return {value: np.array(numbers, dtype=np.int64) for value, numbers in found.items()}
