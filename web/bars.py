"""The days of an answer -> bars over time, by day, week, month or year, each with the address that narrows to it."""

from __future__ import annotations

import calendar
import datetime
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
    """One stretch of time; `x`, `y` and `height` are its place in the picture."""

    x: int
    y: int
    height: int
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars from the first stretch to the last, empty ones included."""

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


_UNITS: tuple[tuple[int, str, Callable[[datetime.date], Span]], ...] = (
    (45, "日", _day),
    (300, "周", _week),
    (1830, "月", _month),
    (10**9, "年", _year),
)


def bars(found: Found) -> Bars | None:
    """None where there is nothing to narrow."""
    days = [(datetime.date.fromisoformat(each.value), each.count) for each in found.answer.facets.get("day", ())]
    if len(days) < 2:
        return None
    days.sort()
    first, last = days[0][0], days[-1][0]
    unit, stretch = next((unit, of) for most, unit, of in _UNITS if (last - first).days < most)
    counts: dict[Span, int] = {}
    span = stretch(first)
    for day, count in days:  # so that one stretch is reckoned for its days together
        span = span if day <= span[1] else stretch(day)
        counts[span] = counts.get(span, 0) + count
    highest = max(counts.values())
    narrowed = filters.narrowing(found.search)
    made: list[Bar] = []
    span = stretch(first)
    while span[0] <= last:
        made.append(_bar(found, span, counts.get(span, 0), highest, len(made), narrowed))
        if span[1] == datetime.date.max:
            break
        span = stretch(span[1] + datetime.timedelta(days=1))
    return Bars(unit, tuple(made), first, last, WIDTH * len(made))


def _bar(found: Found, span: Span, count: int, highest: int, number: int, narrowed: Callable[[str, str], str]) -> Bar:
    since = max(span[0], found.since) if found.since else span[0]
    until = min(span[1], found.until) if found.until else span[1]
    height = max(2, round(HEIGHT * count / highest)) if count else 0
    unit = "条" if found.search.scope == "entry" else "个要点"
    told = in_words(since) if since == until else f"{in_words(since)} 至 {in_words(until)}"
    return Bar(
        number * WIDTH,
        HEIGHT - height,
        height,
        f"{told}，{count} {unit}",
        narrowed(since.isoformat(), until.isoformat()) if count else "",
    )
