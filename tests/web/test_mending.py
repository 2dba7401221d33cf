"""A running server has its index mended by a writer of its own."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError

import pytest
from click.testing import CliRunner
from factories import digest
from serving import read, served

from archive import lock
from archive.ingest import Options, find_files, ingest
from archive.store import Reader, Writer
from archive.store.connection import FILE
from archive.tagger import Tagger
from indexer.errors import IndexUnusable
from web.commands import wangqi
from web.mending import Mender
from web.services import Services


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one issue."""
    path = tmp_path / "issue.md"
    path.write_text(digest("千问"), encoding="utf-8")
    assert CliRunner().invoke(wangqi, ["--home", str(tmp_path / "home"), "ingest", str(path)]).exit_code == 0
    return tmp_path / "home"


def comes_true(base: str, query: str) -> bool:
    """Whether the server finds one entry within half a minute; it may answer 503 meanwhile, and nothing worse."""
    for _ in range(150):
        try:
            if json.loads(read(f"{base}api/v1/search?q={query}"))["total"] == 1:
                return True
        except HTTPError as error:
            if error.code != 503:
                raise
        time.sleep(0.2)
    return False


def test_a_server_without_its_index_has_it_rebuilt(home: Path) -> None:
    shutil.rmtree(home / "index")
    with served([sys.executable, "-m", "web", "--home", str(home), "serve", "--port", "0"]) as base:
        assert comes_true(base, "%E5%8D%83%E9%97%AE")


def test_what_a_writer_that_died_left_waiting_is_indexed(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "next.md"
    path.write_text(digest("new", day="2026-02-09"), encoding="utf-8")
    with served([sys.executable, "-m", "web", "--home", str(home), "serve", "--port", "0"]) as base:
        writer = Writer.open(home)
        assert [each.status for each in ingest(find_files([path]), writer, Tagger(), Options())] == ["added"]
        writer.close()
        assert comes_true(base, "new")
    with closing(sqlite3.connect(home / FILE)) as db:
        assert db.execute("SELECT count(*) FROM outbox").fetchone() == (0,)


def test_no_second_writer_is_started_while_one_is_at_work(home: Path) -> None:
    mender = Mender(home)
    with lock.writing(home, "ingest"):
        assert not mender.ask()
    assert mender.ask()
    assert not mender.ask()
    assert mender._running
    assert mender._running.wait(60) == 0


def test_a_server_says_that_it_has_its_index_rebuilt_and_how_far_that_is(home: Path) -> None:
    services = Services(home)
    services.mender = Mender(home)
    shutil.rmtree(home / "index")
    reader = Reader.open(home)
    with lock.writing(home, "check"):
        lock.tell(home, "编制索引 120/495")
        with pytest.raises(IndexUnusable) as unusable:
            services.engine_for(reader)
    reader.close()
    assert unusable.value.hint.startswith("正在自动重建")
    assert "wangqi check" in unusable.value.hint
    assert "编制索引 120/495" in unusable.value.hint


def test_a_home_that_was_never_written_has_no_writer(tmp_path: Path) -> None:
    assert not lock.holder(tmp_path)
