"""The days of an answer -> bars over time, by day, week, month or year, each with the address that narrows to it."""

from __future__ import annotations

import calendar
import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from web import filters
from web.asking import Found
from web.templating import day as in_words

HEIGHT = 40  # of the highest bar
WIDTH = 10  # of each bar, with its gap
Span = tuple[datetime.date, datetime.date]


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch of time in which something was found; `x` and `y` are where it stands and where its top is."""

    x: int
    y: int
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars from the first stretch to the last, with a gap for each without hits."""

    unit: str
    bars: tuple[Bar, ...]
    first: datetime.date
    last: datetime.date
    width: int
    height: int = HEIGHT


def _day(day: datetime.date) -> Span:
    return day, day


def _week(day: datetime.date) -> Span:
    first = day - datetime.timedelta(days=day.weekday())
    return first, first + datetime.timedelta(days=6)


def _month(day: datetime.date) -> Span:
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _year(day: datetime.date) -> Span:
    return day.replace(month=1, day=1), day.replace(month=12, day=31)


def _first_of_week(day: str) -> str:
    return _week(datetime.date.fromisoformat(day))[0].isoformat()


# From how many days on, what a stretch is called, which one a day of an answer is in, and its first and last day.
_UNITS: tuple[tuple[int, str, Callable[[str], str], Callable[[datetime.date], Span]], ...] = (
    (45, "日", str, _day),
    (300, "周", _first_of_week, _week),
    (1830, "月", lambda day: day[:7], _month),
    (10**9, "年", lambda day: day[:4], _year),
)


def bars(found: Found) -> Bars | None:
    """None where there is nothing to narrow."""
    days = found.answer.facets.get("day", ())  # in order
    if len(days) < 2:
        return None
    first, last = (datetime.date.fromisoformat(each.value) for each in (days[0], days[-1]))
    _, unit, name, stretch = next(held for held in _UNITS if (last - first).days < held[0])
    counts: Counter[str] = Counter()
    for day, count in days:
        counts[name(day)] += count
    highest = max(counts.values())
    narrowed = filters.narrowing(found.search)
    made: list[Bar] = []
    span, number = stretch(first), 1
    while True:
        if count := counts[name(span[0].isoformat())]:
            y = HEIGHT - max(2, round(HEIGHT * count / highest))
            made.append(Bar((number - 1) * WIDTH, y, *_told(found, span, count, narrowed)))
        if span[1] >= last:  # the next day may be one that no calendar has
            return Bars(unit, tuple(made), first, last, WIDTH * number)
        span, number = stretch(span[1] + datetime.timedelta(days=1)), number + 1


def _told(found: Found, span: Span, count: int, narrowed: Callable[[str, str], str]) -> tuple[str, str]:
    """A stretch and its hits in words, and the address that narrows to it."""
    since = max(span[0], found.since) if found.since else span[0]
    until = min(span[1], found.until) if found.until else span[1]
    unit = "条" if found.search.scope == "entry" else "个要点"
    told = in_words(since) if since == until else f"{in_words(since)} 至 {in_words(until)}"
    return f"{told}，{count} {unit}", narrowed(since.isoformat(), until.isoformat())
