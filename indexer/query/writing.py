"""Tree -> the canonical text that is read as this tree again (SEARCH 21).

A space says AND, `|` OR, `-` NOT, and brackets stand only where they are needed. Planned trees can be written too.
"""

from __future__ import annotations

from typing import assert_never

from archive.addresses import is_http
from indexer.query.lexing import CHINESE_NAMES, OPERATORS, QUOTE_PAIRS, begins_with_atom
from indexer.query.tree import (
    Address,
    And,
    DateField,
    DateRange,
    Everything,
    Field,
    Inside,
    Leaf,
    Node,
    Not,
    Or,
    Prefix,
    Quote,
    Term,
    Word,
)

_NAMES = {name: chinese for chinese, name in reversed(CHINESE_NAMES.items())}


def to_text(node: Node) -> str:
    """The canonical text of a tree."""
    text = _text(node)
    if isinstance(node, Address) or not is_http(text):
        return text
    # The whole text must not be taken for an address, so its first term goes into brackets.
    first = _text(node.nodes[0] if isinstance(node, Or) else node)
    return f"({first}){text.removeprefix(first)}"


def _text(node: Node) -> str:
    match node:
        case And(nodes):
            return " ".join(_bracketed(each, And) for each in nodes)
        case Or(nodes):
            return "|".join(_bracketed(each, And, Or) for each in nodes)
        case Not(inner):
            return _negated(inner)
        case Field(name, inner):
            return f"{_NAMES[name]}:{_bracketed(inner, And, Or, Not)}"
        case Everything():
            return ""
        case _:
            return _leaf(node)


def _leaf(node: Leaf | DateField | DateRange | Address) -> str:
    match node:
        case Term(text) | Word(text):
            return f"({text})" if text in OPERATORS else text
        case Quote(text):
            return _quoted(text)
        case Prefix(text):
            return f"{text}*"
        case Inside(text):
            return f"*{text}*"
        case DateField(name, text):
            return f"{_NAMES[name]}:{text}"
        case DateRange(name, since, until):
            return f"{_NAMES[name]}:{since or ''}..{until or ''}"
        case Address(url):
            return url
    assert_never(node)


def _bracketed(node: Node, *kinds: type) -> str:
    """The text of a node, in brackets if it is one of these kinds."""
    return f"({_text(node)})" if isinstance(node, kinds) else _text(node)


def _negated(node: Node) -> str:
    """A minus means NOT before an atom, a quote or a bracket only; before other signs (`.NET`) the word does."""
    text = _bracketed(node, And, Or, Not)
    is_plain = isinstance(node, Term | Word | Prefix) and text[:1] != "("
    return f"NOT {text}" if is_plain and not begins_with_atom(text) else f"-{text}"


def _quoted(text: str) -> str:
    """In the first pair of marks whose closing one the text does not hold."""
    opening, closing = next((pair for pair in QUOTE_PAIRS.items() if pair[1] not in text), ('"', '"'))
    return f"{opening}{text}{closing}"
