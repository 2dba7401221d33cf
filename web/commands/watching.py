"""Folders -> their Markdown files, each time one came or changed and has stopped growing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import watchfiles

from archive.ingest import SUFFIXES, find_files

LOOK_MILLISECONDS = 500
SETTLED_SECONDS = 2.0  # a file that is the same for so long is whole; whoever copies over a slow line pauses, too

_State: TypeAlias = tuple[int, int]  # size and time of change


def settled(folders: tuple[Path, ...]) -> Iterator[list[Path]]:
    """Lists of whole files, for as long as the caller asks: first those that are there, none of them missed between.

    A list may be empty: it comes several times a second, so that the caller can do again what could not be done.
    """
    growing: dict[Path, tuple[_State, float]] = {}  # what it was, and since when
    changes = watchfiles.watch(
        *folders,
        watch_filter=lambda _, path: Path(path).suffix.lower() in SUFFIXES,
        rust_timeout=LOOK_MILLISECONDS,
        yield_on_timeout=True,
    )
    there = None
    for found in changes:  # the first time when watching has begun
        now = time.monotonic()
        there = find_files(folders) if there is None else []
        seen = {path: _state(path) for path in (*there, *growing, *sorted(Path(path) for _, path in found))}
        growing = {path: _since(growing.get(path), state, now) for path, state in seen.items() if state}
        whole = [path for path, (_, since) in growing.items() if now - since >= SETTLED_SECONDS]
        for path in whole:
            del growing[path]
        yield whole


def _since(before: tuple[_State, float] | None, state: _State, now: float) -> tuple[_State, float]:
    return before if before and before[0] == state else (state, now)


def _state(path: Path) -> _State | None:
    """Size and time of change, None where the file is gone."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_size, told.st_mtime_ns
