"""Parameters of a page, an API call or a command -> a checked search, and its answer."""

from __future__ import annotations

import datetime
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias, get_args

from archive.store import Coverage, Reader, Record
from archive.text import same_name
from indexer.engine import FACETS, MOST_VALUES, Answer, Request, Scope, Sort
from indexer.errors import BadRequest
from indexer.lexicon import Aliases
from indexer.planning import Match, Plan
from indexer.query import Query, parse
from indexer.query.dates import date_range
from indexer.query.reading import MOST_TYPED
from indexer.query.tree import Node, asked_leaves
from web.asof import AsOf, read_as_of
from web.meant import FEW, MOST_WORDS, Meant, meant
from web.services import Services
from web.substrings import Substring, substrings

View: TypeAlias = Literal["list", "table", "kwic", "kwic-left", "kwic-right"]
MOST_HITS = 500
MOST_COMPLETIONS = 50
DEEPEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Search:
    """A search as asked: the words as typed, and the filters, checked."""

    text: str = ""
    scope: Scope = "entry"
    since: str = ""
    until: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    sort: Sort = "relevance"
    limit: int = 20
    offset: int = 0
    facets: tuple[str, ...] = FACETS
    most_values: int | None = MOST_VALUES  # of a facet that is not whole
    aliases: Aliases = "names"
    match: Match = "any"
    view: View = "list"  # how a page shows what was found
    as_of: AsOf | None = None  # a search that was made before: relative dates go by that day

    @property
    def asks_something(self) -> bool:
        """Whether there is anything to search by."""
        return bool(
            self.text.strip() or self.since or self.until or self.categories or self.tags or self.sources or self.series
        )


def read_search(parameters: Mapping[str, Sequence[str]]) -> Search:
    """name -> values, as a URL has them -> a search. Raises BadRequest, naming the parameter."""

    def one(name: str, default: str = "") -> str:
        values = parameters.get(name) or [default]
        return values[-1].strip() or default

    def many(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value.strip() for value in parameters.get(name, ()) if value.strip()))

    return Search(
        text=one("q"),
        scope=_one_of("scope", one("scope", "entry"), get_args(Scope)),
        since=one("from"),
        until=one("to"),
        categories=many("category"),
        tags=many("tag"),
        sources=many("source"),
        series=many("series"),
        sort=_one_of("sort", one("sort", "relevance"), get_args(Sort)),
        limit=read_number("limit", one("limit", "20"), 0, MOST_HITS),
        offset=read_number("offset", one("offset", "0"), 0, DEEPEST),
        facets=FACETS if one("facets", "1") != "0" else (),
        aliases=_one_of("aliases", one("aliases", "names"), get_args(Aliases)),
        match=_one_of("match", one("match", "any"), get_args(Match)),
        view=_one_of("view", one("view", "list"), get_args(View)),
        as_of=_as_of(one("as_of")),
    )


def read_beginning(parameters: Mapping[str, Sequence[str]]) -> tuple[str, int]:
    """name -> values -> what has been typed so far, and how many completions are wanted. Raises BadRequest."""
    text, limit = ((parameters.get(name) or [""])[-1] for name in ("q", "limit"))
    if len(text) > MOST_TYPED:
        raise BadRequest(f"q 超过 {MOST_TYPED} 字", "请缩短")
    return text, read_number("limit", limit.strip() or "10", 0, MOST_COMPLETIONS)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, with all that a page needs to tell of it."""

    search: Search
    query: Query
    plan: Plan
    answer: Answer
    records: Mapping[str, Record]
    coverage: Coverage
    since: datetime.date | None
    until: datetime.date | None
    generation: int
    took_ms: float
    notices: tuple[str, ...]
    meant: tuple[Meant, ...] = ()
    substrings: tuple[Substring, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """A search as it is put to an engine: the days are those of the filters alone."""

    query: Query
    plan: Plan
    request: Request
    notices: tuple[str, ...]


def understood(search: Search, services: Services, reader: Reader) -> Understood:
    """Read a search. Raises BadRequest."""
    today = _today(search, services)
    planner = services.planner_for(reader)
    query = parse(search.text)
    plan = planner.plan(query, today, search.aliases, search.match)
    since, until, notices = _days(search, today)
    request = _request(search, plan, planner.lexicon.names, since, until)
    return Understood(query, plan, request, (*query.notices, *plan.notices, *notices))


def _today(search: Search, services: Services) -> datetime.date:
    """The day by which relative dates go."""
    return search.as_of.moment.astimezone(services.time_zone).date() if search.as_of else services.today()


def ask(search: Search, services: Services, reader: Reader, *, tags: bool = True) -> Found:
    """Run a search; on wish its entries come without their tags. Raises BadRequest, IndexUnusable, HomeError."""
    began = time.perf_counter()
    asked = understood(search, services, reader)
    query, plan, request = asked.query, asked.plan, asked.request
    answer = services.engine_for(reader).search(request)
    records = reader.records((hit.id.partition(".")[0] for hit in answer.hits), tags=tags)

    def planned(wider: Query) -> Node:
        planner = services.planner_for(reader)
        return planner.plan(wider, _today(search, services), search.aliases, search.match).tree

    since, until = _narrower(request.since, plan.since, max), _narrower(request.until, plan.until, min)
    return Found(
        search=search,
        query=query,
        plan=plan,
        answer=answer,
        records=records,
        coverage=services.days_for(reader).coverage(since, until),
        since=since,
        until=until,
        generation=services.generation,
        took_ms=round(1000 * (time.perf_counter() - began), 2),
        notices=asked.notices,
        meant=_meant(search, query, plan, answer.total, services, reader),
        substrings=substrings(query, request, planned, services, reader),
    )


def _meant(
    search: Search, query: Query, plan: Plan, total: int, services: Services, reader: Reader
) -> tuple[Meant, ...]:
    """What may have been meant, where a page asks (one with facets), hits are few, and it is no pasted paragraph."""
    leaves = len([*asked_leaves(plan.tree)])
    if total >= FEW or not search.facets or not leaves or leaves > MOST_WORDS:
        return ()
    alike = replace(search, limit=0, offset=0, facets=())
    speller = services.language_for(reader).speller
    return meant(query.tree, total, speller, lambda text: ask(replace(alike, text=text), services, reader).answer.total)


def _request(
    search: Search, plan: Plan, names: Mapping[str, str], since: datetime.date | None, until: datetime.date | None
) -> Request:
    return Request(
        query=plan.tree,
        literal=plan.literal,
        scope=search.scope,
        since=since,
        until=until,
        categories=search.categories,
        tags=tuple(names.get(same_name(tag), tag) for tag in search.tags),
        sources=search.sources,
        series=search.series,
        sort=search.sort,
        limit=search.limit,
        offset=search.offset,
        facets=search.facets,
        most_values=search.most_values,
    )


def _days(search: Search, today: datetime.date) -> tuple[datetime.date | None, datetime.date | None, tuple[str, ...]]:
    """The first and last day of the date filters, the right way round, and a notice where they were not."""
    since = _day("from", search.since, today)[0]
    until = _day("to", search.until, today)[1]
    if since and until and since > until:
        since, until = _day("to", search.until, today)[0], _day("from", search.since, today)[1]
        return since, until, ("起止日期写反了，已对调",)
    return since, until, ()


def _day(name: str, text: str, today: datetime.date) -> tuple[datetime.date | None, datetime.date | None]:
    if not text:
        return None, None
    span = date_range(text, today)
    if span is None:
        raise BadRequest(f"{name} 的值“{text[:40]}”不是日期", "写成 2026-02-08、2026-02、2026年2月8日 或 近30天")
    return span.since, span.until


def _as_of(text: str) -> AsOf | None:
    if text and not read_as_of(text):
        raise BadRequest(f"as_of 的值“{text[:40]}”读不懂", "用“研究方法”里给出的链接，或去掉这个参数")
    return read_as_of(text)


def _one_of(name: str, value: str, allowed: Sequence[str]) -> Any:
    if value not in allowed:
        raise BadRequest(f"{name} 的值“{value[:40]}”不认识", f"可用的有 {'、'.join(allowed)}")
    return value


def read_number(name: str, value: str, least: int, most: int) -> int:
    """A whole number within bounds. Raises BadRequest."""
    if not value.lstrip("-").isdecimal() or len(value) > 12 or not least <= int(value) <= most:
        raise BadRequest(f"{name} 的值“{value[:40]}”不在 {least} 到 {most} 之间", "改成范围内的整数")
    return int(value)


def _narrower(one: datetime.date | None, other: datetime.date | None, pick: Any) -> datetime.date | None:
    days = [day for day in (one, other) if day]
    return pick(days) if days else None
