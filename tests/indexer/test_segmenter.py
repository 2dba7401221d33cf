"""How folded texts are cut into words (SEARCH 7)."""

from __future__ import annotations

import re
import stat
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import fold
from archive.text.atoms import IDEOGRAPHS
from indexer.lexicon import Lexicon, read_words
from indexer.segmenter import FastJieba, Jieba, Segmenter, _piece, _pieces

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("AI+电商", ["ai+", "电商"]),
        ("30亿免单", ["30亿", "免单"]),
        ("具身智能体", ["具身", "智能体"]),  # 智能/体: a single character goes to the piece before it
        ("采不准", ["采不准"]),  # … or to the one after
        ("旗下的灯", ["旗下", "的", "灯"]),  # but never to a stop word
        ("灯", ["灯"]),
        ("千问来了", ["千问来", "了"]),
        ("C++编程", ["c++", "编程"]),
        ("C#/.NET", ["c#", ".net"]),
        ("用.NET写", ["用", ".net", "写"]),
        ("1+1", ["1", "1"]),
        ("GPT-5.3-Codex发布", ["gpt-5.3-codex", "发布"]),
        ("GPT-5.3时代", ["gpt-5.3", "时代"]),  # 5.3 is no number of hours
        ("people.com.cn", ["people.com.cn"]),
        ("A/B测试", ["a/b", "测试"]),
        ("600亿元国家", ["600亿元", "国家"]),
        ("3年时间", ["3年", "时间"]),
        ("2026年2月8日", ["2026年", "2月", "8日"]),
        ("9小时", ["9小时"]),
        ("提升25%", ["提升", "25%"]),
        ("20℃", ["20°c"]),
        ("2.5亿", ["2.5亿"]),
        ("视觉-语言-动作", ["视觉", "语言", "动作"]),
        ("カタカナ", ["カタカナ"]),
        ("，。！", []),
    ],
)
def test_a_query_is_cut_into_words(segmenter: Segmenter, text: str, words: list[str]) -> None:
    assert segmenter.cut(fold(text)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("海洋预报", ["海洋", "预报", "海洋预报"]),
        ("GPT-5.3", ["gpt-5.3", "gpt", "5", "3"]),
        ("千问", ["千问"]),
        ("中国科学院", ["中国", "科学", "学院", "科学院", "中国科学院"]),
        ("225亿", ["225亿"]),
    ],
)
def test_a_text_is_ranked_under_its_words_and_their_parts(segmenter: Segmenter, text: str, words: list[str]) -> None:
    assert segmenter.index_words(fold(text)) == words


def test_a_word_within_a_long_user_word_ranks_too(tmp_path: Path) -> None:
    cut = Segmenter(Lexicon(words=frozenset({"人工智能生成合成内容标识办法"})), tmp_path)
    assert {"人工智能", "内容", "人工智能生成合成内容标识办法"} <= set(
        cut.index_words("《人工智能生成合成内容标识办法》")
    )


def test_user_words_are_in_force(tmp_path: Path) -> None:
    assert Segmenter(Lexicon(), tmp_path).cut("具身智能") == ["具身", "智能"]
    assert Segmenter(Lexicon(words=frozenset({"具身智能"})), tmp_path).cut("具身智能") == ["具身智能"]


@pytest.mark.parametrize(("word", "known"), [("海洋", True), ("千问", True), ("鸾鹬", False), ("海洋预", False)])
def test_a_word_of_the_dictionary_or_the_user_is_known(segmenter: Segmenter, word: str, known: bool) -> None:
    assert segmenter.knows(word) is known


def test_a_cut_by_the_dictionary_guesses_no_word(segmenter: Segmenter) -> None:
    assert segmenter.dictionary_cut("千问鸾鹬海洋") == ["千问", "鸾", "鹬", "海洋"]


def test_the_cache_folder_is_private(tmp_path: Path) -> None:
    segmenter = Segmenter(Lexicon(), tmp_path / "cache")
    Jieba([], tmp_path / "cache")
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700
    assert (tmp_path / "cache" / "jieba.cache").exists()
    assert segmenter.cut("千问") == ["千问"]


def test_the_fast_dictionary_cuts_as_the_reference_does(tmp_path: Path) -> None:
    words = ["千问", "人工智能", "大模型", "具身智能"]
    reference, fast = Jieba(words, tmp_path), FastJieba(words)
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "data" / "issues").rglob("*.md"))
    runs = {run for text in texts for run in re.findall(f"[{IDEOGRAPHS}]+", fold(text))}
    assert len(runs) > 1000
    for run in runs:
        assert fast.cut(run) == reference.cut(run)
        assert fast.cut(run, guessing=False) == reference.cut(run, guessing=False)
        assert [fast.has(pair) for pair in map("".join, pairwise(run))] == [
            reference.has(pair) for pair in map("".join, pairwise(run))
        ]


@given(st.text(alphabet="千问々〇\uf900\U00020000ぁ한1a².-/ \u200b", max_size=8))
def test_a_text_of_ideographs_alone_is_the_piece_that_the_whole_pattern_finds(text: str) -> None:
    found = [(piece.span(), piece["han"]) for piece in _pieces(text)]
    assert found == [(piece.span(), piece["han"]) for piece in _piece().finditer(text)]


def test_without_the_fast_dictionary_the_reference_cuts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    segmenter = Segmenter(Lexicon(words=frozenset({"千问"})), tmp_path)
    assert isinstance(segmenter.dictionary, Jieba)
    assert segmenter.cut("千问发布具身智能体") == ["千问", "发布", "具身", "智能体"]


def test_a_word_list_is_one_word_a_line_folded_with_comments() -> None:
    assert read_words("# 用户词\n千問 # 旧称\n\nＡＩ\n") == {"千问", "ai"}


def test_the_fingerprint_changes_with_the_words_and_not_with_the_names() -> None:
    plain = Lexicon()
    assert Lexicon(words=frozenset({"千问"})).fingerprint != plain.fingerprint
    assert Lexicon(stop_words=frozenset({"的"})).fingerprint != plain.fingerprint
    assert Lexicon(names={"qwen": "千问"}).fingerprint == plain.fingerprint
