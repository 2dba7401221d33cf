"""Folders of index files, one a generation: made from hard links, fsynced, sealed by a manifest, verified, cleared.

A generation exists for readers once the archive's database names it. Whoosh never edits a segment in place, so files of
one generation may be linked into the next. Opening an index unpickles it: nothing is opened before its manifest fits.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whoosh import index

from archive.durable import sync
from indexer.engine import Generation
from indexer.errors import IndexUnusable

MANIFEST = "MANIFEST"
FORMAT = "4"  # raised when an index of an earlier version can no longer be read, or folds or counts otherwise
KEPT = 2  # generations that stay for readers who opened them


def folder(root: Path, generation: Generation) -> Path:
    """Where a generation lies."""
    return root / str(generation.number)


class Making:
    """A new folder for the generation after `base`, with the files of `base` in it when `linked`.

    Until it is released, no other writer clears the folder away: a rebuild goes on beside ingests.
    """

    def __init__(self, root: Path, base: Generation, *, linked: bool) -> None:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(root):
            self.folder = root / str(max([base.number, *_numbers(root)]) + 1)
            self.folder.mkdir(mode=0o700)
            self._held = _hold(self.folder)
            with discarded_on_error(self.folder):
                _clear(root, base)
                if linked:
                    _link(folder(root, base), self.folder)

    def release(self) -> None:
        """Let the folder be cleared once it is neither in force nor among the kept; to say it again changes nothing."""
        if self._held is not None:
            os.close(self._held)
            self._held = None


@contextmanager
def discarded_on_error(made: Path) -> Iterator[None]:
    """A folder that could not be finished takes no room."""
    try:
        yield
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


class Checked:
    """Sums of files, each computed once for as long as the file stays untouched: generations share most of theirs."""

    def __init__(self) -> None:
        self._sums: dict[tuple[int, ...], str] = {}

    def folder(self, root: Path, generation: Generation) -> Path:
        """The folder of a generation whose every byte is as sealed. Raises IndexUnusable."""
        held = folder(root, generation)
        try:
            manifest = (held / MANIFEST).read_text(encoding="utf-8")
            sound = hashlib.sha256(manifest.encode()).hexdigest() == generation.manifest
            sound = sound and manifest == self._manifest(held)
        except UnicodeDecodeError:
            sound = False
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):  # says nothing of the index
                raise
            sound = False
        if not sound:
            raise IndexUnusable(f"第 {generation.number} 代索引缺失或已损坏")
        return held

    def seal(self, made: Path) -> Generation:
        """Make the folder durable and describe it; a linked file as it was when it was checked."""
        for path in made.iterdir():
            sync(path)
        manifest = self._manifest(made)
        written = made / MANIFEST
        written.write_text(manifest, encoding="utf-8")
        sync(written)
        sync(made)
        sync(made.parent)
        return Generation(int(made.name), hashlib.sha256(manifest.encode()).hexdigest())

    def _manifest(self, held: Path) -> str:
        """The format, then one line a file: sha256 and name."""
        paths = [path for path in sorted(held.iterdir()) if path.name != MANIFEST]
        return f"wangqi-whoosh-{FORMAT}\n" + "".join(f"{self._sum(path)}  {path.name}\n" for path in paths)

    def _sum(self, path: Path) -> str:
        found = path.stat()
        key = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)  # a link to it changes its ctime
        if key not in self._sums:
            self._sums[key] = _sum(path)
        return self._sums[key]


@contextmanager
def readable(held: Path) -> Iterator[None]:
    """Whoosh calls an index empty where the system would not let it look. Raises IndexUnusable."""
    try:
        yield
    except index.IndexError as error:
        raise IndexUnusable(f"第 {held.name} 代索引打不开") from error


def _numbers(root: Path) -> list[int]:
    return sorted(int(path.name) for path in root.iterdir() if path.name.isdecimal())


def _link(held: Path, made: Path) -> None:
    for path in held.iterdir():
        if path.name != MANIFEST:
            os.link(path, made / path.name)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """One process at a time numbers, clears and links: a rebuild begins without the writer's lock."""
    descriptor = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _clear(root: Path, base: Generation) -> None:
    """Remove the folders that no reader can want: older than the kept ones, or left unsealed by a writer that died."""
    kept = [number for number in _numbers(root) if number <= base.number][-KEPT:]
    for path in root.iterdir():
        if not path.is_dir():
            path.unlink()
        elif not path.name.isdecimal() or _is_waste(path, base, kept):
            held = _hold(path)
            if held is not None:
                shutil.rmtree(path)
                os.close(held)


def _is_waste(path: Path, base: Generation, kept: list[int]) -> bool:
    """A sealed folder newer than the base may have been put in force while a rebuild went on from that base."""
    number = int(path.name)
    return number not in kept and (number <= base.number or not (path / MANIFEST).exists())


def _hold(path: Path) -> int | None:
    """A lock on a folder, None where a living writer has it; the kernel lets go of it when its holder dies."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
