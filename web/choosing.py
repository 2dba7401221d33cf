"""A search and its facets -> what may be chosen besides: values to add to those chosen, and values to leave out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from archive.text import same_name
from indexer.query import to_text
from indexer.query.tree import Field, Not, Quote, all_of
from web import filters
from web.addresses import HERE, quoted
from web.asking import Found, Search, ask
from web.filters import HELD_AS, FacetLink
from web.services import reader, services

LONGEST = 200  # characters of a query that still takes more
_ANY_OF = ("category", "series", "source")
_NOT_TO_BE_QUOTED = re.compile('^$|["“”「」『』＂]')


def others(found: Found) -> dict[str, list[FacetLink]]:
    """Of each kind that has a value chosen, and of which any will do: the values that would add to what is found."""
    return {name: list(_others(found, name)) for name in _ANY_OF if getattr(found.search, HELD_AS[name])}


def _others(found: Found, parameter: str) -> Iterator[FacetLink]:
    search, held = found.search, HELD_AS[parameter]
    chosen: tuple[str, ...] = getattr(search, held)
    known = set(map(same_name, chosen))
    without: Search = replace(search, **{held: ()}, limit=0, offset=0, facets=(parameter,))  # type: ignore[arg-type]
    for each in ask(without, services(), reader()).answer.facets[parameter]:
        if each.value and same_name(each.value) not in known:
            wider = replace(search, **{held: (*chosen, each.value)})  # type: ignore[arg-type]
            yield FacetLink(each.value, each.count, filters.address(wider))


def leaving_out(found: Found, parameter: str) -> Callable[[str], str]:
    """value -> the address of the same search without it; empty where it cannot be written into the query."""
    if len(found.search.text) > LONGEST:
        return lambda _: ""
    left_out = Not(Field(parameter, Quote(HERE)))
    text = to_text(all_of([found.query.tree, left_out]))
    before, after = filters.address(replace(found.search, text=text)).split(HERE)

    def address(value: str) -> str:
        return f"{before}{quoted(value)}{after}" if _may_be_quoted(value) else ""

    return address


@lru_cache(maxsize=4096)
def _may_be_quoted(value: str) -> bool:
    return not _NOT_TO_BE_QUOTED.search(value)
