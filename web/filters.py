"""A search -> the addresses that change it: its filters as chips, usual stretches of time, its pages as numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from flask import url_for

from indexer.errors import BadRequest
from indexer.query import to_text
from indexer.query.tree import Field, Quote
from web.addresses import HERE, base, quoted
from web.asking import Search, ask
from web.config import PAGE_SIZE
from web.services import Services, reader, services
from web.trends import MOST_TERMS

KINDS = {"category": "类别", "series": "系列", "tag": "标签", "source": "来源"}  # parameter -> its name
HELD_AS = {"category": "categories", "series": "series", "tag": "tags", "source": "sources"}
PRESETS = (
    ("近 7 天", "近7天", ""),
    ("近 30 天", "近30天", ""),
    ("近 3 个月", "近3个月", ""),
    ("上月", "上月", "上月"),
    ("今年", "今年", ""),
    ("全部时间", "", ""),
)
_USUAL = Search()
_UNLESS = [(name, getattr(_USUAL, name)) for name in ("scope", "sort", "aliases", "match")]  # left out where as usual
_LONGEST_NUMBER = 12  # digits


def address(search: Search, page: int = 1, endpoint: str = "search.search", **more: str) -> str:
    """The page of a search, or another face of it; what is as usual is left out."""
    if endpoint == "search.search" and search.view != _USUAL.view:
        more = {"view": search.view} | more
    asked = query_string(search, page, **more)
    return f"{base(endpoint)}?{asked}" if asked else base(endpoint)


def query_string(search: Search, page: int = 1, **more: str) -> str:
    """The parameters of a search, as an address has them."""
    others = [("page", str(page) if page > 1 else ""), *more.items()]
    return "&".join([*_asked(search), *_written(others)])


@lru_cache(maxsize=64)
def _asked(search: Search) -> tuple[str, ...]:
    """What is asked, written once for the twenty links of a page that ask the same."""
    parameters: list[tuple[str, str]] = [("q", search.text), ("from", search.since), ("to", search.until)]
    parameters += [(name, value) for name, held in HELD_AS.items() for value in getattr(search, held)]
    parameters += [(name, value) for name, usual in _UNLESS if (value := getattr(search, name)) != usual]
    if search.as_of:
        parameters.append(("as_of", str(search.as_of)))
    return tuple(_written(parameters))


def _written(parameters: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (f"{name}={quoted(value)}" for name, value in parameters if value)


def narrowing(search: Search) -> Callable[[str, str], str]:
    """(first day, last day) -> the address of a search within them, for the many of one page."""
    before, after = address(replace(search, since=HERE, until="", offset=0)).split(HERE)
    return lambda since, until: f"{before}{since}&to={until}{after}"


def feed(search: Search, endpoint: str = "feeds.feed") -> str:
    """What tells of new hits of a search, whatever their order on the page."""
    return address(replace(search, sort=Search().sort, as_of=None), endpoint=endpoint)


def trend(tags: Iterable[str]) -> str:
    """How often each of some tags was in the news; as many as the page compares."""
    terms = [to_text(Field("tag", Quote(name))) for name in islice(tags, MOST_TERMS)]
    return url_for("trends.page", term=terms)


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Pages:
    """Which page this is, of how many."""

    number: int
    last: int

    @property
    def shown(self) -> list[int]:
        """The numbers worth a link: the first, the last and those near by; 0 stands for a gap."""
        near = {1, self.last, *range(self.number - 2, self.number + 3)}
        numbers = sorted(number for number in near if 1 <= number <= self.last)
        shown: list[int] = []
        for number in numbers:
            if shown and number > shown[-1] + 1:
                shown.append(0 if number > shown[-1] + 2 else number - 1)
            shown.append(number)
        return shown


def read_page(value: str) -> int:
    """The number of a page, from 1. Raises BadRequest."""
    text = value.strip() or "1"
    if not text.isdecimal() or not text.strip("0"):
        raise BadRequest(f"page 的值“{text[:40]}”不是页码", "页码是从 1 起的整数")
    return int(text) if len(text) <= _LONGEST_NUMBER else 10**_LONGEST_NUMBER


def pages(number: int, total: int, size: int = PAGE_SIZE) -> Pages:
    """Page `number` of so many hits, `size` on each."""
    return Pages(number, max(1, -(-total // size)))


# ── filters ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on; `url` is the search without it."""

    kind: str
    value: str
    url: str


def chips(search: Search) -> list[Chip]:
    """Every filter that is on."""
    return [Chip(kind, value, address(without)) for kind, value, without in without_each(search)]


def without_each(search: Search) -> list[tuple[str, str, Search]]:
    """(kind, value, the search without it) of every filter that is on."""
    found = [
        (KINDS[parameter], value, without(search, parameter, value))
        for parameter, held in HELD_AS.items()
        for value in getattr(search, held)
    ]
    if search.since:
        found.append(("起", search.since, replace(search, since="")))
    if search.until:
        found.append(("止", search.until, replace(search, until="")))
    return found


def categories() -> tuple[str, ...]:
    """Every category, the largest first."""
    held = services()
    held.engine_for(reader())
    return _categories(held, held.generation)


@lru_cache(maxsize=2)
def _categories(held: Services, _generation: int) -> tuple[str, ...]:
    """As of a generation of the index: all entries are counted, so not for every page."""
    counts = ask(Search(limit=0), held, reader()).answer.facets["category"]
    return tuple(each.value for each in counts if each.value)


def without_filters(search: Search) -> Search:
    """The same words asked of everything."""
    return replace(search, since="", until="", categories=(), tags=(), sources=(), series=())


def without(search: Search, parameter: str, value: str) -> Search:
    """The search without one value of a filter."""
    held: tuple[str, ...] = getattr(search, HELD_AS[parameter])
    return replace(search, **{HELD_AS[parameter]: tuple(each for each in held if each != value)})  # type: ignore[arg-type]


class FacetLink(NamedTuple):
    """One value with the hits that it leads to. `url` adds it to the search, or takes it away where on, or is empty;
    `without` leaves it out, where that can be written. A tuple: a page takes a hundred of them apart."""

    value: str
    hits: int
    url: str
    on: bool = False
    without: str = ""


def presets(search: Search) -> list[FacetLink]:
    """The usual stretches of time, up to today, and all of it."""
    return [
        FacetLink(
            label, 0, address(replace(search, since=since, until=until)), (search.since, search.until) == (since, until)
        )
        for label, since, until in PRESETS
    ]
