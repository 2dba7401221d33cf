"""An empty page says what was understood, what each thing has alone, which one kills the search, and how to go on."""

from __future__ import annotations

import html
import re

import pytest
from factories import digest
from flask.testing import FlaskClient

PIECE = re.compile(
    r'<li( class="kills")?><a href="([^"]+)">([^<]+)</a>(?: <span class="count">(\d+) (?:条|个要点)</span>)?'
    r' <a class="remove" href="([^"]+)"'
)
OFFER = re.compile(r'<li><a href="([^"]+)">([^<]*)</a> <span class="count">(\d+)</span>')


@pytest.fixture
def client(holding) -> FlaskClient:
    """千问 with 上线 and with 开源, 飞鱼 on another day."""
    return holding(digest("千问上线", "千问开源"), digest("飞鱼上线", day="2026-02-09"))


def nothing(client: FlaskClient, address: str) -> str:
    page = html.unescape(client.get(address).text)
    assert "没有找到" in page
    return page.partition('class="nothing"')[2]


def total(client: FlaskClient, address: str) -> int:
    return int(re.search(r"<strong>(\d+) ", client.get(address).text)[1])


def pieces(client: FlaskClient, address: str) -> list[tuple[str, str, bool]]:
    """(text, count alone, whether it kills the search), every link having been followed."""
    found = PIECE.findall(nothing(client, address))
    for _, alone, _, count, _ in found:
        assert not count or total(client, alone) == int(count)
    return [(text, count, bool(kills)) for kills, _, text, count, _ in found]


def offers(client: FlaskClient, address: str) -> list[tuple[str, str]]:
    """(text, count), every link having been followed."""
    found = OFFER.findall(nothing(client, address))
    for target, _, count in found:
        assert total(client, target) == int(count)
    return [(text, count) for _, text, count in found]


def test_each_thing_asked_has_its_count_and_the_one_that_kills_is_marked(client: FlaskClient) -> None:
    assert pieces(client, "/search?q=千问 上线 量子") == [
        ("千问", "2", False),
        ("上线", "2", False),
        ("量子", "0", True),
    ]
    assert offers(client, "/search?q=千问 上线 量子") == [("去掉“量子”", "1")]
    assert "收录的各期里没有“量子”。" in nothing(client, "/search?q=千问 上线 量子")


def test_each_thing_asked_can_be_taken_away(client: FlaskClient) -> None:
    removals = [found[4] for found in PIECE.findall(nothing(client, "/search?q=千问 量子&sort=newest"))]
    assert [total(client, each) for each in removals] == [0, 2]
    assert all("sort=newest" in each for each in removals)


def test_those_that_leave_most_come_first(client: FlaskClient) -> None:
    assert offers(client, "/search?q=飞鱼 千问") == [("去掉“飞鱼”", "2"), ("去掉“千问”", "1")]


def test_where_no_single_one_is_in_the_way_each_is_offered_alone(client: FlaskClient) -> None:
    assert offers(client, "/search?q=飞鱼 量子 苹果") == [("只找“飞鱼”", "1")]


def test_one_typed_term_is_told_as_the_words_it_was_read_as(client: FlaskClient) -> None:
    assert [text for text, _, _ in pieces(client, "/search?q=飞鱼开源")] == ["飞鱼", "开源"]


def test_what_must_not_be_there_has_no_count_of_its_own(client: FlaskClient) -> None:
    assert pieces(client, "/search?q=飞鱼 -上线") == [("飞鱼", "1", True), ("-上线", "", True)]


def test_a_field_and_a_quote_are_things_of_their_own(client: FlaskClient) -> None:
    assert pieces(client, '/search?q=标题:飞鱼 "千问"') == [("标题:飞鱼", "1", True), ('"千问"', "2", True)]


@pytest.mark.parametrize("query", ["q=量子", "q=了", "category=没有的"])
def test_a_single_thing_has_no_pieces(client: FlaskClient, query: str) -> None:
    assert pieces(client, f"/search?{query}") == []


def test_a_single_unknown_word_is_named_with_what_to_try(client: FlaskClient) -> None:
    page = nothing(client, "/search?q=量子")
    assert "收录的各期里没有“量子”。" in page
    assert "可以试试" in page


def test_an_unknown_word_has_the_nearest_spelling_that_the_archive_holds(client: FlaskClient) -> None:
    page = nothing(client, "/search?q=千文 飞鱼 量子")
    address, text, count = re.search(
        '没有“千文”，相近的有：<a href="([^"]+)">([^<]+)</a> <span class="count">(\\d+) 条', page
    ).groups()
    assert (text, total(client, address)) == ("千问", int(count))
    assert "没有“量子”。" in page


def test_what_was_meant_is_not_told_twice(client: FlaskClient) -> None:
    page = client.get("/search?q=千文").text
    assert page.count(">千问</a>") == 1


def test_what_stands_alone_is_counted_without_the_filters(client: FlaskClient) -> None:
    address = "/search?q=千问 开源&from=2026-02-09"
    assert pieces(client, address) == [("千问", "2", False), ("开源", "1", False)]
    assert offers(client, address) == [("去掉全部筛选", "1")]


def test_each_filter_is_left_out_in_turn(client: FlaskClient) -> None:
    offered = offers(client, "/search?q=千问&from=2026-02-09&category=模型与技术进展")
    assert offered == [("去掉全部筛选", "2"), ("去掉“起 2026-02-09”", "2")]


def test_points_may_be_asked_as_entries(client: FlaskClient, holding) -> None:
    holding(digest("甲").replace("甲的要点", "乙的要点"))
    assert offers(client, "/search?q=说明 甲 乙&scope=point")[0] == ("改为按条目", "1")


def test_filters_alone_can_be_taken_away(client: FlaskClient) -> None:
    assert offers(client, "/search?category=没有的&from=2026-02-09")[-1] == ("去掉“类别 没有的”", "1")


def test_only_so_many_things_are_counted(client: FlaskClient) -> None:
    assert len(pieces(client, "/search?q=一一 二二 三三 四四 五五 六六 七七 八八 九九 十十")) == 8


def test_the_days_covered_are_told(client: FlaskClient) -> None:
    assert "收录范围：2026年2月8日 至 2026年2月9日" in nothing(client, "/search?q=量子")


def test_what_was_typed_is_escaped(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "<b>甲</b> <i>"}).text
    assert "<b>" not in page
    assert "<i>" not in page
