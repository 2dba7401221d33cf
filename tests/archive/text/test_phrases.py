"""SEARCH 4 to 6: what a quote finds, against a second matcher that compares atoms one by one."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.text import atoms, fold, is_single, phrase, same_name
from archive.text.atoms import ATOM, EDGE

PIECES = (
    *(
        "千问",
        "处理",
        "待处理",
        "用不上",
        "灯",
        "灯灯",
        "結構",
        "カー",
        "AI",
        "OpenAI",
        "GPT",
        "gpt-5.3",
        "C++",
        ".NET",
        "５．３",
    ),
    *("2.5亿", "225亿", "5亿", "25%", "1,000", "½", "①", "™", "㎏", "é", "e\u0301", "灯\u0301a", "1", "12", "B"),
)
IDEOGRAPHS = "千问处理用不上灯結構结构〇々\U00020000"
SIGNS = ["", "", "", " ", "-", ".", "_", " - ", "+", "“", "”", "（", "·", "/", "，", "\u200b", "\u0301", "--"]
texts = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(SIGNS)), min_size=1, max_size=6).map(
    lambda pairs: "".join(part for pair in pairs for part in pair)
)
FREE = f" -._{EDGE}"


def finds(quote: str, text: str) -> bool:
    wanted = phrase(fold(quote))
    assert wanted is not None
    return wanted.search(fold(text)) is not None


def cut(text: str) -> tuple[list[str], list[str]]:
    """The atoms of a folded text, and the signs before, between and after them."""
    return ATOM.findall(text), ATOM.split(text)


def stands(quote: str, text: str) -> bool:
    """Whether the quote stands in the text, by comparing atoms and the signs between them."""
    (asked, signs), (held, gaps) = cut(fold(quote).strip()), cut(fold(text))
    return any(
        not (asked[0].isdecimal() and not signs[0] and place and held[place - 1].isdecimal() and gaps[place] == ".")
        and stands_at(asked, signs, held[place : place + len(asked)], gaps[place : place + len(asked) + 1])
        for place in range(len(held) - len(asked) + 1)
    )


def stands_at(asked: list[str], signs: list[str], held: list[str], gaps: list[str]) -> bool:
    if asked != held or not gaps[0].endswith(signs[0]) or not gaps[-1].startswith(signs[-1]):
        return False
    pairs = zip(asked, asked[1:], signs[1:-1], gaps[1:-1], strict=False)
    return all(same_gap(sign, gap, is_single(left) and is_single(right)) for left, right, sign, gap in pairs)


def same_gap(sign: str, gap: str, exactly: bool) -> bool:
    if exactly:
        return sign == gap
    return [each for each in sign if each not in FREE] == [each for each in gap if each not in FREE]


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        *(("GPT5.3", text) for text in ("GPT-5.3", "ＧＰＴ ５．３", "gpt_5_3", "GPT-5.3-Codex")),
        ("600亿", "600 亿"),
        ("AI模型", "AI 模型"),
        ("AI 模型", "新AI模型。"),
        ("GPT-5", "GPT-5.3"),
        ("C++", "用C++写"),
        (".NET", "在.NET上"),
        ("“看-想-动”", "所谓“看-想-动”"),
        ("处理", "待处理"),
        ("灯", "红灯区"),
        ("灯", "3.灯"),
        ("AI", "1.AI"),
        ("225亿", "共225亿元"),
        ("25%", "增长２５％"),
        ("1000台", "1,000臺"),
        ("结构", "結構"),
        ("AI TM", "AI™"),
        ("12", "第12期"),
        ("2.5亿", "达2.5亿"),
        ("①②", "见①②"),
        ("a（b", "a-（ b"),
        ("5", "x5.3"),
    ],
)
def test_a_quote_is_found(quote: str, text: str) -> None:
    assert finds(quote, text)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("53", "5.3"),
        ("5.3", "53"),
        ("C++", "C"),
        ("C++", "C+"),
        ("AI", "OpenAI"),
        ("Open", "OpenAI"),
        ("“看-想-动”", "“看想动”"),
        ("看-想-动", "看想动"),
        ("看想动", "看-想-动"),
        ("5亿", "2.5亿"),
        ("5亿", "25亿"),
        ("25亿", "225亿"),
        ("25", "255"),
        ("用上", "用不上"),
        ("12", "①②"),
        ("千问", "千 问"),
        ("q", "q\u0303"),
        ("a（b", "ab"),
        ("ab", "a（b"),
        ("AI模型", "AI“模型”"),
    ],
)
def test_a_quote_is_not_found(quote: str, text: str) -> None:
    assert not finds(quote, text)


@pytest.mark.parametrize("text", ["", " ", "：", "+++", "“”", "\u0301"])
def test_signs_alone_make_no_phrase(text: str) -> None:
    assert phrase(fold(text)) is None


def test_a_prefix_may_go_on_but_not_begin_inside() -> None:
    wanted = phrase("gpt", prefix=True)
    assert wanted is not None
    assert wanted.search("gpts") == (0, 3)
    assert wanted.search("chatgpt") is None


def test_a_search_goes_on_behind_what_is_not_whole() -> None:
    wanted = phrase("ai")
    assert wanted is not None
    assert wanted.search("openai ai") == (7, 9)
    assert wanted.search("ai ai", 1) == (3, 5)


def test_spans_go_from_left_to_right_without_overlap() -> None:
    wanted = phrase("灯灯")
    assert wanted is not None
    assert list(wanted.spans("灯灯灯，灯灯")) == [(0, 2), (4, 6)]


def test_a_phrase_ends_where_it_begins_at_a_place() -> None:
    wanted = phrase("ai")
    assert wanted is not None
    assert wanted.end_at("ai-x", 0) == 2
    assert wanted.end_at("aix", 0) is None
    assert wanted.end_at("x ai", 0) is None


def test_a_phrase_knows_its_text_its_atoms_and_the_signs_before_them() -> None:
    wanted = phrase(" “.net 5” ")
    assert wanted is not None
    assert (wanted.text, wanted.atoms, wanted.leading) == ("“.net 5”", ("net", "5"), 2)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("GPT-5", "gpt 5", True),
        ("ＡＩ 行业动态", "AI行业动态", True),
        ("5.3", "53", False),
        ("C++", "C", False),
        ("C++", "c++", True),
        ("AI TM", "AI™", True),
        ("", "", True),
    ],
)
def test_names_are_compared_by_atoms_and_signs(one: str, other: str, same: bool) -> None:
    assert (same_name(one) == same_name(other)) is same


@given(st.text(IDEOGRAPHS, min_size=1, max_size=4), st.text(f"{IDEOGRAPHS}，AI5.- ", max_size=40))
def test_a_quote_of_ideographs_is_found_as_in_a_browser(piece: str, text: str) -> None:
    assert finds(piece, text) == (fold(piece) in fold(text))


@given(texts, st.data())
def test_a_run_of_a_texts_atoms_is_found_in_it(text: str, data: st.DataObject) -> None:
    wanted = fold(text)
    spans = [match.span() for match in ATOM.finditer(wanted)]
    if not spans:
        return
    first = data.draw(st.integers(0, len(spans) - 1))
    last = data.draw(st.integers(first, len(spans) - 1))
    start, end = spans[first][0], spans[last][1]
    if wanted[start].isdecimal() and start > 1 and wanted[start - 1] == "." and wanted[start - 2].isdecimal():
        return
    found = phrase(wanted[start:end])
    assert found is not None
    assert found.end_at(wanted, start) == end


@given(texts, st.lists(st.sampled_from(["", " ", "-", ".", "_"]), min_size=30, max_size=30))
def test_spaces_and_hyphens_beside_latin_and_digits_are_optional(text: str, fillers: list[str]) -> None:
    held, gaps = cut(fold(text))
    if not held:
        return
    respelled = held[0]
    for left, right, gap, filler in zip(held, held[1:], gaps[1:], fillers, strict=False):
        if is_single(left) and is_single(right):
            respelled += gap + right
        else:
            kept = "".join(each for each in gap if each not in FREE)
            alike = not is_single(left) and not is_single(right) and left.isdecimal() == right.isdecimal()
            respelled += kept + (filler or ("-" if alike and not kept else "")) + right
    found = phrase(respelled)
    assert found is not None
    assert found.search(fold(text)) is not None


@settings(max_examples=300)
@given(texts, st.integers(0, 12), st.integers(1, 6), st.sampled_from(["", "5", "，AI", "①"]))
@example("2.5亿", 2, 1, "")
@example("AI.5", 3, 1, "")
@example("C++B", 3, 1, "")
@example("千问 é\u0301千问", 4, 2, "")
@example("e\u0301\u0301\u0301千", 3, 2, "")
def test_the_phrase_agrees_with_comparing_atoms(text: str, start: int, length: int, more: str) -> None:
    quote = text[start : start + length] + more
    if atoms(fold(quote)):
        assert finds(quote, text) == stands(quote, text)
        assert finds(quote, f"{text}-{quote}") == stands(quote, f"{text}-{quote}")
