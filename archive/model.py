"""The values of the archive: an issue, its entries, their key points and sources.

Texts are the Markdown as written, inline marks included; `archive.text.plain` gives what a reader sees.
An id is empty until the store has given one: `20260208` (issue), `20260208-03` (entry), `20260208-03.2` (key point).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry comes from; `url` is absolute http(s) or empty."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One 要点."""

    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class LabelledField:
    """A field with a label that is not one of ours, kept as it stands."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class EventDate:
    """When the thing happened (事件日期), and the words that say so."""

    date: datetime.date
    words: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A derived tag and its evidence: `rule` found `words` in `field` (code points of its plain text)."""

    name: str
    kind: str
    rule: str
    field: str
    words: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of news (条目)."""

    title: str
    category: str = ""
    summary: str = ""
    background: str = ""
    key_points: tuple[KeyPoint, ...] = ()
    fields: tuple[LabelledField, ...] = ()
    sources: tuple[Source, ...] = ()
    labels: tuple[str, ...] = ()  # of an explicit 标签 line
    event_date: EventDate | None = None
    tags: tuple[Tag, ...] = ()
    id: str = ""

    @property
    def tag_names(self) -> tuple[str, ...]:
        """Each tag once, in order of first evidence."""
        return tuple(dict.fromkeys(tag.name for tag in self.tags))


@dataclass(frozen=True, slots=True)
class Issue:
    """One day's digest (期) of a series."""

    date: datetime.date
    series: str
    entries: tuple[Entry, ...] = ()
    banner: str = ""
    id: str = ""
    revision: int = 0

    @property
    def categories(self) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """(category, its entries) in the order of the issue."""
        runs = groupby(self.entries, key=lambda entry: entry.category)
        return tuple((name, tuple(entries)) for name, entries in runs)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing noticed in a file: `path:line: severity code message`."""

    line: int
    severity: str  # error, warning or note
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a parser made of one file; the issue's ids are still empty."""

    issue: Issue
    diagnostics: tuple[Diagnostic, ...] = ()
