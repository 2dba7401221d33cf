"""The outbox into the index, with one commit point."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from asking import ids
from factories import digest

from archive.ingest import Options, find_files, ingest
from archive.model import Issue, Tag
from archive.store import Reader, Writer
from archive.tagger import Tagger
from indexer.engine import Generation, Request, SearchEngine
from indexer.engines import connect
from indexer.replaying import drain, in_force, rebuild_beside
from indexer.segmenter import Segmenter


class Home:
    """A home with its writer and its engine."""

    def __init__(self, folder: Path, segmenter: Segmenter) -> None:
        self.folder = folder
        self.writer = Writer.open(folder)
        self.engine: SearchEngine = connect(f"whoosh:{folder / 'index'}", segmenter)

    def keep(self, text: str, name: str = "issue.md") -> None:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        assert [each.status for each in ingest(find_files([path]), self.writer, Tagger(), Options(force=True))]

    def found(self) -> list[str]:
        self.engine.open(in_force(self.writer.reader))
        return ids(self.engine.search(Request(sort="oldest")))


@pytest.fixture
def home(tmp_path: Path, segmenter: Segmenter) -> Home:
    return Home(tmp_path, segmenter)


def test_what_waits_is_indexed_and_the_outbox_emptied(home: Home) -> None:
    home.keep(digest("千问"))
    assert drain(home.writer, home.engine, "d").number == 1
    assert (home.found(), home.writer.reader.waiting()) == (["20260208-01"], [])


def test_with_nothing_waiting_the_generation_stays(home: Home) -> None:
    home.keep(digest("千问"))
    first = drain(home.writer, home.engine, "d")
    assert drain(home.writer, home.engine, "d") == first


def test_an_empty_archive_has_the_empty_generation(home: Home) -> None:
    assert drain(home.writer, home.engine, "d") == Generation()


def test_a_correction_replaces_the_issue(home: Home) -> None:
    home.keep(digest("千问", "飞鱼"))
    drain(home.writer, home.engine, "d")
    home.keep(digest("千问"))
    drain(home.writer, home.engine, "d")
    assert home.found() == ["20260208-01"]


def test_a_build_that_was_never_put_in_force_is_made_again(home: Home) -> None:
    home.keep(digest("千问"))
    drain(home.writer, home.engine, "d")
    home.keep(digest("飞鱼", day="2026-02-09"), "next.md")
    home.engine.update([home.writer.reader.issue("20260209")], in_force(home.writer.reader))  # died here
    assert home.found() == ["20260208-01"]
    drain(home.writer, home.engine, "d")
    assert home.found() == ["20260208-01", "20260209-01"]


def test_another_dictionary_has_everything_indexed_anew(home: Home) -> None:
    home.keep(digest("千问"))
    drain(home.writer, home.engine, "d")
    assert drain(home.writer, home.engine, "another").number == 2
    assert home.writer.reader.index_state().dictionary == "another"
    assert home.found() == ["20260208-01"]


def test_a_lost_index_is_rebuilt_from_the_database(home: Home) -> None:
    home.keep(digest("千问"))
    drain(home.writer, home.engine, "d")
    shutil.rmtree(home.folder / "index")
    home.keep(digest("飞鱼", day="2026-02-09"), "next.md")
    drain(home.writer, home.engine, "d")
    assert home.found() == ["20260208-01", "20260209-01"]


@contextmanager
def the_writer(home: Home) -> Iterator[Writer]:
    yield home.writer


def test_a_rebuild_beside_holds_everything(home: Home) -> None:
    home.keep(digest("千问"))
    home.keep(digest("飞鱼", day="2026-02-09"), "next.md")
    seen = []

    def watch(issues: Iterator[Issue], total: int) -> Iterator[Issue]:
        for issue in issues:
            seen.append((issue.id, total))
            yield issue

    rebuild_beside(Reader.open(home.folder), home.engine, "d", lambda: the_writer(home), watch)
    assert seen == [("20260208", 2), ("20260209", 2)]
    assert home.found() == ["20260208-01", "20260209-01"]
    assert home.writer.reader.waiting() == []


def test_an_issue_that_comes_in_during_a_rebuild_is_found_before_and_after_the_switch(
    home: Home, segmenter: Segmenter
) -> None:
    home.keep(digest("千问"))
    drain(home.writer, home.engine, "d")
    beside: SearchEngine = connect(f"whoosh:{home.folder / 'index'}", segmenter)

    def meanwhile(issues: Iterator[Issue], _: int) -> Iterator[Issue]:
        yield from issues
        home.keep(digest("飞鱼", day="2026-02-09"), "next.md")
        drain(home.writer, home.engine, "d")
        home.keep(digest("千问", "千问二代"), "issue.md")
        drain(home.writer, home.engine, "d")
        assert home.found() == ["20260208-01", "20260208-02", "20260209-01"]

    rebuild_beside(Reader.open(home.folder), beside, "d", lambda: the_writer(home), meanwhile)
    assert home.found() == ["20260208-01", "20260208-02", "20260209-01"]


def test_an_issue_removed_during_a_rebuild_stays_removed(home: Home, segmenter: Segmenter) -> None:
    home.keep(digest("千问"))
    home.keep(digest("飞鱼", day="2026-02-09"), "next.md")
    drain(home.writer, home.engine, "d")

    def meanwhile(issues: Iterator[Issue], _: int) -> Iterator[Issue]:
        yield from issues
        home.writer.remove("20260208")
        drain(home.writer, home.engine, "d")

    rebuild_beside(Reader.open(home.folder), home.engine, "d", lambda: the_writer(home), meanwhile)
    assert home.found() == ["20260209-01"]


def test_a_damaged_index_is_rebuilt_by_a_writer_who_has_nothing_new(home: Home) -> None:
    home.keep(digest("千问"))
    made = drain(home.writer, home.engine, "d")
    next((home.folder / "index" / str(made.number)).glob("*.toc")).write_bytes(b"")
    assert drain(home.writer, home.engine, "d").number == 2
    assert home.found() == ["20260208-01"]


def test_new_tags_wait_for_the_index_and_the_same_tags_do_not(home: Home) -> None:
    home.keep(digest("千问"))
    drain(home.writer, home.engine, "d")
    held = home.writer.reader.issue("20260208")
    home.writer.retag(held)
    assert home.writer.reader.waiting() == []
    tag = Tag("千问", "产品", "名录", "标题", "千问", 0)
    home.writer.retag(replace(held, entries=(replace(held.entries[0], tags=(tag,)),)))
    assert [issue for _, issue in home.writer.reader.waiting()] == ["20260208"]
