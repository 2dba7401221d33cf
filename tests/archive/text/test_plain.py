"""SEARCH 1: inline Markdown as a reader sees it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import grows_linearly

from archive.text import plain


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("千问发布", "千问发布"),
        ("**千问**发布", "千问发布"),
        ("发布**“千问”**模型", "发布“千问”模型"),  # CommonMark leaves these
        ("**未完", "未完"),
        ("2 ** 3", "2  3"),
        ("*千问*和_飞鱼_", "千问和_飞鱼_"),
        ("*a* _b_ ***c***", "a b c"),
        ("`GPT-5.5 Instant`", "GPT-5.5 Instant"),
        ("`` a`b ``", "a`b"),
        ("p99 0ms* 自动补全", "p99 0ms* 自动补全"),
        ("不要用 count(*)", "不要用 count(*)"),
        ("What the f*ck", "What the f*ck"),
        (r"7\*24 小时", "7*24 小时"),
        ("__init__ 与 snake_case_name", "init 与 snake_case_name"),
        ("见[人民网](https://a.example/1)报道", "见人民网报道"),
        ("[**GPT**](https://a.example '题')", "GPT"),
        ("[a [b] c](https://a.example/x_(y))", "a [b] c"),
        ("**[斯坦福大学]** 提出", "[斯坦福大学] 提出"),
        ("[坏](javascript:alert(1))", "[坏](javascript:alert(1))"),
        ("![图**一**](https://a.example/1.png)后", "图一后"),
        ("![](https://a.example/1.png)", ""),
        ("[![图](a.png)](https://a.example)", "图"),
        ("A&amp;B &lt;b&gt; &#65; &nosuch;", "A&B <b> A &nosuch;"),
        ("<https://a.example/1>", "https://a.example/1"),
        ("用<template>与<details>", "用<template>与<details>"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("*甲*\n乙\\\n丙", "甲 乙 丙"),
        (" **甲** ", "甲"),
        ("", ""),
    ],
)
def test_marks_are_taken_off(markdown: str, expected: str) -> None:
    assert plain(markdown) == expected


@given(st.text())
def test_a_text_without_marks_stays_as_it_is(text: str) -> None:
    bare = text.translate(dict.fromkeys(map(ord, "*_`[]!<>\\&")))
    assert plain(bare) == bare


@given(
    st.one_of(
        st.text(st.characters(exclude_categories=())),
        st.lists(
            st.sampled_from(
                ["**", "*", "_", "[", "]", "(", ")", "!", "`", "<", ">", "\\", "&#", ";", "\n", "文", "\ud800"]
            )
        ).map("".join),
    )
)
def test_nothing_raises_and_no_double_star_is_left(text: str) -> None:
    assert "**" not in plain(text)


@pytest.mark.parametrize("piece", ["*", "[", "[](", "`", "<", "&", "\\", "*a ", "*_", "[a](b", "<http://a"])
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    assert grows_linearly(lambda size: plain.__wrapped__(piece * (size // len(piece))), 2_500)
