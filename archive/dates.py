"""Chinese text -> the dates it tells: an issue's own (刊期) and an event's (事件日期)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from archive.model import Entry, EventDate
from archive.text import plain

_NUMERALS = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_YEAR_ON = r"\s?[-－/／.．_年]\s?"
_MONTH_ON = r"\s?[-－/／.．_月]\s?"
_RANGE_SIGN = r"(?:[-－–—~～]|\s?[~～至到]\s?|\s[-–—]\s(?=\d{1,2}\s?日?\s*(?:$|[)）\]】|｜])))"
_RANGE_END = (
    rf"(?:{_RANGE_SIGN}(?P<month_on>(?:(?:19|20)\d\d\s?[-/.年]\s?)?\d{{1,2}}\s?[-/.月]\s?)?"
    r"(?P<last>\d{1,2})(?!\d|[:：]\d)(?:\s?日)?)?"
)
_FULL_DATES = re.compile(
    rf"(?<!\d)(?P<y>(?:19|20)\d\d){_YEAR_ON}(?P<m>\d{{1,2}}){_MONTH_ON}(?P<d>\d{{1,2}})(?!\d)(?:\s?[日号])?{_RANGE_END}"
    r"|(?<!\d)(?P<cy>(?:19|20)\d\d)(?P<cm>\d\d)(?P<cd>\d\d)(?!\d)"
    r"|(?P<hy>[〇零○一二三四五六七八九]{4})年(?P<hm>[一二三四五六七八九十]{1,2})月(?P<hd>[一二三四五六七八九十]{1,3})日"
)
_LAST_DAY = ("month_on", "last")
_MONTH_AND_DAY = r"(?<!\d)(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]"
_DAY_ALONE = re.compile(
    rf"^\W{{0,8}}(?:{_MONTH_AND_DAY}|(\d\d)[-./_](\d\d)(?![\d.%]))"
    rf"|{_MONTH_AND_DAY}\W{{0,8}}(?:(?:星期|周|礼拜)[一二三四五六日天]\W{{0,8}})?$"
)
_YEAR_ALONE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LEAP_YEARS_APART = 8


class FoundDate(NamedTuple):
    """A date told in a text, its place, and whether it is the first day of a range."""

    date: datetime.date
    span: tuple[int, int]
    begins_range: bool = False


def find_dates(text: str) -> Iterator[FoundDate]:
    """Each whole date (year, month and day) that exists, with its place; of a range of days the first day."""
    for match in _FULL_DATES.finditer(text):
        year, month, day = (_number(part) for key, part in match.groupdict().items() if part and key not in _LAST_DAY)
        if date := _existing(year, month, day):
            ranged = bool(match["month_on"]) or int(match["last"] or 0) > day
            yield FoundDate(date, match.span(), ranged)


def find_date(text: str) -> FoundDate | None:
    """The first whole date of a heading or file name and its place: 2026-02-08, 2026/2/8, 2026年2月8日, 20260208 …"""
    return next(find_dates(text), None)


def find_day(text: str) -> tuple[int, int] | None:
    """The month and day without a year that a title or file name begins or ends with: 快讯 9月19日, 11-10-日报."""
    match = _DAY_ALONE.search(text)
    if match is None:
        return None
    month, day = (int(part) for part in match.groups() if part)
    return (month, day) if _existing(2000, month, day) else None


def with_year(month: int, day: int, told: str, today: datetime.date | None) -> datetime.date | None:
    """A month and day -> the date in the year told elsewhere: nearest to a whole date, in a year, or last before today.

    `told` is what may hold a whole date or a year (front matter, a path), asked before `today`.
    """
    if found := find_date(told):
        return _nearest(month, day, found.date)
    if year := _YEAR_ALONE.search(told):
        return _existing(int(year[0]), month, day)
    years = range(today.year, today.year - _LEAP_YEARS_APART - 1, -1) if today else ()
    dates = (_existing(year, month, day) for year in years)
    return next((date for date in dates if date and today and date <= today), None)


def _number(digits: str) -> int:
    """Digits or Chinese numerals -> their value: 2026, 二〇二六, 十二, 三十一."""
    if digits.isdecimal():
        return int(digits)
    if "十" in digits:
        tens, _, ones = digits.partition("十")
        return 10 * _NUMERALS.get(tens, 1) + _NUMERALS.get(ones, 0)
    return int("".join(str(_NUMERALS[digit]) for digit in digits))


def _existing(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


_DAYS_BEFORE = {"今": 0, "昨": 1, "前": 2}
_WEEKDAYS = "一二三四五六日天"
_MENTIONS = re.compile(
    r"(?:(?<!\d)(?P<year>(?:19|20)\d\d)\s?年\s?|(?P<which>今年|去年|明年|本月)\s?)?"
    r"(?:(?<![\d.月])(?P<month>\d{1,2})\s?月\s?)?(?<![\d.])(?P<day>\d{1,2})\s?[日号](?!线|楼|院|店|机)"
    r"|(?<![A-Za-z\d/._=-])(?P<iso>(?:19|20)\d\d(?P<sign>[-/.])\d{1,2}(?P=sign)\d{1,2})(?![\d/_-])"
    r"|(?<![至到的])(?P<near>今(?:日|天|晚|晨|早|夜)(?!的)|昨(?:日|天|晚|晨|夜)|前天)(?!头条|资本|要点|看点|重现)"
    r"|(?P<week>上|本|这)个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
)
_ELSEWHEN = re.compile(
    r"(?:将|拟|计划|预计|有望|定于|定在|最迟|不晚于|截至|截止|每年|每月|延至|推迟到|下)[^，。；、！？,;]{0,6}$|[-－–—~～至到]\s?$"
)
_RANGE_OR_DEADLINE = re.compile(r"\s?(?:[-－–—~～至到]\s?\d|(?:之|以)?前(?!夕|后)|截止|为止)")
_HINT = re.compile(r"[日号昨]|今[天晚晨早夜]|前天|[上本这]个?(?:周|星期|礼拜)|(?:19|20)\d\d[-/.]")
_READ = 2000  # characters of a text: news comes first, and a monstrous text costs no more than a long one
_LATEST = datetime.timedelta(days=2)
_EARLIEST = datetime.timedelta(days=366)
_PUBLISHED = ("发布时间", "发布日期")
_RECENT = datetime.timedelta(days=14)


def event_date(entry: Entry, issued: datetime.date) -> EventDate | None:
    """When the thing happened, as told first in 说明, then the title, then the 要点, with the words that say so.

    No event date is what lies more than two days after the issue or over a year before it, a range of days, a
    deadline, or what is only announced (将于6月1日). 今天 and the like count from the day that the
    entry's own 发布时间 tells.
    """
    written = _published(entry, issued) or issued
    for text in (entry.summary, entry.title, *(point.text for point in entry.key_points)):
        beginning = text[:_READ]
        if _HINT.search(beginning) and (told := _first_told(plain(beginning), issued, written)):
            return told
    return None


def _published(entry: Entry, issued: datetime.date) -> datetime.date | None:
    """The day on which the entry's text says that it was written, where that is shortly before the issue."""
    told = (find_date(field.text) for field in entry.fields if field.label in _PUBLISHED)
    return next((found.date for found in told if found and issued - _RECENT <= found.date <= issued), None)


def _first_told(text: str, issued: datetime.date, written: datetime.date) -> EventDate | None:
    for match in _MENTIONS.finditer(text):
        if _ELSEWHEN.search(text, max(0, match.start() - 12), match.start()) or _RANGE_OR_DEADLINE.match(
            text, match.end()
        ):
            continue
        date = _resolved(match, written)
        if date and issued - _EARLIEST <= date <= issued + _LATEST:
            return EventDate(date, match[0])
    return None


def _resolved(match: re.Match[str], issued: datetime.date) -> datetime.date | None:
    """The day that these words mean in a text of this date."""
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split(match["sign"]))
        return _existing(year, month, day)
    if match["near"]:
        return issued - datetime.timedelta(days=_DAYS_BEFORE[match["near"][0]])
    if match["week"]:
        monday = issued - datetime.timedelta(days=issued.weekday() + 7 * (match["week"] == "上"))
        return monday + datetime.timedelta(days=min(_WEEKDAYS.index(match["weekday"]), 6))
    return _calendar_day(match, issued)


def _calendar_day(match: re.Match[str], issued: datetime.date) -> datetime.date | None:
    """2月7日 -> that day of the year told, else of the year that brings it nearest to the issue."""
    day = int(match["day"])
    if not match["month"]:
        return _existing(issued.year, issued.month, day) if match["which"] == "本月" else None
    month = int(match["month"])
    if match["year"]:
        return _existing(int(match["year"]), month, day)
    if match["which"]:
        return _existing(issued.year + {"去年": -1, "明年": 1}.get(match["which"], 0), month, day)
    return _nearest(month, day, issued)


def _nearest(month: int, day: int, to: datetime.date) -> datetime.date | None:
    """The day in the year that brings it nearest."""
    candidates = [date for year in (to.year - 1, to.year, to.year + 1) if (date := _existing(year, month, day))]
    return min(candidates, key=lambda date: abs(date - to), default=None)
