"""Entries, or key points, of all segments, numbered through; deleted ones keep their numbers."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]

K1, B = 0.9, 0.4  # of BM25; within wide ranges they change little


@dataclass(frozen=True)
class Grain:
    """One kind of document. A number says where it stands in every array of its grain."""

    bases: tuple[int, ...]  # the first number of each segment, and the number after the last
    alive: Mask
    parents: Numbers  # the entry of each; of an entry itself
    own: Numbers  # the last number of the id of each
    lengths: NDArray[np.float32]  # characters
    oldest: Numbers  # the rank of each by (date, id)
    newest: Numbers  # the rank of each by (date, latest first, then id)

    def __len__(self) -> int:
        return self.bases[-1]

    @cached_property
    def count(self) -> int:
        """How many there are, deleted ones left out."""
        return int(self.alive.sum())

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
