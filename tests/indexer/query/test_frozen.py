"""Two hundred queries with the trees that every later version must read them as; lines may only be added."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from asking import filled, ids, request
from factories import entry, issue

from indexer.engines import connect
from indexer.planning import Planner
from indexer.query import parse, to_text
from indexer.segmenter import Segmenter

LINES = [json.loads(line) for line in (Path(__file__).parent / "frozen.jsonl").read_text(encoding="utf-8").splitlines()]


def test_there_are_two_hundred() -> None:
    assert len({line["query"] for line in LINES}) == len(LINES) >= 200


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["query"])
def test_a_query_is_read_as_it_always_was(line: dict[str, str]) -> None:
    tree = parse(line["query"]).tree
    assert (to_text(tree), repr(tree)) == (line["canonical"], line["tree"])
    assert parse(line["canonical"]).tree == tree


def test_every_engine_answers_them_alike(segmenter: Segmenter, planner: Planner, tmp_path: Path) -> None:
    held = issue(
        entry("千问与飞鱼-1.0", points=("南海的科学", "GPT-5.3 免单")),
        entry("具身智能：看-想-动", summary="人工智能法与数据，30亿免单", category="政策与监管"),
        entry("C++ 与 .NET、RT-2", background="a b c 或 and OR", source=("人民网", "http://sh.people.com.cn/1")),
    )
    looking, indexed = (filled(connect(url, segmenter), held) for url in ("memory:", f"whoosh:{tmp_path / 'index'}"))
    for line in LINES:
        wanted = request(planner, line["query"])
        assert sorted(ids(indexed.search(wanted))) == sorted(ids(looking.search(wanted))), line["query"]
