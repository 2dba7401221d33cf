"""SQLite FTS5 over the same words, without the texts (contentless), columns to count by beside it.

What it counts and shows comes from one statement: the matches are made once (`MATERIALIZED`) with their BM25, then
joined by rowid; category and month are counted in one go.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import pairwise

from archive.model import Issue
from archive.text import atoms, is_single
from tests.bench.contenders import BEST, Found, Place, size_of
from tests.bench.prepared import Prepared, cut_issue, entries
from tests.bench.questions import Question

TOKENIZER = "unicode61 remove_diacritics 0 tokenchars '-._/''+#%~°\u200b'"
_OPTIONS = f"content='', tokenize=\"{TOKENIZER}\""
TABLES = f"""
    CREATE VIRTUAL TABLE found USING fts5(words, {_OPTIONS});
    CREATE TABLE facts (number INTEGER PRIMARY KEY, category TEXT, month TEXT, day INTEGER);
    CREATE TABLE tags (number INTEGER, tag TEXT, PRIMARY KEY (number, tag)) WITHOUT ROWID;
"""
ORDERED = f"""
    WITH hits AS MATERIALIZED (SELECT found.rowid AS number, {{score}} AS score FROM found {{join}} WHERE {{where}})
    SELECT 0, number, 0 FROM (SELECT number FROM hits ORDER BY score, number DESC LIMIT {BEST})
    UNION ALL SELECT 1, category || char(31) || month, count(*) FROM hits JOIN facts USING (number)
        GROUP BY category, month
    UNION ALL SELECT 2, tag, count(*) FROM hits JOIN tags USING (number) GROUP BY tag
"""


class Fts5:
    """One file; SQLite's own settings for a reader that may use memory."""

    key = "number"

    def __init__(self, place: Place) -> None:
        self._place = place
        self._file = place.folder / "fts5.db"
        self._db: sqlite3.Connection | None = None

    def build(self) -> None:
        """One transaction, then one b-tree of one level."""
        with closing(sqlite3.connect(self._file)) as made:
            made.executescript("PRAGMA journal_mode = WAL;" + TABLES)
            with made:
                _insert(made, entries(self._place.prepared))
                made.execute("INSERT INTO found (found) VALUES ('optimize')")
            made.execute("ANALYZE")
            made.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def open(self) -> None:
        """A new connection."""
        if self._db:
            self._db.close()
        self._db = sqlite3.connect(self._file)
        self._db.executescript("PRAGMA mmap_size = 4000000000; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY")

    def forget(self) -> None:
        """Nothing: SQLite's pages stay where they are."""

    def found(self, question: Question) -> Found:
        """A page, by one statement."""
        where, join, parameters = _where(question)
        score = "-found.rowid" if question.kind == "newest" else "bm25(found)"
        return self._answered(ORDERED.format(score=score, join=join, where=where), parameters)

    def every(self, question: Question) -> set[str | int]:
        """The rowids."""
        where, join, parameters = _where(question)
        return {number for (number,) in self._rows(f"SELECT found.rowid FROM found {join} WHERE {where}", parameters)}

    def everything(self) -> Found:
        """All rows counted."""
        sql = ORDERED.replace("FROM found {join} WHERE {where}", "FROM facts AS found")
        return self._answered(sql.format(score="0"), [])

    def add(self, issue: Issue, first: int) -> None:
        """One transaction, synced."""
        with closing(sqlite3.connect(self._file)) as made, made:
            _insert(made, cut_issue(issue, first, self._place.services.segmenter))

    def size(self) -> int:
        """The folder."""
        return size_of(self._place.folder)

    def _rows(self, sql: str, parameters: list[object]) -> sqlite3.Cursor:
        assert self._db
        return self._db.execute(sql, parameters)

    def _answered(self, sql: str, parameters: list[object]) -> Found:
        best: list[str | int] = []
        categories: Counter[str] = Counter()
        months: Counter[str] = Counter()
        tags: dict[str, int] = {}
        for kind, value, count in self._rows(sql, parameters):
            if kind == 0:
                best.append(value)
            elif kind == 1:
                category, _, month = value.partition("\x1f")
                categories[category] += count
                months[month] += count
            else:
                tags[value] = count
        return Found(best, categories.total(), {"category": categories, "tag": tags, "month": months})


class Fts5Three(Fts5):
    """What `wangqi reindex` is compared with: the same three columns, and nothing to count by."""

    def build(self) -> None:
        """Atoms and bigrams are made of the texts, words are cut already."""
        with closing(sqlite3.connect(self._file)) as made:
            made.executescript(f"CREATE VIRTUAL TABLE found USING fts5(atoms, bigrams, words, {_OPTIONS})")
            with made:
                rows = map(_three, entries(self._place.prepared))
                made.executemany("INSERT INTO found (rowid, atoms, bigrams, words) VALUES (?, ?, ?, ?)", rows)


def _three(entry: Prepared) -> tuple[int, str, str, str]:
    pairs = (left + right for left, right in pairwise(entry.text) if is_single(left) and is_single(right))
    return entry.number, " ".join(atoms(entry.text)), " ".join(pairs), entry.words


def _insert(made: sqlite3.Connection, held: Iterable[Prepared]) -> None:
    for entry in held:
        made.execute("INSERT INTO found (rowid, words) VALUES (?, ?)", (entry.number, entry.words))
        made.execute("INSERT INTO facts VALUES (?, ?, ?, ?)", (entry.number, entry.category, entry.month, entry.day))
        made.executemany("INSERT INTO tags VALUES (?, ?)", ((entry.number, tag) for tag in entry.tags))


def _where(question: Question) -> tuple[str, str, list[object]]:
    """The condition, the table that it needs besides, and the parameters."""
    conditions, parameters = ["found MATCH ?"], [_match(question)]
    for condition, value in _filters(question):
        conditions.append(condition)
        parameters.append(value)
    join = "JOIN facts ON facts.number = found.rowid" if len(conditions) > 1 else ""
    return " AND ".join(conditions), join, parameters


def _filters(question: Question) -> Iterator[tuple[str, object]]:
    if question.category:
        yield "facts.category = ?", question.category
    if question.since:
        yield "facts.day >= ?", question.since
    if question.until:
        yield "facts.day <= ?", question.until


def _match(question: Question) -> object:
    match question.kind:
        case "quoted":
            return " + ".join(f'"{word}"' for word in question.cut)
        case "prefix":
            return f'"{question.words[0]}" *'
        case "any":
            return " OR ".join(f'"{word}"' for word in question.words)
        case _:
            return " AND ".join(f'"{word}"' for word in question.words)
