"""The facets of an answer -> their values as links, each with the hits that it leads to and the way to leave it out."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from archive.text import same_name
from indexer.engine import FACETS
from web.addresses import HERE, quoted
from web.asking import Found
from web.choosing import leaving_out
from web.filters import HELD_AS, KINDS, FacetLink, address, narrowing, without
from web.templating import month as in_words

NAMES = {name: (KINDS | {"month": "月份"})[name] for name in FACETS}
FIRST = 10  # values of each on a page of hits


@dataclass(frozen=True, slots=True)
class Facet:
    """The first values of one kind, as links that lead to as many hits as they say, and where all of them are listed,
    empty where these are all."""

    parameter: str
    name: str
    links: tuple[FacetLink, ...]
    url: str


def facets(found: Found) -> list[Facet]:
    """The facets in which there is something to choose."""
    made = (_facet(found, name) for name in NAMES)
    return [facet for facet in made if len(facet.links) > (facet.parameter == "series")]


def _facet(found: Found, parameter: str) -> Facet:
    links = facet_links(found, parameter)
    first = tuple(islice(links, FIRST))
    more = next(links, None) is not None
    url = address(found.search, endpoint="values.values", facet=parameter) if more else ""
    return Facet(parameter, NAMES[parameter], first, url)


def facet_links(found: Found, parameter: str) -> Iterator[FacetLink]:
    """The values of one kind; those chosen are on, and alone where a second would not narrow."""
    if parameter == "month":
        yield from _months(found)
        return
    search, held = found.search, HELD_AS[parameter]
    chosen = {same_name(value): value for value in getattr(search, held)}
    before, after = address(replace(search, **{held: (*getattr(search, held), HERE)})).split(HERE)  # type: ignore[arg-type]
    left_out = leaving_out(found, parameter)
    for each in found.answer.facets.get(parameter, ()):
        if chosen and (on := chosen.get(same_name(each.value))):
            yield FacetLink(each.value, each.count, address(without(search, parameter, on)), on=True)
        elif not each.value:
            yield FacetLink("（未分类）", each.count, "")
        elif parameter == "tag" or not chosen:  # of the others any one does, so a second would add to what is found
            url = f"{before}{quoted(each.value)}{after}"
            yield FacetLink(each.value, each.count, url, without=left_out(each.value))


def _months(found: Found) -> Iterator[FacetLink]:
    search = found.search
    narrowed = narrowing(search)
    for each in reversed(found.answer.facets.get("month", ())):  # the newest first
        year, number = map(int, each.value.split("-"))
        first = datetime.date(year, number, 1)
        last = first.replace(day=calendar.monthrange(year, number)[1])
        label = in_words(each.value)
        if (search.since, search.until) == (each.value, each.value):
            yield FacetLink(label, each.count, address(replace(search, since="", until="")), on=True)
            continue
        since = each.value if found.since is None or found.since <= first else found.since.isoformat()
        until = each.value if found.until is None or found.until >= last else found.until.isoformat()
        yield FacetLink(label, each.count, narrowed(since, until))
