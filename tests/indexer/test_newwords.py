"""What is offered as a new word."""

from __future__ import annotations

import pytest
from factories import entry
from hypothesis import given
from hypothesis import strategies as st

from archive.text import same_name
from indexer import newwords
from indexer.newwords import Candidate, EntryTexts, candidates, is_user_word
from indexer.segmenter import Segmenter

FILLING = "发布合作上线融资开源评测训练推理芯片机器数据城市医院学校汽车"


def entries(*texts: str) -> list[EntryTexts]:
    """An entry for each text."""
    return [EntryTexts(f"20260208-{number:02d}", (text,)) for number, text in enumerate(texts, 1)]


@pytest.fixture
def offered(segmenter: Segmenter):
    def listed(*texts: str, known: tuple[str, ...] = (), limit: int = 20) -> list[tuple[str, str]]:
        found = candidates(entries(*texts), segmenter, {same_name(each) for each in known}, limit)
        return [(each.kind, each.text) for each in found]

    return listed


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["“青鸾计划”启动", "《青鸾计划》印发", "「青鸾计划」启动", "『青鸾计划』启动"])
def test_a_name_in_marks_is_offered(offered, text: str) -> None:
    assert offered(*[text] * 3) == [("名称", "青鸾计划")]


@pytest.mark.parametrize(
    "text", ["“青鸾计划，启动”", "“青”", "“！！”", "“青\u200b鸾”", "“C#语言”", f"“{'青鸾' * 13}”", "“开源”"]
)
def test_what_is_no_name_is_not_offered(offered, text: str) -> None:
    assert offered(*[text] * 3) == []


@pytest.mark.parametrize(
    "name",
    [
        "GPT-5.3-Codex",
        "Qwen2.5-VL-72B",
        "Claude 3.5 Sonnet",
        "Gemini 2.0 Flash Thinking",
        "DeepSeek-V3",
        "iOS 18",
        "o1",
    ],
)
def test_a_latin_name_with_its_version_is_offered_whole(offered, name: str) -> None:
    assert offered(*[f"某公司发布{name}，性能提升"] * 3) == [("版本", name)]


def test_a_name_in_marks_that_ends_in_a_version_is_a_version(offered) -> None:
    assert offered(*["大模型“飞鱼-1.0”发布"] * 3) == [("版本", "飞鱼-1.0")]


@pytest.mark.parametrize(
    "text",
    ["in 2 days", "v1.2.3", "CES 2026", "70B", "x.com/a1", "arXiv 2412.12345", "me@a1", "GPT", "2026-02", "a1.io"],
)
def test_what_is_no_version_is_not_offered(offered, text: str) -> None:
    assert offered(*[f"某公司 {text} 发布"] * 3) == []


def test_spellings_of_one_name_count_together_under_the_most_frequent(offered) -> None:
    assert offered("GPT-5.3 来了", "GPT 5.3 来了", "GPT-5.3 走了") == [("版本", "GPT-5.3")]


def test_a_name_in_two_entries_is_not_offered(offered) -> None:
    assert offered("“青鸾计划”与“青鸾计划”", "“青鸾计划”") == []


def test_the_most_frequent_name_comes_first_and_the_limit_holds_for_each_kind(offered) -> None:
    texts = ["“青鸾计划”和GPT-9"] * 3 + ["“白泽计划”和GPT-8"] * 4
    assert offered(*texts) == [("名称", "白泽计划"), ("名称", "青鸾计划"), ("版本", "GPT-8"), ("版本", "GPT-9")]
    assert offered(*texts, limit=1) == [("名称", "白泽计划"), ("版本", "GPT-8")]


@pytest.mark.parametrize("known", ["GPT 5.3", "ｇｐｔ-5.3"])
def test_what_is_known_is_not_offered_however_it_is_written(offered, known: str) -> None:
    assert offered(*["GPT-5.3 来了"] * 3, known=(known,)) == []


# ── words by statistics ─────────────────────────────────────────────────────────────────────────────────────────────


def around(word: str) -> list[str]:
    others = "，".join(chr(code) for code in range(0x5000, 0x5200))
    return [*(f"{FILLING[n : n + 2]}{word}{FILLING[n + 8 : n + 10]}" for n in range(0, 20, 2)), others]


def test_a_word_that_the_dictionary_breaks_up_is_offered(offered) -> None:
    assert ("新词", "鸾鹬") in offered(*around("鸾鹬"))


@pytest.mark.parametrize("word", ["千问", "机器人", "麒麟电脑", "该鸾鹬", "鸾鹬的", "鸾鹬了蛟"])
def test_known_words_compounds_and_phrases_are_not_offered(offered, word: str) -> None:
    assert ("新词", word) not in offered(*around(word))


def test_a_refused_word_is_not_offered(offered) -> None:
    assert ("新词", "鸾鹬") not in offered(*around("鸾鹬"), known=("鸾鹬",))


def test_a_name_is_not_offered_twice(offered) -> None:
    assert [each for each in offered(*(f"{text}“鸾鹬”" for text in around("鸾鹬"))) if each[1] == "鸾鹬"] == [
        ("名称", "鸾鹬")
    ]


# ── examples ────────────────────────────────────────────────────────────────────────────────────────────────────────


def only(segmenter: Segmenter, held: list[EntryTexts]) -> Candidate:
    (found,) = candidates(held, segmenter, (), 20)
    return found


def test_a_candidate_has_its_count_and_up_to_three_examples_as_written(segmenter: Segmenter) -> None:
    found = only(segmenter, entries(*["某公司发布GPT 5.3", "无", "甲GPT-5.3\x1b乙", "GPT-5.3", "GPT-5.3"]))
    assert (found.entries, found.score, found.becomes) == (4, 4.0, "tag")
    assert [(each.entry, each.text) for each in found.examples] == [
        ("20260208-01", "某公司发布GPT 5.3"),
        ("20260208-03", "甲GPT-5.3 乙"),
        ("20260208-04", "GPT-5.3"),
    ]


def test_an_example_is_a_piece_of_a_long_text(segmenter: Segmenter) -> None:
    found = only(segmenter, entries(*["，" * 50 + "“青鸾计划”" + "，" * 50] * 3))
    assert found.examples[0].text == "…" + "，" * 13 + "“青鸾计划”" + "，" * 13 + "…"


def test_an_example_comes_from_the_first_text_that_holds_the_word(segmenter: Segmenter) -> None:
    found = only(segmenter, [EntryTexts("20260208-01", ("题", "甲GPT-9", "乙GPT-9"))] * 3)
    assert found.examples[0].text == "甲GPT-9"


def test_an_entrys_texts_are_what_a_reader_sees_without_its_sources() -> None:
    held = entry("**青鸾**上线", summary="`白泽`", points=("要点",), source=("某日报", ""), id="20260208-01")
    assert EntryTexts.of(held) == EntryTexts("20260208-01", ("青鸾上线", "白泽", "", "要点"))


@pytest.mark.parametrize(
    ("text", "fits"), [("青鸾", True), ("青鸞", True), ("鸾", False), ("飞鱼-1.0", False), ("青鸾" * 5, False)]
)
def test_a_user_word_is_two_to_eight_ideographs(text: str, fits: bool) -> None:
    assert is_user_word(text) is fits


@given(st.lists(st.text("a1.-v “”《》青鸾\x00½"), min_size=3, max_size=4))
def test_any_text_has_candidates_with_atoms_that_stand_in_their_entries(segmenter: Segmenter, texts: list[str]) -> None:
    for each in candidates(entries(*texts, *texts, *texts), segmenter, (), 5):
        assert each.kind in newwords.KINDS
        assert each.entries >= newwords.FEWEST_ENTRIES
        assert each.text.isprintable()
        assert each.examples
