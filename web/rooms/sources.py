"""GET /sources/ and /sources/<name or host>: who is cited how often, of what kind they are, and the entries of each."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from flask import Blueprint, Response, make_response, render_template, request, url_for

from archive.outlets import KINDS
from archive.text import same_name
from indexer.errors import BadRequest
from web import filters
from web.asking import DEEPEST, Search, ask
from web.charts import last_day, timeline
from web.config import PAGE_SIZE
from web.listing import lines
from web.services import reader, services
from web.sources import UNKNOWN, Source, Sources, sources_in

room = Blueprint("sources", __name__, url_prefix="/sources")

A_PAGE = 100
MOST_CATEGORIES = 12
MOST_NEAR = 5
LEAST_LIKE = 0.5
BYS = ("outlet", "host")


@room.get("/")
def sources() -> Response:
    """The outlets, or with `by=host` the hosts, the most cited first; of one kind where it is asked for."""
    held = sources_in(services(), reader())
    by = request.args.get("by", "").strip() or "outlet"
    kind = request.args.get("kind", "").strip()
    if by not in BYS or kind not in ("", *KINDS, UNKNOWN):
        known = f"by 可用的有 {'、'.join(BYS)}；kind 可用的有 {'、'.join((*KINDS, UNKNOWN))}"
        raise BadRequest(f"by 的值“{by[:40]}”或 kind 的值“{kind[:40]}”不认识", known)
    listed = held.outlets if by == "outlet" else held.hosts
    if kind:
        listed = tuple(each for each in listed if (each.kind or UNKNOWN) == kind)
    number = filters.read_page(request.args.get("page", ""))
    pages = filters.Pages(number, max(1, -(-len(listed) // A_PAGE)))
    if number > pages.last:
        return _problem(f"没有第 {number} 页：共 {len(listed)} 个来源，{pages.last} 页", [], "")
    shown = listed[(number - 1) * A_PAGE : number * A_PAGE]
    page = render_template(
        "sources.html", held=held, listed=listed, shown=shown, by=by, kind=kind, kinds=(*KINDS, UNKNOWN), pages=pages
    )
    return make_response(page)


@room.get("/<path:name>")
def source(name: str) -> Response:
    """One outlet, host or name: its entries, newest first, its categories, its months."""
    held = sources_in(services(), reader())
    found = held.named(name)
    if not found:
        return _unknown(name, held)
    number = filters.read_page(request.args.get("page", ""))
    search = Search(
        sources=found.asked,
        sort="newest",
        limit=PAGE_SIZE,
        offset=min((number - 1) * PAGE_SIZE, DEEPEST),
        facets=("category", "month"),
    )
    hits = ask(search, services(), reader())
    pages = filters.pages(number, hits.answer.total)
    if number > pages.last:
        message = f"没有第 {number} 页：“{found.name}”共 {hits.answer.total} 条，{pages.last} 页"
        last = (f"到最后一页（第 {pages.last} 页）", url_for(".source", name=found.name, page=pages.last))
        return _problem(message, [last], "")
    months = {each.value: each.count for each in hits.answer.facets["month"]}
    page = render_template(
        "source.html",
        source=found,
        hosts=[each for each in held.hosts if not found.is_host and each.outlet == found.name],
        outlet=held.named(found.outlet) if found.is_host and found.outlet else None,
        found=hits,
        lines=lines(hits),
        pages=pages,
        search=Search(sources=found.asked),
        categories=hits.answer.facets["category"][:MOST_CATEGORIES],
        timeline=timeline(found.name, months, _covered(), lambda month: _month(found, month)),
    )
    return make_response(page)


def _covered() -> list[str]:
    return [day.isoformat()[:7] for day in services().days_for(reader()).each]


def _month(source: Source, month: str) -> str:
    return filters.address(Search(sources=source.asked, since=f"{month}-01", until=last_day(month)))


def _unknown(name: str, held: Sources) -> Response:
    """A 404 with the names that look like this one."""
    by_fold = {same_name(each.name): each.name for each in reversed((*held.outlets, *held.hosts))}
    near = get_close_matches(same_name(name[:80]), by_fold, MOST_NEAR, LEAST_LIKE)
    links = [(by_fold[each], url_for(".source", name=by_fold[each])) for each in near]
    links.append((f"检索“{name[:40]}”", url_for("search.search", q=name)))
    return _problem(f"没有叫“{name[:40]}”的来源", links, "写法相近的有：" if near else "")


def _problem(message: str, links: Sequence[tuple[str, str]], hint: str) -> Response:
    page = render_template("error.html", status=404, message=message, hint=hint, typed="", links=links)
    return make_response(page, 404)
