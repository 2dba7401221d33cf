"""Who has no mouse, no eyes for it, no script or another scheme of colours reaches all of it."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PATHS = [
    "/",
    "/search",
    "/search?q=千问|飞鱼 -免单&category=模型与技术进展",
    "/search?q=模型&scope=point",
    "/search?q=模型&view=table",
    "/search?q=模型&view=kwic-left",
    "/search?q=量子猫狗",
    "/issues/",
    "/issues/2026-02-08",
    "/entries/20260208-03",
    "/entries/20260208-03/cite",
    "/cite",
    "/tags/",
    "/tags/千问",
    "/categories/模型与技术进展",
    "/sources/",
    "/sources/news.example.com",
    "/trends?term=模型&term=智能体",
    "/stories/",
    "/stories/20260402-05",
    "/together?q=模型",
    "/issues/2026-03",
    "/issues/2026-02-08/revisions",
    "/help",
    "/help/segment",
    "/status",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def complaints(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds, in light and in dark: the rule and the elements that break it."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
    return [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_to_complain_of(visit, path: str) -> None:
    assert complaints(visit.to(path)) == []


def test_axe_finds_nothing_to_complain_of_where_all_is_unfolded(visit) -> None:
    page = visit.to("/search?q=模型")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.get_by_label("检索词").first.fill("千")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert complaints(page) == []


def test_axe_finds_nothing_to_complain_of_in_the_list_of_keys(visit) -> None:
    page = visit.to("/entries/20260208-03")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert complaints(page) == []


def test_axe_finds_nothing_to_complain_of_where_a_page_is_missing(visit) -> None:
    found = complaints(visit.to("/entries/20990101-01"))
    assert [each for each in visit.complaints if "404" not in each] == []
    visit.complaints.clear()  # Chromium tells of each 404
    assert found == []


def test_keys_lead_from_the_box_to_an_entry(visit) -> None:
    page = visit.to("/search?q=模型")
    page.locator("main").focus()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(".hits > li").first.locator("h2 a")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("检索词").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile("/entries/"))


def test_control_and_k_lead_to_the_box_from_anywhere(visit) -> None:
    page = visit.to("/help")
    page.keyboard.press("Control+k")
    expect(page.get_by_label("检索词").first).to_be_focused()


def test_y_copies_the_citation_of_a_hit(visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.to("/search?q=飞鱼 海洋预报")
    page.keyboard.press("j")
    page.keyboard.press("y")
    expect(page.locator(".toast")).to_have_text("已复制引文")
    assert "[EB/OL]" in page.evaluate("navigator.clipboard.readText()")


def test_keys_can_be_turned_off_and_stay_so(visit) -> None:
    page = visit.to("/search?q=模型")
    page.keyboard.press("?")
    page.get_by_label("启用单个字母的快捷键").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("/")
    expect(page.get_by_label("检索词").first).not_to_be_focused()
    page.get_by_role("button", name="快捷键").click()
    expect(page.get_by_label("启用单个字母的快捷键")).not_to_be_checked()


def test_a_letter_typed_into_the_box_is_a_letter(visit) -> None:
    page = visit.to("/")
    box = page.get_by_label("检索词").first
    box.press_sequentially("jk?/")
    expect(box).to_have_value("jk?/")


def test_a_bar_narrows_to_its_stretch_of_time(visit) -> None:
    page = visit.to("/search?q=模型")
    bar = page.locator(".timeline a").first
    count = int(re.findall(r"，(\d+) 条", bar.locator("title").text_content() or "")[0])
    bar.locator("rect").last.click()
    expect(page.locator(".total strong")).to_have_text(f"{count} 条")


def test_searching_within_what_was_found_narrows_it(plain_visit) -> None:
    page = plain_visit.to("/search?q=模型&view=table")
    page.get_by_label("在结果中检索").fill("开源")
    page.get_by_role("button", name="再检索").click()
    expect(page.get_by_label("检索词").first).to_have_value("模型 开源")
    expect(page.locator("table.compact")).to_be_visible()


def test_two_hundred_percent_does_not_scroll_sideways(visit) -> None:
    visit.page.set_viewport_size({"width": 640, "height": 450})  # what a window of 1280 leaves at 200 %
    for view in ("list", "table", "kwic"):
        page = visit.to(f"/search?q=模型&view={view}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_the_search_page_is_three_requests(visit) -> None:
    visit.to("/search?q=模型").wait_for_load_state("networkidle")
    assert len([url for url in visit.asked if not url.startswith("data:")]) == 3


def test_nothing_moves_while_the_page_loads(visit) -> None:
    page = visit.to("/search?q=模型")
    shift = page.evaluate("""new Promise(done => { let sum = 0;
        new PerformanceObserver(list => { for (const each of list.getEntries()) sum += each.value; })
          .observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => done(sum))); })""")
    assert shift == 0


def test_an_entry_is_printed_without_furniture_and_with_its_addresses(visit) -> None:
    page = visit.to("/entries/20260208-03")
    page.emulate_media(media="print")
    expect(page.locator(".top")).to_be_hidden()
    expect(page.locator(".own")).to_be_visible()
    assert page.pdf().startswith(b"%PDF")
