"""GET /search: the form, what it found, and what to try where it found nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from archive.ids import parts
from archive.text import plain, same_name
from indexer.engine import FACETS
from indexer.query import parse, to_text
from indexer.query.dates import date_range
from indexer.query.tree import Field, Node, Not, Quote, Term, Word, all_of, asked_leaves, conjuncts
from web import choosing, concordance, filters
from web.asking import DEEPEST, Found, Search, View, ask, read_search
from web.bars import bars
from web.coaching import Offer, coached, how_many
from web.config import PAGE_SIZE
from web.facets import FIRST, facets
from web.listing import lines
from web.methods import methods
from web.repeating import repeated
from web.services import reader, services
from web.templating import day as in_words
from web.templating import public_url
from web.told import told

room = Blueprint("search", __name__)

_VIEWS: dict[View, str] = {
    "list": "列表",
    "table": "表格",
    "kwic": "索引行",
    "kwic-left": "按左邻排",
    "kwic-right": "按右邻排",
}
LONGEST_TWICE = 200  # characters of a query that still fit into one twice


@room.get("/search")
def search() -> Response | str:
    """The page of a search; without anything asked, the form and how to use it."""
    number = filters.read_page(request.args.get("page", ""))
    asked = read_search(request.args.to_dict(flat=False) | {"limit": [], "offset": [], "facets": ["1"]})
    if within := request.args.get("within", "").strip():
        return _to(replace(asked, text=_both(asked.text, within)))
    if not asked.asks_something:
        return render_template("search.html", search=asked, found=None, categories=filters.categories())
    size = concordance.PAGE_SIZE if asked.view.startswith("kwic") else PAGE_SIZE
    offset = min((number - 1) * size, DEEPEST)
    wanted = replace(asked, limit=size, offset=offset, facets=(*FACETS, "day"), most_values=FIRST + 1)
    found = ask(wanted, services(), reader(), tags=False)
    pages = filters.pages(number, found.answer.total, size)
    if number > pages.last:
        return _beyond(found, pages)
    return render_template("search.html", **_shown(found, pages))


def _to(asked: Search) -> Response:
    return make_response(redirect(filters.address(asked), 303))


def _both(text: str, within: str) -> str:
    """The query that finds within what the first one finds."""
    return to_text(all_of([parse(text).tree, parse(within).tree])) or text


def _shown(found: Found, pages: filters.Pages) -> dict[str, Any]:
    """What the template tells of an answer."""
    nothing = not found.answer.total
    listed = lines(found) if found.search.view in ("list", "table") else []
    return {
        "search": found.search,
        "found": found,
        "categories": filters.categories(),
        "lines": [line for line in listed if not line.partial],
        "partial": [line for line in listed if line.partial],
        "pages": pages,
        "chips": filters.chips(found.search),
        "facets": facets(found),
        "others": choosing.others(found),
        "presets": filters.presets(found.search),
        "bars": bars(found),
        "places": concordance.concordance(found) if found.search.view.startswith("kwic") else (),
        "views": _views(found.search),
        "sentence": _sentence(found),
        "canonical": _canonical(found),
        "literal": _literal(found),
        "concepts": _concepts(found),
        "on_cuts": _on_cuts(found),
        "meant": [Offer(each.text, filters.address(_asking(found, each.text)), each.total) for each in found.meant],
        "substrings": [
            Offer(each.example, filters.address(_asking(found, each.query)), each.more) for each in found.substrings
        ],
        "named": list(_named(found.search.text.strip())),
        "in_titles": _in_titles(found) if found.search.scope == "point" else None,
        "coaching": coached(found) if nothing else None,
        "covered": reader().coverage() if nothing else None,
        "methods": methods(found, services(), reader(), public_url()),
        "repeated": repeated(found, services(), reader()),
        "repeated_without": replace(found.search, as_of=None),
    }


def _views(search: Search) -> list[filters.FacetLink]:
    """The ways of showing what was found."""
    return [
        filters.FacetLink(label, 0, filters.address(replace(search, view=view)), on=search.view == view)
        for view, label in _VIEWS.items()
        if "-" not in view or search.view.startswith("kwic")
    ]


def _sentence(found: Found) -> str:
    """What the query asks, where it is more than one plain term."""
    tree = found.query.tree
    return "" if isinstance(tree, Term) or len(found.search.text) > LONGEST_TWICE else told(tree)


def _beyond(found: Found, pages: filters.Pages) -> Response:
    unit = "条" if found.search.scope == "entry" else "个要点"
    page = render_template(
        "error.html",
        status=404,
        message=f"没有第 {pages.number} 页：共 {found.answer.total} {unit}，{pages.last} 页",
        hint="",
        typed=found.search.text,
        links=[(f"到最后一页（第 {pages.last} 页）", filters.address(found.search, pages.last))],
    )
    return make_response(page, 404)


def _asking(found: Found, text: str) -> Search:
    """The same search for another text, from its first page."""
    return replace(found.search, text=text, offset=0)


def _canonical(found: Found) -> str:
    """How the query was read, where that differs from what was typed."""
    text = to_text(found.query.tree)
    return text if text.split() != found.search.text.split() else ""


def _literal(found: Found) -> Offer | None:
    """The same query as one quote, where it asks for more than one word."""
    asked = [node for node in conjuncts(found.plan.tree) if isinstance(node, Word | Quote)]
    if found.plan.literal is None or len(asked) < 2 or not found.answer.total:
        return None
    quoted = replace(found.search, text=to_text(found.plan.literal))
    return Offer("原样相连", filters.address(quoted), found.answer.literal_total)


# ── what else there is ──────────────────────────────────────────────────────────────────────────────────────────────


def _named(text: str) -> Iterator[Offer]:
    """The issue, entry, key point or days that the whole query names."""
    held, named = reader(), parts(text)
    if named and named[1]:
        for name, record in held.records([text.partition(".")[0]]).items():
            anchor = f"p{named[2]}" if named[2] else None
            url = url_for("entries.entry", identifier=name, _anchor=anchor)
            yield Offer(f"{text} {plain(record.entry.title)}", url)
        return
    span = date_range(text, services().today())
    single = span.since if span and span.since == span.until else None
    asked = text if named else str(single or "")
    for identifier in held.find(asked) if asked else ():
        issue = held.issue(identifier)
        yield Offer(f"{issue.series} {in_words(issue.date)}", url_for("issues.issue", identifier=identifier))
    if span and not single:
        yield Offer(f"刊期为“{text}”的全部条目", filters.address(Search(text=f"日期:{text}")))


def _on_cuts(found: Found) -> Offer | None:
    """The same search for words on the texts' own cuts, where a hit has one only inside others; or the way back."""
    on_cuts = found.search.match == "word"
    if not on_cuts and not any(hit.inside for hit in found.answer.hits):
        return None
    other = replace(found.search, match="any" if on_cuts else "word", offset=0)
    return Offer("", filters.address(other), how_many(other))


def _concepts(found: Found) -> Offer | None:
    """The same search with the words for a concept that mean the same, or without them again."""
    if found.search.aliases == "all":
        names = replace(found.search, aliases="names")
        return Offer("已连同概念的其他说法检索；只按原词检索", filters.address(names))
    concepts = services().lexicon.concepts
    words = [leaf for leaf, _ in asked_leaves(found.plan.tree) if isinstance(leaf, Word)]
    others = dict.fromkeys(form for word in words for form in concepts.get(same_name(word.text), ()))
    wider = replace(found.search, aliases="all", offset=0)
    count = how_many(wider) if others else 0
    if count <= found.answer.total:
        return None
    return Offer(f"连同 {'、'.join(others)} 一起检索", filters.address(wider), count)


def _in_titles(found: Found) -> Offer | None:
    """The key points that leave the words to their entry's title (SEARCH 20), for queries of plain words."""
    words = conjuncts(found.query.tree)
    if not all(isinstance(word, Term) for word in words) or len(found.search.text) > LONGEST_TWICE:
        return None
    told: Node = all_of([Field("title", found.query.tree), Not(found.query.tree)])
    wanted = replace(found.search, text=to_text(told), offset=0)
    count = how_many(wanted)
    return Offer("", filters.address(wanted), count) if count else None
