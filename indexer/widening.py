"""A tree as typed -> the same with one of its Latin words asked inside other words too (SEARCH 18)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from archive.text import fold
from archive.text.atoms import letters_pattern, some_letters
from indexer.query.tree import WHOLE_FIELDS, And, Field, Inside, Node, Or, Term, Word, all_of, any_of, asked_leaves


def latin_words(planned: Node) -> Iterator[str]:
    """The words (folded) of a planned tree that are one run of two letters or more, each once; none below a NOT."""
    words = dict.fromkeys(leaf.text for leaf, _ in asked_leaves(planned) if isinstance(leaf, Word))
    yield from (word for word in words if some_letters().fullmatch(word))


def widened(typed: Node, word: str, cut: Callable[[str], Sequence[str]]) -> Node:
    """The tree with `Inside` for this word (folded) in its terms, which `cut` cuts (folded); nothing below a NOT."""
    match typed:
        case And(nodes):
            return all_of([widened(each, word, cut) for each in nodes])
        case Or(nodes):
            return any_of([widened(each, word, cut) for each in nodes])
        case Field(name, inner) if name not in WHOLE_FIELDS:
            return Field(name, widened(inner, word, cut))
        case Term(text) if word in (words := cut(fold(text))):
            inside = Inside(as_typed(text, word))
            return all_of([inside if each == word else Term(each) for each in dict.fromkeys(words)])
        case _:
            return typed


def as_typed(text: str, word: str) -> str:
    """A folded word as it stands in a text as typed."""
    return next((run for run in dict.fromkeys(letters_pattern().findall(text)) if fold(run) == word), word)
