"""A tree and an entry -> the spans of the entry's plain texts in which the tree's words stand, for a reader's eye."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.model import Entry
from archive.text import fold, folded, phrase, plain
from indexer.query.tree import Leaf, Node, Prefix, Quote, asked_leaves

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Highlight:
    """The spans (code points of the plain text, sorted, none overlapping) in one field; `n` counts lists from 1."""

    field: str  # title, summary, background, key_points, fields or sources
    n: int | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an entry matched: a term, how it was found, and the first field that holds it."""

    term: str
    how: str  # word, quote or prefix
    field: str


_ASKED_AS = {"key_points": "point", "sources": "source"}  # where a field's name in a query differs


def highlights(tree: Node, entry: Entry) -> tuple[Highlight, ...]:
    """Every field with something to show, in reading order."""
    return tuple(highlight for highlight, _ in _found(tree, entry) if highlight.spans)


def reasons(tree: Node, entry: Entry) -> tuple[Reason, ...]:
    """One reason a term, in the query's order."""
    found: dict[Leaf, Reason] = {}
    for highlight, leaves in _found(tree, entry):
        for leaf in leaves:
            found.setdefault(leaf, Reason(leaf.text, _how(leaf), highlight.field))
    return tuple(found[leaf] for leaf in dict.fromkeys(leaf for leaf, _ in asked_leaves(tree)) if leaf in found)


def _how(leaf: Leaf) -> str:
    return "quote" if isinstance(leaf, Quote) else "prefix" if isinstance(leaf, Prefix) else "word"


def _found(tree: Node, entry: Entry) -> Iterator[tuple[Highlight, list[Leaf]]]:
    asked = list(dict.fromkeys(asked_leaves(tree)))
    for field, n, text in texts(entry):
        wanted = [leaf for leaf, only in asked if only in ("", _ASKED_AS.get(field, field))]
        spans = {leaf: spans for leaf in wanted if (spans := _spans(leaf, text))}
        yield Highlight(field, n, _merged([span for each in spans.values() for span in each])), list(spans)


def texts(entry: Entry) -> Iterator[tuple[str, int | None, str]]:
    """(field, n, plain text) of every searchable text, in reading order."""
    yield "title", None, plain(entry.title)
    yield "summary", None, plain(entry.summary)
    yield "background", None, plain(entry.background)
    yield from (("key_points", n, plain(point.text)) for n, point in enumerate(entry.key_points, 1))
    yield from (("fields", n, plain(other.text)) for n, other in enumerate(entry.fields, 1))
    yield from (("sources", n, plain(source.name)) for n, source in enumerate(entry.sources, 1))


def _spans(leaf: Leaf, text: str) -> list[Span]:
    wanted = phrase(fold(leaf.text), isinstance(leaf, Prefix))
    if wanted is None or not wanted.search(fold(text)):
        return []
    searched = folded(text)
    return [searched.original(start, end) for start, end in wanted.spans(searched.text)]


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
