"""What is dear to make of a generation -> the same, made once for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar, cast

Value = TypeVar("Value")


PATIENCE_SECONDS = 0.3  # for what a page can do without
SHARE = 0.02  # of a processor, for what is made beside its readers


class Kept(Generic[Value]):
    """One value, of the generation asked for last. The first who asks makes it; whoever asks meanwhile is given the one
    before, and waits only where there is none."""

    def __init__(self) -> None:
        self._held: tuple[object, Value] | None = None
        self._making = threading.Lock()
        self._first = threading.Event()  # made beside its readers
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

    def beside(self, generation: object, make: Callable[[], Value], meanwhile: Value | None = None) -> Value:
        """The value of a generation; or of one before, while a thread makes the next, so that nobody waits.

        Where there is none before, whoever asks waits for it; with `meanwhile` not for long, and is given that.
        """
        held = self._held
        if not held and meanwhile is None:
            return self.of(generation, make)
        if not (held and held[0] == generation) and time.monotonic() >= self._again:
            self._begin(generation, make)
        if not held:
            if self._making.locked():
                self._first.wait(PATIENCE_SECONDS)
            held = self._held
        return held[1] if held else cast(Value, meanwhile)

    def _begin(self, generation: object, make: Callable[[], Value]) -> None:
        if not self._making.acquire(blocking=False):
            return
        if self._held and self._held[0] == generation:  # made since this reader looked
            self._making.release()
        else:
            threading.Thread(target=self._make, args=(generation, make), daemon=True).start()

    def _make(self, generation: object, make: Callable[[], Value]) -> None:
        began = time.monotonic()
        try:
            self._held = (generation, make())
            self._first.set()
        finally:
            self._again = time.monotonic() + (time.monotonic() - began) / SHARE
            self._making.release()
