"""A researcher finds an entry: from the first page to the key point, with a mouse, with keys, without JavaScript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def asked(page: Page, query: str) -> Page:
    """The query typed into the page's box and sent with Enter."""
    box = page.get_by_label("检索词").first
    box.fill(query)
    box.press("Enter")
    return page


def test_the_way_from_home_to_a_key_point(visit) -> None:
    page = asked(visit.to("/"), "千问 冬奥会")
    expect(page).to_have_title(re.compile("千问 冬奥会"))
    expect(page.locator("mark").first).to_be_visible()
    page.get_by_role("link", name=re.compile("米兰冬奥会")).first.click()
    expect(page).to_have_url(re.compile("/entries/20260208-08"))
    expect(page.locator("#p1")).to_contain_text("国际奥委会官网")


def test_everything_is_found_without_javascript(plain_visit) -> None:
    page = asked(plain_visit.to("/"), "具身智能")
    expect(page.locator("main")).to_contain_text("清华研究生开源大一统具身智能世界模型Motus")


def test_a_facet_narrows_to_the_number_it_shows(visit) -> None:
    page = visit.to("/search?q=模型")
    link = page.locator("a[href*='category=']").first
    count = int(re.findall(r"\d+", link.locator("xpath=..").inner_text())[-1])
    link.click()
    expect(page.locator("main")).to_contain_text(re.compile(rf"\b{count} 条"))


def test_going_back_restores_the_search(visit) -> None:
    page = visit.to("/search?q=模型&scope=point")
    page.locator("main a[href*='/entries/']").first.click()
    page.go_back()
    expect(page.get_by_label("检索词").first).to_have_value("模型")
    expect(page.get_by_label("按要点")).to_be_checked()


@pytest.mark.parametrize(
    "path",
    ["/", "/search?q=模型", "/issues/", "/issues/2026-02-08", "/entries/20260208-03", "/tags/", "/help", "/status"],
)
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_page_scrolls_sideways(visit, path: str, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    page = visit.to(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_error_keeps_what_was_typed(visit) -> None:
    page = visit.to("/search?q=千问&page=-1")
    visit.complaints.clear()  # Chromium itself reports the 400
    expect(page.get_by_label("检索词").first).to_have_value("千问")


def test_the_first_page_is_light(visit) -> None:
    sizes: list[int] = []
    visit.page.on("response", lambda response: sizes.append(len(response.body())))
    visit.to("/").wait_for_load_state("networkidle")
    assert sum(sizes) < 100_000
