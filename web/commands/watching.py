"""Folders -> their Markdown files, each time one came or changed and has stopped growing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import watchfiles

from archive.ingest import SUFFIXES, find_files

SETTLED_MILLISECONDS = 500  # a file that is the same for so long is whole


def settled(folders: tuple[Path, ...]) -> Iterator[list[Path]]:
    """Lists of whole files, for as long as the caller asks: first those that are there, none of them missed between.

    A list may be empty: it comes several times a second, so that the caller can do again what could not be done.
    """
    growing: dict[Path, tuple[int, int]] = {}
    changes = watchfiles.watch(
        *folders,
        watch_filter=lambda _, path: Path(path).suffix.lower() in SUFFIXES,
        rust_timeout=SETTLED_MILLISECONDS,
        yield_on_timeout=True,
    )
    first = True
    for found in changes:  # the first time when watching has begun
        whole = [path for path, seen in growing.items() if _state(path) == seen]
        there = find_files(folders) if first else []
        touched = {*there, *(Path(path) for _, path in found)} | growing.keys() - set(whole)
        growing = {path: state for path in sorted(touched) if (state := _state(path))}
        first = False
        yield [path for path in whole if path not in growing]


def _state(path: Path) -> tuple[int, int] | None:
    """Size and time of change, None where the file is gone."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_size, told.st_mtime_ns
