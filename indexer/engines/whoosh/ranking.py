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

import numpy as np
from numpy.typing import NDArray

from archive.text import fold
from indexer.engine import Request
from indexer.engines.whoosh.executor import Executor
from indexer.engines.whoosh.nearness import share_of_best_window
from indexer.engines.whoosh.schema import terms
from indexer.engines.whoosh.snapshot import Mask
from indexer.query.tree import Field, Node, Quote, Word, all_of, asked_leaves, conjuncts
from indexer.segmenter import Segmenter

WEIGHTS = {"words": 1.0, "bigrams": 0.25, "atoms": 0.6}
K1, B, IDF_POWER = 0.9, 0.4, 1.5
STANDS, STANDS_IN_TITLE = 0.7, 1.0  # of the query's own scale
ALIAS = 0.5  # of what the word itself would give
RESCORED, NEARNESS = 40, 0.6

Scores = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A term of the query, and what it counts beside others."""

    field: str
    term: str
    weight: float


class Ranker:
    """Orders the documents of one snapshot for one request."""

    def __init__(self, executor: Executor, segmenter: Segmenter, request: Request) -> None:
        self._executor = executor
        self._segmenter = segmenter
        self._scope = request.scope
        self._grain = executor.snapshot.grain(request.scope)
        self._near: dict[str, float] = {}
        self._mixed = np.zeros(len(self._grain))
        scale = sum(map(self._gain, self._asked(request)))
        self._standing = self._stands(request.literal) * scale

    def best(self, found: Mask, most: int) -> tuple[Numbers, Scores]:
        """The `most` best of the documents found, in order, with their scores; ties go to the newer, then by id."""
        numbers = np.flatnonzero(found)
        scores = (self._mixed + self._standing)[numbers].round(4)  # equal on every page
        most = max(most, RESCORED)
        if len(numbers) > most:
            least = np.partition(scores, len(scores) - most)[len(scores) - most]
            numbers, scores = numbers[scores >= least], scores[scores >= least]
        numbers, scores = self._in_order(numbers, scores)
        first, rest = numbers[:RESCORED], numbers[RESCORED:]
        nearer = scores[:RESCORED] + NEARNESS * (self._mixed[first] * self._nearness(first)).round(4)
        first, nearer = self._in_order(first, nearer)
        return np.concatenate([first, rest]), np.concatenate([nearer, scores[RESCORED:]])

    def _in_order(self, numbers: Numbers, scores: Scores) -> tuple[Numbers, Scores]:
        snapshot = self._executor.snapshot
        newest_first = -snapshot.days[self._grain.parents[numbers]]
        order = np.lexsort((snapshot.places[self._scope][numbers], newest_first, -scores))
        return numbers[order], scores[order]

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
        """The terms of texts without stop words, unless there is nothing else."""
        for text in texts:
            by_field = terms(fold(text), self._segmenter)
            telling = {
                field: [term for term in held if not self._is_stop_word(term)] for field, held in by_field.items()
            }
            for field, held in (telling if any(telling.values()) else by_field).items():
                for term, times in Counter(held).items():
                    yield _Asked(field, term, weight * times * WEIGHTS[field])

    def _is_stop_word(self, term: str) -> bool:
        return self._segmenter.is_stop_word(term)

    def _gain(self, asked: _Asked) -> float:
        """Add one term's part to the scores; return the most it can add."""
        postings, grain = self._executor.snapshot.postings, self._grain
        if postings is None or not len(grain):
            return 0.0
        held = postings.read(asked.field, asked.term)
        ours = grain.numbers[held.documents]
        numbers, frequencies = ours[ours >= 0], held.frequencies[ours >= 0]
        idf: float = math.log(1 + (len(grain) - len(numbers) + 0.5) / (len(numbers) + 0.5))
        if asked.field != "atoms":
            self._near[asked.term] = max(self._near.get(asked.term, 0.0), asked.weight * idf)
        gain: float = asked.weight * idf**IDF_POWER
        norm = K1 * (1 - B + B * grain.relative_lengths[numbers])
        self._mixed[numbers] += gain * frequencies * (1 + K1) / (frequencies + norm)
        return gain

    def _stands(self, literal: Node | None) -> Scores:
        """How much of the query's scale each document has for holding the query as it is."""
        held = np.zeros(len(self._grain))
        if literal is not None:
            held[self._executor.mask(literal, self._scope)] += STANDS
            quote = next(node for node in conjuncts(literal) if isinstance(node, Quote))
            held[self._executor.mask(Field("title", quote), self._scope)] += STANDS_IN_TITLE
        return held

    def _nearness(self, numbers: Numbers) -> Scores:
        snapshot = self._executor.snapshot
        near = list(self._near.items())
        if self._scope == "point":
            texts: Iterable[Iterable[str]] = ((snapshot.point_texts[number],) for number in numbers)
        else:
            texts = (snapshot.documents[number].texts() for number in numbers)
        return np.array([share_of_best_window(each, near) for each in texts], dtype=np.float64)
