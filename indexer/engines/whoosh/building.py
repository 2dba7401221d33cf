"""Documents -> the files of a Whoosh segment: postings counted and sorted by numpy, handed to the codec in blocks.

Whoosh's own `add_document` handles every posting in Python (137 s for a third of these postings, 29 s this way). Reads
and writes private attributes of Whoosh's codec, hence its exact pin.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage

from archive.text import is_single
from indexer.document import Document
from indexer.engines.whoosh.arrays import write_arrays
from indexer.engines.whoosh.codec import BlockCodec, Bounds, Postings
from indexer.engines.whoosh.columns import columns
from indexer.engines.whoosh.schema import INDEX_NAME, SCHEMA
from indexer.engines.whoosh.terms import Collector, Numbers, Occurrences
from indexer.segmenter import Segmenter
from indexer.vocabulary import is_offered

COLUMNS = "columns"  # what the name of a segment's file of columns ends in

Term = tuple[bytes, list[Postings]]  # its blocks: of entries, of key points, of titles


def write_segment(folder: Path, documents: Sequence[Document], segmenter: Segmenter) -> W3Segment:
    """One more segment in a folder, not yet named by any table of contents."""
    storage, codec = FileStorage(str(folder)), BlockCodec()
    segment = W3Segment(codec, INDEX_NAME, segid=uuid4().hex)  # its own are alike in processes that were forked
    bounds = Bounds.of(len(documents), sum(len(document.points) for document in documents))
    segment.set_doc_count(bounds.end)
    collector = Collector(segmenter)
    for document in documents:
        collector.add(document)
    held: dict[str, NDArray[Any]] = {}
    with _field_writer(codec, storage, segment) as writer:
        for name, occurrences in collector.occurrences():
            counted = Counted(occurrences, collector, bounds)
            _write_field(writer, name, counted)
            held |= _listed(name, counted)
        writer.close()
    write_arrays(folder / segment.make_filename(f".{COLUMNS}"), columns(documents) | held)
    return segment


@contextmanager
def _field_writer(codec: BlockCodec, storage: FileStorage, segment: W3Segment) -> Iterator[Any]:
    """Whoosh's writer of fields; where the disk is full its files are closed all the same."""
    writer = codec.field_writer(storage, segment)
    try:
        yield writer
    finally:
        for file in (writer._tindex.dbfile, writer._postfile):
            with suppress(OSError):
                file.file.close()


def _write_field(writer: Any, name: str, counted: Counted) -> None:
    writer.start_field(name, SCHEMA[name])
    for term, blocks in counted.terms():
        writer.start_term(term)
        for block in blocks:
            writer._postwriter.add_block(block.documents, block.weights)
        writer.finish_term()
    writer.finish_field()


def _listed(name: str, counted: Counted) -> dict[str, NDArray[Any]]:
    """What is asked of many terms at once: the runs of letters and digits, and in how many entries each word stands."""
    match name:
        case "atoms":
            runs = [term for term in counted.ordered if not is_single(term.decode())]
            return {"runs": _joined(runs)}
        case "words":
            counts = counted.entries_of_terms().tolist()
            offered = [(term, n) for term, n in zip(counted.ordered, counts, strict=True) if is_offered(term.decode())]
            return {
                "vocabulary": _joined(term for term, _ in offered),
                "vocabulary_entries": np.array([n for _, n in offered], dtype=np.int32),
            }
        case _:
            return {}


def _joined(terms: Iterable[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(term + b"\n" for term in terms), dtype=np.uint8)


class Counted:
    """The occurrences of one field, counted: for each term the documents and what its occurrences count in them.

    A document is an entry's number, behind all entries a key point's, behind those an entry's as a title. Term,
    document and twice a weight lie in one integer, so that one sort brings together what belongs together.
    """

    def __init__(self, occurrences: Occurrences, collector: Collector, bounds: Bounds) -> None:
        self.ordered = occurrences.terms
        self._bounds = bounds
        halves = np.frombuffer(collector.halves, dtype=np.uint8).astype(np.int64)
        parts = [
            _keys(occurrences, collector.entries, 0, halves),
            _keys(occurrences, collector.points, bounds.points, np.full_like(halves, 2)),
            _keys(occurrences, collector.titles, bounds.titles, np.full_like(halves, 2)),
        ]
        keys = np.concatenate(parts)
        keys.sort()
        begins = _changes(keys >> 2)
        self._weights = (np.add.reduceat(keys & 3, begins) if len(keys) else keys).astype(np.float32) * np.float32(0.5)
        self._documents = keys[begins] >> 2 & 0x3FFFFFFF
        self._numbers = keys[begins] >> 32

    def terms(self) -> Iterator[Term]:
        """Each term with its blocks, in order."""
        for begin, end in pairwise([*_changes(self._numbers).tolist(), len(self._numbers)]):
            documents, weights = self._documents[begin:end], self._weights[begin:end]
            ends = [0, *np.searchsorted(documents, (self._bounds.points, self._bounds.titles)).tolist(), len(documents)]
            blocks = [
                Postings(documents[first:last], weights[first:last]) for first, last in pairwise(ends) if first < last
            ]
            yield self.ordered[self._numbers[begin]], blocks

    def entries_of_terms(self) -> Numbers:
        """In how many entries each term stands."""
        return np.bincount(self._numbers[self._documents < self._bounds.points], minlength=len(self.ordered))


def _keys(occurrences: Occurrences, documents: array[int], first: int, halves: Numbers) -> Numbers:
    """One integer for each occurrence in a text that belongs to a document."""
    document = np.frombuffer(documents, dtype=np.int64)[occurrences.text]
    held = document >= 0
    return occurrences.number[held] << 32 | (document[held] + first) << 2 | halves[occurrences.text[held]]


def _changes(values: Numbers) -> Numbers:
    """Where a sorted array's values begin anew."""
    return np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]])) if len(values) else values
