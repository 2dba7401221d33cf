"""Who has no mouse, no eyes for it, no script or another scheme of colours reaches all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "the form": "/search",
    "list": "/search?q=模型",
    "query read back": "/search?q=千问|飞鱼 -免单&category=模型与技术进展&from=2026-02-01",
    "key points": "/search?q=模型&scope=point",
    "table": "/search?q=模型&view=table",
    "lines": "/search?q=飞鱼&view=kwic-left",
    "nothing": "/search?q=量子猫狗",
    "absurd hits": "/search?q=标题|模型&from=2026-05-03",
    "absurd table": "/search?q=标题&view=table&from=2026-05-03",
    "absurd lines": "/search?q=Super*&view=kwic&from=2026-05-03",
    "together": "/together?q=模型",
    "all values": "/search/values?q=模型&facet=tag",
    "calendar": "/issues/",
    "month": "/issues/2026-03",
    "issue": "/issues/2026-02-08",
    "absurd issue": "/issues/2026-05-03",
    "revisions": "/issues/2026-05-02/revisions",
    "difference": "/issues/2026-05-02/revisions/2",
    "entry": "/entries/20260208-03",
    "revised": "/entries/20260502-01",
    "pinned": "/entries/20260502-01?revision=1",
    "withdrawn": "/entries/20260502-02",
    "title of 2000": "/entries/20260503-01",
    "long word": "/entries/20260503-02",
    "right to left": "/entries/20260503-03",
    "500 key points": "/entries/20260504-01",
    "citations": "/entries/20260208-03/cite",
    "citation": "/cite",
    "citation changed": "/cite?text=20260502-01@1",
    "tags": "/tags/",
    "tag": "/tags/千问",
    "category": "/categories/模型与技术进展",
    "sources": "/sources/",
    "source": "/sources/news.example.com",
    "stories": "/stories/",
    "story": "/stories/20260402-05",
    "trends": "/trends?term=模型&term=智能体",
    "help": "/help",
    "cuts": "/help/segment?text=千问模型发布",
    "status": "/status",
    "missing": "/entries/20990101-01",
}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]
AXE = Axe().axe_script


def complaints(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds, and what it finds of the colours in the dark: the rule and the elements that break it."""
    asked: dict[str, dict] = {"light": {"type": "tag", "values": WCAG}, "dark": {"type": "rule", "values": COLOURS}}
    found = []
    page.evaluate(AXE)
    for scheme, rules in asked.items():
        page.emulate_media(color_scheme=scheme)
        options = {"runOnly": rules, "resultTypes": ["violations"]}
        found += page.evaluate("options => axe.run(options).then(told => told.violations)", options)
    return [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """One for all pages, so that styles and scripts are loaded once."""
    with closing(chromium.new_context(locale="zh-CN")) as context:
        yield context


@pytest.fixture(scope="module", params=PAGES.values(), ids=PAGES)
def seen(request: pytest.FixtureRequest, context: BrowserContext, worn: str) -> Iterator[Page]:
    """Each page, loaded once for all that is asked of it."""
    with closing(context.new_page()) as page:
        page.goto(worn + request.param.removeprefix("/"))
        yield page


def test_axe_finds_nothing_to_complain_of(seen) -> None:
    assert complaints(seen) == []


def test_no_page_scrolls_sideways_at_320_pixels_or_at_200_percent(seen) -> None:
    seen.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    for width in (320, 640):  # what a window of 1280 leaves at 400 % and at 200 %
        seen.set_viewport_size({"width": width, "height": 600})
        assert seen.evaluate("document.documentElement.scrollWidth") <= width


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


def test_y_on_an_entry_copies_its_own_citation(visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.to("/entries/20260208-03")
    page.keyboard.press("y")
    expect(page.locator(".toast")).to_have_text("已复制引文")
    assert "/entries/20260208-03" in page.evaluate("navigator.clipboard.readText()")


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
    bar = page.locator(".bars a").first
    count = int(re.findall(r"，(\d+) 条", bar.locator("title").text_content() or "")[0])
    bar.locator("rect").last.click()
    expect(page.locator(".total strong")).to_have_text(f"{count} 条")


def test_searching_within_what_was_found_narrows_it(plain_visit) -> None:
    page = plain_visit.to("/search?q=模型&view=table")
    page.get_by_label("在结果中检索").fill("开源")
    page.get_by_role("button", name="再检索").click()
    expect(page.get_by_label("检索词").first).to_have_value("模型 开源")
    expect(page.locator("table.compact")).to_be_visible()


def test_back_and_forward_restore_what_was_asked_and_seen(visit) -> None:
    page = visit.to("/search?q=模型")
    page.get_by_role("link", name="表格").click()
    page.get_by_label("检索词").first.fill("开源")
    page.get_by_role("button", name="检索", exact=True).click()
    expect(page).to_have_title(re.compile("^开源"))  # there, before it is left again
    page.go_back()
    expect(page.get_by_label("检索词").first).to_have_value("模型")
    expect(page.locator("table.compact")).to_be_visible()
    page.go_forward()
    expect(page.get_by_label("检索词").first).to_have_value("开源")


def test_a_very_long_key_point_does_not_drown_the_other_hits(worn_visit) -> None:
    page = worn_visit.to("/search?q=没有尽头&from=2026-05-03")
    heights = page.locator(".hits > li").evaluate_all("all => all.map(each => each.offsetHeight)")
    assert 0 < max(heights) < 900


def test_the_columns_of_the_table_stay_readable(worn_visit) -> None:
    page = worn_visit.to("/search?q=模型&view=table")
    widths = page.locator(".compact thead th").evaluate_all("all => all.map(each => each.offsetWidth)")
    assert min(widths) > 60


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
