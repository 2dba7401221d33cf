"""An issue -> the folded documents that engines search: one for each entry, with its key points inside."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import astuple, dataclass

from archive.addresses import comparable, host
from archive.model import Entry, Issue, Source
from archive.text import fold, plain

TITLE_WEIGHT, POINT_WEIGHT, BACKGROUND_WEIGHT = 1.5, 1.0, 1.0


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as it is asked for: folded name, host without `www.`, comparable address."""

    name: str
    host: str
    address: str


@dataclass(frozen=True, slots=True)
class Document:
    """An entry as it is searched: every text folded, empty where missing."""

    id: str
    issue: str
    date: datetime.date
    series: str
    event: datetime.date | None
    category: str
    category_text: str
    tags: tuple[str, ...]
    title: str
    summary: str
    background: str
    points: tuple[str, ...]
    point_ids: tuple[str, ...]
    others: tuple[str, ...]
    sources: tuple[CitedSource, ...]
    source_names: tuple[str, ...]

    def texts(self) -> Iterator[str]:
        """Every searchable field (SEARCH 1), never joined."""
        yield from (self.title, self.summary, self.background)
        yield from self.points
        yield from self.others
        yield from (source.name for source in self.sources)

    def weighted_texts(self) -> Iterator[tuple[str, float]]:
        """The same, each with how much an occurrence in it counts (BM25F)."""
        yield self.title, TITLE_WEIGHT
        yield self.summary, 1.0
        yield self.background, BACKGROUND_WEIGHT
        yield from ((text, POINT_WEIGHT) for text in self.points)
        yield from ((text, 1.0) for text in self.others)
        yield from ((source.name, 1.0) for source in self.sources)

    @property
    def digest(self) -> str:
        """A sum over all that is searched of the entry."""
        return hashlib.sha256(repr(astuple(self)).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def month(self) -> str:
        """`2026-02`."""
        return f"{self.date:%Y-%m}"


def documents(issue: Issue) -> Iterator[Document]:
    """The documents of an issue, in its order."""
    for entry in issue.entries:
        yield document(issue, entry)


def document(issue: Issue, entry: Entry) -> Document:
    """The searchable form of one entry of an issue."""
    return Document(
        id=entry.id,
        issue=issue.id,
        date=issue.date,
        series=issue.series,
        event=entry.event_date.date if entry.event_date else None,
        category=entry.category,
        category_text=searchable(entry.category),
        tags=entry.tag_names,
        title=searchable(entry.title),
        summary=searchable(entry.summary),
        background=searchable(entry.background),
        points=tuple(searchable(point.text) for point in entry.key_points),
        point_ids=tuple(point.id for point in entry.key_points),
        others=tuple(searchable(other.text) for other in entry.fields),
        sources=tuple(_cited(source) for source in entry.sources),
        source_names=tuple(dict.fromkeys(plain(source.name) for source in entry.sources)),
    )


def _cited(source: Source) -> CitedSource:
    return CitedSource(searchable(source.name), host(source.url), comparable(source.url))


def searchable(markdown: str) -> str:
    """Markdown -> folded plain text."""
    return fold(plain(markdown))
