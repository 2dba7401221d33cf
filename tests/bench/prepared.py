"""A home -> one SQLite file of its entries, folded and cut once: what every contender builds from and shows.

`words` are the words under which wangqi ranks a text, fields apart by a token that no text holds, and so are ideographs
between which there is a sign: a phrase of words finds then what stands side by side, and nothing else. Entries are
numbered from 1, oldest first.
"""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from archive.model import Issue
from archive.store import Reader
from archive.text.atoms import IDEOGRAPHS
from indexer.document import Document, documents
from indexer.segmenter import Segmenter

APART = "\ue000"  # for private use: a character of a word to SQLite and tantivy, and in no text here
_SIGNS = re.compile(rf"(?<=[{IDEOGRAPHS}])[\W_]+(?=[{IDEOGRAPHS}])")
TABLE = (
    "CREATE TABLE entries (number INTEGER PRIMARY KEY, id TEXT UNIQUE, title TEXT, text TEXT, words TEXT,"
    " day INTEGER, month TEXT, category TEXT, tags TEXT)"
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An entry: `day` as 20260208, `month` as 2026-02; `text` holds every field, a line each, `words` all in order."""

    number: int
    id: str
    title: str
    text: str
    words: str
    day: int
    month: str
    category: str
    tags: tuple[str, ...]


def prepared(document: Document, number: int, segmenter: Segmenter) -> Prepared:
    """One entry, cut."""
    fields = [text for text in document.texts() if text]
    pieces = [piece for text in fields for piece in _SIGNS.split(text)]
    return Prepared(
        number,
        document.id,
        document.title,
        "\n".join(fields),
        f" {APART} ".join(" ".join(segmenter.index_words(piece)) for piece in pieces),
        int(f"{document.date:%Y%m%d}"),
        document.month,
        document.category,
        document.tags,
    )


def prepare(home: Path, file: Path, segmenter: Segmenter, most: int | None = None) -> float:
    """Write the file, of at most so many entries; the seconds that reading, folding and cutting took."""
    segmenter.cut("预热")
    began = time.perf_counter()
    with closing(Reader.open(home)) as reader, closing(sqlite3.connect(file)) as made, made:
        made.execute(TABLE)
        held = islice((document for issue in reader.issues() for document in documents(issue)), most)
        rows = (prepared(document, number, segmenter) for number, document in enumerate(held, 1))
        made.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_row, rows))
    return time.perf_counter() - began


def cut_issue(issue: Issue, first: int, segmenter: Segmenter) -> list[Prepared]:
    """One issue's entries, numbered on from `first`."""
    return [prepared(document, number, segmenter) for number, document in enumerate(documents(issue), first)]


def entries(file: Path) -> Iterator[Prepared]:
    """All of them, in order."""
    with closing(sqlite3.connect(file)) as held:
        for *row, tags in held.execute("SELECT * FROM entries ORDER BY number"):
            yield Prepared(*row, tuple(json.loads(tags)))


def _row(entry: Prepared) -> Iterable[object]:
    return (
        *(entry.number, entry.id, entry.title, entry.text, entry.words, entry.day, entry.month, entry.category),
        json.dumps(entry.tags, ensure_ascii=False),
    )
