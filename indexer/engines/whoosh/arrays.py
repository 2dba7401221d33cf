"""Named arrays and texts <-> one file, mapped into memory so that opening it reads nothing and processes share it."""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

_ALIGNED = 16


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """The length of a JSON header (8 bytes), the header (name -> type, place, length), then the arrays."""
    places: dict[str, tuple[str, int, int]] = {}
    end = 0
    for name, array in arrays.items():
        start = -(-end // _ALIGNED) * _ALIGNED
        places[name] = (array.dtype.str, start, len(array))
        end = start + array.nbytes
    header = json.dumps(places).encode()
    header += b" " * (-(8 + len(header)) % _ALIGNED)
    with path.open("xb") as file:
        file.write(len(header).to_bytes(8, "little") + header)
        for name, array in arrays.items():
            file.write(bytes(8 + len(header) + places[name][1] - file.tell()))
            file.write(array.data)


class ArrayFile:
    """The arrays of a file, read-only."""

    def __init__(self, path: Path) -> None:
        self.held = held = mapped(path)
        base = 8 + int.from_bytes(held[:8], "little")
        places = json.loads(bytes(held[8:base]))
        self._arrays = {
            name: np.frombuffer(held, np.dtype(kind), length, base + start)
            for name, (kind, start, length) in places.items()
        }

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self._arrays[name]

    def texts(self, name: str) -> list[str]:
        """The texts that `as_bytes` made an array of."""
        return texts_of(self._arrays[name])


def mapped(path: Path) -> memoryview:
    """A file's bytes, mapped; an empty file has none."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            return memoryview(b"")
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def let_go(held: memoryview) -> None:
    """Take the pages of a mapped file out of this process; what is read again comes from the system's cache."""
    if isinstance(held.obj, mmap.mmap):
        held.obj.madvise(mmap.MADV_DONTNEED)


def as_bytes(texts: Iterable[str]) -> NDArray[np.uint8]:
    """Any texts as one array."""
    return np.frombuffer(json.dumps(list(texts), ensure_ascii=False).encode(), dtype=np.uint8)


def texts_of(array: NDArray[np.uint8]) -> list[str]:
    """The texts that `as_bytes` made an array of."""
    texts: list[str] = json.loads(array.tobytes())
    return texts


def as_lines(terms: Iterable[bytes]) -> NDArray[np.uint8]:
    """Terms without line feeds as one array."""
    return np.frombuffer(b"".join(term + b"\n" for term in terms), dtype=np.uint8)


def lines_of(array: NDArray[np.uint8]) -> list[bytes]:
    """The terms that `as_lines` made an array of."""
    return array.tobytes().split(b"\n")[:-1]


def starts(lengths: Iterable[int], kind: DTypeLike = np.int32) -> NDArray[Any]:
    """Lengths of things that lie one behind the other -> where each begins, and where the last ends."""
    return np.cumsum([0, *lengths], dtype=kind)


def ranges(begin: NDArray[Any], end: NDArray[Any]) -> NDArray[np.int64]:
    """All numbers from each `begin` (one at least) up to its `end`, one run after the other."""
    lengths = end - begin
    ends = lengths.cumsum()
    return np.asarray(np.arange(int(ends[-1])) + (begin - ends + lengths).repeat(lengths), dtype=np.int64)
