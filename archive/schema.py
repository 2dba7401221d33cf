"""The database's shape, as migrations in order; each runs in one transaction with its own record."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING

from archive.errors import NewerSchema

if TYPE_CHECKING:
    from sqlite_utils import Database

_SET = "wangqi"


def migrate(db: Database) -> None:
    """Bring a database to the newest shape."""
    from sqlite_utils import Migrations  # 0.2 s, which nobody waits for who only reads

    migrations = Migrations(_SET)
    for name, script in MIGRATIONS.items():
        migrations(name=name)(lambda db, script=script: db.executescript(script))
    migrations.apply(db)


def check_version(connection: sqlite3.Connection) -> None:
    """Raise NewerSchema where the database has migrations that this version does not know."""
    unknown = sorted(_applied(connection) - MIGRATIONS.keys())
    if unknown:
        raise NewerSchema(f"资料库由更新的版本写成（含 {unknown[-1]}），这个版本读不了")


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether nothing is left to migrate."""
    return MIGRATIONS.keys() <= _applied(connection)


def _applied(connection: sqlite3.Connection) -> set[str]:
    """The names of the migrations that a database has had, where sqlite-utils keeps them."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
        return set()
    rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", [_SET])
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

# In order; each runs in one transaction with its own record.
MIGRATIONS: Mapping[str, str] = {
    "m001_record": _M001,  # issues with every revision's bytes, what was read of them, what waits, the log
    "m002_curation": _M002,  # decisions of people on tags, and the tags as derived, so that any of them can be undone
    "m003_stories": _M003,  # which entries tell of one event, and as of which change an issue was compared with others
}
