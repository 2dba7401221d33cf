"""What the store answers besides issues: records, revisions, counts, the state of the index."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Literal, TypeAlias

from archive.model import Diagnostic, Entry, Issue, Reading

Status: TypeAlias = Literal["added", "unchanged", "revised", "held", "rejected"]
Happening: TypeAlias = Status | Literal["removed", "erased", "run"]


@dataclass(frozen=True, slots=True)
class Record:
    """An entry and where it stands; `withdrawn` when the issue's current revision no longer has it."""

    entry: Entry
    issue: str
    date: datetime.date
    series: str
    first_revision: int  # the one that it came with
    revision: int  # the one that gave it its present text
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of an issue as it came in."""

    number: int
    received_at: str
    path: str
    sha256: str
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class LogLine:
    """What happened to one file, or to the archive."""

    at: str
    path: str
    status: Happening
    issue: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The days that issues exist for; `missing_days` are those between the first and the last without any."""

    since: datetime.date | None = None
    until: datetime.date | None = None
    issues: int = 0
    missing_days: int = 0


@dataclass(frozen=True, slots=True)
class Days:
    """The date of every issue, in order, and each once: what any coverage follows from."""

    of_issues: tuple[datetime.date, ...] = ()
    each: tuple[datetime.date, ...] = ()

    def coverage(self, since: datetime.date | None = None, until: datetime.date | None = None) -> Coverage:
        """What issues cover within a range, both ends included."""
        held = _within(self.of_issues, since, until)
        if not held:
            return Coverage()
        missing = (held[-1] - held[0]).days + 1 - len(_within(self.each, since, until))
        return Coverage(held[0], held[-1], len(held), missing)


def _within(
    dates: tuple[datetime.date, ...], since: datetime.date | None, until: datetime.date | None
) -> tuple[datetime.date, ...]:
    first = bisect_left(dates, since) if since else 0
    return dates[first : bisect_right(dates, until) if until else None]


@dataclass(frozen=True, slots=True)
class IndexState:
    """The commit point of the index: the generation in force and what it was built with."""

    generation: int = 0
    manifest: str = ""
    dictionary: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an issue that came in: the issue as it is held now, or as it was read where it is held back."""

    status: Status
    issue: Issue
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file that was read: its path as given, its exact bytes, and the reading (tags derived)."""

    path: str
    data: bytes
    reading: Reading
