"""GET /tags/, /tags/<name>, /categories/<name>: entries by what they are about, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from archive.tagger import KINDS
from archive.text import same_name
from web import filters
from web.asking import DEEPEST, Found, Search, ask
from web.config import PAGE_SIZE
from web.listing import lines
from web.services import reader, services

room = Blueprint("browse", __name__)

MOST_NEAR = 5
LEAST_LIKE = 0.4


@room.get("/tags/")
def tags() -> str:
    """Every tag with its count, by kind."""
    counts = reader().tag_counts()
    others = {each["kind"] for each in counts} - set(KINDS)
    by_kind = {kind: [each for each in counts if each["kind"] == kind] for kind in (*KINDS, *sorted(others))}
    return render_template("tags.html", by_kind=by_kind, total=len(counts))


@room.get("/tags/<path:name>")
def tag(name: str) -> Response | AnyResponse:
    """The entries with a tag; an alias leads to the tag's own name."""
    held = {same_name(each["name"]): each for each in reader().tag_counts()}
    listed = services().tagger.name(name)
    own = listed.name if listed else held.get(same_name(name), {}).get("name")
    if own is None:
        return _unknown("标签", name, [each["name"] for each in held.values()] + _spellings(), "browse.tag")
    if own != name:
        return redirect(url_for(".tag", name=own, page=request.args.get("page")))
    kind = listed.kind if listed else held[same_name(own)]["kind"]
    aliases = listed.aliases if listed else ()
    return _listing(Search(tags=(own,)), "标签", own, {"kind": kind, "aliases": aliases})


@room.get("/categories/<path:name>")
def category(name: str) -> Response:
    """The entries of a category."""
    known = filters.categories()
    if same_name(name) not in map(same_name, known):
        return _unknown("类别", name, known, "browse.category")
    return _listing(Search(categories=(name,)), "类别", name, {"kind": "", "aliases": ()})


def _listing(search: Search, what: str, name: str, about: dict[str, Any]) -> Response:
    """One page of the entries, newest first, with their count."""
    number = filters.read_page(request.args.get("page", ""))
    offset = min((number - 1) * PAGE_SIZE, DEEPEST)
    found = ask(replace(search, sort="newest", limit=PAGE_SIZE, offset=offset, facets=()), services(), reader())
    pages = filters.pages(number, found.answer.total)
    if number > pages.last:
        return _beyond(name, found, pages)
    endpoint = request.endpoint or ""
    page = render_template(
        "listing.html",
        what=what,
        name=name,
        about=about,
        found=found,
        lines=lines(found),
        pages=pages,
        endpoint=endpoint,
    )
    return make_response(page)


def _beyond(name: str, found: Found, pages: filters.Pages) -> Response:
    last = (f"到最后一页（第 {pages.last} 页）", url_for(request.endpoint or "", name=name, page=pages.last))
    message = f"没有第 {pages.number} 页：“{name}”共 {found.answer.total} 条，{pages.last} 页"
    return make_response(
        render_template("error.html", status=404, message=message, hint="", typed="", links=[last]), 404
    )


def _unknown(what: str, name: str, known: Sequence[str], endpoint: str) -> Response:
    """A 404 with the names that look like this one."""
    by_fold = {same_name(each): each for each in reversed(known)}
    near = get_close_matches(same_name(name), by_fold, MOST_NEAR, LEAST_LIKE)
    links = [(by_fold[each], url_for(endpoint, name=by_fold[each])) for each in near]
    links.append((f"检索“{name[:40]}”", url_for("search.search", q=name)))
    hint = "写法相近的有：" if near else ""
    message = f"没有叫“{name[:40]}”的{what}"
    page = render_template("error.html", status=404, message=message, hint=hint, typed=name, links=links)
    return make_response(page, 404)


def _spellings() -> list[str]:
    return [spelling for name in services().tagger.names for spelling in name.spellings]
