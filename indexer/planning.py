"""A tree as typed -> a tree that engines answer: terms cut into words, dates resolved, tag aliases replaced."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, assert_never

from archive import ids
from archive.text import fold, phrase, same_name
from indexer.lexicon import Aliases, Lexicon
from indexer.query import Query
from indexer.query.dates import date_range
from indexer.query.tree import (
    WHOLE_FIELDS,
    Address,
    And,
    DateField,
    DateRange,
    Everything,
    Field,
    Inside,
    Node,
    Not,
    OnCuts,
    Or,
    Prefix,
    Quote,
    Term,
    Word,
    all_of,
    any_of,
    conjuncts,
)
from indexer.segmenter import Segmenter

MOST_WORDS = 64

Match: TypeAlias = Literal["any", "word"]  # where a plain word may stand: anywhere, or on a text's own cuts


@dataclass(frozen=True, slots=True)
class Plan:
    """What a query asks of an engine: the tree, the same as one quote where there is one, and what was left out."""

    tree: Node
    literal: Node | None
    since: datetime.date | None = None
    until: datetime.date | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans queries with one lexicon; `segmenter` cuts, `lexicon.names` leads from aliases to tags."""

    segmenter: Segmenter
    lexicon: Lexicon

    def plan(self, query: Query, today: datetime.date, aliases: Aliases = "names", match: Match = "any") -> Plan:
        """The plan of a query asked on a day."""
        resolved = _resolve(query.tree, today)
        tree, left_out = _within_limit(self._planned(resolved))
        tree = self._with_aliases(tree, aliases, self.segmenter.on_cuts if match == "word" else None)
        ranges = [node for node in conjuncts(tree) if isinstance(node, DateRange) and node.name == "date"]
        return Plan(
            tree,
            literal(query.text, resolved),
            max((each.since for each in ranges if each.since), default=None),
            min((each.until for each in ranges if each.until), default=None),
            (f"检索词超过 {MOST_WORDS} 个，“{left_out[0].text}”及以后的没有检索",) if left_out else (),
        )

    def _planned(self, node: Node) -> Node:
        return self._without_stop_words(node) or self._cut(node)

    def _without_stop_words(self, node: Node) -> Node | None:
        """The node, or None where nothing but stop words remains of it."""
        match node:
            case Term(text):
                words = [word for word in self._words(text) if not self.segmenter.is_stop_word(word.text)]
                return all_of([*words]) if words else None
            case And(nodes):
                kept = [(each, self._without_stop_words(each)) for each in nodes]
                asks_words = any(planned and not isinstance(each, _FILTERS) for each, planned in kept)
                return all_of([planned or self._cut(each) for each, planned in kept if planned or not asks_words])
            case _:
                return self._cut(node)

    def _cut(self, node: Node) -> Node:
        """The node with every word of its terms, stop words included where they stand alone."""
        match node:
            case Term(text):
                return all_of([*self._words(text)])
            case Or(nodes):
                return any_of([self._planned(each) for each in nodes])
            case Not(inner):
                return Not(self._planned(inner))
            case Field("tag", inner):
                return Field("tag", self._canonical(inner))
            case Field(name, inner):
                return node if name in WHOLE_FIELDS else Field(name, self._planned(inner))
            case And() | Word() | Quote() | Prefix() | Inside() | DateField() | DateRange() | Address() | Everything():
                return node
        assert_never(node)

    def _words(self, text: str) -> list[Word]:
        return [Word(word) for word in self.segmenter.cut(fold(text)) if phrase(word)]

    def _with_aliases(self, node: Node, asked: Aliases, on_cuts: OnCuts | None) -> Node:
        """The tree in which every word knows what may stand for it, and where."""
        match node:
            case Word(text):
                return Word(text, self.lexicon.other_forms(text, asked), on_cuts)
            case And(nodes) | Or(nodes):
                return type(node)(tuple(self._with_aliases(each, asked, on_cuts) for each in nodes))
            case Not(inner):
                return Not(self._with_aliases(inner, asked, on_cuts))
            case Field(name, inner) if name not in WHOLE_FIELDS:
                return Field(name, self._with_aliases(inner, asked, on_cuts))
            case _:
                return node

    def _canonical(self, node: Node) -> Node:
        """A tree of tags with every alias replaced by its tag's name."""
        match node:
            case And(nodes):
                return And(tuple(map(self._canonical, nodes)))
            case Or(nodes):
                return Or(tuple(map(self._canonical, nodes)))
            case Not(inner):
                return Not(self._canonical(inner))
            case Term(text) | Quote(text):
                return Quote(self.lexicon.names.get(same_name(text), text))
            case _:
                return node


_FILTERS = (Field, DateRange, Address)


def _within_limit(tree: Node) -> tuple[Node, list[Word]]:
    """The tree with at most MOST_WORDS words side by side, and the words left out."""
    nodes = conjuncts(tree)
    left_out = [node for node in nodes if isinstance(node, Word)][MOST_WORDS:]
    dropped = set(map(id, left_out))
    return all_of([node for node in nodes if id(node) not in dropped]), left_out


def _resolve(node: Node, today: datetime.date) -> Node:
    """The tree with every date expression replaced by its range on that day."""
    match node:
        case And(nodes):
            return replace(node, nodes=tuple(_resolve(each, today) for each in nodes))
        case Or(nodes):
            return replace(node, nodes=tuple(_resolve(each, today) for each in nodes))
        case Not(inner):
            return Not(_resolve(inner, today))
        case DateField(name, text):
            span = date_range(text, today)
            return DateRange(name, span.since, span.until) if span else node
        case Field("issue", Term(text) | Quote(text)) if not ids.parts(fold(text)):
            span = date_range(text, today)  # an issue named by its day, or several by a month
            return DateRange("date", span.since, span.until) if span else node
        case _:
            return node


def literal(text: str, tree: Node) -> Node | None:
    """The query with its plain terms and quotes as one quote (SEARCH 9), or None where it has none."""
    nodes = conjuncts(tree)
    plain = [node for node in nodes if isinstance(node, Term | Quote)]
    if not plain:
        return None
    whole = text if len(plain) == len(nodes) and len(plain) > 1 else " ".join(node.text for node in plain)
    return all_of([Quote(whole), *(node for node in nodes if node not in plain)])
