"""A search that found nothing -> what was understood of it, what kills it, and what would find something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive.text import fold
from indexer.query import to_text
from indexer.query.tree import EVERYTHING, Node, Not, Term, all_of, conjuncts
from web import filters
from web.asking import Found, Search, ask
from web.meant import meant
from web.services import reader, services

MOST_PIECES = 8  # counted alone, and each left out in turn


@dataclass(frozen=True, slots=True)
class Offer:
    """Another address worth going to, and how many hits are there (None: it is one thing)."""

    text: str
    url: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that was asked: `alone` leads to it in the whole archive, `without` to the rest of the search."""

    alone: Offer
    without: Offer


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is nowhere in the archive, and the spellings nearest to it that are, where the search has none itself."""

    text: str
    nearest: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Coaching:
    """The pieces, none where there is but one thing asked; and the searches that ask less and find something."""

    pieces: tuple[Piece, ...]
    looser: tuple[Offer, ...]
    unknown: tuple[Unknown, ...]


def coached(found: Found) -> Coaching:
    """How to go on from a search without hits."""
    search = replace(found.search, offset=0)
    asked = _asked(found)[:MOST_PIECES]
    pieces = tuple(_piece(search, node, [each for each in asked if each is not node]) for node in asked)
    several = pieces if len(pieces) > 1 else ()
    kills = sorted((piece.without for piece in pieces if piece.without.count), key=lambda each: -(each.count or 0))
    alone = tuple(replace(each.alone, text=f"只找“{each.alone.text}”") for each in several if each.alone.count)
    missing = [node for node, piece in zip(asked, pieces, strict=True) if piece.alone.count == 0]
    unknown = tuple(Unknown(to_text(node), () if found.meant else _nearest(search, node)) for node in missing)
    return Coaching(several, (*_wider(search), *kills) or alone, unknown)


def how_many(search: Search) -> int:
    """The hits of a search."""
    return ask(replace(search, limit=0, offset=0, facets=()), services(), reader()).answer.total


def _asked(found: Found) -> list[Node]:
    """What must all hold, as it was typed; of a single term its words."""
    nodes = [node for node in conjuncts(found.query.tree) if node != EVERYTHING]
    match nodes:
        case [Term(text)]:
            segmenter = services().segmenter
            words: list[Node] = [Term(word) for word in segmenter.cut(fold(text)) if not segmenter.is_stop_word(word)]
            return words if len(words) > 1 else nodes
        case _:
            return nodes


def _piece(search: Search, node: Node, others: list[Node]) -> Piece:
    text = to_text(node)
    alone = replace(filters.without_filters(search), text=text)
    rest = replace(search, text=to_text(all_of(others)))
    count = None if isinstance(node, Not) else how_many(alone)
    left = how_many(rest) if others else 0  # without its only piece a search asks for something else altogether
    return Piece(Offer(text, filters.address(alone), count), Offer(f"去掉“{text}”", filters.address(rest), left))


def _nearest(search: Search, node: Node) -> tuple[Offer, ...]:
    everywhere = filters.without_filters(search)
    speller = services().language_for(reader()).speller
    found = meant(node, 0, speller, lambda text: how_many(replace(everywhere, text=text)))
    return tuple(Offer(each.text, filters.address(replace(everywhere, text=each.text)), each.total) for each in found)


def _wider(search: Search) -> Iterator[Offer]:
    """The same words without all filters, without one of several, by entries, or inside others too."""
    wider = [("去掉全部筛选", filters.without_filters(search))]
    each = filters.without_each(search)
    wider += [(f"去掉“{kind} {value}”", without) for kind, value, without in each if len(each) > 1]
    if search.scope == "point":
        wider.append(("改为按条目", replace(search, scope="entry")))
    if search.match == "word":
        wider.append(("在别的词里的也算", replace(search, match="any")))
    for text, other in wider:
        if other != search and (other.text or not search.text) and other.asks_something and (count := how_many(other)):
            yield Offer(text, filters.address(other), count)
