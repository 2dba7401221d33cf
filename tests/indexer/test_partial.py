"""What is offered where not everything asked stands in an entry, and what stands for a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import filled, ids, partial_ids, request
from factories import entry, issue

from indexer.engine import MOST_PARTIAL, SearchEngine
from indexer.engines import connect
from indexer.planning import Planner
from indexer.segmenter import Segmenter


def bare(title: str, **changes: object):
    return entry(title, source=None, **changes)


ISSUE = issue(
    bare("飞鱼上线智能手机", points=("电池耐用",)),
    bare("千问上线", points=("支持手机", "电池更换"), category="产品"),
    bare("灯塔落成", summary="采不准的数据"),
    bare("智能灯塔"),
)


@pytest.fixture
def whoosh(segmenter: Segmenter, tmp_path: Path) -> SearchEngine:
    """The engine that ranks."""
    return connect(f"whoosh:{tmp_path / 'index'}", segmenter)


def numbers(found: list[str]) -> list[str]:
    return [each.partition("-")[2] for each in found]


@pytest.mark.parametrize(
    ("query", "whole", "partial"),
    [
        ("千问 手机", ["02"], ["01"]),
        ("千问 飞鱼", [], ["01", "02"]),
        ("飞鱼 类别:产品", [], []),  # a field is never given up
        ("飞鱼 手机 类别:产品", [], ["02"]),
        ("千问 手机 -飞鱼", ["02"], []),
        ("(千问|飞鱼) 灯塔 上线", [], ["01", "02"]),  # the bracket stays
        ("“采不准” 手机", [], ["03"]),  # a quote that an entry holds stays
        ("“采得准” 手机", [], ["01", "02"]),
        ("“千问飞鱼” 灯塔", [], ["01", "02", "03", "04"]),  # of one that none holds the parts do
        ("智能体们", [], ["01", "04"]),  # of a word that nobody holds, its parts
        ("智能手机", ["01"], []),  # … but only then
        ("灯塔", ["03", "04"], []),
        ("Antropic", [], []),
        ("“采得准”", [], []),
        ("手机* 千问", ["02"], ["01"]),
        ("*GPT* 千问", [], ["02"]),
    ],
)
def test_what_is_given_up(
    engine: SearchEngine, planner: Planner, query: str, whole: list[str], partial: list[str]
) -> None:
    answer = filled(engine, ISSUE).search(request(planner, query))
    assert sorted(numbers(ids(answer))) == whole
    assert sorted(numbers(partial_ids(answer))) == partial
    assert (answer.total, answer.partial_total) == (len(whole), len(partial))


def test_key_points_match_partly_by_themselves(engine: SearchEngine, planner: Planner) -> None:
    answer = filled(engine, ISSUE).search(request(planner, "电池 耐用", scope="point"))
    assert (numbers(ids(answer)), numbers(partial_ids(answer))) == (["01.1"], ["02.2"])


def test_the_more_of_the_query_the_earlier(engine: SearchEngine, planner: Planner) -> None:
    engine = filled(engine, issue(bare("飞鱼"), bare("飞鱼 灯塔"), bare("飞鱼 灯塔 电池")))
    answer = engine.search(request(planner, "飞鱼 灯塔 电池 千问"))
    assert numbers(partial_ids(answer)) == ["03", "02", "01"]


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ({}, MOST_PARTIAL),
        ({"limit": 10}, 9),
        ({"limit": 1}, 0),
        ({"limit": 0}, 0),
        ({"offset": 1}, 0),
        ({"sort": "newest"}, 0),
        ({"sort": "oldest"}, 0),
    ],
)
def test_partial_matches_fill_the_first_page_by_relevance(
    engine: SearchEngine, planner: Planner, options: dict, count: int
) -> None:
    filled(engine, issue("千问 飞鱼", *["千问"] * 60))
    answer = engine.search(request(planner, "千问 飞鱼", **options))
    assert answer.partial_total == count
    assert answer.facets["month"][0].count == answer.total == 1


@pytest.mark.parametrize(
    ("query", "aliases", "found"),
    [
        ("人大", "names", ["01", "02"]),
        ("rt2", "names", ["01", "02"]),
        ("人大", "none", ["01"]),
        ("“人大”", "names", ["01"]),  # quotes take none
        ("标题:人大", "names", ["01", "02"]),
        ("-人大", "names", ["03", "04"]),
        ("(人大|千问) 上线", "names", ["02"]),
        ("人工智能", "names", ["03"]),
        ("人工智能", "all", ["03", "04"]),
        ("人工智能 RT-2", "all", []),
    ],
)
def test_names_stand_for_each_other_and_concepts_on_wish(
    engine: SearchEngine, planner: Planner, query: str, aliases: str, found: list[str]
) -> None:
    filled(engine, issue(bare("人大立法"), bare("RT-2上线"), bare("人工智能"), bare("AI")))
    assert sorted(numbers(ids(engine.search(request(planner, query, aliases=aliases))))) == found


def test_the_word_itself_comes_before_its_alias(whoosh: SearchEngine, planner: Planner) -> None:
    filled(whoosh, issue(bare("RT-2"), bare("人大")))
    assert numbers(ids(whoosh.search(request(planner, "人大")))) == ["02", "01"]


def test_a_word_that_stands_only_inside_others_is_told(whoosh: SearchEngine, planner: Planner) -> None:
    engine = filled(whoosh, issue(bare("工人大规模减少"), bare("人大立法")))
    answer = engine.search(request(planner, "人大"))
    assert [(hit.id[-2:], hit.inside) for hit in answer.hits] == [("02", ()), ("01", ("人大",))]


def test_nearer_words_come_first(whoosh: SearchEngine, planner: Planner) -> None:
    apart, near = f"飞鱼{'，另一件事' * 20}灯塔", f"飞鱼灯塔{'，另一件事' * 20}"
    engine = filled(whoosh, issue(bare("甲", summary=apart), bare("乙", summary=near)))
    assert numbers(ids(engine.search(request(planner, "灯塔 飞鱼")))) == ["02", "01"]
