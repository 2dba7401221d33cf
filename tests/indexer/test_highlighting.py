"""What a reader is shown of a match."""

from __future__ import annotations

import pytest
from asking import TODAY
from factories import entry
from hypothesis import given
from hypothesis import strategies as st

from archive.model import LabelledField
from archive.text import fold, folded, phrase
from indexer.highlighting import Highlight, explained, texts
from indexer.planning import Planner
from indexer.query import parse
from indexer.query.tree import Quote


def shown(planner: Planner, query: str, **fields: object) -> list[tuple[str, int | None, list[str]]]:
    """(field, n, the words marked) of every highlight."""
    held = entry(**fields)
    by_place = {(field, n): text for field, n, text in texts(held)}
    found = explained(planner.plan(parse(query), TODAY).tree, held).highlights
    return [(each.field, each.n, [by_place[each.field, each.n][slice(*span)] for span in each.spans]) for each in found]


def test_every_field_shows_its_words_in_reading_order(planner: Planner) -> None:
    found = shown(
        planner,
        "千问",
        title="阿里“千问”",
        background="千问与千问",
        points=("甲", "用千問"),
        fields=(LabelledField("影响", "千问"),),
        source=("千问日报", ""),
    )
    assert found == [
        ("title", None, ["千问"]),
        ("background", None, ["千问", "千问"]),
        ("key_points", 2, ["千問"]),
        ("fields", 1, ["千问"]),
        ("sources", 1, ["千问"]),
    ]


@pytest.mark.parametrize(
    ("query", "title", "marked"),
    [
        ("gpt5.3", "发布ＧＰＴ－５．３模型", ["ＧＰＴ－５．３"]),
        ("1000台", "订单1,000台", ["1,000台"]),
        ("千问 问", "千问", ["千问"]),  # overlapping spans become one
        ("GPT*", "GPTs 与 GPT-5", ["GPT", "GPT"]),
        ("*gpt*", "ChatＧＰＴ 与 GPT-5、GP-T", ["ＧＰＴ", "GPT"]),
        ("½", "5½个", ["½"]),
    ],
)
def test_the_original_characters_are_marked(planner: Planner, query: str, title: str, marked: list[str]) -> None:
    assert shown(planner, query, title=title, source=None) == [("title", None, marked)]


def test_only_the_field_that_was_asked_is_marked(planner: Planner) -> None:
    found = shown(planner, "要点:千问", title="千问", points=("千问",))
    assert found == [("key_points", 1, ["千问"])]


def test_what_is_negated_is_not_marked(planner: Planner) -> None:
    assert shown(planner, "飞鱼 -千问", title="飞鱼") == [("title", None, ["飞鱼"])]


def test_each_term_says_where_and_how_it_was_found(planner: Planner) -> None:
    held = entry("千问", summary="“飞鱼”与GPT-5")
    found = explained(planner.plan(parse('千问 "飞鱼" GP*'), TODAY).tree, held).reasons
    assert [(each.term, each.how, each.field) for each in found] == [
        ("千问", "word", "title"),
        ("飞鱼", "quote", "summary"),
        ("GP", "prefix", "summary"),
    ]


@pytest.mark.parametrize(
    ("query", "title", "told"),
    [
        ("结构", "结构之美", ("word", "结构")),
        ("结构", "雲端結構", ("variant", "結構")),
        ("結構", "雲端結構", ("word", "結構")),  # as typed
        ("結構", "结构之美", ("variant", "结构")),
        ("“結構”", "结构之美", ("variant", "结构")),
        ("GPT5", "讀 GPT-5", ("variant", "GPT-5")),
        ("gpt", "GPT", ("word", "GPT")),  # case alone is no other writing
        ("人大", "RT-2 上线", ("alias", "RT-2")),
        ("结构*", "結構", ("prefix", "結構")),
    ],
)
def test_a_reason_tells_how_the_text_differs_from_what_was_typed(
    planner: Planner, query: str, title: str, told: tuple[str, str]
) -> None:
    (found,) = explained(planner.plan(parse(query), TODAY).tree, entry(title, source=None), typed=query).reasons
    assert (found.how, found.text) == told


def test_letters_between_stars_stand_inside_words(planner: Planner) -> None:
    tree = planner.plan(parse("*gpt*"), TODAY).tree
    (found,) = explained(tree, entry("发布ＣhatＧＰＴ", source=None), typed="*gpt*").reasons
    assert (found.term, found.how, found.text) == ("gpt", "inside", "ＧＰＴ")


def test_a_word_on_no_cut_of_the_text_stands_inside_another(planner: Planner) -> None:
    tree = planner.plan(parse("人大 规模"), TODAY).tree
    found = explained(tree, entry("工人大规模减少", source=None), inside=("人大",)).reasons
    assert [(each.term, each.how) for each in found] == [("人大", "inside"), ("规模", "word")]


def test_of_a_partial_match_the_parts_of_words_are_marked(planner: Planner) -> None:
    tree = planner.plan(parse("智能体的 量子纠缠"), TODAY).tree
    held = entry("智能手机", source=None)
    assert explained(tree, held).highlights == ()
    assert [each.spans for each in explained(tree, held, partial=True).highlights] == [((0, 2),)]
    assert [(each.term, each.how) for each in explained(tree, held, partial=True).reasons] == [("智能", "part")]


def test_of_a_word_that_stands_whole_no_part_is_a_reason(planner: Planner) -> None:
    tree = planner.plan(parse("冬奥会 火星车"), TODAY).tree
    found = explained(tree, entry("火星上的冬奥会", source=None), partial=True).reasons
    assert [(each.term, each.how) for each in found] == [("冬奥会", "word"), ("火星", "part")]


@given(
    st.text(alphabet="千问ＡＩai5½.,- 1000“”é", min_size=1, max_size=30),
    st.text(alphabet="千问aiＡ5½", min_size=1, max_size=4),
)
def test_a_span_slices_text_that_folds_to_the_phrase(title: str, asked: str) -> None:
    found = explained(Quote(asked), entry(title, source=None)).highlights
    wanted = phrase(fold(asked))
    assert wanted is not None
    assert bool(found) == (wanted.search(folded(title.strip()).text) is not None) or title != title.strip()
    for highlight in found:
        assert isinstance(highlight, Highlight)
        for start, end in highlight.spans:
            assert wanted.atoms[0] in fold(title[start:end])
