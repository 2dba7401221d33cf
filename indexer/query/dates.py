"""A date expression and a day -> the span of days that it means on that day (SEARCH 16).

White space is passed over (`2026 年 2 月`) and full-width characters count as half-width ones. Years run from 1900 to
2100. Without a year, a day or a month is the last one that does not begin in the future. Weeks begin on Monday; 本周,
本月 and 今年 last until their own ends. 近30天 is the last thirty days including the day itself, 近3个月 begins on the
day after the same day three months before.
"""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from dataclasses import dataclass

_LONGEST = 64
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_LEAP_YEARS_APART = 8  # at most, around 1900
_DAY = datetime.timedelta(days=1)
_SOME_DAY, _OTHER_DAY = datetime.date(2000, 1, 1), datetime.date(2010, 6, 15)

_WRITTEN = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})年?",
        r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?:(?P=sign)(?P<day>\d{1,2}))?",
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        r"(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?",
    )
)
_LAST = re.compile(r"最?近(?P<count>\d{1,4})个?(?P<unit>[天日周月年])", re.ASCII)
_NAMED = {
    "今天": ("天", 0),
    "昨天": ("天", 1),
    "前天": ("天", 2),
    "本周": ("周", 0),
    "上周": ("周", 1),
    "本月": ("月", 0),
    "上月": ("月", 1),
    "今年": ("年", 0),
    "去年": ("年", 1),
}
_ISSUE = re.compile(r"(\d{8})[A-Za-z]?", re.ASCII)
_COMPARISON = re.compile(r"(?P<sign>[<>]=?|≥|≤)(?P<date>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Days from `since` to `until`, both included, None where open; `swapped` where they were typed upside down."""

    since: datetime.date | None
    until: datetime.date | None
    swapped: bool = False


_Days = tuple[datetime.date, datetime.date]


def date_range(expression: str, today: datetime.date) -> DateSpan | None:
    """The span that an expression means on a day, or None where it is no date expression."""
    if len(expression) > _LONGEST:
        return None
    tidy = re.sub(r"\s+", "", unicodedata.normalize("NFKC", expression))
    if ".." in tidy:
        first, _, last = tidy.partition("..")
        return _between(first, last, today)
    if comparison := _COMPARISON.fullmatch(tidy):
        return _compared(comparison["sign"], comparison["date"], today)
    days = _days(tidy, today)
    return DateSpan(*days) if days else None


def is_date(expression: str) -> bool:
    """Whether this is a date expression, whatever the day."""
    return date_range(expression, _SOME_DAY) is not None


def is_issue(text: str) -> bool:
    """Whether this is an issue's id (`20260208`, `20260208b`) or a date expression."""
    issue = _ISSUE.fullmatch(unicodedata.normalize("NFKC", text))
    return is_date(issue[1] if issue else text)


def is_upside_down(expression: str) -> bool:
    """Whether this is a range from a later date to an earlier one, whatever the day."""
    span = date_range(expression, _SOME_DAY)
    return span is not None and span.swapped and span == date_range(expression, _OTHER_DAY)


def _between(first: str, last: str, today: datetime.date) -> DateSpan | None:
    begins, ends = _days(first, today), _days(last, today)
    if begins and ends:
        swapped = begins[0] > ends[1]
        return DateSpan(ends[0], begins[1], swapped=True) if swapped else DateSpan(begins[0], ends[1])
    if begins and not last:
        return DateSpan(begins[0], None)
    return DateSpan(None, ends[1]) if ends and not first else None


def _compared(sign: str, text: str, today: datetime.date) -> DateSpan | None:
    days = _days(text, today)
    if not days:
        return None
    match sign:
        case ">":
            return DateSpan(days[1] + _DAY, None)
        case "<":
            return DateSpan(None, days[0] - _DAY)
        case ">=" | "≥":
            return DateSpan(days[0], None)
        case _:
            return DateSpan(None, days[1])


def _days(text: str, today: datetime.date) -> _Days | None:
    """The first and the last day of one date: written out, named or counted back."""
    if last := _LAST.fullmatch(text):
        return _counted_back(int(last["count"]), last["unit"], today)
    for pattern in _WRITTEN:
        if written := pattern.fullmatch(text):
            found = {name: int(digits) for name, digits in written.groupdict().items() if name != "sign" and digits}
            year, month, day = found.get("year"), found.get("month"), found.get("day")
            return _latest(month, day, today) if year is None else _of_year(year, month, day)
    return _named(text, today)


def _of_year(year: int, month: int | None = None, day: int | None = None) -> _Days | None:
    """The days of a year, of its month or a single day, or None where there is none such."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        first = datetime.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return first, first if day else _last_day(year, month or 12)


def _last_day(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _latest(month: int | None, day: int | None, today: datetime.date) -> _Days | None:
    """The last such month or day that does not begin after today."""
    candidates = (_of_year(today.year - ago, month, day) for ago in range(_LEAP_YEARS_APART + 1))
    return next((days for days in candidates if days and days[0] <= today), None)


def _counted_back(count: int, unit: str, today: datetime.date) -> _Days | None:
    if not count:
        return None
    earliest = datetime.date(_FIRST_YEAR, 1, 1)
    match unit:
        case "年" | "月":
            months = today.year * 12 + today.month - 1 - count * (12 if unit == "年" else 1)
            year, month = divmod(months, 12)
            if year < _FIRST_YEAR:
                return earliest, today
            last = _last_day(year, month + 1)
            since = last.replace(day=min(today.day, last.day)) + _DAY
        case _:
            since = today - (count * 7 if unit == "周" else count) * _DAY + _DAY
    return max(since, earliest), today


def _named(text: str, today: datetime.date) -> _Days | None:
    match _NAMED.get(text):
        case ("天", ago):
            return today - ago * _DAY, today - ago * _DAY
        case ("周", ago):
            monday = today - (today.weekday() + 7 * ago) * _DAY
            return monday, monday + 6 * _DAY
        case ("月", ago):
            year, month = divmod(today.year * 12 + today.month - 1 - ago, 12)
            return _of_year(year, month + 1)
        case ("年", ago):
            return _of_year(today.year - ago)
        case _:
            return None
