"""A segment's files -> its columns, and the postings of its terms; all mapped, nothing read before it is asked."""

from __future__ import annotations

import struct
from functools import cached_property
from mmap import mmap
from pathlib import Path
from typing import Literal
from zlib import crc32

from whoosh.codec.whoosh3 import W3Segment, W3TermInfo, W3TermsReader
from whoosh.filedb.structfile import BufferFile

from indexer.engines.whoosh.arrays import ArrayFile, let_go, lines_of, mapped
from indexer.engines.whoosh.codec import Block, BlockCodec, Bounds
from indexer.engines.whoosh.columns import COLUMNS, Columns

Part = Literal["entry", "point", "title"]

_EXTENT = struct.Struct("!qi")  # of a term's postings, behind the rest of what the dictionary says of it
_SLOT = struct.Struct("!Iq")  # the hash of a key, and where it stands
_LENGTHS = struct.Struct("!ii")  # of a key and its value, before them


class _Mapped(BufferFile):  # type: ignore[misc]
    """A mapped file as Whoosh reads it; its own copies the whole into memory."""

    def __init__(self, path: Path) -> None:
        self._buf = mapped(path)
        self.file = self._buf.obj  # read from in turn while it is opened, later only by places
        self.onclose = None
        self.is_real = self.is_closed = False


class SegmentFiles:
    """One segment as it was written; what was deleted since is told elsewhere."""

    def __init__(self, folder: Path, segment: W3Segment) -> None:
        terms, postings = (folder / segment.make_filename(ext) for ext in (BlockCodec.TERMS_EXT, BlockCodec.POSTS_EXT))
        arrays = ArrayFile(folder / segment.make_filename(f".{COLUMNS}"))
        self.columns = Columns(arrays)
        reader = W3TermsReader(segment.codec(), _Mapped(terms), terms.stat().st_size, _Mapped(postings))
        bounds = Bounds.of(len(self.columns), self.columns.points)
        self._bounds: dict[Part, tuple[int, int]] = {
            "entry": (0, bounds.points),
            "point": (bounds.points, bounds.titles),
            "title": (bounds.titles, bounds.end),
        }
        self._postings: memoryview = reader._postfile._buf
        self._mapped = (arrays.held, reader._dbfile._buf, self._postings)
        self._terms: mmap | bytes = reader._dbfile._buf.obj  # slices of it are bytes, which compare at once
        self._tables: list[tuple[int, int]] = reader._tindex.tables
        self._keys = {name: number.to_bytes(2, "big") for name, number in reader._fieldmap.items()}

    def first(self, part: Part) -> int:
        """What the first entry, or key point, is numbered in blocks."""
        return self._bounds[part][0]

    def let_go(self) -> None:
        """Take what was read of the files out of memory."""
        for held in self._mapped:
            let_go(held)

    def block(self, field: str, term: str, part: Part) -> Block | None:
        """The entries that hold a term (as a title: in their title), or key points, numbered from `first`."""
        place = self._place(field, term)
        if place is None:
            return None
        start, length = _EXTENT.unpack_from(self._terms, place + W3TermInfo._struct.size)
        end = start + length
        first, last = self._bounds[part]
        while start < end:
            block = Block.at(self._postings, start)
            if first <= block.first < last:
                return block
            start = block.end
        return None

    def _place(self, field: str, term: str) -> int | None:
        """Where the dictionary tells of a term: as Whoosh (`filedb.filetables`) looks it up, without its detours."""
        held = self._terms
        key = self._keys.get(field, b"") + term.encode()
        sought = crc32(key)
        start, slots = self._tables[sought & 0xFF]
        for slot in range(slots):
            found, place = _SLOT.unpack_from(held, start + ((sought >> 8) + slot) % slots * _SLOT.size)
            if not place:
                break
            if found == sought:
                first = place + _LENGTHS.size
                end = first + _LENGTHS.unpack_from(held, place)[0]
                if held[first:end] == key:
                    return int(end)
        return None

    @cached_property
    def runs(self) -> list[str]:
        """The atoms that are runs of letters or digits, in order."""
        return [run.decode() for run in lines_of(self.columns["runs"])]

    def vocabulary(self) -> dict[str, int]:
        """word -> in how many entries it stands, of those worth offering."""
        words = map(bytes.decode, lines_of(self.columns["vocabulary"]))
        return dict(zip(words, self.columns["vocabulary_entries"].tolist(), strict=True))
