"""What it means that an entry, or one of its key points, matches a tree: the definition that every engine answers to.

Nothing here knows an index: it looks. `memory:` asks it of every document; the other engines of the few that may match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import assert_never

from archive.addresses import comparable
from archive.text import fold, same_name
from indexer.document import CitedSource, Document
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
from indexer.sought import sought

_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def matches(node: Node, document: Document, point: str | None = None) -> bool:
    """Whether an entry matches, or with `point` (a folded text) that key point of it (SEARCH 8, 19, 20)."""
    match node:
        case And(nodes):
            return all(matches(each, document, point) for each in nodes)
        case Or(nodes):
            return any(matches(each, document, point) for each in nodes)
        case Not(inner):
            return not matches(inner, document, point)
        case Term() | Word() | Quote() | Prefix() | Inside():
            return stands_in_any(node, document.texts() if point is None else (point,))
        case Field(name, inner):
            return _field_matches(name, inner, document, point)
        case DateRange(name, since, until):
            day = document.date if name == "date" else document.event
            return day is not None and (since is None or since <= day) and (until is None or day <= until)
        case Address(url):
            return comparable(url) in {source.address for source in document.sources}
        case Everything():
            return True
        case DateField():
            raise ValueError(f"not resolved: {node}")
    assert_never(node)


def _field_matches(name: str, node: Node, document: Document, point: str | None) -> bool:
    match name:
        case "title" | "summary" | "background":
            return within(node, getattr(document, name))
        case "category":
            return within(node, document.category_text)
        case "point":
            return any(within(node, text) for text in (document.points if point is None else (point,)))
        case "source":
            return any(cites(node, source) for source in document.sources)
        case "tag":
            return is_one_of(node, frozenset(document.tags))
        case "series":
            return is_one_of(node, frozenset((document.series,)))
        case _:
            return is_one_of(node, frozenset((document.issue,)))


def within(node: Node, text: str) -> bool:
    """Whether one folded text matches a tree by itself."""
    match node:
        case And(nodes):
            return all(within(each, text) for each in nodes)
        case Or(nodes):
            return any(within(each, text) for each in nodes)
        case Not(inner):
            return not within(inner, text)
        case Term() | Word() | Quote() | Prefix() | Inside():
            return stands_in_any(node, (text,))
        case _:
            return isinstance(node, Everything)


def stands_in_any(leaf: Leaf, texts: Iterable[str]) -> bool:
    """Whether the leaf stands in one of these folded texts."""
    wanted = [each for _, each in sought(leaf)]
    return any(each.search(text) is not None for text in texts for each in wanted)


def cites(node: Node, source: CitedSource) -> bool:
    """Like `within` on the source's name; a leaf that is a host also finds that host and its subdomains."""
    match node:
        case And(nodes):
            return all(cites(each, source) for each in nodes)
        case Or(nodes):
            return any(cites(each, source) for each in nodes)
        case Not(inner):
            return not cites(inner, source)
        case Term(text) | Word(text) | Quote(text):
            return stands_in_any(node, (source.name,)) or on_host(text, source.host)
        case _:
            return within(node, source.name)


def on_host(text: str, host: str) -> bool:
    """Whether `text` is this host or a domain above it."""
    domain = _domain(text)
    return bool(domain) and f".{host}".endswith(f".{domain}")


@lru_cache(maxsize=256)
def _domain(text: str) -> str:
    """A text as a host, empty where it is none."""
    domain = fold(text).strip().removeprefix("www.")
    return domain if _HOST.fullmatch(domain) else ""


def is_one_of(node: Node, values: frozenset[str]) -> bool:
    """Whether a tree of whole values holds for a set of them, compared by atoms."""
    match node:
        case And(nodes):
            return all(is_one_of(each, values) for each in nodes)
        case Or(nodes):
            return any(is_one_of(each, values) for each in nodes)
        case Not(inner):
            return not is_one_of(inner, values)
        case Term(text) | Word(text) | Quote(text) | Prefix(text) | Inside(text):
            return same_name(text) in {same_name(value) for value in values}
        case _:
            return isinstance(node, Everything)
