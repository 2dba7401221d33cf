"""Memory that a process does not use -> back to the system, for as long as a server runs."""

from __future__ import annotations

import ctypes
import time
from contextlib import suppress

from indexer.engine import SearchEngine

EVERY_SECONDS = 1.0
_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h


def use_one_heap() -> None:
    """Each thread would have a heap of its own, with holes of its own; Python runs one at a time anyway."""
    with suppress(AttributeError):  # another libc
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def keep_small(engine: SearchEngine) -> None:
    """Do so once a second."""
    while True:
        time.sleep(EVERY_SECONDS)
        give_back(engine)


def give_back(engine: SearchEngine) -> None:
    """Let go of what was read of files, and of holes in the heap: unasked, glibc gives back only its end."""
    engine.rest()
    with suppress(AttributeError):  # another libc
        ctypes.CDLL(None).malloc_trim(0)
