"""Matching documents -> scores: BM25 over words, bigrams and atoms together, and the query standing as it is.

The weights, k1, b and the power of the idf are those that were best on judged questions and on digests (heavy bigrams
hurt on digests). BM25 as in Robertson and Zaragoza, "The Probabilistic Relevance
Framework" (2009), with Lucene's idf.
"""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from archive.text import fold
from indexer.engine import Scope
from indexer.engines.whoosh.executor import Executor
from indexer.engines.whoosh.schema import terms
from indexer.engines.whoosh.snapshot import Grain, Mask
from indexer.query.tree import Field, Node, Quote, asked_leaves, conjuncts
from indexer.segmenter import Segmenter

WEIGHTS = {"words": 1.0, "bigrams": 0.25, "atoms": 0.6}
K1, B, IDF_POWER = 0.9, 0.4, 1.5
TITLE_BOOST = 0.5
STANDS, STANDS_IN_TITLE = 0.7, 1.0  # of the query's own scale

Scores = NDArray[np.float32]


class Ranker:
    """Scores the documents of one snapshot."""

    def __init__(self, executor: Executor, segmenter: Segmenter) -> None:
        self._executor = executor
        self._segmenter = segmenter

    def scores(self, query: Node, literal: Node | None, scope: Scope) -> Scores:
        """A score for every document of a scope; only those that match mean anything."""
        grain = self._executor.snapshot.grain(scope)
        scores = np.zeros(len(grain), dtype=np.float32)
        scale = 0.0
        for leaf, _ in asked_leaves(query):
            in_title = self._in_title(leaf, scope)
            for field, term, times in self._terms(leaf.text):
                gain = self._gain(field, term, grain, WEIGHTS[field] * times, scores)
                scale += gain
                scores[in_title] += TITLE_BOOST * gain
        if literal is not None:
            scores[self._executor.mask(literal, scope)] += STANDS * scale
            scores[self._executor.mask(_asked_of_title(literal), scope)] += STANDS_IN_TITLE * scale
        return scores

    def _terms(self, text: str) -> list[tuple[str, str, int]]:
        found = terms((fold(text),), self._segmenter)
        return [(field, term, times) for field, held in found.items() for term, times in Counter(held).items()]

    def _in_title(self, leaf: Node, scope: Scope) -> Mask:
        return self._executor.mask(Field("title", leaf), scope)

    def _gain(self, field: str, term: str, grain: Grain, weight: float, scores: Scores) -> float:
        """Add one term's part to the scores; return the most it can add."""
        postings = self._executor.snapshot.postings
        if postings is None or not len(grain):
            return 0.0
        held = postings.read(field, term)
        ours = grain.numbers[held.documents]
        numbers, frequencies = ours[ours >= 0], held.frequencies[ours >= 0]
        count = len(numbers)
        idf = float(math.log(1 + (len(grain) - count + 0.5) / (count + 0.5)) ** IDF_POWER)
        norm = K1 * (1 - B + B * grain.lengths[numbers] / max(float(grain.lengths.mean()), 1.0))
        scores[numbers] += weight * idf * frequencies * (1 + K1) / (frequencies + norm)
        return weight * idf


def _asked_of_title(literal: Node) -> Node:
    quote = next(node for node in conjuncts(literal) if isinstance(node, Quote))
    return Field("title", quote)
