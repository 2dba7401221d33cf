"""The database's shape, brought up to date in order and never down."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive import schema
from archive.errors import HomeError, NewerSchema
from archive.schema import is_current, migrate
from archive.store import Reader, Writer
from archive.store.connection import FILE, connect_reading, connect_writing


def newer(home: Path) -> None:
    """Leave a migration behind that this version does not know."""
    db = connect_writing(home)
    db.table("_sqlite_migrations").insert({"migration_set": "wangqi", "name": "m999_later", "applied_at": "2030-01-01"})
    db.close()


def test_an_empty_database_has_everything_to_come() -> None:
    db = Database(memory=True)
    assert not is_current(db.conn)
    migrate(db)
    assert is_current(db.conn)
    assert {"issues", "revisions", "entries", "key_points", "sources", "tags", "outbox", "log"} <= set(db.table_names())


def test_migrating_twice_changes_nothing() -> None:
    db = Database(memory=True)
    migrate(db)
    before = (db.schema, list(db.table("_sqlite_migrations").rows))
    migrate(db)
    assert (db.schema, list(db.table("_sqlite_migrations").rows)) == before


def test_a_migration_that_fails_leaves_no_trace(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", {"m001": "CREATE TABLE half (a); CREATE TABLE half (a);"})
    with pytest.raises(HomeError, match="half already exists"):
        connect_writing(home)
    monkeypatch.undo()
    db = connect_writing(home)
    assert "half" not in db.table_names()
    db.close()


def test_another_programs_migrations_are_none_of_ours() -> None:
    db = Database(memory=True)
    migrate(db)
    db.table("_sqlite_migrations").insert({"migration_set": "other", "name": "m999", "applied_at": "2030-01-01"})
    migrate(db)
    assert is_current(db.conn)


@pytest.mark.parametrize("opened", [Reader.open, Writer.open])
def test_a_newer_database_is_refused_with_a_sentence(home: Path, opened: type[Reader]) -> None:
    newer(home)
    with pytest.raises(NewerSchema, match="资料库由更新的版本写成（含 m999_later），这个版本读不了") as raised:
        opened(home)
    assert raised.value.hint == "请升级 wangqi 后再打开这个资料库"


def test_an_older_database_is_brought_up_to_date_before_it_is_read(home: Path) -> None:
    home.mkdir()
    (home / FILE).touch()
    db = connect_reading(home)
    assert is_current(db)
    db.close()


def test_two_that_come_at_once_to_an_empty_home_both_open_it(home: Path) -> None:
    together, opened = threading.Barrier(4), []

    def come() -> None:
        together.wait()
        db = connect_writing(home)
        opened.append(is_current(db))
        db.close()

    threads = [threading.Thread(target=come) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened == [True] * 4
