"""Which words of a query are spelled otherwise."""

from __future__ import annotations

import pytest

from indexer.query import parse, to_text
from indexer.respelling import respelled
from indexer.spelling import Spelling

WAYS = {
    "千文": [Spelling("千问", 0, 18), Spelling("千吻", 0, 2)],
    "飞于": [Spelling("飞鱼", 1, 9)],
    "Antropic": [Spelling("Anthropic", 1, 68)],
}


def queries(typed: str, most: int = 20) -> list[str]:
    found = respelled(parse(typed).tree, lambda text: WAYS.get(text, []), most)
    return [to_text(tree) for tree in found]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("千文 上线", "千问 上线"),
        ("“千文”", '"千问"'),
        ("标题:千文", "标题:千问"),
        ("标签:千文", "标签:千问"),
        ("(千文|飞鱼) -千文", "千问|飞鱼 -千文"),  # what is excluded stays
        ("千文 千文", "千问 千问"),
        ("千文 系列:千文", "千问 系列:千文"),
    ],
)
def test_terms_and_quotes_are_respelled_where_they_are_asked(typed: str, first: str) -> None:
    assert queries(typed)[0] == first


@pytest.mark.parametrize(
    "typed", ["", "上线", "-千文", "系列:千文", "千文*", "日期:2026-02", "https://example.com/千文"]
)
def test_what_asks_no_known_word_stays(typed: str) -> None:
    assert queries(typed) == []


def test_nearer_spellings_come_first_then_those_of_more_words() -> None:
    assert queries("千文 飞于") == ["千问 飞于", "千吻 飞于", "千文 飞鱼", "千问 飞鱼", "千吻 飞鱼"]


def test_only_so_many_are_made() -> None:
    assert len(queries("千文 飞于 Antropic", most=4)) == 4
