"""GET /issues/ and /issues/2026-02: the years as a map of their days; a month with its issues, tags and new words."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from markupsafe import Markup
from werkzeug.routing import BaseConverter

from archive.errors import UnknownId
from indexer.errors import BadRequest
from web.asking import Search
from web.calendars import Calendar, calendar_of
from web.months import MonthWords, words_of
from web.services import reader, services
from web.templating import month as in_words

room = Blueprint("calendar", __name__, url_prefix="/issues")

MOST_TAGS = 24


class MonthConverter(BaseConverter):
    """`2026-02`, before an issue's id is thought of."""

    regex = r"\d{4}-\d{2}"
    weight = 50


@room.get("/")
def years() -> str:
    """Every day of every year, or of one: how many entries it has, and which have no issue."""
    held = _calendar()
    year = _year(request.args.get("year", ""), held.years)
    shown = [year] if year else held.span
    pieces = services().kept(f"map of {year}", reader(), lambda: _drawn(held, shown))
    return render_template(
        "calendar.html", years=held.years, year=year, drawn=pieces, coverage=reader().coverage(), months=held.months
    )


@room.get("/<month:name>")
def month(name: str) -> str:
    """One month."""
    held = _calendar()
    found = held.months.get(name)
    if not found or not found.issues:
        raise UnknownId(f"没有收录 {_in_words(name)} 的期", "在“各期”里可以看到收录了哪些日子")
    before, after = held.beside(name)
    return render_template(
        "month.html",
        month=found,
        before=before,
        after=after,
        issues=reader().days(name, f"{name}-31")[::-1],
        tags=services().kept(f"tags of {name}", reader(), lambda: reader().tag_counts(name, f"{name}-31")[:MOST_TAGS]),
        words=_words(name),
        search=Search(since=name, until=name),
    )


def _calendar() -> Calendar:
    return services().kept("calendar", reader(), lambda: calendar_of(reader().days()))


def _drawn(held: Calendar, shown: list[int]) -> list[tuple[int, Markup]]:
    """Thousands of days are not written anew for every reader."""
    return [(year, Markup(render_template("_map.html", months=held.of_year(year)))) for year in shown]  # noqa: S704


def _words(name: str) -> MonthWords:
    return services().kept(f"words of {name}", reader(), lambda: words_of(name, services(), reader()))


def _year(value: str, years: list[int]) -> int:
    """The year asked for, 0 for all. Raises BadRequest, UnknownId."""
    if not value:
        return 0
    if not value.isdecimal() or len(value) != 4:
        raise BadRequest(f"year 的值“{value[:40]}”不是年份", "写成四位数字，如 2026")
    if int(value) not in years:
        raise UnknownId(f"{int(value)} 年没有收录", f"收录的年份有 {'、'.join(map(str, years))}" if years else "")
    return int(value)


def _in_words(name: str) -> str:
    return in_words(name) if "01" <= name[5:] <= "12" else name
