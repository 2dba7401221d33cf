"""Trends -> the forms in which they are handed on: points of a chart, a JSON document, a table of queries × periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal, TypeAlias

from web.charts import Course, Point
from web.filters import query_string
from web.tables import BOM, csv_line
from web.trends import Period, Term, Trends

Measure: TypeAlias = Literal["count", "share"]
MEASURES: tuple[Measure, ...] = ("count", "share")
EVERYTHING = "全部条目"


def name(term: Term) -> str:
    """The term as typed."""
    return term.text or EVERYTHING


def opening(term: Term, search_page: str) -> str:
    """Where all entries of a term are; with days behind it, those of a period."""
    return f"{search_page}?{query_string(replace(term.search, since='', until=''))}"


def of_period(opened: str, period: Period) -> str:
    """The entries of a term within a period."""
    return f"{opened}{'' if opened.endswith('?') else '&'}from={period.since}&to={period.until}"


def courses(trends: Trends, measure: Measure, search_page: str) -> list[Course]:
    """What a chart shows: the terms, or all entries where none is asked for."""
    return [_course(trends, term, measure, search_page) for term in trends.terms or (trends.everything,)]


def _course(trends: Trends, term: Term, measure: Measure, search_page: str) -> Course:
    opened = opening(term, search_page)
    points = []
    for place, (period, count) in enumerate(zip(trends.periods, term.counts, strict=True)):
        share = trends.share(term, place)
        value = count if measure == "count" or share is None else round(100 * share, 2)
        told = f"{name(term)}，{period.name}：{'没有期' if count is None else f'{count} 条'}{percent(share, '，占 ')}"
        points.append(Point(label(trends, period), value, told, of_period(opened, period)))
    return Course(name(term), tuple(points))


def percent(share: float | None, before: str = "") -> str:
    """`3.4%`, or nothing in a gap."""
    return "" if share is None else f"{before}{100 * share:.1f}%"


def label(trends: Trends, period: Period) -> str:
    """How a period is called below a chart: a week by its Monday."""
    return period.since.isoformat() if trends.by == "week" else period.name


def trend_document(trends: Trends) -> dict[str, Any]:
    """The JSON document; counts and shares stand in the order of the periods, null in a gap."""
    return {
        "by": trends.by,
        "generation": trends.generation,
        "coverage": {
            "from": trends.coverage.since and trends.coverage.since.isoformat(),
            "to": trends.coverage.until and trends.coverage.until.isoformat(),
            "issues": trends.coverage.issues,
            "missing_days": trends.coverage.missing_days,
        },
        "notices": list(trends.notices),
        "total": trends.everything.total,
        "periods": [
            {
                "period": each.name,
                "from": each.since.isoformat(),
                "to": each.until.isoformat(),
                "issues": each.issues,
                "entries": each.entries,
            }
            for each in trends.periods
        ],
        "terms": [_term(trends, term) for term in trends.terms],
    }


def _term(trends: Trends, term: Term) -> dict[str, Any]:
    shares = (trends.share(term, place) for place in range(len(trends.periods)))
    return {
        "term": term.text,
        "total": term.total,
        "counts": list(term.counts),
        "shares": [None if share is None else round(share, 6) for share in shares],
        "url": opening(term, "/search"),
    }


def csv_table(trends: Trends, *, bom: bool = False) -> Iterator[str]:
    """A row for each term and one for all entries, a column for each period; a gap is an empty cell."""
    yield (BOM if bom else "") + csv_line(["term", "total", *(period.name for period in trends.periods)])
    for term in (*trends.terms, trends.everything):
        counts = ("" if count is None else str(count) for count in term.counts)
        yield csv_line([name(term), str(term.total), *counts])
