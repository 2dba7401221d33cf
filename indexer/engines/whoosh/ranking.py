"""Matching documents -> the best first: BM25 over words, bigrams and atoms together, then nearness.

The weights, k1, b and the power of the idf are those that were best on judged questions and on digests (heavy bigrams
hurt on digests). BM25F as in Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009): the weights of the
fields are in the index's frequencies; with Lucene's idf. The query standing as it is counts more than anything else.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from archive.text import fold
from indexer.engine import Rank, Request
from indexer.engines.whoosh.executor import Executor
from indexer.engines.whoosh.grains import SPARSE, Numbers
from indexer.engines.whoosh.nearness import share_of_best_window
from indexer.engines.whoosh.postings import Scored
from indexer.engines.whoosh.terms import terms
from indexer.query.tree import Field, Node, Quote, Word, all_of, asked_leaves, conjuncts
from indexer.segmenter import Segmenter


@dataclass(frozen=True, slots=True)
class Ranking:
    """What counts how much beside the words themselves."""

    bigrams: float
    atoms: float
    idf_power: float
    stands: float  # the query as it is, of the query's own scale
    stands_in_title: float
    nearness: float

    def weight(self, field: str) -> float:
        """What a term of a field counts."""
        return self.bigrams if field == "bigrams" else self.atoms if field == "atoms" else 1.0


RANKINGS: dict[Rank, Ranking] = {
    "full": Ranking(bigrams=0.25, atoms=0.6, idf_power=1.5, stands=0.7, stands_in_title=1.0, nearness=0.6),
    "words": Ranking(bigrams=0, atoms=0, idf_power=1, stands=0, stands_in_title=0, nearness=0),
}
ALIAS = 0.5  # of what the word itself would give
RESCORED = 40  # by nearness
MANY_ALIKE = 256  # documents of which those with the least score are looked at apart

FEW = 512  # documents that are sooner looked up in a term's than a table made of where each stands

Scores = NDArray[np.float64]


class _Asked(NamedTuple):
    """A term of the query, and what it counts beside others."""

    field: str
    term: str
    weight: float


@lru_cache(maxsize=4096)
def _counted(text: str, segmenter: Segmenter) -> tuple[tuple[str, str, int], ...]:
    """(field, term, how often) of a folded text; no stop words, unless there is nothing else."""
    by_field = terms(text, segmenter)
    telling = {field: [term for term in held if not segmenter.is_stop_word(term)] for field, held in by_field.items()}
    kept = telling if any(telling.values()) else by_field
    return tuple((field, term, times) for field, held in kept.items() for term, times in Counter(held).items())


class Ranker:
    """Orders the documents of one snapshot for one request."""

    def __init__(self, executor: Executor, segmenter: Segmenter, request: Request) -> None:
        self._executor = executor
        self._segmenter = segmenter
        self._scope = request.scope
        self._ranking = RANKINGS[request.rank]
        self._grain = executor.snapshot.grain(request.scope)
        self._near: dict[str, float] = {}
        self._gains = [(gain, held) for gain, held in map(self._gain, self._asked(request)) if gain]
        self._scale = sum(gain for gain, _ in self._gains)
        self._literal = request.literal if self._ranking.stands else None

    def best(self, numbers: Numbers, most: int) -> tuple[Numbers, Scores]:
        """The `most` best of the documents found (ascending), in order, with their scores; ties go to the newer, then
        by id."""
        mixed = scores = self._mixed(numbers)
        if self._literal is not None:
            scores = mixed + self._standing(self._literal, numbers)
        kept = self._first(numbers, scores, max(most, RESCORED) if self._ranking.nearness else most)
        numbers, scores = numbers[kept], scores[kept]
        if not self._ranking.nearness:
            return numbers, scores
        mixed = mixed[kept]
        nearer = scores[:RESCORED] + self._ranking.nearness * mixed[:RESCORED] * self._nearness(numbers)
        order = self._first(numbers[:RESCORED], nearer, RESCORED)
        return (
            np.concatenate([numbers[:RESCORED][order], numbers[RESCORED:]]),
            np.concatenate([nearer[order], scores[RESCORED:]]),
        )

    def _first(self, numbers: Numbers, scores: Scores, most: int) -> Numbers:
        """The places of the `most` best, in order."""
        if len(numbers) <= most:
            order: Numbers = np.lexsort((self._grain.newest[numbers], -scores))
            return order
        least = np.partition(scores, -most)[-most]
        places = (scores >= least).nonzero()[0]
        if len(places) > MANY_ALIKE:
            above, equal = places[scores[places] > least], places[scores[places] == least]
            wanted = most - len(above)
            equal = equal[np.argpartition(self._grain.newest[numbers[equal]], wanted - 1)[:wanted]]
            places = np.concatenate([above, equal])
        ordered: Numbers = places[np.lexsort((self._grain.newest[numbers[places]], -scores[places]))]
        return ordered[:most]

    def _asked(self, request: Request) -> Iterator[_Asked]:
        """The terms of the plain text as a whole, of what is asked of fields and brackets, and of aliases."""
        if request.literal is None:
            leaves = [leaf.text for leaf, _ in asked_leaves(request.query)]
        else:
            nodes = conjuncts(request.literal)
            others = all_of([node for node in nodes if not isinstance(node, Quote)])
            quotes = [node.text for node in nodes if isinstance(node, Quote)]
            leaves = [*quotes, *(leaf.text for leaf, _ in asked_leaves(others))]
        yield from self._terms(leaves, 1.0)
        words = (leaf for leaf, _ in asked_leaves(request.query) if isinstance(leaf, Word))
        yield from self._terms((alias for word in words for alias in word.aliases), ALIAS)

    def _terms(self, texts: Iterable[str], weight: float) -> Iterator[_Asked]:
        for text in texts:
            for field, term, times in _counted(fold(text), self._segmenter):
                if counts := self._ranking.weight(field):
                    yield _Asked(field, term, weight * times * counts)

    def _gain(self, asked: _Asked) -> tuple[float, Scored]:
        """What one term counts, by how rare it is, and the documents that hold it."""
        held = self._executor.snapshot.postings.read(asked.field, asked.term, self._scope)
        idf = math.log(1 + (self._grain.count - held.count + 0.5) / (held.count + 0.5))
        if asked.field != "atoms":
            self._near[asked.term] = max(self._near.get(asked.term, 0.0), asked.weight * idf)
        return asked.weight * idf**self._ranking.idf_power, held

    def _mixed(self, numbers: Numbers) -> Scores:
        """The sum of all terms for each of these documents (ascending)."""
        found = np.zeros(len(numbers))
        places: Numbers | None = None
        for gain, held in self._gains:
            if held.count == len(numbers) and np.array_equal(held.documents, numbers):
                found += held.scores * gain
            elif len(numbers) <= FEW or len(numbers) * SPARSE < held.most:
                shared, scores = held.among(numbers)
                found[shared] += scores * gain
            else:
                places = self._places(numbers) if places is None else places
                at = places[held.documents]
                shared = (at >= 0).nonzero()[0]
                found[at[shared]] += held.scores[shared] * gain
        return found

    def _places(self, numbers: Numbers) -> Numbers:
        """Where each document stands among these, -1 where it does not."""
        places = np.full(len(self._grain), -1, dtype=np.int64)
        places[numbers] = np.arange(len(numbers))
        return places

    def _standing(self, literal: Node, numbers: Numbers) -> Scores:
        """What each of these documents gets for holding the query as it is."""
        standing = self._executor.mask(literal, self._scope)[numbers]
        quote = next(node for node in conjuncts(literal) if isinstance(node, Quote))
        in_title = self._executor.mask(Field("title", quote), self._scope)[numbers]
        held: Scores = self._scale * (self._ranking.stands * standing + self._ranking.stands_in_title * in_title)
        return held

    def _nearness(self, numbers: Numbers) -> Scores:
        near = list(self._near.items())
        texts = (self._executor.snapshot.text(self._scope, number) for number in numbers[:RESCORED].tolist())
        return np.array([share_of_best_window(text, near) for text in texts], dtype=np.float64)
