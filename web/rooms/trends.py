"""GET /trends and /api/v1/trend: how often terms were in the news, as a chart, a table, CSV, JSON or SVG."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request, url_for

from indexer.errors import BadRequest
from web.asking import Search
from web.charts import chart, chart_file
from web.services import reader, services
from web.templating import public_url
from web.trendforms import MEASURES, Measure, courses, csv_table, percent, trend_document
from web.trends import MOST_TERMS, Asked, By, Trends, read_trend, trends

room = Blueprint("trends", __name__)

MOST_SHOWN = 190  # periods on the page, half a year of days: more cost more than 100 ms; the files have all
BY_WORDS: dict[By | str, str] = {"day": "天", "week": "周", "month": "月"}
FILES = ("csv", "svg")


@room.get("/trends")
def page() -> Response:
    """The form, the chart and the table; with `format` a file. A mistake is told above the form, which keeps all."""
    try:
        asked = read_trend(_parameters())
        measure = _measure(request.args.get("measure", "").strip() or "count")
        form = request.args.get("format", "").strip()
        if form and form not in FILES:
            raise BadRequest(f"format 的值“{form[:40]}”不认识", f"可用的有 {'、'.join(FILES)}；JSON 在 /api/v1/trend")
        found = trends(asked, services(), reader())
    except BadRequest as error:
        return make_response(_page(None, None, "count", error), 400)
    return _file(found, measure, form) if form else make_response(_page(asked, found, measure, None))


@room.get("/api/v1/trend")
def trend() -> dict[str, Any]:
    """The same as one document."""
    return trend_document(trends(read_trend(_parameters()), services(), reader()))


def _parameters() -> dict[str, list[str]]:
    """The request's; the boxes left empty behind the last term are no terms."""
    held = request.args.to_dict(flat=False)
    terms = held.get("term", [])
    while terms and not terms[-1].strip():
        terms.pop()
    return held


def _measure(text: str) -> Measure:
    if text not in MEASURES:
        raise BadRequest(f"measure 的值“{text[:40]}”不认识", f"可用的有 {'、'.join(MEASURES)}")
    return text


def _page(asked: Asked | None, found: Trends | None, measure: Measure, error: BadRequest | None) -> str:
    shown = found.last(MOST_SHOWN) if found else None
    typed = request.args.getlist("term")[:MOST_TERMS]
    search_page = url_for("search.search")
    title = f"每{BY_WORDS[found.by]}的{'条数' if measure == 'count' else '占比'}" if found else ""
    lines = courses(shown, measure, search_page) if shown else []
    return render_template(
        "trends.html",
        asked=asked.search if asked else Search(),
        terms=[*typed, *[""] * (MOST_TERMS - len(typed))],
        found=found,
        shown=shown,
        lines=lines,
        measure=measure,
        title=title,
        svg=chart(lines, title, unit="%" if measure == "share" else ""),
        error=error,
        by_words=BY_WORDS,
        percent=percent,
        file=lambda form: _same(".page") + f"&format={form}",
        document=_same(".trend"),
    )


def _same(endpoint: str) -> str:
    """Another face of what was asked."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if value and name != "format"]
    return f"{url_for(endpoint)}?{urlencode(kept)}"


def _file(found: Trends, measure: Measure, form: str) -> Response:
    if form == "csv":
        response = Response("".join(csv_table(found, bom=request.args.get("bom", "0") != "0")), mimetype="text/csv")
    else:
        lines = courses(found, measure, f"{public_url()}{url_for('search.search')}")
        unit = "%" if measure == "share" else ""
        response = Response(chart_file(lines, f"每{BY_WORDS[found.by]}", unit=unit), mimetype="image/svg+xml")
    response.headers["Content-Disposition"] = f'attachment; filename="wangqi-trend.{form}"'
    return response
