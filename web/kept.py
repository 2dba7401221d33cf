"""What is dear to make of a generation -> the same, made once for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """One value, of the generation asked for last; who asks while it is made waits for it."""

    def __init__(self) -> None:
        self._held: tuple[object, Value] | None = None
        self._making = threading.Lock()

    def of(self, generation: object, make: Callable[[], Value]) -> Value:
        """The value of a generation."""
        with self._making:
            if self._held is None or self._held[0] != generation:
                self._held = (generation, make())
            return self._held[1]
