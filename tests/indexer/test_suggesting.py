"""Completions of what has been typed so far."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.suggesting import LONGEST_TYPED, Completer, Completion
from indexer.vocabulary import known, written

WORDS = {"千万": 7, "前往": 8, "期望": 35, "人工": 265, "qwen3": 13, "swift": 30, "swiftui": 9, "西安": 4, "具身": 20}
NAMES = {"千问": 18, "人工智能+": 1, "具身智能": 20, "OpenAI": 206, "无人用": 0}
TITLES = ("SwiftUI 的新布局", "千问上线", "阿里的千问开源", "千问上线", "Qwen3 发布", "𝟙")


@pytest.fixture(scope="module")
def completer() -> Completer:
    return Completer(known(WORDS, NAMES, written(TITLES)), TITLES)


def texts(completer: Completer, typed: str, limit: int = 10) -> list[str]:
    return [each.text for each in completer.completions(typed, limit)]


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("千问", ["千问", "千问上线", "阿里的千问开源"]),  # a title that begins so comes before one that holds it
        ("千", ["千问", "千万", "千问上线", "阿里的千问开源"]),  # a name before words
        ("人工", ["人工智能+", "人工"][::-1]),  # but what is typed as it stands before all
        ("布局", ["SwiftUI 的新布局"]),
        ("QIANWEN", ["千问"]),
        ("qianw", ["千问", "前往", "千万"]),
        ("qian w", ["千问", "前往", "千万"]),
        ("xi'an", ["西安"]),
        ("js", ["具身", "具身智能"]),
        ("qw", ["Qwen3", "千问", "期望", "前往", "千万", "Qwen3 发布"]),
        ("sw", ["swift", "SwiftUI", "SwiftUI 的新布局"]),  # as the titles write it
        ("  ｏｐｅｎ ", ["OpenAI"]),
    ],
)
def test_what_has_been_typed_is_completed(completer: Completer, typed: str, completed: list[str]) -> None:
    assert texts(completer, typed) == completed


@pytest.mark.parametrize("typed", ["", "  ", "量子", "无人用", "zzz", "，", "千" * (LONGEST_TYPED + 1)])
def test_what_nothing_begins_with_has_no_completion(completer: Completer, typed: str) -> None:
    assert texts(completer, typed) == []


def test_each_completion_says_what_it_is_and_how_many_entries_have_it(completer: Completer) -> None:
    assert completer.completions("千", 3) == [
        Completion("千问", "tag", 18),
        Completion("千万", "word", 7),
        Completion("千问上线", "title", 2),
    ]


def test_words_pinyin_and_titles_share_the_room() -> None:
    words = known({f"ab{letter}": 2 for letter in "cdefgh"} | {"阿爸": 3, "阿伯": 2}, {})
    completer = Completer(words, [f"AB {number}" for number in range(9)])
    assert texts(completer, "ab", 7) == ["abc", "abd", "abe", "阿爸", "阿伯", "AB 0", "AB 1"]


def test_a_text_is_offered_once(completer: Completer) -> None:
    assert texts(Completer(known({}, {"千问": 2}), ["千问"]), "千") == ["千问"]


@given(st.text(max_size=20), st.integers(0, 12))
def test_never_more_than_asked_for_and_none_twice(completer: Completer, typed: str, limit: int) -> None:
    found = texts(completer, typed, limit)
    assert len(found) <= limit
    assert len(found) == len(set(found))


def test_latin_words_are_shown_as_they_are_mostly_written() -> None:
    assert written(["iOS 与 IOS", "iOS 18", "GPT-5.3 的 a"]) == {"ios": "iOS", "gpt-5.3": "GPT-5.3"}
