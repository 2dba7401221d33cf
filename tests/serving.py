"""A command that serves -> the address it prints, for as long as a test needs it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO
from urllib.parse import quote
from urllib.request import urlopen


@contextmanager
def printing(command: Sequence[str], folder: Path | None = None, seconds: int = 300) -> Iterator[Iterator[str]]:
    """The lines of a process in a group of its own, which is ended by its id, after so many seconds at the latest."""
    process = subprocess.Popen(
        ["timeout", "--foreground", str(seconds), *command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    lines: SimpleQueue[str] = SimpleQueue()
    reading = Thread(target=_all_lines, args=(process.stdout, lines))  # a full pipe would stop whoever writes into it
    reading.start()
    try:
        yield iter(lines.get, "")
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        process.wait(30)
        reading.join(30)
        process.stdout.close()


def _all_lines(pipe: IO[str], lines: SimpleQueue[str]) -> None:
    for line in pipe:
        lines.put(line)
    lines.put("")


@contextmanager
def served(command: Sequence[str], folder: Path | None = None, seconds: int = 300) -> Iterator[str]:
    """The address that a server prints."""
    with printing(command, folder, seconds) as lines:
        printed = []
        for line in lines:
            printed.append(line)
            if address := re.search(r"http://127\.0\.0\.1:\d+/", line):
                yield address[0]
                return
        raise AssertionError("".join(printed))


def read(url: str) -> bytes:
    """What an address answers."""
    with urlopen(url, timeout=60) as answer:
        return bytes(answer.read())


def found(base: str, query: str) -> list[str]:
    """The ids of the whole matches that a running server finds."""
    hits = json.loads(read(f"{base}api/v1/search?q={quote(query)}"))["hits"]
    return [hit["id"] for hit in hits if not hit["partial"]]


def comes(true: Callable[[], object]) -> bool:
    """Whether something comes true within half a minute."""
    until = time.monotonic() + 30
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return bool(true())


def processes_of(words: list[bytes]) -> Iterator[int]:
    """Every process with this command line."""
    for each in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (each / "cmdline").read_bytes().split(b"\0")[:-1] == words:
                yield int(each.name)
