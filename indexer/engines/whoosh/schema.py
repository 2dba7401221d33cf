"""Documents -> what Whoosh indexes: three fields of terms without positions, for entries and for key points.

Never jieba's own analyzer (it stores offsets as positions, which loses 97.7 % of phrases) and never Whoosh's query
parser: the tokenizer here hands on terms that were made elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple
from itertools import pairwise
from typing import Any

from whoosh import fields, formats
from whoosh.analysis import Token, Tokenizer

from archive.text import atoms, is_single
from indexer.document import CitedSource, Document
from indexer.segmenter import Segmenter


class _Terms(Tokenizer):  # type: ignore[misc]
    """Hands on a list of terms."""

    def __call__(self, value: list[str], **_: Any) -> Iterator[Token]:
        token = Token(boosts=True)
        token.boost = 1.0
        for token.text in value:
            yield token


class TermField(fields.FieldType):  # type: ignore[misc]
    """A field of terms with their frequencies."""

    def __init__(self) -> None:
        self.analyzer = _Terms()
        self.format = formats.Frequency()
        self.scorable = True  # without a column of lengths the codec asks the file system for one at every posting
        self.stored = False


SCHEMA = fields.Schema(
    issue=fields.ID,
    key=fields.ID(stored=True),
    document=fields.STORED,
    atoms=TermField(),
    bigrams=TermField(),
    words=TermField(),
)


def index_documents(document: Document, segmenter: Segmenter) -> Iterator[dict[str, object]]:
    """The Whoosh documents of an entry: itself with all its texts, then each of its key points."""
    yield {
        "issue": document.issue,
        "key": document.id,
        "document": astuple(document),
        **terms(document.texts(), segmenter),
    }
    for identifier, text in zip(document.point_ids, document.points, strict=True):
        yield {"issue": document.issue, "key": identifier, **terms((text,), segmenter)}


def terms(texts: Iterable[str], segmenter: Segmenter) -> dict[str, list[str]]:
    """The terms of folded texts by field name."""
    found: dict[str, list[str]] = {"atoms": [], "bigrams": [], "words": []}
    for text in texts:
        found["atoms"] += atoms(text)
        found["bigrams"] += bigrams(text)
        found["words"] += segmenter.index_words(text)
    return found


def bigrams(text: str) -> Iterator[str]:
    """Each two ideographs (kana, hangul) that stand directly side by side."""
    return (left + right for left, right in pairwise(text) if is_single(left) and is_single(right))


def restored(stored: tuple[Any, ...]) -> Document:
    """The document that `index_documents` stored."""
    values = dict(zip(Document.__slots__, stored, strict=True))
    sources = tuple(CitedSource(*source) for source in values["sources"])
    return Document(**values | {"sources": sources})
