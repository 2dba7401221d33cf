"""Which ideographs look alike, and which words a run of them may have been meant for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.seeing import LONGEST_WORD, Seeing
from indexer.shapes import look_alike
from indexer.vocabulary import known


@pytest.mark.parametrize(
    "pair", ["未末", "己已", "天夭", "士土", "晴睛", "情清", "慕暮", "侯候", "拔拨", "渔鱼", "芯心", "测侧"]
)
def test_these_are_easily_taken_for_each_other(pair: str) -> None:
    assert look_alike(*pair)


@pytest.mark.parametrize("pair", ["千全", "问文", "河海", "一七", "智能", "鱼于", "A未", "未A", "〇々"])
def test_these_are_not(pair: str) -> None:
    assert not look_alike(*pair)


@given(st.characters(), st.characters())
def test_likeness_is_the_same_both_ways(one: str, other: str) -> None:
    assert look_alike(one, other) == look_alike(other, one)


def seen(run: str, *words: str) -> list[tuple[str, str]]:
    return [
        (run[each.start : each.end], each.word.text) for each in Seeing(known(dict.fromkeys(words, 2), {})).in_run(run)
    ]


def test_a_word_that_differs_in_one_ideograph_is_seen_wherever_it_stands() -> None:
    assert seen("末来", "未来", "未必") == [("末来", "未来")]
    assert seen("在末来三年", "未来") == [("末来", "未来")]
    assert seen("机器入", "机器人") == [("机器入", "机器人")]


def test_the_longer_word_comes_first() -> None:
    assert seen("人工智熊", "智能", "人工智能") == [("人工智熊", "人工智能"), ("智熊", "智能")]


@pytest.mark.parametrize("run", ["未来", "末米", "末", "天来", ""])
def test_what_is_written_right_or_wrong_twice_or_unlike_is_not_seen(run: str) -> None:
    assert seen(run, "未来") == []


def test_a_longer_word_than_any_run_that_is_looked_at_is_left_out() -> None:
    word = "未" * (LONGEST_WORD + 1)
    assert seen("末" + word[1:], word) == []


def test_only_words_of_ideographs_are_seen() -> None:
    assert seen("末", "未a") == []
