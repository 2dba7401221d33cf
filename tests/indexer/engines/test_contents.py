"""The segments of a folder: what goes from them, and when small ones become one."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from asking import filled, ids
from factories import DAY, entry, issue

from archive.model import Source
from indexer.engine import Generation, Request
from indexer.engines.whoosh import WhooshEngine, arrays, contents, executor, postings, ranking
from indexer.query.tree import Address, Quote, Word, all_of
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
    for number, (allowed, kept) in enumerate(((1, 0), (1 << 20, 2))):
        monkeypatch.setattr(postings, "CACHE_BYTES", allowed)
        engine = WhooshEngine(tmp_path / str(number), segmenter)
        filled(engine, issue("千问", "飞鱼"))
        for character in "千飞":
            assert engine.search(Request(query=Quote(character))).total == 1
        held = engine._open.postings
        assert (len(held._cache) >= kept) is True
        assert held._held == sum(postings.ENTRY_BYTES + each.nbytes for each in held._cache.values()) <= max(allowed, 1)


def test_engines_that_share_a_server_keep_as_much_together_as_one_alone(
    tmp_path: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(tmp_path, segmenter, sharing=2)
    monkeypatch.setattr(postings, "CACHE_BYTES", 3 * postings.ENTRY_BYTES)
    filled(engine, issue("千问", "飞鱼"))
    for character in "千飞":
        assert engine.search(Request(query=Quote(character))).total == 1
    assert 0 < engine._open.postings._held <= 1.5 * postings.ENTRY_BYTES


def test_an_engine_that_rested_answers_as_before(tmp_path: Path, segmenter: Segmenter) -> None:
    engine = WhooshEngine(tmp_path, segmenter)
    filled(engine, issue("千问", "飞鱼"))
    before = engine.search(Request(query=Quote("千问")))
    engine.rest()
    engine.forget()
    assert before.total == 1
    assert engine.search(Request(query=Quote("千问"))) == before


@pytest.mark.parametrize(("sort", "expected"), [("newest", ["20260210-01"]), ("oldest", ["20260208-01"])])
def test_a_page_by_date_takes_the_nearest_of_many(
    tmp_path: Path, segmenter: Segmenter, sort: str, expected: list[str]
) -> None:
    engine = WhooshEngine(tmp_path, segmenter)
    filled(engine, *(issue("千问", "飞鱼", day=day(number)) for number in range(3)))
    found = engine.search(Request(query=Quote("千问"), sort=sort, limit=1))  # type: ignore[arg-type]
    assert ids(found) == expected
    assert found.total == 3


def test_of_two_who_make_the_same_at_once_the_first_is_kept(tmp_path: Path, segmenter: Segmenter) -> None:
    engine = WhooshEngine(tmp_path, segmenter)
    filled(engine, issue("千问"))
    held = engine._open.postings
    first, second = np.arange(3), np.arange(3)

    def made() -> np.ndarray:
        held.kept(("key",), lambda: first)
        return second

    assert held.kept(("key",), made) is second
    assert held.kept(("key",), made) is first
    assert held._held == sum(postings.ENTRY_BYTES + each.nbytes for each in held._cache.values())


def test_an_address_is_no_end_of_another(tmp_path: Path, segmenter: Segmenter) -> None:
    engine = WhooshEngine(tmp_path, segmenter)
    sources = [Source("甲", "https://b.cn/a.cn/x"), Source("乙", "https://a.cn/x")]
    filled(engine, issue(*(entry(f"千问{number}", sources=(each,)) for number, each in enumerate(sources))))
    assert ids(engine.search(Request(query=Address("a.cn/x")))) == ["20260208-02"]


def test_entries_without_a_letter_leave_no_postings_and_are_listed(tmp_path: Path, segmenter: Segmenter) -> None:
    engine = WhooshEngine(tmp_path, segmenter)
    filled(engine, issue(entry("！", sources=()), entry("？？", sources=())))
    assert ids(engine.search(Request())) == ["20260208-01", "20260208-02"]
    assert engine.search(Request(query=Quote("千"))).total == 0


def test_by_words_alone_neither_bigrams_nor_nearness_count(tmp_path: Path, segmenter: Segmenter) -> None:
    engine = WhooshEngine(tmp_path, segmenter)
    others = "多方观望今后的进展" * 20
    filled(engine, issue(f"千问开源，{others}", f"千问，{others}开源"))
    asked = Request(query=all_of([Word("千问"), Word("开源")]), sort="relevance")
    full, words = (engine.search(replace(asked, rank=rank)) for rank in ("full", "words"))
    assert full.hits[0].score > full.hits[1].score
    assert words.hits[0].score == words.hits[1].score


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("replaced", [False, True])
def test_the_scores_of_some_documents_are_those_among_all(
    tmp_path: Path, segmenter: Segmenter, times: int, replaced: bool
) -> None:
    engine = WhooshEngine(tmp_path, segmenter)
    first = engine.rebuild([issue("千问 千问", "飞鱼", "千问长长的标题", "青鸾")], Generation())
    engine.open(engine.update([issue("飞鱼 千问", day=DAY + datetime.timedelta(not replaced))], first))
    every = np.arange(len(engine._open.entries))
    for field, term in (("words", "千问"), ("bigrams", "飞鱼"), ("atoms", "鸾"), ("words", "没有")):
        held = engine._open.postings.read(field, term, "entry")
        scores = dict(zip(held.documents.tolist(), held.scores.tolist(), strict=True))
        assert held.count == len(scores)
        for some in (every[first : last + 1] for first in every for last in every[first:]):
            engine.forget()
            fresh = engine._open.postings.read(field, term, "entry")
            for _ in range(times):
                shared, found = fresh.among(some)
            assert dict(zip(some[shared].tolist(), found.tolist(), strict=True)) == {
                number: scores[number] for number in some.tolist() if number in scores
            }


def test_few_documents_and_many_are_found_and_weighed_alike(
    tmp_path: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(tmp_path, segmenter)
    filled(engine, issue(*["千问大模型 飞鱼", "大模型 千问", "飞鱼 大", "模型 千问 飞鱼大模型"] * 5))
    request = Request(query=all_of([Word("大模型"), Word("千问")]), literal=Quote("千问大模型"))
    few = engine.search(request)
    engine.forget()
    monkeypatch.setattr(ranking, "FEW", 0)
    monkeypatch.setattr(executor, "FEW", 0)
    many = engine.search(request)
    assert few.total == many.total == 15
    assert [hit.id for hit in few.hits] == [hit.id for hit in many.hits]
    assert [hit.score for hit in few.hits] == pytest.approx([hit.score for hit in many.hits])


def test_an_empty_file_has_nothing_to_let_go(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    held = arrays.mapped(tmp_path / "empty")
    arrays.let_go(held)
    assert held.tobytes() == b""
