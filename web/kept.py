"""What is dear to make of a generation -> the same, made once for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """One value, of the generation asked for last. The first who asks makes it; whoever asks meanwhile is given the one
    before, and waits only where there is none."""

    def __init__(self) -> None:
        self._held: tuple[object, Value] | None = None
        self._making = threading.Lock()

    def of(self, generation: object, make: Callable[[], Value]) -> Value:
        """The value of a generation."""
        before = self._held
        if before and (before[0] == generation or self._making.locked()):
            return before[1]
        with self._making:
            if self._held is None or self._held[0] != generation:
                self._held = (generation, make())
            return self._held[1]
