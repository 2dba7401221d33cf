"""Any text -> how it is folded, cut, ranked and asked, and where it stands as a quote in another, to be shown."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from archive.text import atoms, fold, folded, phrase
from indexer.planning import Planner
from indexer.query import parse, to_text
from indexer.query.tree import Quote

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cut:
    """A text's folded form and atoms (SEARCH 2, 3), the words of a query, those of an index, and its two trees.

    `words` are (word, whether it is a stop word); `read` is the query as it was read, `asked` as engines answer it.
    """

    text: str
    folded: str
    atoms: tuple[str, ...]
    words: tuple[tuple[str, bool], ...]
    index_words: tuple[str, ...]
    read: str
    asked: str
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a quote stands in a text (code points, none overlapping); `literally`: its folded characters are there."""

    text: str
    folded: str
    atoms: tuple[str, ...]
    spans: tuple[Span, ...]
    literally: bool


def cut(text: str, planner: Planner, today: datetime.date) -> Cut:
    """How a text is taken apart on a day. Raises BadRequest where it is longer than any query."""
    query = parse(text)
    plan = planner.plan(query, today)
    normal, segmenter = fold(text), planner.segmenter
    return Cut(
        text,
        normal,
        tuple(atoms(normal)),
        tuple((word, segmenter.is_stop_word(word)) for word in segmenter.cut(normal)),
        tuple(segmenter.index_words(normal)),
        to_text(query.tree),
        to_text(plan.tree),
        (*query.notices, *plan.notices),
    )


def standing(quote: str, text: str) -> Standing:
    """Where a text stands in another as a quote would (SEARCH 4, 5); its own quotation marks are not asked."""
    tree = parse(quote).tree
    asked = fold(tree.text if isinstance(tree, Quote) else quote).strip()
    wanted, searched = phrase(asked), folded(text)
    spans = tuple(searched.original(*span) for span in wanted.spans(searched.text)) if wanted else ()
    return Standing(text, searched.text, tuple(atoms(searched.text)), spans, asked in searched.text)
