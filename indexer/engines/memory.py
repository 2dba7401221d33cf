"""The engine that looks through every text: slow, and the definition of what is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from archive.ids import order
from archive.model import Issue
from archive.text import Phrase, same_name
from indexer.document import Document, documents
from indexer.engine import Answer, FacetCount, Generation, Hit, Request, most_values, ranked
from indexer.errors import IndexUnusable
from indexer.loosening import Loosened, loosened, room_for_partial
from indexer.matching import matches, on_host
from indexer.query.tree import Node, asked_leaves
from indexer.segmenter import Segmenter
from indexer.sought import sought
from indexer.vocabulary import LEAST_ENTRIES, is_offered


@dataclass(frozen=True, slots=True)
class _Found:
    id: str
    document: Document
    texts: tuple[str, ...]


class MemoryEngine:
    """Keeps the documents of each generation by issue."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._generations: dict[Generation, dict[str, list[Document]]] = {Generation(): {}}
        self._open: dict[str, list[Document]] = {}

    def rebuild(self, issues: Iterable[Issue], base: Generation) -> Generation:
        """Index these issues and nothing else."""
        return self._commit({issue.id: list(documents(issue)) for issue in issues}, base)

    def update(self, issues: Iterable[Issue], base: Generation) -> Generation:
        """Replace what is known of each issue."""
        return self._commit(self._generations[base] | {issue.id: list(documents(issue)) for issue in issues}, base)

    def verify(self, generation: Generation) -> None:
        """Raise IndexUnusable where there is no such generation."""
        if generation not in self._generations:
            raise IndexUnusable(f"没有第 {generation.number} 代索引")

    def open(self, generation: Generation) -> None:
        """Answer from this generation."""
        self.verify(generation)
        self._open = self._generations[generation]

    def digests(self) -> dict[str, str]:
        """entry -> the digest of what is indexed of it."""
        return {document.id: document.digest for held in self._open.values() for document in held}

    def vocabulary(self) -> dict[str, int]:
        """word -> the entries that hold it, cut as an index would cut them."""
        cut = self._segmenter.index_words
        entries = (document for held in self._open.values() for document in held)
        counts = Counter(word for entry in entries for word in {word for text in entry.texts() for word in cut(text)})
        return {word: count for word, count in counts.items() if count >= LEAST_ENTRIES and is_offered(word)}

    def rest(self) -> None:
        """All of it is needed."""

    def search(self, request: Request) -> Answer:
        """Look through every document."""
        found = [each for each in self._candidates(request) if self._matches(request.query, each, request)]
        page = _in_order(request, found)[request.offset : request.offset + request.limit]
        loose = loosened(request.query)
        room = room_for_partial(request, len(page), loose) if loose and request.rank == "full" else 0
        partial = self._partial(request, loose, {each.id for each in found})[:room] if loose and room else []
        return Answer(
            total=len(found),
            hits=(*(Hit(each.id) for each in page), *(Hit(each.id, partial=True) for each in partial)),
            literal_total=sum(self._matches(request.literal or request.query, each, request) for each in found),
            facets=_facets(found, request),
        )

    def _commit(self, held: dict[str, list[Document]], base: Generation) -> Generation:
        generation = Generation(base.number + 1)
        self._generations[generation] = held
        return generation

    def _candidates(self, request: Request) -> Iterator[_Found]:
        for held in self._open.values():
            for document in held:
                if not _passes(request, document):
                    continue
                if request.scope == "entry":
                    yield _Found(document.id, document, tuple(document.texts()))
                else:
                    for identifier, text in zip(document.point_ids, document.points, strict=True):
                        yield _Found(identifier, document, (text,))

    def _partial(self, request: Request, loose: Loosened, whole: set[str]) -> list[_Found]:
        """What holds some of the words, the most of them first."""
        held = [each for each in self._candidates(request) if self._matches(loose.required, each, request)]
        kept = [quote for quote in loose.quotes if any(self._matches(quote, each, request) for each in held)]
        words = {
            each.id: sum(self._matches(word, each, request) for word in loose.parts)
            for each in held
            if each.id not in whole and all(self._matches(quote, each, request) for quote in kept)
        }
        found = [each for each in held if each.id in words and (kept or words[each.id])]
        return sorted(_in_order(request, found), key=lambda each: -words[each.id])

    def _matches(self, node: Node, found: _Found, request: Request) -> bool:
        return matches(node, found.document, found.texts[0] if request.scope == "point" else None)


def _passes(request: Request, document: Document) -> bool:
    """Whether the filters let a document through: of one kind any of, tags all of."""
    day = document.date
    return (
        (request.since is None or request.since <= day)
        and (request.until is None or day <= request.until)
        and _any_same(request.categories, (document.category,))
        and _any_same(request.series, (document.series,))
        and all(_any_same((tag,), document.tags) for tag in request.tags)
        and (
            not request.sources
            or _any_same(request.sources, document.source_names)
            or any(on_host(wanted, source.host) for wanted in request.sources for source in document.sources)
        )
    )


def _any_same(wanted: tuple[str, ...], values: tuple[str, ...]) -> bool:
    return not wanted or not {same_name(each) for each in wanted}.isdisjoint(map(same_name, values))


def _in_order(request: Request, found: list[_Found]) -> list[_Found]:
    """Newest or oldest first, or most occurrences first; then newer date, then id."""
    asked = [each for leaf, _ in asked_leaves(request.query) for _, each in sought(leaf)]
    newest_first = sorted(found, key=lambda each: (-each.document.date.toordinal(), order(each.id)))
    match request.sort:
        case "newest":
            return newest_first
        case "oldest":
            return sorted(found, key=lambda each: (each.document.date, order(each.id)))
        case "relevance":
            return sorted(newest_first, key=lambda each: -_occurrences(asked, each))
    assert_never(request.sort)


def _occurrences(asked: list[Phrase], found: _Found) -> int:
    """How often the phrases stand in the texts; the first text is the title (or the key point itself)."""
    weights = [3] + [1] * (len(found.texts) - 1)
    return sum(
        weight * sum(1 for _ in each.spans(text))
        for text, weight in zip(found.texts, weights, strict=True)
        for each in asked
    )


def _facets(found: list[_Found], request: Request) -> dict[str, tuple[FacetCount, ...]]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in request.facets}
    for each in found:
        for name, counter in counts.items():
            counter.update(_values(each.document, name))
    return {name: ranked(name, counter, most_values(name, request)) for name, counter in counts.items()}


def _values(document: Document, facet: str) -> tuple[str, ...]:
    match facet:
        case "tag":
            return document.tags
        case "source":
            return document.source_names
        case "day":
            return (document.date.isoformat(),)
        case _:
            return (str(getattr(document, facet)),)
