"""The database's shape, as migrations in order; each runs in one transaction with its own record."""

from __future__ import annotations

from contextlib import closing
from functools import cache

from sqlite_utils import Database, Migrations

from archive.errors import NewerSchema

migrations = Migrations("wangqi")


@migrations()
def m001_record(db: Database) -> None:
    """Issues with every revision's bytes, what was read of them, what waits for the index, and what happened."""
    db.executescript(_M001)


@migrations()
def m002_curation(db: Database) -> None:
    """What people decided on tags, and the tags as they were derived, so that any decision can be undone."""
    db.executescript(_M002)


@migrations()
def m003_stories(db: Database) -> None:
    """Which entries tell of one event, and as of which change an issue was compared with those of near days."""
    db.executescript(_M003)


def migrate(db: Database) -> None:
    """Bring a database to the newest shape."""
    migrations.apply(db)


def check_version(db: Database) -> None:
    """Raise NewerSchema where the database has migrations that this version does not know."""
    unknown = sorted(_applied(db) - _known())
    if unknown:
        raise NewerSchema(f"资料库由更新的版本写成（含 {unknown[-1]}），这个版本读不了")


def is_current(db: Database) -> bool:
    """Whether nothing is left to migrate."""
    return _known() <= _applied(db)


@cache
def _known() -> set[str]:
    with closing(Database(memory=True)) as empty:
        return {migration.name for migration in migrations.pending(empty)}


def _applied(db: Database) -> set[str]:
    """Asked for by every request, so in one statement."""
    table = migrations.migrations_table
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).fetchone():
        return set()
    rows = db.execute(f"SELECT name FROM {table} WHERE migration_set = ?", [migrations.name])  # noqa: S608 (its own)
    return {row[0] for row in rows}


_M001 = """
CREATE TABLE issues (
    id TEXT PRIMARY KEY,
    date TEXT NOT NULL,
    series TEXT NOT NULL,
    series_key TEXT NOT NULL,
    banner TEXT NOT NULL,
    revision INTEGER NOT NULL,
    removed_at TEXT,
    change INTEGER NOT NULL DEFAULT 0,
    UNIQUE (date, series_key)
) STRICT;

CREATE TABLE revisions (
    issue TEXT NOT NULL REFERENCES issues (id),
    number INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL,
    content TEXT NOT NULL,
    diagnostics TEXT NOT NULL,
    PRIMARY KEY (issue, number)
) STRICT;

CREATE TABLE entries (
    id TEXT PRIMARY KEY,
    issue TEXT NOT NULL REFERENCES issues (id),
    number INTEGER NOT NULL,
    position INTEGER NOT NULL,
    category TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    background TEXT NOT NULL,
    fields TEXT NOT NULL,
    labels TEXT NOT NULL,
    event_date TEXT,
    event_words TEXT,
    first_revision INTEGER NOT NULL,
    changed_revision INTEGER NOT NULL,
    withdrawn_revision INTEGER,
    UNIQUE (issue, number)
) STRICT;

CREATE INDEX entries_by_issue ON entries (issue, position);

CREATE TABLE key_points (
    id TEXT PRIMARY KEY,
    entry TEXT NOT NULL REFERENCES entries (id),
    number INTEGER NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    withdrawn_revision INTEGER,
    UNIQUE (entry, number)
) STRICT;

CREATE INDEX key_points_by_entry ON key_points (entry, position);

CREATE TABLE sources (
    entry TEXT NOT NULL REFERENCES entries (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    host TEXT NOT NULL,
    PRIMARY KEY (entry, position)
) STRICT;

CREATE INDEX sources_by_host ON sources (host);

CREATE TABLE tags (
    entry TEXT NOT NULL REFERENCES entries (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    rule TEXT NOT NULL,
    field TEXT NOT NULL,
    words TEXT NOT NULL,
    start INTEGER NOT NULL,
    PRIMARY KEY (entry, position)
) STRICT;

CREATE INDEX tags_by_name ON tags (name, entry);

CREATE TABLE outbox (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    issue TEXT NOT NULL REFERENCES issues (id)
) STRICT;

CREATE TABLE log (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    path TEXT NOT NULL,
    status TEXT NOT NULL,
    issue TEXT,
    reason TEXT NOT NULL
) STRICT;

CREATE TABLE index_state (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    generation INTEGER NOT NULL,
    manifest TEXT NOT NULL,
    dictionary TEXT NOT NULL
) STRICT;

INSERT INTO index_state VALUES (1, 0, '', '');
"""

_M002 = """
CREATE TABLE derived_tags (
    entry TEXT NOT NULL REFERENCES entries (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    rule TEXT NOT NULL,
    field TEXT NOT NULL,
    words TEXT NOT NULL,
    start INTEGER NOT NULL,
    PRIMARY KEY (entry, position)
) STRICT;

INSERT INTO derived_tags SELECT entry, position, name, kind, rule, field, words, start FROM tags;

CREATE INDEX derived_tags_by_name ON derived_tags (name, entry);

CREATE TABLE tag_decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    name TEXT NOT NULL,
    target TEXT NOT NULL,
    kind TEXT NOT NULL,
    entry TEXT NOT NULL,
    undone_at TEXT
) STRICT;
"""

_M003 = """
ALTER TABLE issues ADD COLUMN joined INTEGER NOT NULL DEFAULT -1;

CREATE INDEX issues_to_join ON issues (id) WHERE joined != change;

CREATE TABLE joins (
    one TEXT NOT NULL REFERENCES entries (id),
    other TEXT NOT NULL REFERENCES entries (id),
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
"""
