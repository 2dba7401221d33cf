"""Documents with the weights of their terms -> a Whoosh segment, its postings sorted and written by numpy.

Whoosh's own `add_document` handles every posting in Python; here the codec is handed whole blocks. Reads and writes
private attributes of the codec, hence the exact pin of Whoosh; plain Whoosh reads the result.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import Index
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from indexer.engines.whoosh.postings import PostingsReader

BLOCK, COMPRESSION = 1024, 1  # postings in a block, zlib's level: half the decoding time of 128 and 3
MOST_SEGMENTS = 12

Weights = Mapping[str, float]  # term -> how much its occurrences in a document count together


class BlockWriter(SegmentWriter):  # type: ignore[misc]
    """A writer whose documents come as stored values and weighted terms, by field."""

    def __init__(self, opened: Index) -> None:
        super().__init__(opened, codec=W3Codec(blocklimit=BLOCK, compression=COMPRESSION))
        self._collected = {name: _Postings() for name, field in self.schema.items() if field.indexed}

    def add(self, stored: Mapping[str, object], terms: Mapping[str, Weights]) -> None:
        """One more document."""
        self._store(stored)
        for name, weights in terms.items():
            self._collected[name].add(self.docnum - 1, weights)

    def add_reader(self, reader: SegmentReader) -> None:
        """Take over what another segment holds, but not what was deleted there."""
        numbers = np.full(reader.doc_count_all(), -1, dtype=np.int64)
        for number, stored in reader.iter_docs():
            numbers[number] = self.docnum
            self._store(stored)
        postings = PostingsReader(reader)
        for name, collected in self._collected.items():
            for term in reader.lexicon(name):
                held = postings.decoded(name, term.decode("utf-8", "surrogatepass"))
                kept = numbers[held.documents]
                collected.extend(term.decode("utf-8", "surrogatepass"), kept[kept >= 0], held.frequencies[kept >= 0])

    def finish(self) -> None:
        """Commit; segments of like size become one."""
        self.commit(mergetype=_merge_the_small)

    def _store(self, stored: Mapping[str, object]) -> None:
        self.perdocwriter.start_doc(self.docnum)
        for name in sorted(stored):
            self.perdocwriter.add_field(name, self.schema[name], stored[name], 0)
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1

    def _flush_segment(self) -> None:
        """Called by Whoosh when it commits."""
        self.perdocwriter.close()
        for name in sorted(self._collected):
            self.fieldwriter.start_field(name, self.schema[name])
            for term, documents, weights in self._collected[name].in_order():
                self._write_term(term, documents, weights)
            self.fieldwriter.finish_field()
        self.fieldwriter.close()

    def _write_term(self, term: bytes, documents: NDArray[np.uint32], weights: NDArray[np.float32]) -> None:
        self.fieldwriter.start_term(term)
        block = self.fieldwriter._postwriter
        for start in range(0, len(documents), BLOCK):
            if start:
                block._write_block()
            block._ids = array("I", documents[start : start + BLOCK].tobytes())
            block._weights = array("f", weights[start : start + BLOCK].tobytes())
            block._maxweight = max(block._weights)
        self.fieldwriter.finish_term()


class _Postings:
    """The postings of one field as they come: documents in ascending order for each term."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._terms, self._documents, self._weights = array("I"), array("I"), array("f")

    def add(self, document: int, weights: Weights) -> None:
        """The terms of one document."""
        numbers = self._numbers
        self._terms.extend([numbers.setdefault(term, len(numbers)) for term in weights])
        self._documents.extend([document] * len(weights))
        self._weights.extend(weights.values())

    def extend(self, term: str, documents: NDArray[np.int64], weights: NDArray[np.float32]) -> None:
        """The documents of one term."""
        number = self._numbers.setdefault(term, len(self._numbers))
        self._terms.extend([number] * len(documents))
        self._documents.extend(documents.tolist())
        self._weights.extend(weights.tolist())

    def in_order(self) -> Iterator[tuple[bytes, NDArray[np.uint32], NDArray[np.float32]]]:
        """term, its documents, its weights: the terms by their bytes, those without documents left out."""
        terms = np.frombuffer(self._terms, dtype=np.uint32)
        order = np.argsort(terms, kind="stable")
        documents = np.frombuffer(self._documents, dtype=np.uint32)[order]
        weights = np.frombuffer(self._weights, dtype=np.float32)[order]
        ends = np.cumsum(np.bincount(terms, minlength=len(self._numbers))).tolist()
        for term, number in sorted((term.encode("utf-8", "surrogatepass"), n) for term, n in self._numbers.items()):
            start, end = ends[number - 1] if number else 0, ends[number]
            if start < end:
                yield term, documents[start:end], weights[start:end]


def _merge_the_small(writer: BlockWriter, segments: list[object]) -> list[object]:
    """The segments to keep: where there are many, the smaller ones go into the new one, up to one larger than they are.

    So each document is copied as often as the index doubles, and a day's issue never rewrites the whole.
    """
    if len(segments) < MOST_SEGMENTS:
        return segments
    by_size = sorted(segments, key=lambda segment: segment.doc_count_all())  # type: ignore[attr-defined]
    taken = documents = 0
    for segment in by_size:
        size = segment.doc_count_all()  # type: ignore[attr-defined]
        if taken > 1 and size > 2 * documents:
            break
        documents += size
        taken += 1
    for segment in by_size[:taken]:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return by_size[taken:]
