"""Work that gives way to the readers of a server, whether the system weighs processes or whole sessions."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SESSION = 3  # how much nicer a session is in which something gives way: of half the weight
SESSION_FILE = Path("/proc/self/autogroup")  # where Linux weighs sessions: "/autogroup-792 nice 0"
_PAUSE_SECONDS = 0.12  # the system takes a number every tenth of a second


@contextmanager
def giving_way(nice: int) -> Iterator[None]:
    """This process, and those it starts, are so much nicer for good, their session by SESSION while this lasts.

    Where sessions are weighed, a nice process in one of its own, as cron begins it, has as much of the processors as a
    whole server in another.
    """
    os.nice(nice)
    before = _session()
    if before is not None:
        _set_session(SESSION)
    try:
        yield
    finally:
        if before is not None:
            _set_session(before)


def _session() -> int | None:
    """How nice the session is; None where sessions are not weighed."""
    with suppress(OSError, ValueError):
        return int(SESSION_FILE.read_text(encoding="ascii").rpartition(" ")[2])
    return None


def _set_session(nice: int) -> None:
    for _ in range(3):
        try:
            SESSION_FILE.write_text(str(nice), encoding="ascii")
        except BlockingIOError:
            time.sleep(_PAUSE_SECONDS)
        except OSError:
            return
        else:
            return
