"""A tree and an entry -> the spans of the entry's plain texts in which the tree's words stand, for a reader's eye."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from archive.model import Entry
from archive.text import Phrase, fold, folded, plain
from indexer.loosening import loosened
from indexer.query.tree import Inside, Leaf, Node, Prefix, Quote, Word, asked_leaves
from indexer.sought import sought

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Highlight:
    """The spans (code points of the plain text, sorted, none overlapping) in one field; `n` counts lists from 1."""

    field: str  # title, summary, background, key_points, fields or sources
    n: int | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an entry matched: a term, how it was found, the first field that holds it, and what stands there.

    `how` is word, quote or prefix as asked; variant where it is written otherwise than typed (結構, GPT5.3), alias for
    another name, inside for a word that stands only inside other words, part for a part of a word in a partial match.
    """

    term: str
    how: str
    field: str
    text: str


_ASKED_AS = {"key_points": "point", "sources": "source"}  # where a field's name in a query differs


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every field with something to show, in reading order, and one reason a term, in the query's order."""

    highlights: tuple[Highlight, ...]
    reasons: tuple[Reason, ...]


def explained(
    tree: Node, entry: Entry, *, typed: str = "", inside: Collection[str] = (), partial: bool = False
) -> Explanation:
    """What a reader is shown of a match: of a partial one also the parts of words.

    `typed` is the query as typed, `inside` the words that stand only inside others.
    """
    asked = _asked(tree, partial=partial)
    words = {leaf for leaf, _ in asked_leaves(tree)}
    shown: list[Highlight] = []
    found: dict[Leaf, Reason] = {}
    for highlight, spots in _found(asked, entry):
        shown.append(highlight)
        for leaf, spot in spots.items():
            if leaf not in found:
                how = _how(leaf, spot, typed, inside) if leaf in words else "part"
                found[leaf] = Reason(leaf.text, how, highlight.field, spot.text)
    whole = [leaf.text for leaf in found if leaf in words]
    reasons = (leaf for leaf in dict.fromkeys(each.leaf for each in asked) if leaf in found)
    told = (leaf for leaf in reasons if leaf in words or not any(leaf.text in text for text in whole))
    return Explanation(tuple(shown), tuple(found[leaf] for leaf in told))


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a leaf stands for the first time in a field: in which of its forms, and what is written there."""

    form: str
    text: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """A leaf that may be marked, the field it is asked of (empty: any), and each of its forms as a phrase."""

    leaf: Leaf
    field: str
    phrases: tuple[tuple[str, Phrase], ...]


@lru_cache(maxsize=64)
def _asked(tree: Node, *, partial: bool) -> tuple[_Asked, ...]:
    """All hits of an answer are marked by the same phrases."""
    loose = loosened(tree) if partial else None
    asked = [*asked_leaves(tree), *((part, "") for part in (loose.parts if loose else ()))]
    return tuple(_Asked(leaf, field, sought(leaf)) for leaf, field in dict.fromkeys(asked))


def _how(leaf: Leaf, spot: _Spot, typed: str, inside: Collection[str]) -> str:
    if spot.form != leaf.text:
        return "alias"
    if isinstance(leaf, Inside):
        return "inside"
    if spot.text.casefold() not in (typed or leaf.text).casefold():
        return "variant" if not isinstance(leaf, Prefix) else "prefix"
    if isinstance(leaf, Word) and leaf.text in inside:
        return "inside"
    return "quote" if isinstance(leaf, Quote) else "prefix" if isinstance(leaf, Prefix) else "word"


def _found(asked: tuple[_Asked, ...], entry: Entry) -> Iterator[tuple[Highlight, dict[Leaf, _Spot]]]:
    """Each text that holds something asked, with where each leaf stands in it first."""
    for field, n, text in texts(entry):
        if not text:
            continue
        folded_text, way_back = fold(text), None
        spots: dict[Leaf, _Spot] = {}
        spans: list[Span] = []
        for each in asked:
            if each.field and each.field != _ASKED_AS.get(field, field):
                continue
            for form, wanted in each.phrases:
                if wanted.atoms[0] not in folded_text:  # most are nowhere, which is soonest seen so
                    continue
                for start, end in wanted.spans(folded_text):
                    way_back = way_back or folded(text)
                    spans.append(way_back.original(start, end))
                    spots.setdefault(each.leaf, _Spot(form, text[slice(*spans[-1])]))
        if spans:
            yield Highlight(field, n, _merged(spans)), spots


def texts(entry: Entry) -> Iterator[tuple[str, int | None, str]]:
    """(field, n, plain text) of every searchable text, in reading order."""
    yield "title", None, plain(entry.title)
    yield "summary", None, plain(entry.summary)
    yield "background", None, plain(entry.background)
    yield from (("key_points", n, plain(point.text)) for n, point in enumerate(entry.key_points, 1))
    yield from (("fields", n, plain(other.text)) for n, other in enumerate(entry.fields, 1))
    yield from (("sources", n, plain(source.name)) for n, source in enumerate(entry.sources, 1))


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
