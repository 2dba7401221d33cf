"""GET /tags/, /tags/<name>, /categories/<name>: entries by what they are about, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from archive.tagger import KINDS
from archive.text import same_name
from indexer.engine import FacetCount
from indexer.errors import BadRequest
from web import filters
from web.asking import DEEPEST, Found, Search, ask, understood
from web.charts import last_day, timeline
from web.config import PAGE_SIZE
from web.listing import lines
from web.services import reader, services
from web.tagging import LEAST_LIKE, MOST_NEAR, Shown, Tags, about, named, tags_in, together

room = Blueprint("browse", __name__)

A_PAGE = 200  # tags of an index
A_KIND = 40  # tags of each kind on the first page
A_CLOUD = 60
A_LIST = 12  # categories and sources of a tag
MOST_WITH = 30  # tags that one may be narrowed by
DEEPEST_WITH = 8  # tags beside the first


@dataclass(frozen=True, slots=True)
class Index:
    """Which tags are asked for: those of a kind, those of a letter, or neither, which is the overview."""

    by: str
    kind: str
    letter: str
    letters: Mapping[str, Sequence[Shown]]
    listed: Sequence[Shown]


@room.get("/tags/")
def tags() -> Response:
    """A cloud and the most frequent tags of each kind; all of a kind, or of a letter, in pages."""
    held = tags_in(services(), reader())
    kinds = {each: held.of_kind(each) for each in dict.fromkeys((*KINDS, *(tag.kind for tag in held.all)))}
    index = _index(held, kinds)
    number = filters.read_page(request.args.get("page", ""))
    pages = filters.Pages(number, max(1, -(-len(index.listed) // A_PAGE)))
    if number > pages.last:
        url = url_for(".tags", kind=index.kind or None, by=index.by, letter=index.letter or None, page=pages.last)
        last = (f"到最后一页（第 {pages.last} 页）", url)
        total = f"共 {len(index.listed)} 个标签，" if index.listed else "总览只有 "
        return _problem(f"没有第 {number} 页：{total}{pages.last} 页", [last])
    page = render_template(
        "tags.html",
        held=held,
        kinds=kinds,
        index=index,
        shown=index.listed[(number - 1) * A_PAGE : number * A_PAGE],
        pages=pages,
        a_kind=A_KIND,
        cloud=held.cloud(A_CLOUD) if index.by == "kind" and not index.kind else (),
    )
    return make_response(page)


def _index(held: Tags, kinds: Mapping[str, Sequence[Shown]]) -> Index:
    """What the address asks for. Raises BadRequest."""
    kind, letter = (request.args.get(name, "").strip() for name in ("kind", "letter"))
    by = request.args.get("by", "").strip() or ("pinyin" if letter else "kind")
    if by not in ("kind", "pinyin"):
        raise BadRequest(f"by 的值“{by[:40]}”不认识", "可用的有 kind、pinyin")
    if kind and kind not in kinds:
        raise BadRequest(f"kind 的值“{kind[:40]}”不认识", f"可用的有 {'、'.join(kinds)}")
    if by == "kind":
        return Index(by, kind, letter, {}, kinds.get(kind, ()))
    letters = held.by_letter
    letter = letter.upper() or next(iter(letters), "")
    if letter and letter not in letters:
        raise BadRequest(f"没有以“{letter[:40]}”开头的标签", f"可用的有 {'、'.join(letters)}")
    return Index(by, kind, letter, letters, held.under(letter))


@room.get("/tags/<path:name>")
def tag(name: str) -> Response | AnyResponse:
    """The entries with a tag, and with those of `with=` too; an alias leads to the tag's own name."""
    held = tags_in(services(), reader())
    asked = [each.strip() for each in request.args.getlist("with") if each.strip()]
    if len(asked) > DEEPEST_WITH:
        raise BadRequest(f"with 有 {len(asked)} 个", f"至多 {DEEPEST_WITH} 个，去掉一些")
    found = [named(each, held, services(), reader()) for each in (name, *asked)]
    for typed, own in zip((name, *asked), found, strict=True):
        if own is None:
            return _unknown_tag(typed, held)
    own, *others = dict.fromkeys(each for each in found if each)
    if [own, *others] != [name, *asked]:
        more: dict[str, Any] = {"with": others, "page": request.args.get("page")}
        return redirect(url_for(".tag", name=own, **more))
    return _tag_page(own, tuple(others), held)


def _tag_page(own: str, others: tuple[str, ...], held: Tags) -> Response:
    number = filters.read_page(request.args.get("page", ""))
    search = Search(tags=(own, *others))
    found = _asked(search, number, ("category", "tag", "source", "day"))
    pages = filters.pages(number, found.answer.total)
    if number > pages.last:
        return _beyond(own, found, pages, **{"with": others})
    counts = found.answer.facets
    page = render_template(
        "tag.html",
        about=about(own, held, services(), reader()),
        own=own,
        others=others,
        search=search,
        found=found,
        lines=lines(found),
        pages=pages,
        days=[each.value for each in counts["day"]],
        beside=[each for each in counts["tag"] if each.value not in search.tags],
        most_with=MOST_WITH,
        categories=counts["category"],
        sources=[each for each in counts["source"] if each.value],
        a_list=A_LIST,
        **(_over_all(search, counts, held) if number == 1 else {}),
    )
    return make_response(page)


def _over_all(search: Search, counts: Mapping[str, Sequence[FacetCount]], held: Tags) -> dict[str, Any]:
    """What the first page tells of all entries: their months, and who comes with whom."""
    months: dict[str, int] = {}
    for each in counts["day"]:
        months[each.value[:7]] = months.get(each.value[:7], 0) + each.count
    covered = [day.isoformat()[:7] for day in services().days_for(reader()).each]

    def of_month(month: str) -> str:
        return filters.address(replace(search, since=f"{month}-01", until=last_day(month)))

    asked, engine = understood(search, services(), reader()).request, services().engine_for(reader())
    return {
        "timeline": timeline(" + ".join(search.tags), months, covered, of_month),
        "together": together(asked, counts["tag"], held, engine),
    }


@room.get("/categories/<path:name>")
def category(name: str) -> Response:
    """The entries of a category."""
    known = filters.categories()
    if same_name(name) not in map(same_name, known):
        by_fold = {same_name(each): each for each in reversed(known)}
        near = [by_fold[each] for each in get_close_matches(same_name(name[:80]), by_fold, MOST_NEAR, LEAST_LIKE)]
        return _unknown("类别", name, near, "browse.category")
    return _listing(Search(categories=(name,)), "类别", name, {"kind": "", "aliases": ()})


def _listing(search: Search, what: str, name: str, about: dict[str, Any]) -> Response:
    """One page of the entries, newest first, with their count."""
    number = filters.read_page(request.args.get("page", ""))
    found = _asked(search, number, ())
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


def _asked(search: Search, number: int, facets: tuple[str, ...]) -> Found:
    offset = min((number - 1) * PAGE_SIZE, DEEPEST)
    return ask(replace(search, sort="newest", limit=PAGE_SIZE, offset=offset, facets=facets), services(), reader())


def _beyond(name: str, found: Found, pages: filters.Pages, **more: Any) -> Response:
    url = url_for(request.endpoint or "", name=name, page=pages.last, **more)
    message = f"没有第 {pages.number} 页：“{name}”共 {found.answer.total} 条，{pages.last} 页"
    return _problem(message, [(f"到最后一页（第 {pages.last} 页）", url)])


def _unknown_tag(name: str, held: Tags) -> Response:
    """A 404 with the names that the list or a speller gives; names are looked for as they are typed, in pinyin too."""
    spelled = [each.text for each in services().language_for(reader()).speller.spellings(name)]
    near = held.near(name[:80], (named(each, held, services(), reader()) or each for each in spelled))
    return _unknown("标签", name, near, "browse.tag")


def _unknown(what: str, name: str, near: Sequence[str], endpoint: str) -> Response:
    links = [(each, url_for(endpoint, name=each)) for each in near]
    links.append((f"检索“{name[:40]}”", url_for("search.search", q=name)))
    return _problem(f"没有叫“{name[:40]}”的{what}", links, "写法相近的有：" if near else "", name)


def _problem(message: str, links: Sequence[tuple[str, str]], hint: str = "", typed: str = "") -> Response:
    page = render_template("error.html", status=404, message=message, hint=hint, typed=typed, links=links)
    return make_response(page, 404)
