"""Entries, or key points, of all segments, numbered through; deleted ones keep their numbers."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Numbers32 = NDArray[np.int32]  # kept for every document, and never what others are looked up by
Mask = NDArray[np.bool_]

SPARSE = 16  # how many times fewer numbers are looked up one by one
K1, B = 0.9, 0.4  # of BM25; within wide ranges they change little


@dataclass(frozen=True)
class Grain:
    """One kind of document. A number says where it stands in every array of its grain."""

    bases: tuple[int, ...]  # the first number of each segment, and the number after the last
    alive: Mask
    parents: Numbers  # the entry of each; of an entry itself
    own: Numbers32  # the last number of the id of each
    lengths: NDArray[np.float32]  # characters
    oldest: Numbers32  # the rank of each by (date, id)
    newest: Numbers32  # the rank of each by (date, latest first, then id)

    def __len__(self) -> int:
        return self.bases[-1]

    @cached_property
    def count(self) -> int:
        """How many there are, deleted ones left out."""
        return int(self.alive.sum())

    @cached_property
    def is_whole(self) -> bool:
        """Whether none was deleted."""
        return self.count == len(self)

    @cached_property
    def norms(self) -> NDArray[np.float32]:
        """What BM25 adds to a term's weight below the line, longer documents more."""
        mean = float(self.lengths[self.alive].mean()) if self.count else 1.0
        return np.asarray(K1 * (1 - B) + K1 * B / max(mean, 1.0) * self.lengths, dtype=np.float32)

    def place(self, number: int) -> tuple[int, int]:
        """(segment, number within it)."""
        segment = bisect_right(self.bases, number) - 1
        return segment, number - self.bases[segment]

    def mask(self, numbers: Numbers) -> Mask:
        """True at these numbers."""
        found = np.zeros(len(self), dtype=np.bool_)
        found[numbers] = True
        return found


def among(few: Numbers, many: Numbers) -> Numbers:
    """Those of the few that are among the many; both ascend."""
    return few.compress(held_among(few, many))


def held_among(few: Numbers, many: Numbers) -> Mask:
    """Which of the few are among the many, which ascend."""
    if not len(few) or not len(many):
        return np.zeros(len(few), dtype=np.bool_)
    if len(few) * SPARSE < len(many):
        places = many.searchsorted(few)
        places[places == len(many)] = 0  # above all of them, so not the first
        return np.equal(many[places], few)
    held = np.zeros(int(max(few.max(), many[-1])) + 1, dtype=np.bool_)
    held[many] = True
    return held.take(few)
