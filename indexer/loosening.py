"""A tree -> what a partial match must hold, and what it may lack (SEARCH 10).

Plain words are given up, never a field, a date, a NOT or a bracket; a quote only where no entry holds it. Of a word of
three ideographs or more, two neighbouring ones are a part: 智能体们 was cut as one, and 智能体 stands in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from archive.text import atoms, fold, is_single
from indexer.engine import MOST_PARTIAL, Request
from indexer.query.tree import Inside, Node, Prefix, Quote, Word, all_of, conjuncts


@dataclass(frozen=True, slots=True)
class Loosened:
    """`required` of all; of `quotes` each that any entry with `required` holds; where none is held, one of `parts`.

    A single word has parts only for an answer that has nothing else (`last_resort`).
    """

    required: Node
    parts: tuple[Word | Prefix | Inside, ...]
    quotes: tuple[Quote, ...]
    last_resort: bool


def loosened(tree: Node) -> Loosened | None:
    """What is left to ask for, None where nothing can be given up: one short word, a quote, a filter."""
    nodes = conjuncts(tree)
    words = [node for node in nodes if isinstance(node, Word | Prefix | Inside)]
    quotes = tuple(node for node in nodes if isinstance(node, Quote))
    parts = tuple(dict.fromkeys(part for leaf in (*words, *quotes) for part in _parts(leaf)))
    if not words or len(parts) < 2:
        return None
    required = all_of([node for node in nodes if not isinstance(node, Word | Prefix | Inside | Quote)])
    return Loosened(required, parts, quotes, last_resort=len(words) + len(quotes) < 2)


def _parts(leaf: Word | Prefix | Inside | Quote) -> Iterator[Word | Prefix | Inside]:
    held = atoms(fold(leaf.text))
    if isinstance(leaf, Quote):
        yield from (Word(atom) for atom in held if not is_single(atom))
    elif isinstance(leaf, Prefix | Inside) or len(held) < 3 or not all(map(is_single, held)):
        yield leaf
        return
    on_cuts = leaf.on_cuts if isinstance(leaf, Word) else None
    pairs = (left + right for left, right in pairwise(held) if is_single(left) and is_single(right))
    yield from (Word(pair, on_cuts=on_cuts) for pair in pairs)


def room_for_partial(request: Request, whole: int, loose: Loosened) -> int:
    """How many partial matches an answer may list after so many whole ones."""
    if request.sort != "relevance" or request.offset or (whole and loose.last_resort):
        return 0
    return min(max(request.limit - whole, 0), MOST_PARTIAL)
