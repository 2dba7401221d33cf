"""From the trend of a term to its entries, from the map of the days to a month, from an entry to its source."""

from __future__ import annotations

import re

import pytest


def test_a_point_of_a_trend_opens_its_entries(plain_visit):
    page = plain_visit.to("/trends")
    page.get_by_label("第 1 个词").fill("模型")
    page.locator("select[name=by]").select_option("week")
    page.get_by_role("button", name="比较").click()
    point = page.locator("svg.chart a").last
    told = int(re.search(r"(\d+) 条", point.locator("title").text_content())[1])
    point.click()
    assert page.locator(".total strong").inner_text() == f"{told} 条"


def test_the_table_below_a_chart_leads_where_its_points_lead(plain_visit):
    page = plain_visit.to("/trends?term=模型&by=week")
    cell = page.locator("table.numbers tbody td a").first
    count = cell.inner_text()
    cell.click()
    assert page.locator(".total strong").inner_text() == f"{count} 条"


def test_from_the_map_to_a_month_to_an_issue(plain_visit):
    page = plain_visit.to("/issues/")
    page.get_by_role("link", name="3月", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "2026年3月"
    page.locator("table.month td.has a").first.click()
    page.get_by_role("link", name="2026年3月各期").click()
    assert page.url.endswith("/issues/2026-03")


def test_from_an_entry_to_its_source_and_its_outlet(plain_visit):
    page = plain_visit.to("/entries/20260208-01")
    page.locator(".sources .host a").first.click()
    host = page.get_by_role("heading", level=1).inner_text()
    assert "." in host
    assert page.locator("svg.chart a").count() > 0


@pytest.mark.parametrize(
    "path", ["/trends?term=模型&term=数据", "/issues/", "/issues/2026-03", "/sources/", "/sources/人民网"]
)
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_is_wider_than_the_window_and_nothing_is_blocked(visit, path, width):
    page = visit.to("/")
    page.set_viewport_size({"width": width, "height": 900})
    page = visit.to(path)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if page.locator("svg.chart").count():
        colour = page.evaluate("getComputedStyle(document.querySelector('svg.chart .c1 circle')).fill")
        assert colour != "rgb(0, 0, 0)"
