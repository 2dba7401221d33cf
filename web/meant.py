"""A search with few hits -> what may have been meant, each with its count: offered, never imposed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from indexer.query import to_text
from indexer.query.tree import Node
from indexer.respelling import respelled
from indexer.spelling import Speller

FEW = 3  # from so many hits on a search is taken at its word: asked always, 11 % of right words would be changed
TIMES_MORE = 10
MOST_TRIED = 10
MOST_WORDS = 16  # asked; a longer query is pasted text, and each spelling tried costs a search for all of it
MOST_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Meant:
    """The whole query with words spelled otherwise, and how many hits it has."""

    text: str
    total: int


def meant(tree: Node, total: int, speller: Speller, count: Callable[[str], int]) -> tuple[Meant, ...]:
    """For a tree with fewer than FEW hits: the likeliest spellings that find something, and TIMES_MORE as much."""
    return tuple(islice(_worth_it(tree, total, speller, count), MOST_OFFERED))


def _worth_it(tree: Node, total: int, speller: Speller, count: Callable[[str], int]) -> Iterator[Meant]:
    for text in dict.fromkeys(map(to_text, respelled(tree, speller.spellings, MOST_TRIED))):
        found = count(text)
        if found and found >= TIMES_MORE * total:
            yield Meant(text, found)
