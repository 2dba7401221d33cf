"""Two reports -> whether they tell of one event; nothing but the two decides, whatever else is kept."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise

from archive.addresses import comparable, host
from archive.model import Entry, Issue
from archive.text import atoms, fold, is_single, plain

LEAST_OF_TITLES = 0.25
LEAST_WITH_NAME, LEAST_WITHOUT = 0.8, 1.0  # of the titles' likeness and twice the texts'

_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_QUOTED = re.compile(r'"([^"]{2,12})"|《([^》]{2,20})》')
_LISTING = re.compile(r"/trending(/|$)|/[^/\d?-]*$")  # below the host: what it shows differs from day to day
# fmt: off
_COMMON = frozenset({
    "ai", "llm", "app", "api", "agent", "the", "of", "in", "to", "for", "and", "an", "on", "with", "by", "is",
    "new", "how", "from", "your", "at", "as", "it", "its", "what", "why", "are", "into", "you",
})
# fmt: on


class Report:
    """An entry made ready to be compared."""

    def __init__(self, entry: Entry, issue: Issue, round_ups: frozenset[str] = frozenset()) -> None:
        self.id, self.issue, self.date = entry.id, issue.id, issue.date
        self._entry = entry
        self._title = fold(plain(entry.title))
        self.shingles = _shingles(self._title)
        self.addresses = addresses(entry) - round_ups

    @cached_property
    def outlets(self) -> frozenset[str]:
        """Who tells it."""
        return frozenset(host(each.url) or fold(each.name) for each in self._entry.sources)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Those of the title: versions, amounts, days."""
        return frozenset(_NUMBER.findall(self._title))

    @cached_property
    def words(self) -> frozenset[str]:
        """The Latin words of the title that say something."""
        return _latin(self.shingles) - _COMMON

    @cached_property
    def quoted(self) -> frozenset[str]:
        """What stands in marks in the title."""
        return frozenset(one or other for one, other in _QUOTED.findall(self._title))

    @cached_property
    def subject(self) -> str:
        """The first two ideographs of the title, which mostly begin a name."""
        return next((one + other for one, other in pairwise(atoms(self._title)) if _are_han(one, other)), "")

    @cached_property
    def everything(self) -> frozenset[str]:
        """The shingles of title and text."""
        entry = self._entry
        texts = (entry.summary, entry.background, *(point.text for point in entry.key_points))
        return self.shingles.union(*(_shingles(fold(plain(text))) for text in texts))


def addresses(entry: Entry) -> frozenset[str]:
    """The cited pages that tell one thing."""
    named = (comparable(source.url) for source in entry.sources if host(source.url))
    return frozenset(each for each in named if "/" in each and not _LISTING.fullmatch(each[each.index("/") :]))


def tell_one_event(one: Report, other: Report) -> bool:
    """Whether two reports of different issues, on near days, are of one event."""
    if one.addresses & other.addresses:
        return True
    titles = alike_titles(one, other)
    if titles < LEAST_OF_TITLES or _are_of_one_outlet(one, other) or _contradict(one, other):
        return False
    named = one.words & other.words or one.quoted & other.quoted
    if not named and one.subject not in other.everything and other.subject not in one.everything:
        return False
    least = LEAST_WITH_NAME if named else LEAST_WITHOUT
    return titles + 2 * _dice(one.everything, other.everything) >= least


def are_alike(shared: int, one: Report, other: Report) -> bool:
    """Whether two titles that share so many shingles may tell of one event."""
    return 2 * shared >= LEAST_OF_TITLES * (len(one.shingles) + len(other.shingles))


def alike_titles(one: Report, other: Report) -> float:
    """How much of their shingles two titles share: 1 for the same, 0 for nothing."""
    return _dice(one.shingles, other.shingles)


def _are_of_one_outlet(one: Report, other: Report) -> bool:
    """An outlet gives two addresses to two things; its series and columns are alike in all but the matter."""
    both = one.outlets & other.outlets
    return bool(both) and both in (one.outlets, other.outlets)


def _contradict(one: Report, other: Report) -> bool:
    """Whether each has a number or a name of its own: Qwen 3 and Qwen 3.5, WinApps and WinBoat."""
    if one.numbers and other.numbers and not (one.numbers <= other.numbers or other.numbers <= one.numbers):
        return True
    return bool(one.words - other.everything and other.words - one.everything)


def _shingles(folded_text: str) -> frozenset[str]:
    """Pairs of neighbouring ideographs, and runs of letters or digits."""
    found = atoms(folded_text)
    pairs = (one + other for one, other in pairwise(found) if _are_han(one, other))
    return frozenset([*pairs, *(atom for atom in found if not is_single(atom))])


def _are_han(one: str, other: str) -> bool:
    return is_single(one) and is_single(other)


def _latin(shingles: frozenset[str]) -> frozenset[str]:
    return frozenset(each for each in shingles if len(each) > 1 and not is_single(each[0]) and not each.isdecimal())


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)
