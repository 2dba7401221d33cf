"""`match=word`: words only on a text's own cuts (SEARCH 11), asked of each engine."""

from __future__ import annotations

import pytest
from asking import filled, ids, partial_ids, request
from factories import entry, issue

from archive.model import Entry
from archive.text import fold
from indexer.engine import SearchEngine
from indexer.engines import connect
from indexer.highlighting import explained
from indexer.planning import Planner
from indexer.segmenter import Segmenter


@pytest.mark.parametrize(
    ("text", "word", "is_word"),
    [
        ("人大立法", "人大", True),
        ("工人大规模减少", "人大", False),
        ("全国人大代表", "人大", True),  # a word of the dictionary within another
        ("具身智能体上线", "智能体", True),  # begins where 智能 does, ends where 体 does
        ("采不准", "不准", True),
        ("采不准", "采不", False),
        ("智能", "能", False),
        ("旗下的灯", "灯", True),
        ("2.0时代到来", "时代", True),  # though 2.0时 is also read as a number of hours
        ("5月份", "份", True),
        ("5月份", "月", False),
        ("カタカナ語", "カタカナ", True),
        ("カタカナ語", "カタ", False),
        ("工人大规模\n人大立法", "人大", False),  # the first; texts lie one below the other
    ],
)
def test_a_word_begins_and_ends_where_words_of_the_text_do(
    segmenter: Segmenter, text: str, word: str, is_word: bool
) -> None:
    folded = fold(text) if "\n" not in text else text
    start = folded.index(word)
    assert segmenter.on_cuts(folded, start, start + len(word)) is is_word


def test_what_stands_in_a_later_line_is_looked_at_there(segmenter: Segmenter) -> None:
    assert segmenter.on_cuts("工人大规模\n人大立法\n人工", 6, 8)


def bare(title: str, **changes: object) -> Entry:
    """An entry with its title alone."""
    return entry(title, source=None, category="", **changes)


def found(engine: SearchEngine, planner: Planner, query: str, **options: object) -> list[str]:
    answer = engine.search(request(planner, query, match="word", **options))
    return sorted(each.partition("-")[2] for each in ids(answer))


@pytest.mark.parametrize(
    ("query", "options", "numbers"),
    [
        ("人大", {}, ["01", "03", "05"]),
        ("人大", {"aliases": "none"}, ["01", "03"]),  # RT-2 is another name
        ("智能体", {}, ["04"]),
        ("能", {}, []),
        ("灯", {}, ["04"]),
        ("“人大”", {}, ["01", "02", "03", "05"]),  # a quote is found wherever it stands
        ("-人大", {}, ["02", "04"]),
        ("人大|智能体", {}, ["01", "03", "04", "05"]),
        ("标题:人大", {}, ["01", "05"]),
        ("说明:人大", {}, []),
        ("说明:规模", {}, ["03", "05"]),
        ("要点:人大", {}, ["03"]),
        ("人大", {"scope": "point"}, ["03.2"]),
    ],
)
def test_only_words_on_the_cuts_are_found(
    engine: SearchEngine, planner: Planner, query: str, options: dict, numbers: list[str]
) -> None:
    in_points = bare("减少", summary="大规模", points=("工人大规模减少", "人大立法"))
    named = bare("RT-2", summary="工人大规模减少")
    filled(engine, issue(bare("人大立法"), bare("工人大规模减少"), in_points, bare("具身智能体的灯"), named))
    assert found(engine, planner, query, **options) == numbers


def test_as_one_quote_only_what_is_found_is_counted(engine: SearchEngine, planner: Planner) -> None:
    filled(engine, issue(bare("全国人大立法"), bare("工人大立法庭"), bare("立法的人大")))
    anywhere, on_cuts = (engine.search(request(planner, "人大立法", match=match)) for match in ("any", "word"))
    assert (anywhere.total, anywhere.literal_total) == (3, 2)
    assert (on_cuts.total, on_cuts.literal_total) == (2, 1)


def test_partial_matches_hold_words_on_the_cuts(engine: SearchEngine, planner: Planner) -> None:
    filled(engine, issue(bare("人大立法"), bare("工人大规模减少")))
    asked = request(planner, "人大 量子纠缠", match="word", aliases="none")
    assert partial_ids(engine.search(asked)) == ["20260208-01"]


def test_a_part_of_a_word_is_a_word_too(engine: SearchEngine, planner: Planner) -> None:
    filled(engine, issue(bare("智能家居"), bare("人工智障"), bare("万能体温计")))
    assert partial_ids(engine.search(request(planner, "智能体们", match="word"))) == ["20260208-01"]


def test_only_what_counts_is_marked(planner: Planner) -> None:
    tree = request(planner, "人大", match="word").query
    held = bare("工人大规模减少，人大立法")
    assert [each.spans for each in explained(tree, held).highlights] == [((8, 10),)]


def test_a_word_of_several_is_not_told_to_stand_inside_another(tmp_path, segmenter, planner) -> None:
    whoosh = filled(connect(f"whoosh:{tmp_path / 'index'}", segmenter), issue(bare("具身智能体"), bare("万智能体操")))
    hits = whoosh.search(request(planner, "智能体")).hits
    assert [(hit.id[-2:], hit.inside) for hit in hits] == [("01", ()), ("02", ("智能体",))]
