"""Batches -> the files of a Whoosh segment: postings in order, handed to the codec in blocks.

Whoosh's own `add_document` handles every posting in Python. Reads and writes private attributes of Whoosh's codec,
hence its exact pin.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage

from archive.text import is_single
from indexer.engines.whoosh.arrays import as_lines, lines_of, write_arrays
from indexer.engines.whoosh.batches import Batch, bounds_of, joined_columns
from indexer.engines.whoosh.codec import BlockCodec, Bounds, encoded
from indexer.engines.whoosh.columns import COLUMNS
from indexer.engines.whoosh.counting import Postings, changes, joined, part_of
from indexer.engines.whoosh.schema import INDEX_NAME, SCHEMA
from indexer.engines.whoosh.terms import FIELDS
from indexer.vocabulary import is_offered


def write_segment(folder: Path, batches: Sequence[Batch]) -> W3Segment:
    """One more segment in a folder, of the documents of these batches, not yet named by any table of contents."""
    storage, codec = FileStorage(str(folder)), BlockCodec()
    segment = W3Segment(codec, INDEX_NAME, segid=uuid4().hex)
    bounds = [bounds_of(batch) for batch in batches]
    whole = Bounds.of(sum(each.points for each in bounds), sum(each.titles - each.points for each in bounds))
    segment.set_doc_count(whole.end)
    listed: dict[str, NDArray[Any]] = {}
    with _field_writer(codec, storage, segment) as writer:
        for name in FIELDS:
            pieces = joined([_postings(batch, name) for batch in batches], bounds)
            listed |= _listed(name, _write_field(writer, name, pieces, whole))
        writer.close()
    write_arrays(folder / segment.make_filename(f".{COLUMNS}"), joined_columns(batches) | listed)
    return segment


def _postings(batch: Batch, name: str) -> Postings:
    terms, *arrays = (batch[f"{name}_{part}"] for part in ("terms", "starts", "documents", "weights"))
    return Postings(lines_of(terms), *arrays)


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


def _write_field(writer: Any, name: str, pieces: Iterator[Postings], bounds: Bounds) -> dict[bytes, int]:
    """Write the postings of a field, and tell its terms, in how many entries each stands."""
    entries: dict[bytes, int] = {}
    writer.start_field(name, SCHEMA[name])
    for piece in pieces:
        _write_piece(writer, piece, bounds)
        in_entries = np.add.reduceat(piece.documents < bounds.points, piece.starts[:-1], dtype=np.int64)
        entries.update(zip(piece.terms, in_entries.tolist(), strict=True))
    writer.finish_field()
    return entries


def _write_piece(writer: Any, piece: Postings, bounds: Bounds) -> None:
    numbers = np.arange(len(piece.terms)).repeat(np.diff(piece.starts))
    begins = changes(numbers * 3 + part_of(piece.documents, bounds))
    blocks = zip(numbers[begins].tolist(), encoded(piece.documents, piece.weights, begins), strict=True)
    for number, of_term in groupby(blocks, key=itemgetter(0)):
        writer.start_term(piece.terms[number])
        for _, block in of_term:
            writer._postwriter.add_block(block)
        writer.finish_term()


def _listed(name: str, entries: Mapping[bytes, int]) -> dict[str, NDArray[Any]]:
    """What is asked of many terms at once: the runs of letters and digits, and in how many entries each word stands."""
    match name:
        case "atoms":
            return {"runs": as_lines(term for term in entries if not is_single(term.decode()))}
        case "words":
            offered = {term: count for term, count in entries.items() if is_offered(term.decode())}
            return {
                "vocabulary": as_lines(offered),
                "vocabulary_entries": np.array([*offered.values()], dtype=np.int32),
            }
        case _:
            return {}
