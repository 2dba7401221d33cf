"""A Latin word of a typed tree, asked also inside other words."""

from __future__ import annotations

import pytest
from asking import TODAY

from indexer.planning import Planner
from indexer.query import parse, to_text
from indexer.widening import as_typed, latin_words, widened


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("GPT 千问 ＡＩ gpt", ["gpt", "ai"]),
        ("GPT新模型", ["gpt"]),
        ("标题:GPT|AI", ["gpt", "ai"]),
        ("千问 5.3 G GPT-5 C++ .NET", []),  # one letter, and more than letters
        ("“GPT” GPT* *GPT* 标签:GPT 系列:GPT -GPT the", []),
        ("GPT -(AI)", ["gpt"]),
    ],
)
def test_the_latin_words_of_a_query(planner: Planner, query: str, words: list[str]) -> None:
    assert list(latin_words(planner.plan(parse(query), TODAY).tree)) == words


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("GPT", "*GPT*"),
        ("ＧＰＴ", "*ＧＰＴ*"),
        ("GPT 千问", "*GPT* 千问"),
        ("GPT新模型 甲", "*GPT* 新 模型 甲"),
        ("千问|GPT", "千问|*GPT*"),
        ("标题:(GPT -AI)", "标题:(*GPT* -AI)"),
        ("GPT -GPT", "*GPT* -GPT"),
        ("GPT 标签:GPT “GPT”", '*GPT* 标签:GPT "GPT"'),
        ("千问 GPT-5", "千问 GPT-5"),
    ],
)
def test_only_the_word_itself_is_widened(query: str, text: str) -> None:
    def cut(folded_text: str) -> list[str]:
        return {"gpt新模型": ["gpt", "新", "模型"]}.get(folded_text, [folded_text])

    assert to_text(widened(parse(query).tree, "gpt", cut)) == text


def test_a_word_is_told_as_it_was_typed() -> None:
    assert as_typed("千问ＧＰＴ模型", "gpt") == "ＧＰＴ"
    assert as_typed("千问", "gpt") == "gpt"


def test_a_word_typed_a_thousand_times_is_asked_once() -> None:
    tree = widened(parse("GPT，" * 100).tree, "gpt", lambda _: ["gpt", "新"] * 100)
    assert to_text(tree) == "*GPT* 新"
