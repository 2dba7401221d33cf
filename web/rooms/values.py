"""GET /search/values: every value of one kind in what a search finds, each as a link that narrows it."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, make_response, render_template, request

from indexer.errors import BadRequest
from web import filters
from web.asking import Search, ask, read_search
from web.facets import NAMES, facet_links
from web.services import reader, services

room = Blueprint("values", __name__)

PAGE_SIZE = 200


@room.get("/search/values")
def values() -> Response | str:
    """As many on a page as one looks through; an archive may have ten thousand tags."""
    facet = request.args.get("facet", "")
    if facet not in NAMES:
        raise BadRequest(f"facet 的值“{facet[:40]}”不认识", f"可用的有 {'、'.join(NAMES)}")
    number = filters.read_page(request.args.get("page", ""))
    asked = read_search(request.args.to_dict(flat=False) | {"limit": ["0"], "offset": [], "facets": ["1"]})
    found = ask(replace(asked, facets=(facet,), most_values=None), services(), reader())
    links = list(facet_links(found, facet))
    pages = filters.pages(number, len(links), PAGE_SIZE)
    if number > pages.last:
        return _beyond(found.search, facet, pages)
    return render_template(
        "values.html",
        search=found.search,
        found=found,
        facet=facet,
        name=NAMES[facet],
        links=links[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        count=len(links),
        pages=pages,
    )


def _beyond(search: Search, facet: str, pages: filters.Pages) -> Response:
    last = filters.address(search, pages.last, "values.values", facet=facet)
    page = render_template(
        "error.html",
        status=404,
        message=f"没有第 {pages.number} 页：{NAMES[facet]}的列表共 {pages.last} 页",
        hint="",
        typed=search.text,
        links=[(f"到最后一页（第 {pages.last} 页）", last)],
    )
    return make_response(page, 404)
