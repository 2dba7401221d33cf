"""The canonical text of a tree is read as that tree again."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.query import parse, to_text
from indexer.query.tree import (
    Address,
    And,
    DateField,
    DateRange,
    Everything,
    Field,
    Inside,
    Not,
    Or,
    Prefix,
    Quote,
    Term,
    Word,
)

A, B, C = Term("甲"), Term("乙"), Term("丙")


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Everything(), ""),
        (A, "甲"),
        (Prefix("GPT"), "GPT*"),
        (Inside("GPT"), "*GPT*"),
        (Not(Inside("GPT")), "-*GPT*"),
        (Or((A, Inside("GPT"))), "甲|*GPT*"),
        (Field("title", Inside("GPT")), "标题:*GPT*"),
        (Address("https://a.cn/b"), "https://a.cn/b"),
        (And((A, B, C)), "甲 乙 丙"),
        (Or((A, B, C)), "甲|乙|丙"),
        (And((A, Or((B, C)))), "甲 乙|丙"),
        (Or((A, And((B, C)))), "甲|(乙 丙)"),
        (Not(A), "-甲"),
        (Not(Or((A, B))), "-(甲|乙)"),
        (Or((A, Not(B))), "甲|-乙"),
        (Not(Term(".NET")), "NOT .NET"),
        (Not(Quote(".NET")), '-".NET"'),
        (Field("title", A), "标题:甲"),
        (Field("summary", Quote("甲 乙")), '说明:"甲 乙"'),
        (Field("point", And((A, Not(B)))), "要点:(甲 -乙)"),
        (Field("point", Not(A)), "要点:(-甲)"),
        (Field("source", Or((A, B))), "来源:(甲|乙)"),
        (Field("category", Prefix("模型")), "类别:模型*"),
        (Not(Field("title", A)), "-标题:甲"),
        (DateField("date", "近30天"), "日期:近30天"),
        (DateField("event", ">=2026"), "事件:>=2026"),
        (Field("issue", Term("20260208b")), "期:20260208b"),
        (And((A, Term("OR"), B)), "甲 (OR) 乙"),
        (Not(Term("NOT")), "-(NOT)"),
    ],
)
def test_a_tree_has_one_canonical_text(tree, text):
    assert to_text(tree) == text
    assert parse(text).tree == tree


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("甲", '"甲"'),
        ('甲"乙"', '“甲"乙"”'),
        ('"甲”', '「"甲”」'),
        ('"”」', '『"”」』'),
        ('"甲”」』＂', '《"甲”」』＂》'),
    ],
)
def test_a_quote_is_written_in_marks_that_it_does_not_hold(content, text):
    assert to_text(Quote(content)) == text


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("（千问｜飞鱼） －免单", "千问|飞鱼 -免单"),
        ("阿里“千问”App", '阿里 "千问" App'),
        ("Title：OpenAI AND NOT GPT", "标题:OpenAI -GPT"),
        ("出处:人民网 栏目:模型", "来源:人民网 类别:模型"),
        ("((甲) OR (乙))", "甲|乙"),
        ("-（-甲）", "甲"),
        ("期：跳过", "期：跳过"),
    ],
)
def test_what_was_typed_loosely_is_written_tightly(text, canonical):
    assert to_text(parse(text).tree) == canonical


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Term("https://a.cn"), "(https://a.cn)"),
        (Prefix("https://a.cn"), "(https://a.cn*)"),
        (Or((Term("https://a.cn"), A)), "(https://a.cn)|甲"),
        (And((Term("https://a.cn"), A)), "https://a.cn 甲"),
    ],
)
def test_a_term_that_is_an_address_is_not_taken_for_the_whole_query(tree, text):
    assert to_text(tree) == text
    assert parse(text).tree == tree


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (And((Word("千问"), Not(Word("gpt-5")))), "千问 -gpt-5"),
        (DateRange("date", datetime.date(2026, 2, 1), datetime.date(2026, 2, 8)), "日期:2026-02-01..2026-02-08"),
        (DateRange("event", None, datetime.date(2026, 2, 8)), "事件:..2026-02-08"),
        (DateRange("date", datetime.date(2026, 2, 1), None), "日期:2026-02-01.."),
        (Not(Not(A)), "-(-甲)"),
        (Or((Or((A, B)), C)), "(甲|乙)|丙"),
    ],
)
def test_a_planned_tree_can_be_written_too(tree, text):
    assert to_text(tree) == text


_PIECES = [
    *"\"“”「」『』＂《》()（）|｜-－*+.:：,，'’· \u3000\n\u200b🙂é①½",
    *("OR", "AND", "NOT", " OR ", " AND ", " NOT ", "(OR)", "or", "——", "--", " - ", "||", "**", "()", "-(", "e\u0301"),
    *(
        "标题",
        "标题:",
        "说明：",
        "来源:",
        "要点:(",
        "标签：",
        "title:",
        "Source：",
        "期:",
        "issue：",
        "日期:",
        "日期：",
        "事件:",
    ),
    *("2026-02", "2026年2月8日", "20260208b", "2026-03..2026-01", "近30天", ">=2026", "2月8日", "2026-02-30", "12:30"),
    *(
        "智能",
        "千问",
        "飞",
        "AI",
        "gpt-5",
        "2.5",
        "30亿",
        "25%",
        "C++",
        ".NET",
        "GPT*",
        "*GPT*",
        "-*AI*",
        "第 193 期：跳过",
        "\ud800",
        "\0",
    ),
    *("https://a.cn/b", "https:", "甲" * 170, " 乙" * 20),
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join) | st.text(max_size=60))
@example("“甲”-乙")
@example("(标题: )(乙)")
@example("标题:(甲 来源:乙")
@example("(" * 16 + "OR OR OR OR" + ")" * 16)
@example("-(NOT -(NOT .NET))")
@example("(https://a.cn)|-(乙|-(丙|丁))")
@example("甲" * 505 + " OR 日期:2026-02-08xyz")
@example("甲" * 509 + ' OR (标题:"乙丙丁" 戊)')
def test_what_can_be_read_is_written_so_that_it_is_read_again(text):
    query = parse(text)
    canonical = to_text(query.tree)
    again = parse(canonical)
    assert again.tree == query.tree
    assert to_text(again.tree) == canonical
    assert again.text == canonical
