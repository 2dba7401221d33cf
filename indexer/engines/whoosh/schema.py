"""Documents -> what Whoosh indexes: three fields of terms without positions, for entries and for key points.

Never jieba's own analyzer (it stores offsets as positions, which loses 97.7 % of phrases) and never Whoosh's query
parser: the terms are made here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple
from itertools import pairwise
from typing import Any, TypeAlias

from whoosh import fields, formats

from archive.text import atoms, is_single
from indexer.document import CitedSource, Document
from indexer.engines.whoosh.building import Weights
from indexer.segmenter import Segmenter

FIELDS = ("atoms", "bigrams", "words")


class TermField(fields.FieldType):  # type: ignore[misc]
    """A field of terms with their weights, which are made elsewhere."""

    def __init__(self) -> None:
        self.format = formats.Existence()  # no values beside the weights
        self.analyzer = None
        self.scorable = False
        self.stored = False


SCHEMA = fields.Schema(
    issue=fields.ID,
    key=fields.STORED,
    document=fields.STORED,
    atoms=TermField(),
    bigrams=TermField(),
    words=TermField(),
)

Indexed: TypeAlias = tuple[dict[str, object], dict[str, Weights]]  # what is stored, and weights of terms by field


def index_documents(document: Document, segmenter: Segmenter) -> Iterator[Indexed]:
    """The Whoosh documents of an entry: itself with all its texts, then each of its key points."""
    counted: dict[str, dict[str, Counter[str]]] = {}
    whole: dict[str, dict[str, float]] = {field: {} for field in FIELDS}
    for text, weight in document.weighted_texts():
        if text not in counted:
            counted[text] = {field: Counter(held) for field, held in terms(text, segmenter).items()}
        for field, counts in counted[text].items():
            for term, times in counts.items():
                whole[field][term] = whole[field].get(term, 0.0) + times * weight
    issue: dict[str, Weights] = {"issue": {document.issue: 1.0}}
    yield {"key": document.id, "document": astuple(document)}, issue | whole
    for identifier, text in zip(document.point_ids, document.points, strict=True):
        yield {"key": identifier}, issue | counted[text]


def terms(text: str, segmenter: Segmenter) -> dict[str, list[str]]:
    """The terms of a folded text by field name."""
    return {"atoms": atoms(text), "bigrams": list(bigrams(text)), "words": segmenter.index_words(text)}


def bigrams(text: str) -> Iterator[str]:
    """Each two ideographs (kana, hangul) that stand directly side by side."""
    return (left + right for left, right in pairwise(text) if is_single(left) and is_single(right))


def restored(stored: tuple[Any, ...]) -> Document:
    """The document that `index_documents` stored."""
    values = dict(zip(Document.__slots__, stored, strict=True))
    sources = tuple(CitedSource(*source) for source in values["sources"])
    return Document(**values | {"sources": sources})
