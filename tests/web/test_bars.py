"""The bars over time of a search page: they hold every hit once, and each narrows to its own."""

from __future__ import annotations

import re
from html import unescape

import pytest
from factories import digest

_BAR = re.compile(r'<a href="([^"]+)" tabindex="-1"><title>([^<]+)，(\d+) 条</title>')


def bars(client, address: str) -> list[tuple[str, str, int]]:
    """Of each bar its address, its stretch of time in words, and its count."""
    page = client.get(address).text
    return [(unescape(url), told, int(count)) for url, told, count in _BAR.findall(page)]


def total(client, address: str) -> int:
    return int(re.findall(r"<strong>(\d+) 条</strong>", client.get(address).text)[0])


def test_the_bars_hold_every_hit_once_and_each_narrows_to_its_own(samples):
    found = bars(samples, "/search?q=模型")
    assert len(found) > 5
    assert sum(count for _, _, count in found) == total(samples, "/search?q=模型")
    assert [total(samples, url) for url, _, _ in found] == [count for _, _, count in found]


@pytest.mark.parametrize(
    ("days", "stretches"),
    [
        (["2026-02-08", "2026-02-10"], ["2026年2月8日", "2026年2月10日"]),
        (["2026-02-08", "2026-06-08"], ["2026年2月2日 至 2026年2月8日", "2026年6月8日 至 2026年6月14日"]),
        (["2024-02-08", "2026-02-08"], ["2024年2月1日 至 2024年2月29日", "2026年2月1日 至 2026年2月28日"]),
        (["2016-02-08", "2026-02-08"], ["2016年1月1日 至 2016年12月31日", "2026年1月1日 至 2026年12月31日"]),
    ],
    ids=["days", "weeks", "months", "years"],
)
def test_the_longer_the_time_the_longer_the_stretch_of_a_bar(holding, days, stretches):
    client = holding(*(digest("甲公司发布模型", "乙公司发布模型", day=day) for day in days))
    assert [(told, count) for _, told, count in bars(client, "/search?q=模型")] == [(told, 2) for told in stretches]


def test_a_bar_does_not_reach_beyond_the_dates_that_were_asked_for(holding):
    client = holding(*(digest("甲公司发布模型", day=day) for day in ("2026-02-08", "2026-06-08")))
    told = [told for _, told, _ in bars(client, "/search?q=模型&from=2026-02-05&to=2026-06-10")]
    assert told == ["2026年2月5日 至 2026年2月8日", "2026年6月8日 至 2026年6月10日"]


def test_where_all_is_of_one_day_there_is_nothing_to_narrow(holding):
    assert "时间分布" not in holding(digest("甲公司发布模型")).get("/search?q=模型").text
