"""Word lists: what stands for what."""

from __future__ import annotations

import pytest

from archive.errors import DataFileError
from archive.text import same_name
from indexer.lexicon import Lexicon, han_words, other_forms, read_synonyms, read_words


def test_words_are_read_folded_without_comments() -> None:
    assert read_words("# 名单\n結構 # 注\n\nＡＩ\n") == {"结构", "ai"}


def test_synonyms_are_groups_of_a_line() -> None:
    assert read_synonyms("# 注\n人工智能 = AI = artificial intelligence\n\n大模型 = LLM # 注\n") == (
        ("人工智能", "AI", "artificial intelligence"),
        ("大模型", "LLM"),
    )


@pytest.mark.parametrize("line", ["人工智能", "人工智能 =", "= AI"])
def test_a_group_of_one_is_a_mistake_that_is_named(line: str) -> None:
    with pytest.raises(DataFileError, match="只有一个词"):
        read_synonyms(line)


def test_every_form_leads_to_the_others_of_all_its_groups() -> None:
    found = other_forms([("千问", "Qwen", "通义千问"), ("千问", "QWen 2"), ("AI", "ＡＩ")])
    assert found[same_name("千问")] == ("Qwen", "通义千问", "QWen 2")
    assert found[same_name("Qwen")] == ("千问", "通义千问")
    assert found[same_name("AI")] == ()


def test_names_are_asked_by_default_and_concepts_on_wish() -> None:
    lexicon = Lexicon(aliases={same_name("千问"): ("qwen",)}, concepts={same_name("千问"): ("大模型", "qwen")})
    assert [lexicon.other_forms("千问", asked) for asked in ("none", "names", "all")] == [
        (),
        ("qwen",),
        ("qwen", "大模型"),
    ]


def test_names_of_ideographs_alone_go_into_the_dictionary() -> None:
    assert han_words([("通義千問", "Qwen", "飞鱼-1.0", "灯")]) == {"通义千问"}
