"""Readers stay open from request to request, and are of the database as it lies there now."""

import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from factories import digest

from archive.errors import HomeError
from archive.store import Reader, Writer
from archive.store.connection import FILE, connect_writing
from web.readers import MOST, Readers


@pytest.fixture
def home(tmp_path):
    with closing(connect_writing(tmp_path)):
        pass
    return tmp_path


def test_what_was_given_back_is_lent_again(home):
    readers = Readers(home)
    first = readers.take()
    readers.give_back(first)
    assert readers.take() is first


def test_two_at_a_time_are_given_two(home):
    readers = Readers(home)
    assert readers.take().reader is not readers.take().reader


def test_a_database_put_in_place_of_another_is_opened_anew(home):
    readers = Readers(home)
    first = readers.take()
    readers.give_back(first)
    shutil.copy(home / FILE, home / "copy")
    (home / "copy").replace(home / FILE)
    assert readers.take() is not first


def test_a_database_written_to_in_place_is_opened_anew(home):
    readers = Readers(home)
    first = readers.take()
    readers.give_back(first)
    os.utime(home / FILE, ns=(1, 1))
    assert readers.take() is not first


def test_a_database_whose_tables_were_changed_is_opened_anew(home):
    readers = Readers(home)
    first = readers.take()
    readers.give_back(first)
    with closing(connect_writing(home)) as db:
        db.execute("CREATE TABLE later (a)")
    assert readers.take() is not first


def test_a_database_that_has_gone_is_told_and_its_reader_closed(home):
    readers = Readers(home)
    readers.give_back(readers.take())
    (home / FILE).unlink()
    with pytest.raises(HomeError):
        readers.take()


def test_a_reader_inside_a_snapshot_is_not_kept(home):
    readers = Readers(home)
    lent = readers.take()
    held = lent.reader.snapshot()
    held.__enter__()
    readers.give_back(lent)
    assert readers.take() is not lent
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        held.__exit__(None, None, None)


def test_no_more_are_kept_than_a_process_needs(home):
    readers = Readers(home)
    taken = [readers.take() for _ in range(MOST + 3)]
    for lent in taken:
        readers.give_back(lent)
    again = [readers.take() for _ in range(MOST + 3)]
    assert sum(any(lent is one for one in taken) for lent in again) == MOST


def test_no_reader_is_lent_to_two_threads(home):
    readers = Readers(home)
    lent = []

    def take_and_give(_):
        held = readers.take()
        assert held not in lent
        lent.append(held)
        held.reader.counts()
        lent.remove(held)
        readers.give_back(held)

    with ThreadPoolExecutor(8) as threads:
        assert len(list(threads.map(take_and_give, range(400)))) == 400


def test_a_kept_reader_sees_what_was_written_since(home):
    readers = Readers(home)
    first = readers.take()
    before = first.reader.log()
    readers.give_back(first)
    with closing(Writer.open(home)) as writer:
        writer.note_run("收录")
    again = readers.take()
    assert again is first
    assert (before, len(again.reader.log())) == ([], 1)


def test_pages_open_no_second_reader(holding, monkeypatch):
    client = holding(digest("千问发布"))
    client.get("/search?q=千问")
    monkeypatch.setattr(Reader, "open", lambda _: pytest.fail("a reader was opened"))
    assert client.get("/search?q=发布").status_code == 200
