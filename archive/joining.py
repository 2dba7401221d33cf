"""Issues of near days -> the pairs of entries that tell of one event -> stories."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Set
from itertools import chain

from archive.ids import order
from archive.likeness import Report, addresses, are_alike, tell_one_event
from archive.model import Issue
from archive.store import Writer

WINDOW = datetime.timedelta(days=7)  # events end
ROUND_UP = 3  # an address that so many entries of one issue cite tells several things

Pair = tuple[Report, Report]


def reports(issue: Issue) -> list[Report]:
    """What an issue tells, entry by entry."""
    cited = Counter(chain.from_iterable(addresses(entry) for entry in issue.entries))
    round_ups = frozenset(address for address, number in cited.items() if number >= ROUND_UP)
    return [Report(entry, issue, round_ups) for entry in issue.entries]


def joins(issues: Iterable[Issue], changed: Set[str] | None = None) -> Iterator[Pair]:
    """Every pair that tells of one event, or those of which one is of a changed issue; the issues come by days."""
    near = _Near()
    for issue in issues:
        near.leave(issue.date)
        told = reports(issue)
        for one in told:
            others = (each for each in near.like(one) if changed is None or {each.issue, issue.id} & changed)
            yield from ((other, one) for other in others if tell_one_event(other, one))
        near.add(told)


def join(writer: Writer) -> None:
    """Compare what changed with the issues of near days, and keep the pairs."""
    changed = writer.reader.to_join()
    if not changed:
        return
    near = {issue for day in set(changed.values()) for issue in writer.reader.issue_ids(*_around(day))}
    pairs = joins(map(writer.reader.issue, sorted(near)), changed.keys())  # ids begin with the day
    writer.stories.keep(changed, [(one.id, other.id) for one, other in pairs])


def stories(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """The entries that pairs lead to from each other, by their days; the story that began first comes first."""
    story_of: dict[str, set[str]] = {}
    for pair in pairs:
        smaller, larger = sorted((story_of.setdefault(each, {each}) for each in pair), key=len)
        if smaller is not larger:
            larger |= smaller
            story_of |= dict.fromkeys(smaller, larger)
    each = {id(told): told for told in story_of.values()}
    return sorted((tuple(sorted(told, key=order)) for told in each.values()), key=lambda told: order(told[0]))


class _Near:
    """The reports of the days before, found by what they share; they leave in the order in which they came."""

    def __init__(self) -> None:
        self._reports: deque[Report] = deque()
        self._having: defaultdict[str, deque[Report]] = defaultdict(deque)

    def add(self, told: Iterable[Report]) -> None:
        for report in told:
            self._reports.append(report)
            for each in (*report.shingles, *report.addresses):
                self._having[each].append(report)

    def leave(self, day: datetime.date) -> None:
        while self._reports and day - self._reports[0].date > WINDOW:
            report = self._reports.popleft()
            for each in (*report.shingles, *report.addresses):
                self._having[each].popleft()
                if not self._having[each]:
                    del self._having[each]

    def like(self, one: Report) -> Iterable[Report]:
        """Those that `tell_one_event` could say yes of: most share nothing that matters, and are never looked at."""
        shared = Counter(chain.from_iterable(self._having.get(each, ()) for each in one.shingles))
        titles = (each for each, number in shared.items() if are_alike(number, one, each))
        return dict.fromkeys(chain(*(self._having.get(each, ()) for each in one.addresses), titles))


def _around(day: datetime.date) -> tuple[str, str]:
    earliest, latest = datetime.date.min + WINDOW, datetime.date.max - WINDOW
    return str(max(day, earliest) - WINDOW), str(min(day, latest) + WINDOW)
