"""The issues there are -> a calendar: every day of every month, with its issues and entries, or as missing."""

from __future__ import annotations

import calendar
import datetime
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

LEVELS = 4  # shades of a day with entries


@dataclass(frozen=True, slots=True)
class Day:
    """One day; `covered` where an issue could be expected, `level` from 1 to 4 by its entries, 0 without an issue."""

    date: datetime.date
    issues: int
    entries: int
    level: int
    covered: bool


@dataclass(frozen=True, slots=True)
class Month:
    """`2026-02` and its weeks from Monday to Sunday, the days of other months None."""

    name: str
    weeks: tuple[tuple[Day | None, ...], ...]

    @property
    def days(self) -> list[Day]:
        """Its days in order."""
        return [day for week in self.weeks for day in week if day]

    @property
    def issues(self) -> int:
        """How many issues it has."""
        return sum(day.issues for day in self.days)

    @property
    def entries(self) -> int:
        """How many entries it has."""
        return sum(day.entries for day in self.days)

    @property
    def missing(self) -> int:
        """How many of its days have no issue though one could be expected."""
        return sum(day.covered and not day.issues for day in self.days)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The months from the first issue to the last, in order."""

    months: Mapping[str, Month]

    @property
    def span(self) -> list[int]:
        """Every year from the last to the first, those without issues too."""
        return sorted({int(name[:4]) for name in self.months}, reverse=True)

    @property
    def years(self) -> list[int]:
        """The years that have issues, the newest first."""
        return sorted({int(name[:4]) for name, month in self.months.items() if month.issues}, reverse=True)

    def of_year(self, year: int) -> list[Month]:
        """Its months in order."""
        return [month for name, month in self.months.items() if name.startswith(f"{year:04}-")]

    def beside(self, name: str) -> tuple[str | None, str | None]:
        """The nearest months with issues before and after one."""
        held = [each for each, month in self.months.items() if month.issues]
        before = [each for each in held if each < name]
        after = [each for each in held if each > name]
        return (before[-1] if before else None, after[0] if after else None)


def calendar_of(issues: Iterable[Mapping[str, Any]]) -> Calendar:
    """Of issues with `date` (ISO) and `entries`."""
    held: dict[str, list[int]] = defaultdict(list)
    for each in issues:
        held[each["date"]].append(each["entries"])
    if not held:
        return Calendar({})
    steps = _steps([sum(entries) for entries in held.values()])
    first, last = min(held), max(held)

    def day(date: datetime.date) -> Day:
        entries = held.get(name := date.isoformat(), [])
        level = 1 + bisect_left(steps, sum(entries)) if entries else 0
        return Day(date, len(entries), sum(entries), level, first <= name <= last)

    months: dict[str, Month] = {}
    at = datetime.date.fromisoformat(first).replace(day=1)
    while (name := at.isoformat()[:7]) <= last[:7]:
        weeks = calendar.Calendar().monthdatescalendar(at.year, at.month)
        shown = tuple(tuple(day(each) if each.month == at.month else None for each in week) for week in weeks)
        months[name] = Month(name, shown)
        at = at.replace(day=calendar.monthrange(at.year, at.month)[1]) + datetime.timedelta(days=1)
    return Calendar(months)


def _steps(entries: list[int]) -> list[int]:
    """The quartiles of the days: a shade tells how a day stands among the others."""
    ordered = sorted(entries)
    return [ordered[len(ordered) * part // LEVELS] for part in range(1, LEVELS)]
