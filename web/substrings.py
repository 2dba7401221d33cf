"""A search for Latin words -> how many more hits hold their letters inside other words (SEARCH 18)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from archive.model import Entry
from archive.store import Reader
from archive.text import fold, folded, plain
from archive.text.atoms import letters_pattern
from indexer.engine import Request
from indexer.highlighting import texts
from indexer.query import Query, to_text
from indexer.query.tree import Node, Not, all_of
from indexer.widening import as_typed, latin_words, widened
from web.services import Services

MOST_WORDS = 3  # of a query: each costs a search
LOOKED_THROUGH = 20  # hits, for the word that most of them hold


@dataclass(frozen=True, slots=True)
class Substring:
    """A word as typed, how many more hits hold it inside a word, one such word, and the query that finds them too."""

    term: str
    more: int
    example: str
    query: str


def substrings(
    query: Query, request: Request, planned: Callable[[Query], Node], services: Services, reader: Reader
) -> tuple[Substring, ...]:
    """What each Latin word of a request would find beyond it; nothing where no facets are asked, since nobody looks.

    `planned` plans a query as that of the request was.
    """
    words = islice(latin_words(request.query), MOST_WORDS) if request.facets else ()
    found = (_beyond(word, query, request, planned, services, reader) for word in words)
    return tuple(each for each in found if each.more)


def _beyond(
    word: str, query: Query, request: Request, planned: Callable[[Query], Node], services: Services, reader: Reader
) -> Substring:
    wider = replace(query, tree=widened(query.tree, word, services.segmenter.cut))
    beyond = all_of([planned(wider), Not(request.query)])
    asked = replace(request, query=beyond, literal=None, sort="newest", limit=LOOKED_THROUGH, offset=0, facets=())
    answer = services.engine_for(reader).search(asked)
    records = reader.records((hit.id.partition(".")[0] for hit in answer.hits), tags=False)
    held = [(hit.id, records[name].entry) for hit in answer.hits if (name := hit.id.partition(".")[0]) in records]
    longer = Counter(chain.from_iterable(_longer(word, name, entry) for name, entry in held))
    term = as_typed(query.text, word)
    example = max(longer, key=lambda run: (term in run, longer[run]), default=term)
    return Substring(term, answer.total, example, to_text(wider.tree))


def _longer(word: str, hit: str, entry: Entry) -> frozenset[str]:
    """The longer words that hold this one: of the key point that the hit is, else of all its entry."""
    point = (plain(each.text) for each in entry.key_points if each.id == hit)
    return _longer_of(word, point) or _longer_of(word, (entry.category, *(text for _, _, text in texts(entry))))


def _longer_of(word: str, held: Iterable[str]) -> frozenset[str]:
    runs = ((run, fold(run)) for text in held if word in fold(text) for run in _runs(text))
    return frozenset(run for run, letters in runs if word in letters and word != letters)


def _runs(text: str) -> Iterator[str]:
    """The runs of letters of a text, as they are written."""
    searched = folded(text)
    return (text[slice(*searched.original(*run.span()))] for run in letters_pattern().finditer(searched.text))
