"""Which strings of ideographs behave as words."""

from __future__ import annotations

import math
from collections import Counter
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import wordstatistics
from indexer.wordstatistics import WordStatistics, words_by_statistics

FILLING = (
    "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光"
)


# Characters that stand once each: without a text around them even words are nothing special.
OTHERS = ["，".join(chr(code) for code in range(0x5000, 0x5200))]


def around(word: str, times: int = 12) -> list[list[str]]:
    """Entries that hold a word, each between other characters."""
    return [[f"{FILLING[2 * n : 2 * n + 2]}{word}{FILLING[-2 * n - 2 :][:2]}"] for n in range(times)]


def found(entries: list[list[str]]) -> list[str]:
    return [each.text for each in words_by_statistics([*entries, OTHERS], lambda _: True)]


def test_a_string_that_coheres_and_stands_free_is_a_word() -> None:
    assert found(around("青鸾")) == ["青鸾"]


def test_a_part_of_a_word_is_none() -> None:
    assert found(around("青鸾号")) == ["青鸾号"]


def test_a_string_in_too_few_entries_is_none() -> None:
    assert found(around("青鸾", 4)) == []
    assert found([["青鸾" + FILLING[n] for n in range(12)]]) == []


def test_characters_that_meet_by_chance_are_none() -> None:
    assert found(around("青鸾") + [[each] for each in ["青", "鸾"] * 400]) == []


def test_the_edges_of_texts_are_different_neighbours() -> None:
    assert found(
        [["青鸾"], ["青鸾。天地"], ["玄黄，青鸾"], ["青鸾！"], ["（青鸾）"], ["青鸾、青鸾"], *around("宇宙", 1)]
    )


def test_a_word_is_no_longer_than_six_characters() -> None:
    assert found(around("甲乙丙丁戊己")) == ["甲乙丙丁戊己"]
    assert "甲乙丙丁戊己庚" not in found(around("甲乙丙丁戊己庚"))


@pytest.mark.parametrize("text", ["70{}", "70 {}", "2.5{}"])
def test_the_unit_of_a_number_begins_no_word(text: str) -> None:
    """70 亿参数: 亿参 would be a word like any other."""
    entries = [[text.format(f"亿参{FILLING[n]}，{FILLING[n]}")] for n in range(12)]
    assert "亿参" not in found(entries)


def test_only_what_is_wanted_is_found() -> None:
    words = words_by_statistics([*around("青鸾"), *around("白泽"), OTHERS], lambda text: text == "白泽")
    assert [each.text for each in words] == ["白泽"]


def test_a_word_tells_its_entries_and_its_numbers() -> None:
    (word,) = words_by_statistics([OTHERS, *around("青鸾", 8)], lambda text: text == "青鸾")
    assert word.entries == tuple(range(1, 9))
    assert word.freedom == pytest.approx(math.log(8))
    assert word.cohesion == pytest.approx(math.log((len(OTHERS[0]) // 2 + 1 + 8 * 6) / 8))


def test_of_two_equal_words_the_one_in_more_entries_is_better() -> None:
    often, seldom = (
        WordStatistics("甲乙", tuple(range(20)), 4.0, 2.0),
        WordStatistics("丙丁", tuple(range(5)), 4.0, 2.0),
    )
    assert often.score > seldom.score


@given(st.lists(st.lists(st.text("甲乙丙，", max_size=12), max_size=2), min_size=5, max_size=12))
def test_counting_only_what_may_be_frequent_leaves_nothing_out(entries: list[list[str]]) -> None:
    with patch.multiple(wordstatistics, LEAST_COHESION=-9.0, LEAST_FREEDOM=0.0, FEWEST_ENTRIES=2):
        assert sorted(found(entries)) == sorted(slowly_found(entries, 2))


def slowly_found(entries: list[list[str]], fewest: int) -> set[str]:
    """Every string of two to six characters that stands in that many entries."""
    holders: Counter[str] = Counter()
    for texts in entries:
        runs = [run for text in texts for run in text.split("，")]
        holders.update(
            {run[a:b] for run in runs for a in range(len(run)) for b in range(a + 2, min(a + 6, len(run)) + 1)}
        )
    return {text for text, count in holders.items() if count >= fewest}
