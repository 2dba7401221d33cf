"""The query tree: frozen values that know no engine (SEARCH 7, 13 to 17).

Reading a text gives `Term` and `DateField`; `indexer.planning` turns them into `Word` and `DateRange`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

TEXT_FIELDS = ("title", "summary", "background", "point", "source", "category")
WHOLE_FIELDS = ("tag", "series", "issue")
DATE_FIELDS = ("date", "event")


OnCuts: TypeAlias = Callable[[str, int, int], bool]


@dataclass(frozen=True, slots=True)
class Term:
    """A plain term as typed, without white space, not yet cut into words."""

    text: str


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a cut term (folded); it is asked as a quote would be. `aliases` (folded) do as well as itself.

    With `on_cuts` only where that holds of (folded text, start, end): where it is a word of the text (SEARCH 11).
    """

    text: str
    aliases: tuple[str, ...] = ()
    on_cuts: OnCuts | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Quote:
    """Text asked exactly as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """A term whose last atom may go on (typed with a `*` at its end)."""

    text: str


@dataclass(frozen=True, slots=True)
class Inside:
    """Letters that a Latin atom holds anywhere (typed between two `*`)."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """`node` asked of one field: `name` is one of TEXT_FIELDS (words) or WHOLE_FIELDS (equal values)."""

    name: str
    node: Node


@dataclass(frozen=True, slots=True)
class DateField:
    """A date expression as typed (`近30天`, `2026-02..2026-03`); `name` is one of DATE_FIELDS."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class DateRange:
    """A resolved date expression, both ends included, None where open."""

    name: str
    since: datetime.date | None
    until: datetime.date | None


@dataclass(frozen=True, slots=True)
class Address:
    """An http(s) address; finds the entries that cite it."""

    url: str


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more nodes."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more nodes."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but."""

    node: Node


@dataclass(frozen=True, slots=True)
class Everything:
    """Every entry: the tree of an empty query."""


Leaf: TypeAlias = Term | Word | Quote | Prefix | Inside
Node: TypeAlias = Leaf | Field | DateField | DateRange | Address | And | Or | Not | Everything


EVERYTHING = Everything()


def all_of(nodes: list[Node]) -> Node:
    """The conjunction, flat, of any number of nodes; of none it is `Everything`."""
    flat = [each for node in nodes for each in (node.nodes if isinstance(node, And) else (node,))]
    flat = [node for node in flat if node != Everything()]
    if not flat:
        return Everything()
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def any_of(nodes: list[Node]) -> Node:
    """The disjunction, flat, of one or more nodes."""
    flat = [each for node in nodes for each in (node.nodes if isinstance(node, Or) else (node,))]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def forms(leaf: Leaf) -> tuple[str, ...]:
    """The texts of which any will do: the leaf's own, then its aliases."""
    return (leaf.text, *leaf.aliases) if isinstance(leaf, Word) else (leaf.text,)


def conjuncts(node: Node) -> tuple[Node, ...]:
    """The nodes that must all hold."""
    return node.nodes if isinstance(node, And) else (node,)


def asked_leaves(node: Node, field: str = "") -> Iterator[tuple[Leaf, str]]:
    """Each leaf that a match may hold, with the field it is asked of (empty: any); nothing below a NOT."""
    match node:
        case And(nodes) | Or(nodes):
            for each in nodes:
                yield from asked_leaves(each, field)
        case Field(name, inner):
            yield from asked_leaves(inner, name)
        case Term() | Word() | Quote() | Prefix() | Inside():
            yield node, field
        case _:
            return
