"""What is dear to make of a generation -> the same, made once for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


SHARE = 0.02  # of a processor, for what is made beside its readers


class Kept(Generic[Value]):
    """One value, of the generation asked for last. The first who asks makes it; whoever asks meanwhile is given the one
    before, and waits only where there is none."""

    def __init__(self) -> None:
        self._held: tuple[object, Value] | None = None
        self._making = threading.Lock()
        self._again = 0.0  # when it may be made anew beside its readers

    def of(self, generation: object, make: Callable[[], Value]) -> Value:
        """The value of a generation."""
        before = self._held
        if before and (before[0] == generation or self._making.locked()):
            return before[1]
        with self._making:
            if self._held is None or self._held[0] != generation:
                self._held = (generation, make())
            return self._held[1]

    def beside(self, generation: object, make: Callable[[], Value]) -> Value:
        """The value of a generation; or of one before, while a thread makes the next, so that nobody waits."""
        held = self._held
        if not held:
            return self.of(generation, make)
        if held[0] != generation and time.monotonic() >= self._again and self._making.acquire(blocking=False):
            threading.Thread(target=self._make, args=(generation, make), daemon=True).start()
        return held[1]

    def _make(self, generation: object, make: Callable[[], Value]) -> None:
        began = time.monotonic()
        try:
            self._held = (generation, make())
        finally:
            self._again = time.monotonic() + (time.monotonic() - began) / SHARE
            self._making.release()
