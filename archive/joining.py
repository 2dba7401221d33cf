"""Issues of near days -> the entries that tell of one event: an entry's other reports, from the first to the last."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from archive.ids import order
from archive.likeness import Report, addresses, tell_one_event
from archive.model import Issue

WINDOW = datetime.timedelta(days=7)  # events end
ROUND_UP = 3  # an address that so many entries of one issue cite tells several things

Between = Callable[[datetime.date, datetime.date], Iterable[Issue]]
Pair = tuple[Report, Report]


def reports(issue: Issue) -> list[Report]:
    """What an issue tells, entry by entry."""
    cited = Counter(chain.from_iterable(addresses(entry) for entry in issue.entries))
    round_ups = frozenset(address for address, number in cited.items() if number >= ROUND_UP)
    return [Report(entry, issue, round_ups) for entry in issue.entries]


def joins(issues: Iterable[Issue]) -> Iterator[Pair]:
    """Every pair that tells of one event; the issues come by days."""
    near: list[Report] = []
    for issue in issues:
        near = [other for other in near if issue.date - other.date <= WINDOW]
        fresh = reports(issue)
        yield from ((other, one) for one in fresh for other in near if tell_one_event(other, one))
        near += fresh


def story(identifier: str, day: datetime.date, between: Between) -> tuple[str, ...]:
    """The entries that pairs lead to from this one of that day, itself among them, by their days."""
    held: dict[str, list[Report]] = {}
    found: set[str] = set()
    frontier = {(identifier, day)}
    while frontier:
        name, at = frontier.pop()
        found.add(name)
        near = list(_near(at, between, held))
        here = [one for one in near if one.id == name]
        alike = (other for one in here for other in near if tell_one_event(one, other))
        frontier |= {(other.id, other.date) for other in alike if other.id not in found}
    return tuple(sorted(found, key=order))


def _near(day: datetime.date, between: Between, held: dict[str, list[Report]]) -> Iterator[Report]:
    earliest, latest = datetime.date.min + WINDOW, datetime.date.max - WINDOW
    for issue in between(max(day, earliest) - WINDOW, min(day, latest) + WINDOW):
        if issue.id not in held:
            held[issue.id] = reports(issue)
        yield from held[issue.id]
