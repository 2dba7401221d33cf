"""How a text is shown taken apart."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.cutting import cut, standing
from indexer.planning import Planner
from indexer.query.tree import Quote

DAY = datetime.date(2026, 2, 8)


def test_a_text_is_shown_folded_in_atoms_and_in_words(planner: Planner) -> None:
    shown = cut("千問的ＧＰＴ-5.3", planner, DAY)
    assert shown.folded == "千问的gpt-5.3"
    assert shown.atoms == ("千", "问", "的", "gpt", "5", "3")
    assert shown.words == (("千问", False), ("的", True), ("gpt-5.3", False))
    assert shown.index_words == ("千问", "的", "gpt-5.3", "gpt", "5", "3")


def test_a_query_is_shown_as_read_and_as_asked(planner: Planner) -> None:
    shown = cut("千问来了 NOT 日期:今天", planner, DAY)
    assert (shown.read, shown.asked) == ("千问来了 -日期:今天", "千问来 -日期:2026-02-08..2026-02-08")


def test_what_was_read_otherwise_than_typed_is_told(planner: Planner) -> None:
    assert len(cut("“千问", planner, DAY).notices) == 1
    assert "超过 64 个" in cut("，".join(chr(code) for code in range(0x4E00, 0x4E50)), planner, DAY).notices[0]


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("GPT5.3", "新的ＧＰＴ－５．３来了", ["ＧＰＴ－５．３"]),
        ("“处理”", "处理待处理的", ["处理", "处理"]),
        ("用上", "用不上", []),
        ("，", "甲，乙", []),
        ("", "甲", []),
    ],
)
def test_a_quote_is_shown_where_it_stands(quote: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in standing(quote, text).spans] == found


def test_what_is_there_only_as_part_of_an_atom_is_told_apart() -> None:
    assert [standing("AI", text).literally for text in ("OpenAI", "甲", "AI")] == [True, False, True]
    assert standing("AI", "OpenAI").spans == ()
    assert standing("AI", "OpenAI").atoms == ("openai",)


@given(st.text("千问，aI1.-“ \u0301½", max_size=6), st.text("千问，aI1.-“ \u0301½", max_size=12))
def test_a_quote_stands_where_the_looking_engine_says_so(quote: str, text: str) -> None:
    from archive.text import fold
    from indexer.matching import within

    shown = standing(quote, text)
    assert all(start < end <= len(text) for start, end in shown.spans)
    assert bool(shown.spans) == within(Quote(quote), fold(text)) or "“" in quote
