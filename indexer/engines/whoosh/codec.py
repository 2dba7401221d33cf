"""A term's postings -> blocks of bytes that numpy reads at once, behind Whoosh's own interface for codecs.

Whoosh's default codec pickles and compresses tuples, 3.7 ms for a term of 38,002 postings; these blocks take 0.1 ms. A
term has at most three: the entries that hold it, the key points, the entries whose title does. Plain Whoosh search
reads them through `ListMatcher`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from os import SEEK_END
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import PostingsWriter
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3Segment, W3TermInfo
from whoosh.formats import Format
from whoosh.matching import ListMatcher

# postings, first document, bytes of a gap between documents, bytes of a weight (0: all are 1), the largest weight
_HEADER = struct.Struct("<IIBBxxf")
_GAPS: dict[int, np.dtype[Any]] = {1: np.dtype("<u1"), 2: np.dtype("<u2"), 4: np.dtype("<u4")}
_WHOLE, _HALVES, _ANY = 0, 1, 4
_MAGIC, _BY_CRC32 = b"HSH3", 1  # what a dictionary begins with, and the number of its hash that follows


@dataclass(frozen=True, slots=True)
class Bounds:
    """How Whoosh's documents of a segment are numbered: entries from 0, then key points, then entries as titles."""

    points: int
    titles: int
    end: int

    @classmethod
    def of(cls, entries: int, points: int) -> Bounds:
        """Of a segment with so many."""
        return cls(entries, entries + points, 2 * entries + points)


class Encoded(NamedTuple):
    """A block as it is written, and what it adds to what the dictionary says of its term."""

    held: bytes
    postings: int
    first: int
    last: int
    weight: float
    most: float


def encoded(
    documents: NDArray[np.signedinteger], weights: NDArray[np.float32], begins: NDArray[np.int64]
) -> Iterator[Encoded]:
    """Postings one behind the other, cut where blocks begin: gaps in as few bytes as the largest of a block needs,
    weights as halves where all are."""
    if not len(begins):
        return
    gaps = np.diff(documents, prepend=documents[:1])
    gaps[begins] = 0
    largest = np.maximum.reduceat(gaps, begins)
    least, most = np.minimum.reduceat(weights, begins), np.maximum.reduceat(weights, begins)
    halves = weights * 2
    in_halves = np.logical_and.reduceat(halves == np.floor(halves), begins) & (most < 1 << 7)
    kinds = np.where((least == 1) & (most == 1), _WHOLE, np.where(in_halves, _HALVES, _ANY))
    widths = np.where(largest < 1 << 8, 1, np.where(largest < 1 << 16, 2, 4))
    gaps_in = {width: _bytes(gaps, kind) for width, kind in _GAPS.items() if (widths == width).any()}
    weights_in = {_WHOLE: b"", _HALVES: _bytes(halves, np.uint8), _ANY: _bytes(weights, np.dtype("<f4"))}
    ends = np.append(begins[1:], len(documents))
    of_blocks = (begins, ends, documents[begins], documents[ends - 1], widths, kinds, np.add.reduceat(weights, begins))
    rows = zip(*(each.tolist() for each in (*of_blocks, most)), strict=True)
    for begin, end, first, last, width, kind, weight, heaviest in rows:
        header = _HEADER.pack(end - begin, first, width, kind, heaviest)
        held_gaps, held_weights = gaps_in[width], weights_in[kind]
        held = header + held_gaps[(begin + 1) * width : end * width] + held_weights[begin * kind : end * kind]
        yield Encoded(held, end - begin, first, last, weight, heaviest)


def _bytes(values: NDArray[Any], kind: Any) -> bytes:
    with np.errstate(invalid="ignore"):  # of blocks that are written otherwise
        return values.astype(kind).tobytes()


class Block(NamedTuple):
    """A block in a postings file, and what its header says; the rest is decoded when it is read."""

    held: memoryview
    postings: int
    first: int
    gap_bytes: int
    weight_bytes: int
    start: int  # of the gaps

    @classmethod
    def at(cls, held: memoryview, position: int) -> Block:
        """The block that begins there."""
        postings, first, gap_bytes, weight_bytes, _ = _HEADER.unpack_from(held, position)
        return cls(held, postings, first, gap_bytes, weight_bytes, position + _HEADER.size)

    @property
    def end(self) -> int:
        """Where the next block begins."""
        return self.start + (self.postings - 1) * self.gap_bytes + self.postings * self.weight_bytes

    def documents(self, shift: int = 0) -> NDArray[np.int64]:
        """Those that hold the term, ascending, each with `shift` added."""
        gaps = np.frombuffer(self.held, _GAPS[self.gap_bytes], self.postings - 1, self.start)
        documents = np.empty(self.postings, dtype=np.int64)
        documents[0] = self.first + shift
        documents[1:] = gaps
        return documents.cumsum(out=documents)

    def weights(self, places: NDArray[np.int64] | slice = slice(None)) -> NDArray[np.float32]:
        """How much its occurrences count in each, or in those at these places of `documents`."""
        start = self.start + (self.postings - 1) * self.gap_bytes
        if self.weight_bytes == _WHOLE:
            return np.ones(self.postings if isinstance(places, slice) else len(places), dtype=np.float32)
        if self.weight_bytes == _HALVES:
            return np.frombuffer(self.held, np.uint8, self.postings, start)[places] * np.float32(0.5)
        return np.frombuffer(self.held, np.dtype("<f4"), self.postings, start)[places].astype(np.float32)


class BlockPostingsWriter(PostingsWriter):  # type: ignore[misc]
    """Writes the blocks of one term after another."""

    def __init__(self, postfile: Any) -> None:
        self._file = postfile

    def start_postings(self, format_: Format, terminfo: W3TermInfo) -> None:  # noqa: ARG002 (Whoosh's)
        """A new term begins."""
        self._terminfo = terminfo
        self._start = self._file.tell()

    def add_block(self, block: Encoded) -> None:
        """One block of the term, its documents above those of the block before."""
        self._file.write(block.held)
        info = self._terminfo
        info._weight += block.weight
        info._df += block.postings
        info._maxweight = max(info._maxweight, block.most)
        info._minid = block.first if info._minid is None else info._minid
        info._maxid = block.last

    def finish_postings(self) -> W3TermInfo:
        """What the dictionary of terms says of it."""
        self._terminfo.set_extent(self._start, self._file.tell() - self._start)
        return self._terminfo


class FieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Whoosh's, with a dictionary by CRC-32, one of the hashes that its reader knows: a look-up, one after the other,
    takes 1.1 µs instead of 1.9."""

    def __init__(self, codec: W3Codec, storage: Any, segment: W3Segment) -> None:
        super().__init__(codec, storage, segment)
        self._tindex.hashfn = crc32

    def close(self) -> None:
        """Write what is left, and into the head of the dictionary by what it goes."""
        file = self._tindex.dbfile
        file.seek(len(_MAGIC))
        file.write_byte(_BY_CRC32)
        file.seek(0, SEEK_END)
        super().close()


class BlockCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with our blocks as its postings."""

    def field_writer(self, storage: Any, segment: W3Segment) -> FieldWriter:
        """What writes the terms of a segment."""
        return FieldWriter(self, storage, segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> BlockPostingsWriter:  # noqa: ARG002 (Whoosh's)
        """What `W3FieldWriter` writes a field's postings with."""
        return BlockPostingsWriter(dbfile)

    def postings_reader(
        self, dbfile: Any, terminfo: W3TermInfo, format_: Format, term: Any = None, scorer: Any = None
    ) -> ListMatcher:
        """What Whoosh's own searcher reads a term with."""
        offset, (length,) = terminfo.extent()  # as Whoosh reads it back
        held, position = memoryview(dbfile.get(offset, length)), 0
        documents: list[int] = []
        weights: list[float] = []
        while position < length:
            block = Block.at(held, position)
            documents += block.documents().tolist()
            weights += block.weights().tolist()
            position = block.end
        return ListMatcher(documents, weights, None, format_, scorer=scorer, term=term, terminfo=terminfo)
