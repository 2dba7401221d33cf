"""A tree and an entry -> the spans of the entry's plain texts in which the tree's words stand, for a reader's eye."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from archive.model import Entry
from archive.text import fold, folded, phrase, plain
from indexer.loosening import loosened
from indexer.query.tree import Leaf, Node, Prefix, Quote, Word, asked_leaves, forms

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


def highlights(tree: Node, entry: Entry, *, partial: bool = False) -> tuple[Highlight, ...]:
    """Every field with something to show, in reading order; of a partial match also the parts of words."""
    return tuple(highlight for highlight, _ in _found(_leaves(tree, partial=partial), entry) if highlight.spans)


def reasons(
    tree: Node, entry: Entry, *, typed: str = "", inside: Collection[str] = (), partial: bool = False
) -> tuple[Reason, ...]:
    """One reason a term, in the query's order; `inside` are words that stand only inside others."""
    asked = _leaves(tree, partial=partial)
    words = {leaf for leaf, _ in asked_leaves(tree)}
    found: dict[Leaf, Reason] = {}
    for highlight, spots in _found(asked, entry):
        for leaf, spot in spots.items():
            how = _how(leaf, spot, typed, inside) if leaf in words else "part"
            found.setdefault(leaf, Reason(leaf.text, how, highlight.field, spot.text))
    return tuple(found[leaf] for leaf, _ in asked if leaf in found)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a leaf stands for the first time in a field: in which of its forms, and what is written there."""

    form: str
    text: str


def _leaves(tree: Node, *, partial: bool) -> list[tuple[Leaf, str]]:
    """Each leaf that may be marked, with the field it is asked of."""
    asked = list(asked_leaves(tree))
    loose = loosened(tree) if partial else None
    return list(dict.fromkeys([*asked, *((part, "") for part in (loose.parts if loose else ()))]))


def _how(leaf: Leaf, spot: _Spot, typed: str, inside: Collection[str]) -> str:
    if spot.form != leaf.text:
        return "alias"
    written = spot.text.casefold()
    if written != leaf.text.casefold() and written not in typed.casefold():
        return "variant" if not isinstance(leaf, Prefix) else "prefix"
    if isinstance(leaf, Word) and leaf.text in inside:
        return "inside"
    return "quote" if isinstance(leaf, Quote) else "prefix" if isinstance(leaf, Prefix) else "word"


def _found(asked: list[tuple[Leaf, str]], entry: Entry) -> Iterator[tuple[Highlight, dict[Leaf, _Spot]]]:
    for field, n, text in texts(entry):
        wanted = [leaf for leaf, only in asked if only in ("", _ASKED_AS.get(field, field))]
        spots: dict[Leaf, _Spot] = {}
        spans: list[Span] = []
        for leaf in wanted:
            for form, (start, end) in _spans(leaf, text):
                spots.setdefault(leaf, _Spot(form, text[start:end]))
                spans.append((start, end))
        yield Highlight(field, n, _merged(spans)), spots


def texts(entry: Entry) -> Iterator[tuple[str, int | None, str]]:
    """(field, n, plain text) of every searchable text, in reading order."""
    yield "title", None, plain(entry.title)
    yield "summary", None, plain(entry.summary)
    yield "background", None, plain(entry.background)
    yield from (("key_points", n, plain(point.text)) for n, point in enumerate(entry.key_points, 1))
    yield from (("fields", n, plain(other.text)) for n, other in enumerate(entry.fields, 1))
    yield from (("sources", n, plain(source.name)) for n, source in enumerate(entry.sources, 1))


def _spans(leaf: Leaf, text: str) -> Iterator[tuple[str, Span]]:
    """Each form of a leaf that stands in a text, with its spans in the text as it is written."""
    for form in forms(leaf):
        wanted = phrase(fold(form), isinstance(leaf, Prefix))
        if wanted and wanted.search(fold(text)):
            searched = folded(text)
            yield from ((form, searched.original(start, end)) for start, end in wanted.spans(searched.text))


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
