"""Runs -> the files of a Whoosh segment: postings in order, handed to the codec in blocks.

Whoosh's own `add_document` handles every posting in Python (137 s for a third of these postings, 29 s this way). Reads
and writes private attributes of Whoosh's codec, hence its exact pin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from indexer.engines.whoosh.codec import BlockCodec, Bounds, encoded
from indexer.engines.whoosh.counting import Postings, changes, joined, part_of
from indexer.engines.whoosh.runs import Run, bounds_of, joined_columns
from indexer.engines.whoosh.schema import INDEX_NAME, SCHEMA
from indexer.engines.whoosh.terms import FIELDS, Numbers
from indexer.vocabulary import is_offered

COLUMNS = "columns"  # what the name of a segment's file of columns ends in


def write_segment(folder: Path, runs: Sequence[Run]) -> W3Segment:
    """One more segment in a folder, of the documents of these runs, not yet named by any table of contents."""
    storage, codec = FileStorage(str(folder)), BlockCodec()
    segment = W3Segment(codec, INDEX_NAME, segid=uuid4().hex)  # its own are alike in processes that were forked
    held = joined_columns(runs)
    bounds = bounds_of(held)
    segment.set_doc_count(bounds.end)
    with _field_writer(codec, storage, segment) as writer:
        for name in FIELDS:
            pieces = joined([_postings(run, name) for run in runs], [bounds_of(run) for run in runs])
            held |= _listed(name, *_write_field(writer, name, pieces, bounds))
        writer.close()
    write_arrays(folder / segment.make_filename(f".{COLUMNS}"), held)
    return segment


def _postings(run: Run, name: str) -> Postings:
    terms, *arrays = (run[f"{name}_{part}"] for part in ("terms", "numbers", "documents", "weights"))
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


def _write_field(writer: Any, name: str, pieces: Iterator[Postings], bounds: Bounds) -> tuple[Sequence[bytes], Numbers]:
    """Write the postings of a field, and tell its terms and in how many entries each stands."""
    terms: Sequence[bytes] = ()
    entries = np.zeros(0, dtype=np.int64)
    writer.start_field(name, SCHEMA[name])
    for piece in pieces:
        terms = piece.terms
        counts = np.bincount(piece.numbers[piece.documents < bounds.points], minlength=len(terms))
        entries = counts if not len(entries) else entries + counts
        _write_piece(writer, piece, bounds)
    writer.finish_field()
    return terms, entries


def _write_piece(writer: Any, piece: Postings, bounds: Bounds) -> None:
    begins = changes(piece.numbers * np.int64(3) + part_of(piece.documents, bounds))
    blocks = zip(piece.numbers[begins].tolist(), encoded(piece.documents, piece.weights, begins), strict=True)
    for number, of_term in groupby(blocks, key=itemgetter(0)):
        writer.start_term(piece.terms[number])
        for _, block in of_term:
            writer._postwriter.add_block(block)
        writer.finish_term()


def _listed(name: str, terms: Sequence[bytes], entries: Numbers) -> dict[str, NDArray[Any]]:
    """What is asked of many terms at once: the runs of letters and digits, and in how many entries each word stands."""
    match name:
        case "atoms":
            return {"runs": as_lines(term for term in terms if not is_single(term.decode()))}
        case "words":
            offered = [number for number, term in enumerate(terms) if is_offered(term.decode())]
            return {
                "vocabulary": as_lines(terms[number] for number in offered),
                "vocabulary_entries": entries[offered].astype(np.int32),
            }
        case _:
            return {}
