"""The days of an answer -> bars over time, by day, week, month or year, each with the address that narrows to it."""

from __future__ import annotations

import calendar
import datetime
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

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


# Up to how many days apart the first and last are, what a stretch of time is called, and the one that a day is in.
_UNITS: tuple[tuple[int, str, Callable[[datetime.date], Span]], ...] = (
    (45, "日", _day),
    (300, "周", _week),
    (1830, "月", _month),
    (10**9, "年", _year),
)


def bars(found: Found) -> Bars | None:
    """None where there is nothing to narrow."""
    counted = found.answer.facets.get("day", ())  # in order
    if len(counted) < 2:
        return None
    days, counts = zip(*counted, strict=True)
    first, last = datetime.date.fromisoformat(days[0]), datetime.date.fromisoformat(days[-1])
    unit, stretch = next((unit, of) for most, unit, of in _UNITS if (last - first).days < most)
    spans = list(_spans(first, last, stretch))
    ends = [bisect_right(days, span[1].isoformat()) for span in spans]
    before = list(accumulate(counts, initial=0))
    sums = [before[end] - before[begin] for begin, end in pairwise([0, *ends])]
    highest = max(sums)
    narrowed = filters.narrowing(found.search)
    made = (
        Bar(number * WIDTH, HEIGHT - max(2, round(HEIGHT * count / highest)), *_told(found, span, count, narrowed))
        for number, (span, count) in enumerate(zip(spans, sums, strict=True))
        if count
    )
    return Bars(unit, tuple(made), first, last, WIDTH * len(spans))


def _spans(first: datetime.date, last: datetime.date, stretch: Callable[[datetime.date], Span]) -> Iterator[Span]:
    """The stretches from the one with the first day to the one with the last."""
    yield (span := stretch(first))
    while span[1] < last:
        yield (span := stretch(span[1] + datetime.timedelta(days=1)))


def _told(found: Found, span: Span, count: int, narrowed: Callable[[str, str], str]) -> tuple[str, str]:
    """A stretch and its hits in words, and the address that narrows to it."""
    since = max(span[0], found.since) if found.since else span[0]
    until = min(span[1], found.until) if found.until else span[1]
    unit = "条" if found.search.scope == "entry" else "个要点"
    told = in_words(since) if since == until else f"{in_words(since)} 至 {in_words(until)}"
    return f"{told}，{count} {unit}", narrowed(since.isoformat(), until.isoformat())
