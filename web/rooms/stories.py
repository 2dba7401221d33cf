"""GET /stories/ and /stories/<id>: what several issues tell of, and the reports of one event, oldest first."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from indexer.errors import BadRequest
from web import cited, filters
from web.services import reader, services
from web.stories import SORTS, Story, lines, stories_in, story_of

room = Blueprint("stories", __name__, url_prefix="/stories")

A_PAGE = 50  # stories, or reports of one


@room.get("/")
def stories() -> Response:
    """All stories, those with the newest reports first, or with `sort=largest` those with the most."""
    sort = request.args.get("sort", "").strip() or SORTS[0]
    if sort not in SORTS:
        raise BadRequest(f"sort 的值“{sort[:40]}”不认识", f"可用的有 {'、'.join(SORTS)}")
    told = stories_in(services(), reader(), sort)
    number = filters.read_page(request.args.get("page", ""))
    pages = filters.Pages(number, max(1, -(-len(told) // A_PAGE)))
    if number > pages.last:
        message = f"没有第 {number} 页：共 {len(told)} 个事件，{pages.last} 页"
        links = [(f"到最后一页（第 {pages.last} 页）", url_for(".stories", sort=sort, page=pages.last))]
        return _problem(message, links, 404)
    shown = lines(reader(), told[(number - 1) * A_PAGE : number * A_PAGE])
    page = render_template("stories.html", total=len(told), stories=shown, sort=sort, pages=pages)
    return make_response(page)


@room.get("/<identifier>")
def story(identifier: str) -> AnyResponse:
    """The reports of an event; the id of any of them leads to the first one's."""
    record, _ = cited.entry(reader(), identifier)
    name = record.entry.id
    told = story_of(reader(), name)
    if told and told.id != identifier:
        return _led_on(told)
    if record.withdrawn:
        message = f"{name} 已撤下，别处没有同一事件的报道"
        return _problem(message, [("撤下前的文字", url_for("entries.entry", identifier=name))], 410)
    return _page(told or Story.of(record), filters.read_page(request.args.get("page", "")))


def _page(told: Story, number: int) -> Response:
    """Some reports of a story of many."""
    pages = filters.Pages(number, -(-told.number // A_PAGE))

    def place(page: int) -> str:
        return url_for(".story", identifier=told.id, page=page if page > 1 else None)

    if number > pages.last:
        message = f"没有第 {number} 页：共 {told.number} 篇报道，{pages.last} 页"
        return _problem(message, [(f"到最后一页（第 {pages.last} 页）", place(pages.last))], 404)
    shown = told.reports[(number - 1) * A_PAGE : number * A_PAGE]
    return make_response(render_template("story.html", story=told, reports=shown, pages=pages, url=place))


def _led_on(told: Story) -> AnyResponse:
    """Moved for good, but for a report that is withdrawn or found later: a browser shall ask again."""
    response = redirect(url_for(".story", identifier=told.id), 301)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _problem(message: str, links: list[tuple[str, str]], status: int) -> Response:
    return make_response(
        render_template("error.html", status=status, message=message, hint="", typed="", links=links), status
    )
