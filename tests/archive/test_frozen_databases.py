"""Databases of every released schema are read, and written on, as if they were made today.

A released schema's dump stands in `frozen/`, named for its last migration; it is never changed.
"""

from __future__ import annotations

import datetime
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from factories import incoming

from archive.checking import faults
from archive.schema import MIGRATIONS
from archive.store import Reader, Writer
from archive.store.connection import FILE
from tests.archive.freeze import freeze

FROZEN = sorted((Path(__file__).parent / "frozen").glob("*.sql"))


@pytest.fixture(params=FROZEN, ids=lambda path: path.stem)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A home with a frozen database."""
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.executescript(request.param.read_text(encoding="utf-8"))
    return tmp_path


def test_the_newest_schema_is_frozen_too(home: Path) -> None:
    with closing(Writer.open(home)):
        pass
    with closing(sqlite3.connect(home / FILE)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert names[-1] == FROZEN[-1].stem
    assert names == list(MIGRATIONS)


def test_nothing_of_it_is_lost(home: Path) -> None:
    reader = Reader.open(home)
    assert reader.counts() == {"issues": 2, "entries": 3, "key_points": 3, "withdrawn": 1, "diagnostics": 0}
    assert [entry.title for entry in reader.issue("20260208").entries] == ["千问上线", "青鸾再开源"]
    assert reader.record("20260208-02").entry.title == "飞鱼下线"
    assert reader.record("20260208-02").withdrawn
    assert reader.record("20260208-01").entry.tag_names == ("千问",)
    assert reader.raw("20260208", 1).decode().count("飞鱼下线") > 0
    assert [entry.title for entry in reader.revision("20260208", 1).entries] == ["千问上线", "飞鱼下线", "青鸾开源"]
    assert list(faults(reader)) == []


def test_it_takes_new_issues_and_gives_old_ones_their_ids_back(home: Path) -> None:
    writer = Writer.open(home)
    assert writer.keep(incoming("新的一条", series="第三日报")).issue.id == "20260208c"
    kept = writer.keep(incoming("飞鱼下线", "千问上线", "青鸾再开源"))
    assert [entry.id[-2:] for entry in kept.issue.entries] == ["02", "01", "03"]
    assert list(faults(writer.reader)) == []


def test_what_was_decided_on_tags_is_in_force(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.executescript((Path(__file__).parent / "frozen" / "m002_curation.sql").read_text(encoding="utf-8"))
    with closing(Writer.open(tmp_path)) as writer:
        assert writer.reader.record("20260208-03").entry.tag_names == ("青鸾",)
        assert [each.number for each in writer.reader.curation().decisions] == [1]
        writer.undo()
        assert writer.reader.record("20260208-03").entry.tag_names == ()


def test_entries_that_tell_of_one_event_do_so_still(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.executescript((Path(__file__).parent / "frozen" / "m003_stories.sql").read_text(encoding="utf-8"))
    reader = Reader.open(tmp_path)
    assert reader.story("20260208-01") == ("20260208-01", "20260208-03")
    assert reader.story("20260208-02") == ("20260208-01", "20260208-02", "20260208-03")
    assert reader.to_join() == {"20260209": datetime.date(2026, 2, 9)}


def test_a_new_migration_is_frozen_with_the_old_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(FROZEN[-1], tmp_path)
    more = {"m999_more": "CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT"}
    monkeypatch.setattr("archive.schema.MIGRATIONS", {**MIGRATIONS, **more})
    made = freeze(tmp_path)
    assert made.name == "m999_more.sql"
    dumped = made.read_text(encoding="utf-8")
    assert "CREATE TABLE more" in dumped
    assert "千问上线" in dumped


def test_what_is_frozen_is_never_changed(tmp_path: Path) -> None:
    shutil.copy(FROZEN[-1], tmp_path)
    before = FROZEN[-1].read_bytes()
    with pytest.raises(FileExistsError):
        freeze(tmp_path)
    assert (tmp_path / FROZEN[-1].name).read_bytes() == before
