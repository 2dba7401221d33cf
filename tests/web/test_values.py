"""Every value of one kind in what a search finds, on a page of its own."""

from __future__ import annotations

import html
import re

import pytest
from factories import digest
from flask.testing import FlaskClient


def listed(client: FlaskClient, address: str) -> list[tuple[str, int, str]]:
    """(value, hits, address) of each link of the page."""
    page = client.get(address).text
    found = re.findall(r'<li><a href="([^"]+)">([^<]+)</a> <span class="count">(\d+)', page)
    return [(html.unescape(value), int(hits), html.unescape(url)) for url, value, hits in found]


@pytest.fixture
def months(holding) -> FlaskClient:
    """千问 in each of twelve months."""
    return holding(*(digest("千问", day=f"2026-{number:02}-01") for number in range(1, 13)))


def test_a_search_shows_the_ten_newest_months_and_leads_to_all(months):
    page = months.get("/search?q=千问").text
    assert "2026年3月</a>" in page
    assert "2026年2月</a>" not in page
    everything = html.unescape(re.search('<a href="([^"]+)" rel="nofollow">全部月份</a>', page)[1])
    assert [value for value, _, _ in listed(months, everything)] == [f"2026年{n}月" for n in range(12, 0, -1)]


def test_where_all_are_shown_nothing_leads_to_all(months):
    page = months.get("/search?q=千问").text
    assert "全部类别" not in page


@pytest.mark.parametrize("facet", ["category", "tag", "source"])
@pytest.mark.parametrize("asked", ["q=模型", "scope=point&from=2026-02", "tag=大模型&q=发布"])
def test_every_value_leads_to_as_many_hits_as_it_says(samples, facet, asked):
    links = listed(samples, f"/search/values?{asked}&facet={facet}")
    assert len(links) > 1
    for value, hits, url in links:
        found = samples.get(f"/api/v1{url}").json
        assert found["total"] == hits, value


def test_the_first_values_are_those_of_the_api(samples):
    told = samples.get("/api/v1/search?q=模型").json["facets"]["source"]
    links = listed(samples, "/search/values?q=模型&facet=source")
    assert [(value, hits) for value, hits, _ in links][:50] == [(each["value"], each["count"]) for each in told]


def test_a_page_beyond_the_last_leads_to_the_last(months):
    answer = months.get("/search/values?q=千问&facet=month&page=2")
    assert answer.status_code == 404
    assert "没有第 2 页：月份的列表共 1 页" in answer.text
    assert 'href="/search/values?q=%E5%8D%83%E9%97%AE&amp;facet=month"' in answer.text


def test_a_kind_that_is_none_is_named(months):
    answer = months.get("/search/values?q=千问&facet=鱼")
    assert answer.status_code == 400
    assert "facet 的值“鱼”不认识" in answer.text
    assert "可用的有 category、month、series、tag、source" in answer.text


def test_what_is_chosen_can_be_taken_away_and_leads_back(months):
    page = html.unescape(months.get("/search/values?q=千问&tag=千问&facet=tag").text)
    assert '<li class="on"><a href="/search?q=%E5%8D%83%E9%97%AE">千问 ' in page
    assert '<a href="/search?q=%E5%8D%83%E9%97%AE&tag=%E5%8D%83%E9%97%AE">检索结果</a>' in page


def test_where_nothing_is_found_nothing_is_to_be_chosen(months):
    page = months.get("/search/values?q=没有的词&facet=tag").text
    assert "标签 0 个" in page
    assert "点一个" not in page


@pytest.mark.parametrize(("facet", "told"), [("tag", True), ("month", False)])
def test_only_what_can_be_left_out_is_said_to_be(months, facet, told):
    assert ("− 是排除它" in months.get(f"/search/values?q=千问&facet={facet}").text) is told
