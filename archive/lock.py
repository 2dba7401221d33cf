"""One writer at a time: an advisory lock on a file of the home, with a note of who holds it."""

from __future__ import annotations

import datetime
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from archive.errors import HomeError, Locked

WRITER, REBUILD = "writer.lock", "rebuild.lock"
PAUSE_SECONDS = 0.02


@contextmanager
def writing(home: Path, what: str, wait: float = 0.0, file_name: str = WRITER) -> Iterator[None]:
    """Hold a lock of the home. Raises Locked after `wait` seconds, naming the holder; HomeError where none can be made.

    A rebuild holds REBUILD while it builds and WRITER only to switch, so that issues come in meanwhile.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = (home / file_name).open("a+", encoding="utf-8", errors="replace")
    except OSError as error:
        raise HomeError(f"不能写入 {home}：{error.strerror}", "检查文件夹的权限，或用 --home 换一个") from error
    with file:
        until = time.monotonic() + wait
        while not _taken(file.fileno()):
            if time.monotonic() >= until:
                file.seek(0)
                raise Locked(f"另一个进程正在写入：{_joined(file.read()) or '不明'}")
            time.sleep(PAUSE_SECONDS)
        try:
            since = datetime.datetime.now().astimezone()
            _note(file.fileno(), f"wangqi {what}，进程 {os.getpid()}，始于 {since:%Y-%m-%d %H:%M:%S}\n")
            yield
        finally:
            _note(file.fileno(), "")
            fcntl.flock(file.fileno(), fcntl.LOCK_UN)  # also where a child that was forked meanwhile holds the file


def _note(descriptor: int, text: str) -> None:
    """Who holds the lock; without room for the note the lock holds all the same."""
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.write(descriptor, text.encode())


def tell(home: Path, progress: str) -> None:
    """The holder says how far it has come, on the second line of its note."""
    with suppress(OSError), (home / WRITER).open("r+", encoding="utf-8", errors="replace") as file:
        who = file.readline()
        file.seek(0)
        file.write(who + progress)
        file.truncate()


def holder(home: Path) -> str:
    """Who is writing and how far it has come, as far as can be seen without writing; empty where nobody is."""
    try:
        with (home / WRITER).open(encoding="utf-8", errors="replace") as file:
            # Without a note nobody holds it; trying anyway might turn away a writer that comes just now.
            note = _joined(file.read())
            return note if note and not _taken(file.fileno()) else ""
    except OSError:
        return ""


def _joined(note: str) -> str:
    return "，".join(note.split("\n")).strip("，")


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
