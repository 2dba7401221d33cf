"""Readers -> lent to one request after another and kept open in between: opening one costs more than asking it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archive.store import Reader, standing

MOST = 16  # kept open by a process


@dataclass(frozen=True, slots=True)
class Lent:
    """A reader, the file that it reads, and the shape of its tables when it was opened."""

    reader: Reader
    file: tuple[int, ...] | None
    shape: int


class Readers:
    """Open readers of one home. Begun in no process that forks later; any thread may take one."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._free: list[Lent] = []

    def take(self) -> Lent:
        """A reader of the database as it lies there now. Raises HomeError, NewerSchema."""
        file = standing(self._home)
        while self._free:
            try:
                lent = self._free.pop()
            except IndexError:  # another thread was faster
                break
            if file is not None and lent.file == file and lent.reader.shape() == lent.shape:
                return lent
            lent.reader.close()
        reader = Reader.open(self._home)
        return Lent(reader, file, reader.shape())

    def give_back(self, lent: Lent) -> None:
        """Keep it for the next request, or close it where enough are kept or it is inside a snapshot."""
        if len(self._free) < MOST and not lent.reader.in_snapshot:
            self._free.append(lent)
        else:
            lent.reader.close()
