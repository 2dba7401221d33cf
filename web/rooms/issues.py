"""GET /issues/: the calendar of issues, an issue as a revision has it, and its exact bytes."""

from __future__ import annotations

import calendar
import datetime
from collections import defaultdict
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request, url_for

from archive.errors import UnknownId
from archive.model import Issue
from indexer.errors import BadRequest
from web import cited
from web.differences import read_number, revision, revision_row
from web.services import reader, services
from web.templating import day as in_words

room = Blueprint("issues", __name__, url_prefix="/issues")


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar; `covered` where an issue could be expected."""

    date: datetime.date
    issues: int
    entries: int
    covered: bool


Month = tuple[str, list[list[Day | None]]]


@room.get("/")
def calendar_of_issues() -> Response | str:
    """A year's issues by month, with the days that have none."""
    held, coverage = reader().days(), reader().coverage()
    years = sorted({int(each["date"][:4]) for each in held}, reverse=True)
    year = _year(request.args.get("year", ""), years)
    counts: dict[str, list[int]] = defaultdict(list)
    for each in held:
        counts[each["date"]].append(each["entries"])
    months = [_month(year, number, counts) for number in range(12, 0, -1)] if year else []
    shown = [month for month in months if any(day and day.covered for week in month[1] for day in week)]
    return render_template("calendar.html", years=years, year=year, months=shown, coverage=coverage)


@room.get("/<identifier>")
def issue(identifier: str) -> Response:
    """An issue as published, or as `?revision=` had it; a day with several series lists them.

    A removed one answers 410 with its last text.
    """
    found = find(identifier)
    if len(found) > 1:
        return several(found)
    current, removed = reader().last(found[0]), is_removed(found[0])
    held = _asked(current)
    before, after = reader().neighbours(held)
    records = reader().records(entry.id for entry in held.entries) if held is current else {}
    page = render_template(
        "issue.html",
        issue=held,
        current=current.revision,
        removed=removed,
        before=reader().issue(before) if before else None,
        after=reader().issue(after) if after else None,
        diagnostics=revision_row(reader(), held.id, held.revision).diagnostics,
        records=records,
    )
    return make_response(page, 410 if removed else 200)


@room.get("/<identifier>/raw")
def raw(identifier: str) -> Response:
    """The bytes of the current revision, or of `?revision=`, as they came."""
    found = find(identifier)
    if len(found) > 1:
        return several(found)
    held = _asked(reader().last(found[0]))
    response = make_response(reader().raw(held.id, held.revision), 410 if is_removed(found[0]) else 200)
    response.content_type = "text/plain; charset=utf-8"
    response.headers["Content-Disposition"] = f'inline; filename="{held.id}.md"'
    return response


def _asked(current: Issue) -> Issue:
    """The revision that the request asks for, else the current one. Raises BadRequest, UnknownId."""
    asked = request.args.get("revision", "").strip()
    number = read_number("revision", asked) if asked else current.revision
    return current if number == current.revision else revision(reader(), current.id, number)


def find(identifier: str) -> list[str]:
    """The issues that an id or a date, however it is written, names. Raises UnknownId."""
    found = cited.issues(reader(), identifier, services().today())
    if not found:
        single = cited.single_day(identifier, services().today())
        what = in_words(single) if single else f"“{identifier[:40]}”"
        raise UnknownId(f"没有收录 {what} 这一期", "在“各期”里可以看到收录了哪些日子")
    return found


def is_removed(identifier: str) -> bool:
    """Whether an issue that was found is no longer in the archive."""
    return not reader().find(identifier)


def several(found: list[str]) -> Response:
    """The issues of a day with several series, to choose from."""
    issues: list[Issue] = [reader().last(each) for each in found]
    response = make_response(render_template("issues.html", issues=issues), 300)
    response.headers.extend([("Link", f'<{url_for(".issue", identifier=each)}>; rel="alternate"') for each in found])
    return response


def _year(value: str, years: list[int]) -> int:
    """The year asked for, else the newest one, 0 where there is none. Raises BadRequest, UnknownId."""
    if not value:
        return years[0] if years else 0
    if not value.isdecimal() or len(value) != 4:
        raise BadRequest(f"year 的值“{value[:40]}”不是年份", "写成四位数字，如 2026")
    if int(value) not in years:
        raise UnknownId(f"{int(value)} 年没有收录", f"收录的年份有 {'、'.join(map(str, years))}")
    return int(value)


def _month(year: int, number: int, counts: dict[str, list[int]]) -> Month:
    """(`2026-02`, its weeks from Monday to Sunday); the days of other months are None."""
    first, last = min(counts), max(counts)
    weeks = [
        [_day(date, counts, first, last) if date.month == number else None for date in week]
        for week in calendar.Calendar().monthdatescalendar(year, number)
    ]
    return f"{year}-{number:02d}", weeks


def _day(date: datetime.date, counts: dict[str, list[int]], first: str, last: str) -> Day:
    found = counts.get(date.isoformat(), [])
    return Day(date, len(found), sum(found), first <= date.isoformat() <= last)
