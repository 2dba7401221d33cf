"""I/O and SQL calls of this thread -> numbered; at the nth one, harm is done: a SIGKILL or an error.

The interpreter reports every call of a C function to a profile function before it is made; an exception raised there
takes the call's place. Statements within one script are reported by SQLite's own trace (kills only).
"""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, ModuleType
from typing import Any
from unittest import mock

MODULES = {
    "posix": frozenset(
        [
            "open",
            "close",
            "read",
            "write",
            "fsync",
            "fdatasync",
            "link",
            "mkdir",
            "rename",
            "replace",
            "unlink",
            "remove",
            "rmdir",
            "truncate",
            "ftruncate",
            "listdir",
            "scandir",
            "chmod",
            "utime",
        ]
    ),
    "fcntl": frozenset({"flock"}),
    "io": frozenset({"open"}),
    "_io": frozenset({"open"}),
    "_sqlite3": frozenset({"connect"}),
}
FILES = frozenset({"FileIO", "BufferedReader", "BufferedWriter", "BufferedRandom", "TextIOWrapper"})
FILE_CALLS = frozenset({"write", "read", "readinto", "flush", "close", "truncate"})
SQL = frozenset({"Connection", "Cursor"})
SQL_CALLS = frozenset({"execute", "executemany", "executescript", "commit", "rollback", "close", "backup"})

SQLITE_ERRORS = {
    errno.ENOSPC: ("SQLITE_FULL", "database or disk is full"),
    errno.EIO: ("SQLITE_IOERR", "disk I/O error"),
    errno.EMFILE: ("SQLITE_CANTOPEN", "unable to open database file"),
}

Harm = Callable[[bool], None]  # whether the call is one of SQLite's -> never returns


def kill(_: bool) -> None:
    """End this process as a power cut would end it."""
    os.kill(os.getpid(), signal.SIGKILL)


def refusal(number: int) -> Harm:
    """The error that the system, or SQLite, answers when a call is refused with this errno."""

    def refuse(is_sql: bool) -> None:
        if not is_sql:
            raise OSError(number, os.strerror(number))
        name, text = SQLITE_ERRORS[number]
        error = sqlite3.OperationalError(text)
        error.sqlite_errorname = name
        error.sqlite_errorcode = getattr(sqlite3, name)
        raise error

    return refuse


class Calls:
    """Counts calls and does harm at the `at`-th (never with 0)."""

    def __init__(self, at: int, harm: Harm) -> None:
        self.kinds: list[str] = []  # a function's name, or the first word of a statement
        self.places: dict[tuple[str, str, int], int] = {}  # function, file, line -> the first such call
        self._at = at
        self._harm = harm
        self._known: dict[tuple[object, str], bool | None] = {}

    @property
    def made(self) -> int:
        """How many so far."""
        return len(self.kinds)

    def notice(self, kind: str, *, is_sql: bool) -> None:
        """One more call."""
        self.kinds.append(kind)
        if self.made == self._at:
            self._harm(is_sql)

    def statement(self, text: str) -> None:
        """One more statement, as SQLite tells it."""
        self.notice(text.split(None, 1)[0].upper(), is_sql=True)

    def profile(self, frame: FrameType, event: str, function: Any) -> None:
        """What the interpreter calls before each call."""
        if event != "c_call":
            return
        owner = getattr(function, "__self__", None)
        key = (owner if isinstance(owner, ModuleType) else type(owner), function.__name__)
        if key not in self._known:
            self._known[key] = None if key[1] == "close" and self._closes_anyway(key[0]) else _kind(*key)
        is_sql = self._known[key]
        if is_sql is not None:
            place = (function.__name__, frame.f_code.co_filename, frame.f_lineno)
            self.places.setdefault(place, self.made + 1)
            self.notice(function.__name__, is_sql=is_sql)

    def _closes_anyway(self, owner: Any) -> bool:
        """Linux frees a descriptor also when it refuses to close it, and SQLite refuses no close.

        An error in the call's place would leave both open.
        """
        return self._harm is not kill and (isinstance(owner, ModuleType) or owner.__module__ == "sqlite3")


@contextmanager
def harmed(at: int, harm: Harm) -> Iterator[Calls]:
    """Within it every I/O and SQL call is counted, and the `at`-th is harmed."""
    calls = Calls(at, harm)
    connect = sqlite3.connect

    def traced(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection = connect(*args, **kwargs)
        if harm is kill:
            connection.set_trace_callback(calls.statement)
        return connection

    with mock.patch("sqlite3.connect", traced):
        sys.setprofile(calls.profile)
        try:
            yield calls
        finally:
            sys.setprofile(None)


def _kind(owner: Any, name: str) -> bool | None:
    """None: not of interest; else whether it is a call of SQLite's."""
    if isinstance(owner, ModuleType):
        return owner.__name__ == "_sqlite3" if name in MODULES.get(owner.__name__, ()) else None
    if owner.__module__ == "sqlite3" and owner.__name__ in SQL and name in SQL_CALLS:
        return True
    if owner.__module__ == "_io" and owner.__name__ in FILES and name in FILE_CALLS:
        return False
    return None
