"""Does work grow with its size, or with the square of it? By ratio and best of several, since machines are noisy."""

from __future__ import annotations

import time
from collections.abc import Callable


def grows_linearly(work: Callable[[int], object], size: int) -> bool:
    """Whether eight times the size takes less than thirty times as long (64 where it were quadratic)."""
    return any(_best(work, 8 * size) < 30 * max(_best(work, size), 0.001) for _ in range(3))


def _best(work: Callable[[int], object], size: int) -> float:
    def seconds() -> float:
        start = time.process_time()
        work(size)
        return time.process_time() - start

    return min(seconds() for _ in range(3))
