"""The one interface between the archive and whatever searches it: requests in, answers out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Literal, NamedTuple, Protocol, TypeAlias, TypeVar

from archive.model import Issue
from indexer.query.tree import EVERYTHING, Node

Scope: TypeAlias = Literal["entry", "point"]
Sort: TypeAlias = Literal["relevance", "newest", "oldest"]
Rank: TypeAlias = Literal["full", "words"]
MOST_PARTIAL = 50
FACETS = ("category", "month", "series", "tag", "source")  # those of a page; `day` is counted where it is asked
Key = TypeVar("Key", str, int)
IN_ORDER = ("day", "month")  # facets that are listed by value, not by count
LIMITED = ("tag", "source")  # facets of which the first values are told; the others are whole
MOST_VALUES = 50  # of those, unless otherwise asked


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: a planned tree (no Term, no DateField) and filters; of one kind any of, tags all of."""

    query: Node = EVERYTHING
    literal: Node | None = None  # the same query as one quote; asks for `literal_total`
    scope: Scope = "entry"
    since: datetime.date | None = None
    until: datetime.date | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    sort: Sort = "relevance"
    rank: Rank = "full"  # words: plain BM25 over whole matches, as other engines have it, to be compared with them
    limit: int = 20
    offset: int = 0
    facets: tuple[str, ...] = FACETS
    most_values: int | None = MOST_VALUES  # of LIMITED facets; None for all

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the query says which documents are asked for."""
        return bool(self.since or self.until or self.categories or self.tags or self.sources or self.series)


class Hit(NamedTuple):
    """The id of an entry, or with scope `point` of a key point, and its score (comparable within one answer)."""

    id: str
    score: float = 0.0
    partial: bool = False
    inside: tuple[str, ...] = ()  # the words that stand only inside other words, as far as the engine knows


class FacetCount(NamedTuple):
    """How many of the matches carry a value; an answer has a hundred, and a tuple is made in half the time."""

    value: str
    count: int  # type: ignore[assignment]  # hides the method of a tuple, which nobody asks for


def ranked(facet: str, counts: Mapping[str, int], most: int | None) -> tuple[FacetCount, ...]:
    """The counts of one facet, the first `most`: days and months in order, all others by count, then by value."""
    return tuple(FacetCount(value, count) for value, count in in_order(facet, counts, most) if count)


def in_order(facet: str, counts: Mapping[Key, int], most: int | None) -> list[tuple[Key, int]]:
    """The same of values, or of numbers that sort as they do."""
    held = sorted(counts.items())
    if facet not in IN_ORDER:
        held.sort(key=itemgetter(1), reverse=True)
        held = held[:most]
    return held


def most_values(facet: str, request: Request) -> int | None:
    """How many values of a facet are listed; None for all."""
    return request.most_values if facet in LIMITED else None


@dataclass(frozen=True, slots=True)
class Answer:
    """The asked page of hits, partial ones (SEARCH 10) last, and the exact counts over all whole matches."""

    total: int
    hits: tuple[Hit, ...]
    literal_total: int = 0
    facets: dict[str, tuple[FacetCount, ...]] = field(default_factory=dict)

    @property
    def partial_total(self) -> int:
        """How many of the hits are partial."""
        return sum(hit.partial for hit in self.hits)


@dataclass(frozen=True, slots=True)
class Generation:
    """One committed state of an index: its number and the sha256 of its manifest; 0 is the empty index."""

    number: int = 0
    manifest: str = ""


class SearchEngine(Protocol):
    """Whole issues in, answers out. Writing never disturbs readers: what was written is seen after `open`."""

    def rebuild(self, issues: Iterable[Issue], base: Generation) -> Generation:
        """Index these issues and nothing else; `base` is the generation in force."""
        ...

    def update(self, issues: Iterable[Issue], base: Generation) -> Generation:
        """On top of `base`, replace all that is known of each issue; one without entries is removed."""
        ...

    def verify(self, generation: Generation) -> None:
        """Whether what is kept of a generation is as it was written. Raises IndexUnusable."""
        ...

    def open(self, generation: Generation) -> None:
        """Answer from this generation from now on. Raises IndexUnusable."""
        ...

    def digests(self) -> Mapping[str, str]:
        """entry -> `Document.digest` of what the open generation holds of it, for whoever checks it."""
        ...

    def vocabulary(self) -> Mapping[str, int]:
        """word (folded) -> how many entries of the open generation hold it: of the words of `indexer.vocabulary`."""
        ...

    def search(self, request: Request) -> Answer:
        """Answer from the open generation; safe to call from several threads."""
        ...

    def rest(self) -> None:
        """Give back the memory that answering can do without; a server asks for it again and again."""
        ...
