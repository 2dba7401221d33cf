"""From the first page to a tag, to what comes with it, to an entry, why it has the tag, its story, and its trend."""

from __future__ import annotations

import re

import pytest


def count(page) -> int:
    """The number of entries that a tag's page tells."""
    return int(re.match(r"\d+", page.locator("p.about").first.inner_text())[0])


def beside(page):
    """The tags that a tag is narrowed by."""
    return page.locator("section", has=page.get_by_role("heading", name="同时出现"))


def test_from_the_first_page_to_a_narrowed_tag_to_an_entry_and_its_reasons(plain_visit):
    page = plain_visit.to("/")
    page.locator("ul.tags a").first.click()
    tag, whole = page.get_by_role("heading", level=1).inner_text(), count(page)
    link = beside(page).locator("a").first
    other, told = link.inner_text().rsplit(" ", 1)
    link.click()
    assert count(page) == int(told) <= whole
    page.locator(".results article h2 a").first.click()
    page.get_by_text("标签从何而来").click()
    reasons = page.locator("details.why dt").all_inner_texts()
    assert {tag, other} <= set(reasons)
    assert page.locator("details.why dd").first.is_visible()


def test_from_the_first_page_to_a_story_and_from_its_trend_to_entries(plain_visit):
    page = plain_visit.to("/")
    page.locator("ul.tags").get_by_role("link", name="北辰智能").click()
    beside(page).get_by_role("link", name="步行者-T2").click()
    page.get_by_role("link", name=re.compile("^北辰智能召回")).click()
    entry = page.url
    page.get_by_role("link", name=re.compile("^按时间看全部")).click()
    told = page.locator("ol.reports .told a").evaluate_all("links => links.map(link => link.href)")
    assert len(told) == 2
    assert entry in told
    page.get_by_role("link", name="走势").last.click()
    point = page.locator("svg.chart a").last
    counted = int(re.search(r"(\d+) 条", point.locator("title").text_content())[1])
    point.click()
    assert page.locator(".total strong").inner_text() == f"{counted} 条"
    assert page.locator(".results article").count() == counted


def test_from_a_search_to_who_comes_with_whom_in_it(plain_visit):
    page = plain_visit.to("/search?q=模型")
    page.get_by_role("link", name=re.compile("^共现")).click()
    cell = page.locator(".together tbody a").first
    told = cell.inner_text()
    cell.click()
    assert page.locator(".total strong").inner_text() == f"{told} 条"


def test_a_narrowed_tag_is_broadened_again(plain_visit):
    page = plain_visit.to("/tags/OpenAI")
    whole = count(page)
    beside(page).locator("a").first.click()
    page.get_by_role("link", name="去掉").click()
    assert count(page) == whole
    assert page.get_by_role("heading", level=1).inner_text() == "OpenAI"


def test_a_month_of_a_tags_timeline_opens_its_entries(plain_visit):
    page = plain_visit.to("/tags/OpenAI")
    point = page.locator("svg.chart a").last
    told = int(re.search(r"(\d+) 条", point.locator("title").text_content())[1])
    point.click()
    assert page.locator(".total strong").inner_text() == f"{told} 条"


def test_a_number_of_who_comes_with_whom_opens_as_many_entries(plain_visit):
    page = plain_visit.to("/tags/大模型")
    cell = page.locator(".together tbody a").first
    told = int(cell.inner_text())
    cell.click()
    assert count(page) == told


def test_the_index_leads_by_pinyin_to_a_tag(plain_visit):
    page = plain_visit.to("/tags/")
    page.get_by_role("link", name="按拼音").click()
    page.locator("ul.letters").get_by_text("Q", exact=True).click()
    page.get_by_role("link", name="千问").click()
    assert page.get_by_role("heading", level=1).inner_text() == "千问"


@pytest.mark.parametrize(
    "path",
    ["/tags/", "/tags/?by=pinyin", "/tags/?kind=产品", "/tags/大模型?with=OpenAI", "/tags/千文", "/together?q=模型"],
)
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_is_wider_than_the_window(visit, path, width):
    page = visit.to("/")
    page.set_viewport_size({"width": width, "height": 900})
    # An unknown tag is a 404, which the browser writes to its console.
    page = visit.to(path)
    visit.complaints = [each for each in visit.complaints if "404" not in each]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
