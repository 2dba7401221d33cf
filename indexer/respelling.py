"""A tree as typed -> the same with words spelled otherwise, the likeliest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, product

from indexer.query.tree import And, Field, Node, Or, Quote, Term, asked_leaves
from indexer.spelling import Spelling

MOST_LEAVES = 4  # that are respelled, each in MOST_EACH ways
MOST_EACH = 3
_NOT_WORDS = ("series", "issue")  # fields whose values are no words of texts

Respelled = Term | Quote


def respelled(tree: Node, spellings: Callable[[str], Sequence[Spelling]], most: int) -> Iterator[Node]:
    """At most so many trees with one or more terms or quotes spelled otherwise; nothing below a NOT."""
    leaves = dict.fromkeys(
        leaf for leaf, field in asked_leaves(tree) if isinstance(leaf, Respelled) and field not in _NOT_WORDS
    )
    ways = ((leaf, spellings(leaf.text)[:MOST_EACH]) for leaf in leaves)
    chosen = list(islice(((leaf, found) for leaf, found in ways if found), MOST_LEAVES))
    rows = product(*([None, *found] for _, found in chosen))
    for row in islice(sorted(filter(any, rows), key=_cost), most):
        yield _with(tree, {leaf: each for (leaf, _), each in zip(chosen, row, strict=True) if each})


def _cost(row: tuple[Spelling | None, ...]) -> int:
    """Each word that is respelled costs one more than its spelling."""
    return sum(1 + each.cost for each in row if each)


def _with(node: Node, instead: Mapping[Respelled, Spelling]) -> Node:
    match node:
        case And(nodes) | Or(nodes):
            return replace(node, nodes=tuple(_with(each, instead) for each in nodes))
        case Field(name, inner) if name not in _NOT_WORDS:
            return Field(name, _with(inner, instead))
        case Term() | Quote() if node in instead:
            return replace(node, text=instead[node].text)
        case _:
            return node
