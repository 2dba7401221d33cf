"""The segments of a folder: what goes from them, and when small ones become one."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from asking import filled, ids
from factories import DAY, entry, issue

from indexer.engine import Generation, Request
from indexer.engines.whoosh import WhooshEngine, contents, postings
from indexer.query.tree import Quote
from indexer.segmenter import Segmenter


def day(number: int) -> datetime.date:
    return DAY + datetime.timedelta(number)


class Growing:
    """An engine that takes in an issue at a time."""

    def __init__(self, folder: Path, segmenter: Segmenter, first: int) -> None:
        self.engine = WhooshEngine(folder, segmenter)
        self.folder = folder
        titles = [entry(f"千问{number}") for number in range(first)]
        self.generation = self.engine.rebuild([issue(*titles, day=day(0))], Generation())

    def take(self, number: int) -> None:
        self.generation = self.engine.update([issue(f"飞鱼{number}", day=day(number))], self.generation)
        self.engine.open(self.generation)

    def sizes(self) -> list[int]:
        return sorted(int(held.entries.sum()) for held in self.engine._open.segments)


def test_many_small_segments_become_one_and_the_large_stays(
    tmp_path: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "LARGE", 15)
    held = Growing(tmp_path, segmenter, 16)
    seen = []
    for number in range(1, contents.MOST_SEGMENTS + 1):
        held.take(number)
        seen.append(held.sizes())
    assert seen[-2] == [1] * 11 + [16]
    assert seen[-1] == [12, 16]
    assert held.engine.search(Request(query=Quote("飞鱼"))).total == 12
    assert ids(held.engine.search(Request(query=Quote("飞鱼3"), limit=20))) == ["20260211-01"]


def test_a_segment_larger_than_all_smaller_ones_twice_is_not_copied_for_them(
    tmp_path: Path, segmenter: Segmenter
) -> None:
    held = Growing(tmp_path, segmenter, 40)
    for number in range(1, contents.MOST_SEGMENTS + 1):
        held.take(number)
    assert held.sizes() == [12, 40]


def test_where_all_are_large_none_is_merged(
    tmp_path: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "LARGE", 0)
    held = Growing(tmp_path, segmenter, 1)
    for number in range(1, contents.MOST_SEGMENTS + 2):
        held.take(number)
    assert held.sizes() == [1] * (contents.MOST_SEGMENTS + 2)


def test_what_was_replaced_is_not_carried_into_the_merged_segment(tmp_path: Path, segmenter: Segmenter) -> None:
    held = Growing(tmp_path, segmenter, 2)
    for _ in range(3):
        for number in range(1, contents.MOST_SEGMENTS + 1):
            held.take(number)
    assert held.engine.search(Request()).total == 2 + contents.MOST_SEGMENTS
    assert len(held.engine.digests()) == 2 + contents.MOST_SEGMENTS


def test_an_engine_without_entries_is_opened_and_finds_nothing(tmp_path: Path, segmenter: Segmenter) -> None:
    engine = WhooshEngine(tmp_path, segmenter)
    filled(engine)
    assert engine.search(Request(query=Quote("千问"))).total == 0
    engine.forget()
    assert engine.search(Request()).total == 0


def test_postings_beyond_the_memory_allowed_are_let_go(
    tmp_path: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(tmp_path, segmenter)
    filled(engine, issue("千问", "飞鱼"))
    for allowed, kept in ((1, 0), (1 << 20, 2)):
        monkeypatch.setattr(postings, "CACHE_BYTES", allowed)
        engine.forget()
        for character in "千飞":
            assert engine.search(Request(query=Quote(character))).total == 1
        held = engine._open.postings
        assert (len(held._cache) >= kept) is True
        assert held._held == sum(each.nbytes for each in held._cache.values()) <= max(allowed, 1)


@pytest.mark.parametrize(("sort", "expected"), [("newest", ["20260210-01"]), ("oldest", ["20260208-01"])])
def test_a_page_by_date_takes_the_nearest_of_many(
    tmp_path: Path, segmenter: Segmenter, sort: str, expected: list[str]
) -> None:
    engine = WhooshEngine(tmp_path, segmenter)
    filled(engine, *(issue("千问", "飞鱼", day=day(number)) for number in range(3)))
    found = engine.search(Request(query=Quote("千问"), sort=sort, limit=1))  # type: ignore[arg-type]
    assert ids(found) == expected
    assert found.total == 3
