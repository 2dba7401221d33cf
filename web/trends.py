"""Terms and days -> how many entries each has in every day, week or month, and what share that is of all."""

from __future__ import annotations

import calendar
import datetime
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from archive.store import Coverage, Reader
from archive.text import same_name
from indexer.engine import Request
from indexer.errors import BadRequest
from indexer.query.tree import EVERYTHING
from web.asking import Search, read_search, understood
from web.services import Services

By: TypeAlias = Literal["day", "week", "month"]
BYS: tuple[By, ...] = ("day", "week", "month")
MOST_TERMS = 5  # courses that one chart can hold
MOST_OF_FILE = 1000  # of a codebook
_FILTERS = ("from", "to", "category", "tag", "source", "series", "aliases", "match")
_BY_DAY, _BY_WEEK = 45, 300  # days up to which a period is a day, or a week, where nobody says which
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Some days, as far as they were asked for, with the issues and entries there are; without an issue it is a gap."""

    name: str  # 2026-02-08, 2026-W06 (ISO 8601), 2026-02
    since: datetime.date
    until: datetime.date
    issues: int
    entries: int


@dataclass(frozen=True, slots=True)
class Term:
    """One query and its whole matches in each period, None in a gap."""

    search: Search
    total: int
    counts: tuple[int | None, ...]

    @property
    def text(self) -> str:
        """As typed; empty for all entries."""
        return self.search.text


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared: the terms as typed, by which periods (empty: as suits the days), within which filters."""

    terms: tuple[str, ...]
    by: By | Literal[""]
    search: Search


@dataclass(frozen=True, slots=True)
class Trends:
    """The periods in order, the terms as asked for, and all entries beside them."""

    by: By
    periods: tuple[Period, ...]
    terms: tuple[Term, ...]
    everything: Term
    coverage: Coverage
    notices: tuple[str, ...]
    generation: int

    def share(self, term: Term, place: int) -> float | None:
        """A term's part of all entries of a period, from 0 to 1; None in a gap."""
        count, entries = term.counts[place], self.periods[place].entries
        return None if count is None else count / entries if entries else 0.0

    def last(self, most: int) -> Trends:
        """The same with the newest periods only."""
        cut = max(0, len(self.periods) - most)
        shorter = [replace(term, counts=term.counts[cut:]) for term in (self.everything, *self.terms)]
        return replace(self, periods=self.periods[cut:], everything=shorter[0], terms=tuple(shorter[1:]))


def read_trend(parameters: Mapping[str, Sequence[str]], most: int = MOST_TERMS) -> Asked:
    """name -> values, as a URL has them. Raises BadRequest, naming the parameter."""
    terms = tuple(parameters.get("term", ()))
    if len([term for term in terms if term.strip()]) > most:
        raise BadRequest(
            f"一次至多比较 {most} 个词，这里有 {len(terms)} 个", "去掉几个；更多的词用 wangqi trend --terms"
        )
    by = (list(parameters.get("by", ())) or [""])[-1].strip()
    if by and by not in BYS:
        raise BadRequest(f"by 的值“{by[:40]}”不认识", f"可用的有 {'、'.join(BYS)}")
    kept = {name: parameters[name] for name in _FILTERS if name in parameters}
    return Asked(terms, by, read_search(kept))


def trends(asked: Asked, services: Services, reader: Reader) -> Trends:
    """Count. Raises BadRequest, IndexUnusable."""
    engine = services.engine_for(reader)

    def count(request: Request) -> tuple[int, Counter[str]]:
        answer = engine.search(replace(request, literal=None, limit=0, facets=("day",)))
        return answer.total, Counter({each.value: each.count for each in answer.facets["day"]})

    everything = understood(asked.search, services, reader)
    since, until = everything.request.since, everything.request.until
    total, entries = count(everything.request)
    issues = _issues(asked.search, services, reader, since, until)
    by = asked.by or _suitable(issues)
    periods = _periods(by, issues, entries, since, until)
    told, terms = list(everything.notices), []
    for search, request, notices in _understood(asked, everything.notices, services, reader):
        told.extend(notices)
        if request:
            matches, days = count(request)
            terms.append(Term(search, matches, _by_period(days, periods, by)))
    return Trends(
        by=by,
        periods=periods,
        terms=tuple(terms),
        everything=Term(asked.search, total, _by_period(entries, periods, by)),
        coverage=services.days_for(reader).coverage(since, until),
        notices=tuple(dict.fromkeys(told)),
        generation=reader.index_state().generation,
    )


def _understood(
    asked: Asked, of_all: tuple[str, ...], services: Services, reader: Reader
) -> Iterator[tuple[Search, Request | None, list[str]]]:
    """(search, request, what to say of it beside what is said of all) of each term; no request where it asks nothing or
    was asked already."""
    seen: set[str] = set()
    for number, text in enumerate(map(str.strip, asked.terms), 1):
        search = replace(asked.search, text=text)
        if not text:
            yield search, None, [f"第 {number} 个词是空的，已略去"]
            continue
        held = understood(search, services, reader)
        notices = [f"“{text[:40]}”：{notice}" for notice in held.notices if notice not in of_all]
        if held.plan.tree == EVERYTHING:
            yield search, None, [*notices, f"第 {number} 个词“{text[:40]}”里没有可检索的文字，已略去"]
        elif text in seen:
            yield search, None, [f"“{text[:40]}”写了两次，只算一次"]
        else:
            yield search, held.request, notices
        seen.add(text)


def _issues(
    search: Search, services: Services, reader: Reader, since: datetime.date | None, until: datetime.date | None
) -> tuple[datetime.date, ...]:
    """The date of every issue asked for, in order: what is not among them is a gap."""
    dates = services.days_for(reader).of_issues
    if search.series:
        wanted = set(map(same_name, search.series))
        held = (each["date"] for each in reader.days() if same_name(each["series"]) in wanted)
        dates = tuple(sorted(map(datetime.date.fromisoformat, held)))
    first = bisect_left(dates, since) if since else 0
    return dates[first : bisect_right(dates, until) if until else None]


def _suitable(issues: Sequence[datetime.date]) -> By:
    days = (issues[-1] - issues[0]).days if issues else 0
    return "day" if days < _BY_DAY else "week" if days < _BY_WEEK else "month"


def _periods(
    by: By,
    issues: Sequence[datetime.date],
    entries: Counter[str],
    since: datetime.date | None,
    until: datetime.date | None,
) -> tuple[Period, ...]:
    """Every period from the first issue to the last, gaps included."""
    if not issues:
        return ()
    counts = Counter(name_of(day, by) for day in issues)
    held = _folded(entries, by)
    made, first = [], issues[0]
    while first <= issues[-1]:
        start, last = _span(first, by)
        name = name_of(start, by)
        asked = max(start, since or start), min(last, until or last)
        made.append(Period(name, *asked, counts[name], held[name]))
        first = last + _DAY
    return tuple(made)


def _by_period(counts: Counter[str], periods: Sequence[Period], by: By) -> tuple[int | None, ...]:
    held = _folded(counts, by)
    return tuple(held[each.name] if each.issues or each.entries else None for each in periods)


def _folded(counts: Counter[str], by: By) -> Counter[str]:
    """Counts by day -> counts by period."""
    held: Counter[str] = Counter()
    for day, count in counts.items():
        held[name_of(datetime.date.fromisoformat(day), by)] += count
    return held


def name_of(day: datetime.date, by: By) -> str:
    """The period that a day belongs to."""
    match by:
        case "day":
            return day.isoformat()
        case "week":
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02}"
        case "month":
            return day.isoformat()[:7]


def _span(day: datetime.date, by: By) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of the period that a day belongs to."""
    match by:
        case "day":
            return day, day
        case "week":
            monday = day - day.weekday() * _DAY
            return monday, monday + 6 * _DAY
        case "month":
            return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
