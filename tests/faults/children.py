"""A function -> what became of it in a child process: its value, or the signal that ended it."""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended: by a signal, else with what its function gave back."""

    signal: int
    value: Any = None


class Child:
    """A forked process that works on a function; everything it opens, it opens after the fork."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._given, written = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._given)
            _work(work, written)
        os.close(written)

    def kill(self) -> None:
        """End it at once."""
        os.kill(self.pid, signal.SIGKILL)

    def is_working(self) -> bool:
        """Whether it has not ended yet, as any process may ask."""
        try:
            state = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8")
        except FileNotFoundError:
            return False
        return state.rpartition(") ")[2][0] != "Z"

    def ended(self, seconds: float = MOST_SECONDS) -> Ended:
        """Wait for its end and reap it; one that takes too long is killed and named."""
        until, held, timely = time.monotonic() + seconds, b"", True
        while timely := bool(select.select([self._given], [], [], max(0.0, until - time.monotonic()))[0]):
            piece = os.read(self._given, 1 << 16)
            if not piece:
                break
            held += piece
        os.close(self._given)
        if not timely:
            self.kill()
        _, status = os.waitpid(self.pid, 0)
        if not timely:
            raise TimeoutError(f"a child took longer than {seconds} s")
        number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        value = pickle.loads(held) if held and not number else None
        if isinstance(value, _Raised):
            raise AssertionError(value.text)
        return Ended(number, value)


@dataclass(frozen=True, slots=True)
class _Raised:
    text: str


def run(work: Callable[[], object]) -> Ended:
    """Run a function in a child and wait for it."""
    return Child(work).ended()


@contextlib.contextmanager
def running(work: Callable[[], object]) -> Iterator[Child]:
    """A child beside us, killed and reaped at the end if it has not ended by then."""
    child = Child(work)
    try:
        yield child
    finally:
        with contextlib.suppress(ChildProcessError, ProcessLookupError):
            child.kill()
            os.waitpid(child.pid, 0)


def _work(work: Callable[[], object], written: int) -> None:
    """The child's whole life; never returns."""
    try:
        value: object = work()
    except BaseException:  # noqa: BLE001 (told by the parent)
        value = _Raised(traceback.format_exc())
    with os.fdopen(written, "wb") as pipe:
        pickle.dump(value, pipe)
    os._exit(0)
