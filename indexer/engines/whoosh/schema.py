"""Documents -> what Whoosh indexes: three fields of terms without positions, for entries and for key points.

Never jieba's own analyzer (it stores offsets as positions, which loses 97.7 % of phrases) and never Whoosh's query
parser: the tokenizer here hands on terms that were made elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from itertools import pairwise
from typing import Any, TypeAlias

from whoosh import fields, formats

from archive.text import atoms, is_single
from indexer.document import CitedSource, Document
from indexer.segmenter import Segmenter

Weights: TypeAlias = Mapping[str, float]  # term -> how much its occurrences in a document count together


class TermField(fields.FieldType):  # type: ignore[misc]
    """A field of terms with their weighted frequencies, made elsewhere."""

    def __init__(self) -> None:
        self.format = formats.Existence()  # no values beside the weights
        self.analyzer = None
        self.scorable = True  # without a column of lengths the codec asks the file system for one at every posting
        self.stored = False

    def index(self, value: Weights, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(term, frequency, weight, nothing) as Whoosh's writer wants them."""
        return ((term.encode("utf-8", "surrogatepass"), 1, weight, b"") for term, weight in value.items())


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
        **_weighted(document.weighted_texts(), segmenter),
    }
    for identifier, text in zip(document.point_ids, document.points, strict=True):
        yield {"issue": document.issue, "key": identifier, **_weighted([(text, 1.0)], segmenter)}


def terms(text: str, segmenter: Segmenter) -> dict[str, list[str]]:
    """The terms of a folded text by field name."""
    return {"atoms": atoms(text), "bigrams": list(bigrams(text)), "words": segmenter.index_words(text)}


def _weighted(texts: Iterable[tuple[str, float]], segmenter: Segmenter) -> dict[str, Weights]:
    found: dict[str, dict[str, float]] = {field: defaultdict(float) for field in ("atoms", "bigrams", "words")}
    for text, weight in texts:
        for field, held in terms(text, segmenter).items():
            for term in held:
                found[field][term] += weight
    return dict(found)


def bigrams(text: str) -> Iterator[str]:
    """Each two ideographs (kana, hangul) that stand directly side by side."""
    return (left + right for left, right in pairwise(text) if is_single(left) and is_single(right))


def restored(stored: tuple[Any, ...]) -> Document:
    """The document that `index_documents` stored."""
    values = dict(zip(Document.__slots__, stored, strict=True))
    sources = tuple(CitedSource(*source) for source in values["sources"])
    return Document(**values | {"sources": sources})
