"""What a month's titles say more often than those before them, and what they are first to say."""

from __future__ import annotations

import math

import pytest

from indexer.rising import Headlines, deviation


def headlines(*months):
    """Of (month, its titles); words are cut at white space."""
    return Headlines.of([(f"{month}-01", title) for month, titles in months for title in titles], str.split)


ORDINARY = ["模型 发布", "模型 开源", "数据 发布"] * 4


def test_a_word_that_comes_more_often_rises():
    held = headlines(("2026-01", [*ORDINARY * 9, "智能体"]), ("2026-02", [*ORDINARY * 9, *["智能体 发布"] * 20]))
    assert held.rising("2026-02")[0] == "智能体"
    assert "模型" not in held.rising("2026-02")


def test_a_word_as_frequent_as_before_does_not_rise():
    assert headlines(("2026-01", ORDINARY), ("2026-02", ORDINARY)).rising("2026-02") == []


def test_two_titles_are_chance():
    held = headlines(("2026-01", ORDINARY), ("2026-02", [*ORDINARY, "飞鱼", "飞鱼"]))
    assert (held.rising("2026-02"), held.new("2026-02")) == ([], [])


def test_a_word_that_was_there_long_before_is_not_new():
    held = headlines(("2025-01", ["飞鱼"]), ("2026-01", ORDINARY), ("2026-02", ["飞鱼", "千问"] * 3))
    assert held.new("2026-02") == ["千问"]


def test_the_first_month_has_nothing_to_be_compared_with():
    held = headlines(("2026-01", ORDINARY))
    assert (held.rising("2026-01"), held.new("2026-01")) == ([], [])


def test_a_month_without_titles_has_no_words():
    held = headlines(("2026-01", ORDINARY))
    assert (held.rising("2026-02"), held.new("2026-02")) == ([], [])


def test_the_three_months_before_that_have_titles_are_compared_with():
    held = headlines(*((month, ["模型"]) for month in ("2025-01", "2025-03", "2025-09", "2026-01", "2026-02")))
    assert held.before("2026-02") == ["2025-03", "2025-09", "2026-01"]


def test_latin_words_are_written_as_in_the_titles():
    held = headlines(("2026-01", ORDINARY), ("2026-02", ["OpenAI 发布"] * 4))
    assert held.new("2026-02") == ["OpenAI"]


def test_a_title_counts_once_and_marks_are_not_words():
    held = headlines(("2026-02", ["**模型** 模型 ， 的"]))
    assert held.months["2026-02"] == {"模型": 1}


def test_the_deviation_is_that_of_the_paper():
    # y = 10 of n = 100, 5 of 200, prior 4 (0.04 of 100): log(14/186) - log(9/291), divided by sqrt(1/14 + 1/9).
    expected = (math.log(14 / 186) - math.log(9 / 291)) / math.sqrt(1 / 14 + 1 / 9)
    assert deviation(10, 100, 5, 200, 0.04) == pytest.approx(expected)
    assert deviation(5, 100, 5, 100, 0.05) == 0
