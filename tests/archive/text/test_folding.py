"""SEARCH 2 and 3: how texts are folded, and that each folded character knows where it came from."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.text import fold, folded
from archive.text.atoms import EDGE

PIECES = [
    *"a5灯か한结結é½①™㎏ﬁΐßİ ,.\u0301\u3099\ufe0f\u20e3\u200b\u200d\ufeff\u00adﾊﾟ１，〜—“”·0",
    *("1,000", "GPT-5.3", "❤️", "👨\u200d👩", "ㅎㅏ", "\u1100\u1161", "= \u0338a"),
]
texts = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))


def bare(text: str) -> str:
    """Without what depends on the characters outside a piece."""
    return text.replace(EDGE, "").replace(",", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＧＰＴ５．３", "gpt5.3"),  # NFKC
        ("ﾊﾟﾝﾀﾞ", "パンダ"),
        ("OpenAI", "openai"),  # case
        ("STRAßE", "strasse"),
        ("結構", "结构"),  # Traditional to Simplified
        ("機器學習", "机器学习"),
        ("⼈⼯", "人工"),
        ("cafe\u0301", "café"),  # NFC
        ("か\u3099", "が"),
        ("e\u200b\u0301", "é"),
        *((mark, '"') for mark in '"“”„‟«»‹›〝〞〟❝❞❮❯⹂「」『』＂｢｣﹁﹂﹃﹄'),
        *((mark, "'") for mark in "'‘’‚‛❛❜＇"),
        *((dot, "·") for dot in "·•・‧･"),
        *((dash, "-") for dash in "-‐‑‒–—―−－﹣⸺"),
        *((tilde, "~") for tilde in "~〜～"),
        ("a\u200b\u200c\u200d\ufeff\u00adb", "ab"),  # format characters
        ("a \t\r\n\u3000\u00a0b", "a b"),  # white space
        ("1,000", "1000"),  # thousands commas
        ("１，０００", "1000"),
        ("1,234,567元", "1234567元"),
        ("12,345,678", "12345678"),
        ("1,0000", "1,0000"),
        ("1,00", "1,00"),
        ("a,000", "a,000"),
        ("2025，300家", "2025,300家"),
        ("1.5,2.5", "1.5,2.5"),
    ],
)
def test_each_rule_of_folding(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("5½", ["5", "1⁄2"]),
        ("①②", ["1", "2"]),
        ("第①2期", ["第1", "2期"]),
        ("AI™", ["ai", "tm"]),
        ("™", ["tm"]),
        ("x\u0301½", ["x\u0301", "1⁄2"]),
        ("ﬁle", ["fi", "le"]),
        ("5㎏", ["5", "kg"]),
        ("㎏", ["kg"]),
        ("的™", ["的tm"]),
        ("①灯", ["1灯"]),
        ("x\u0301", ["x\u0301"]),
        ("灯\u0301a", ["灯\u0301", "a"]),
        ("5\u0301", ["5\u0301"]),
    ],
)
def test_an_edge_stays_where_it_parts_atoms(text: str, apart: list[str]) -> None:
    assert fold(text) == EDGE.join(apart)


@pytest.mark.parametrize("text", ["1️⃣", "❤️", "👍🏽", "⚡️"])
def test_emoji_keep_their_selectors(text: str) -> None:
    assert fold(text) == text


def test_half_a_character_becomes_a_replacement_character() -> None:
    assert fold("a\udcffb") == folded("a\udcffb").text == "a\ufffdb"


@pytest.mark.parametrize(
    ("text", "piece", "original"),
    [
        ("见①②项", "2", "②"),
        ("重５㎏。", "kg", "㎏"),
        ("重５㎏。", "k", "㎏"),
        ("約1,000臺", "1000台", "1,000臺"),
        ("一 \n 二", " ", " \n "),
        ("ﾊﾟﾝﾀﾞ", "ダ", "ﾀﾞ"),
        ("cafe\u0301s", "é", "e\u0301"),
        ("a\u200bb", "ab", "a\u200bb"),
        ("（结构）", "结构", "结构"),
        ("灯\u0301a", "a", "a"),
    ],
)
def test_a_folded_piece_slices_the_original(text: str, piece: str, original: str) -> None:
    result = folded(text)
    start = result.text.index(piece)
    first, last = result.original(start, start + len(piece))
    assert text[first:last] == original


@given(texts)
@example("=\u200b\u0338a")
@example("™\u0301a")
@example("㌀\u3099")
@example(" ¸")
def test_both_ways_of_folding_agree(text: str) -> None:
    assert folded(text).text == fold(text)


def test_a_long_text_is_folded_like_a_short_one() -> None:
    result = folded("好™。" * 200)
    assert result.text == fold("好™。" * 200) == "好tm。" * 200
    assert [result.original(place, place + 1) for place in (796, 797, 798, 799)] == [
        (597, 598),
        (598, 599),
        (598, 599),
        (599, 600),
    ]


@given(texts)
def test_places_lie_inside_the_original_and_never_go_back(text: str) -> None:
    result = folded(text)
    assert len(result.starts) == len(result.ends) == len(result.text)
    assert all(0 <= start < end <= len(text) for start, end in zip(result.starts, result.ends, strict=True))
    assert list(result.starts) == sorted(result.starts)
    assert list(result.ends) == sorted(result.ends)


@given(texts, st.data())
def test_the_original_of_a_folded_piece_folds_to_the_piece_again(text: str, data: st.DataObject) -> None:
    result = folded(text)
    if not result.text:
        return
    start = data.draw(st.integers(0, len(result.text) - 1))
    end = data.draw(st.integers(start + 1, len(result.text)))
    first, last = result.original(start, end)
    assert bare(result.text[start:end]) in bare(fold(text[first:last]))


@given(texts)
@example(" ¸")
def test_folding_twice_changes_nothing_where_no_edge_is(text: str) -> None:
    once = fold(text)
    if EDGE not in once:
        assert fold(once) == once


@given(texts)
def test_canonically_equal_texts_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text)) == fold(text)
