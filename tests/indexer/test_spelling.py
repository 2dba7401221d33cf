"""What a typed text may have meant: by its sound or shape, by slips of the fingers, as pinyin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.pinyin import blurred, sounds
from indexer.slips import allowed, distance, letters
from indexer.spelling import LONGEST_TEXT, MOST, Speller
from indexer.vocabulary import known

WORDS = {"具身": 20, "只能": 23, "智能": 731, "上线": 40, "模型": 973, "数据": 90, "anthropics": 2, "swift": 30}
WORDS |= {"银行": 14, "英航": 2, "开元": 2, "开源": 486, "开院": 6, "前往": 8, "gpt-5": 9, "hi": 5}
NAMES = {"千问": 18, "飞鱼": 1, "具身智能": 20, "Anthropic": 68, "OpenAI": 206, "萨姆·奥尔特曼": 3, "没有": 0}


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(known(WORDS, NAMES))


def texts(speller: Speller, typed: str) -> list[str]:
    return [each.text for each in speller.spellings(typed)]


# ── sounds ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_word_sounds_as_it_is_read_as_a_whole() -> None:
    assert sounds("重庆银行") == ("chong", "qing", "yin", "hang")


@pytest.mark.parametrize("word", ["", "GPT", "千问3", "々々", "·"])
def test_what_has_no_reading_has_no_sounds(word: str) -> None:
    assert sounds(word) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("只", "子"), ("吃", "词"), ("是", "四"), ("你", "里"), ("因", "英"), ("门", "蒙"), ("安", "昂"), ("浓", "龙")],
)
def test_what_is_easily_confused_is_blurred_to_one(one: str, other: str) -> None:
    assert sounds(one) != sounds(other)
    assert blurred(sounds(one)) == blurred(sounds(other))


def test_other_sounds_stay_apart() -> None:
    assert blurred(sounds("千")) != blurred(sounds("全"))


# ── slips ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        *(("", "", 0), ("gpt", "gtp", 1), ("gpt", "gp", 1), ("gpt", "gppt", 1), ("gpt", "gqt", 1), ("", "ab", 2)),
        *(("antropic", "anthropic", 1), ("ca", "abc", 3)),  # what was swapped is not touched again
    ],
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == slips


WORD = st.text("abcé", max_size=7)


@given(WORD, WORD)
def test_slips_are_the_same_both_ways_and_none_between_the_same(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)


@given(WORD, WORD)
def test_one_slip_changes_two_letters_at_most(one: str, other: str) -> None:
    assert (letters(one) ^ letters(other)).bit_count() <= 2 * distance(one, other)


def test_longer_words_may_have_more_slips() -> None:
    assert [allowed("a" * length) for length in (2, 3, 6, 7)] == [0, 1, 1, 2]


# ── spellings ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("千文", "千问"),
        ("飞于", "飞鱼"),
        ("具身只能", "具身智能"),  # though it is cut into 具身 and 只能, which are words
        ("具身只能模型", "具身智能模型"),
        ("具生智能", "具身智能"),  # one syllable easily confused
        ("智熊", "智能"),  # one that looks alike
        ("摸型", "模型"),
        ("数椐模型", "数据模型"),
        ("開元模型", "开源模型"),  # folded, and a rare word
        ("Antropic", "Anthropic"),  # a name as it is written
        ("Antrophic", "Anthropic"),  # two slips
        ("opneai公司", "OpenAI公司"),
        ("Ｓｗｆｉｔ", "swift"),
        ("qianwen", "千问"),
        ("QianWen", "千问"),
        ("qw", "千问"),  # a name before the more frequent words of the same initials
        ("qianwenshangxian", "千问上线"),
    ],
)
def test_the_likeliest_spelling_comes_first(speller: Speller, typed: str, meant: str) -> None:
    assert texts(speller, typed)[0] == meant


@pytest.mark.parametrize("typed", ["", "模型", "没有", "千", "9", "，", "飞", "xyzxyz", "hj", "gpt-5", "mo xing"])
def test_what_is_right_or_like_nothing_has_no_other_spelling(speller: Speller, typed: str) -> None:
    assert texts(speller, typed) == []


def test_a_word_that_is_known_gives_way_only_to_one_ten_times_as_frequent(speller: Speller) -> None:
    assert texts(speller, "开元") == ["开源"]  # not 开院, which three times as many entries hold
    assert texts(speller, "英航") == []


def test_sounds_that_are_the_same_come_before_those_that_are_alike() -> None:
    speller = Speller(known({"智能": 2, "子能": 9, "职能": 3}, {}))
    assert texts(speller, "只能") == ["职能", "智能", "子能"]


def test_what_sounds_the_same_comes_before_what_looks_alike() -> None:
    assert texts(Speller(known({"未来": 9, "魔来": 2}, {})), "末来") == ["魔来", "未来"]


def test_more_than_one_confused_syllable_is_too_much() -> None:
    assert texts(Speller(known({"四十": 9}, {})), "是石") == ["四十"]
    assert texts(Speller(known({"四则": 9}, {})), "是折") == []


def test_the_rest_of_the_text_stays_as_it_was_typed(speller: Speller) -> None:
    assert texts(speller, "ＧＰＴ－５与「千文」。")[0] == "ＧＰＴ－５与「千问」。"


def test_only_so_many_spellings_are_told() -> None:
    speller = Speller(known({f"ab{letter}d": 2 for letter in "cefghijklmnopq"}, {}))
    assert len(texts(speller, "abrd")) == MOST


def test_only_the_beginning_of_a_long_text_is_looked_at(speller: Speller) -> None:
    assert texts(speller, "，" * LONGEST_TEXT + "千文") == []
    assert len(texts(speller, "千文" * 5000)) <= MOST


@given(st.text(max_size=70))
def test_any_text_can_be_asked_about(speller: Speller, typed: str) -> None:
    assert all(each.text != typed for each in speller.spellings(typed))


def test_a_speller_without_words_knows_nothing() -> None:
    assert texts(Speller(), "千文") == []
