"""A researcher takes a citation along with one click, saves a search and sees later what is new in it."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

GBT = "AI 行业动态. 我国发布首个海洋预报AI大模型“飞鱼-1.0”[EB/OL]. （2026-02-08）["


def test_one_click_copies_a_citation(visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.to("/entries/20260208-03")
    page.get_by_text("引用", exact=True).click()
    page.get_by_role("button", name="复制").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith(GBT)


def test_a_citation_is_copied_where_the_clipboard_is_refused(visit) -> None:
    page = visit.to("/entries/20260208-03/cite")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    page.get_by_role("button", name="复制").first.click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()


def test_a_citation_can_be_read_without_javascript(plain_visit) -> None:
    page = plain_visit.to("/entries/20260208-03/cite")
    assert page.get_by_label("GB/T 7714—2025").first.input_value().startswith(GBT)
    assert page.get_by_role("button", name="复制").count() == 0


def test_a_copied_citation_is_checked(visit) -> None:
    page = visit.to("/entries/20260208-03/cite")
    text = page.get_by_label("BibTeX").first.input_value()
    page.get_by_role("link", name="核对一条已有的引文").click()
    page.get_by_label("引文、链接或编号").fill(text)
    page.get_by_role("button", name="核对").click()
    expect(page.get_by_role("heading", name="没有改过")).to_be_visible()


def test_the_whole_way_from_home_to_a_pasted_citation(visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.to("/")
    page.get_by_label("检索词").first.fill("飞鱼 南海 海洋环境保护")
    page.keyboard.press("Enter")
    page.locator("#facets").get_by_role("link", name="模型与技术进展", exact=True).click()
    expect(page.locator(".chips")).to_contain_text("模型与技术进展")
    page.locator(".hits .points a").first.click()
    expect(page).to_have_url(re.compile(r"/entries/20260208-03#p\d+$"))
    page.get_by_text("引用", exact=True).click()
    page.get_by_role("button", name="复制").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    page = visit.to("/cite")
    page.get_by_label("引文、链接或编号").focus()
    page.keyboard.press("Control+V")
    expect(page.get_by_label("引文、链接或编号")).to_have_value(re.compile(f"^{re.escape(GBT)}"))
    page.get_by_role("button", name="核对").click()
    expect(page.get_by_role("heading", name="没有改过")).to_be_visible()


def test_a_saved_search_tells_what_is_new_until_it_is_looked_at(visit) -> None:
    page = visit.to("/search?q=千问")
    page.get_by_role("button", name="保存这次检索").click()
    expect(page.get_by_text("已保存在这个浏览器里")).to_be_visible()
    page = visit.to("/")
    saved = page.locator("#saved")
    expect(saved.get_by_role("link", name="千问")).to_be_visible()
    expect(saved.locator(".fresh")).to_have_count(0)
    page.evaluate("""() => { const held = JSON.parse(localStorage["wangqi.saved"]); held[0].seen.pop();
        localStorage["wangqi.saved"] = JSON.stringify(held); }""")
    page.reload()
    expect(saved.locator(".fresh")).to_have_text("新增 1")
    saved.get_by_role("link", name="千问").click()
    expect(page.get_by_text("已保存在这个浏览器里")).to_be_visible()
    visit.to("/")
    expect(saved.get_by_role("link", name="千问")).to_be_visible()
    expect(saved.locator(".fresh")).to_have_count(0)


def exported(page: Page) -> list:
    """The saved searches, as the first page hands them out."""
    with page.expect_download() as started:
        page.get_by_role("link", name="导出（JSON）").click()
    return json.loads(started.value.path().read_text(encoding="utf-8"))


def test_saved_searches_are_exported_and_forgotten(visit) -> None:
    page = visit.to("/search?q=飞鱼&scope=point")
    page.get_by_role("button", name="保存这次检索").click()
    expect(page.get_by_text("已保存在这个浏览器里")).to_be_visible()
    page = visit.to("/")
    (held,) = exported(page)
    assert held["address"] == "/search?q=%E9%A3%9E%E9%B1%BC&scope=point"
    page.get_by_role("button", name="不再保存“飞鱼”").click()
    expect(page.locator("#saved")).to_contain_text("检索后可以保存")
    expect(page.locator("#saved a")).to_have_count(0)


def search(address: str = "/search?q=飞鱼", name: object = "飞鱼", seen: object = ()) -> dict[str, object]:
    """A saved search as a file has it."""
    return {"address": address, "name": name, "seen": seen}


def read_in(page: Page, text: str) -> None:
    """Choose a file with this text."""
    with page.expect_file_chooser() as asked:
        page.get_by_role("button", name="从文件读入").click()
    asked.value.set_files({"name": "saved.json", "mimeType": "application/json", "buffer": text.encode()})


def test_saved_searches_are_read_in_beside_those_that_are_there(visit) -> None:
    page = visit.to("/search?q=千问")
    page.get_by_role("button", name="保存这次检索").click()
    expect(page.get_by_text("已保存在这个浏览器里")).to_be_visible()
    page = visit.to("/")
    file = json.dumps([*exported(page), search(), search()])
    saved = page.locator("#saved")
    for said in ("1 个已读入；2 个已有", "3 个已有"):
        read_in(page, file)
        expect(saved.get_by_role("status")).to_have_text(said)
        expect(saved.get_by_role("button", name="从文件读入")).to_be_focused()
    page.reload()
    expect(saved.locator("li > a")).to_have_text(["千问", "飞鱼"])
    expect(saved.locator(".fresh")).to_have_count(1)  # of what the file had not seen


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("无", "这不是从首页导出的文件"),
        ('{"address": "/search"}', "这不是从首页导出的文件"),
        ("[" * 100_000, "这不是从首页导出的文件"),
        ("[]", "文件里没有检索"),
        (" " * (1 << 20) + "[]", "文件大于 1 MB"),
        (
            json.dumps(
                [
                    *(search("javascript:alert(1)"), search("//evil.example/search"), search("/searching")),
                    *(
                        search("https://evil.example/search?q=1"),
                        search(["/search"]),
                        search("/search?q=" + "一" * 9000),
                    ),
                    *(search(seen=None), search(seen="20260208-01"), None, 1, "甲", []),
                ]
            ),
            "12 个不是本库的检索，没有读入",
        ),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_with_a_sentence(visit, text, said) -> None:
    page = visit.to("/")
    read_in(page, text)
    expect(page.locator("#saved").get_by_role("status")).to_contain_text(said)
    assert page.evaluate("localStorage['wangqi.saved']") is None


def test_what_a_file_calls_a_search_stays_text_and_is_no_hit(visit) -> None:
    page = visit.to("/")
    names = ["<img src=x onerror=alert(1)>", {"toString": 1}, "长" * 5000]
    read_in(page, json.dumps([search(f"/search?q={n}", name, (["x"], 7)) for n, name in enumerate(names)]))
    saved = page.locator("#saved")
    expect(saved.locator("li > a")).to_have_text([names[0], "全部", "长" * 200])
    assert page.evaluate("JSON.parse(localStorage['wangqi.saved']).map(each => each.seen)") == [[], [], []]


def test_no_more_searches_are_kept_than_the_first_page_can_ask_for(visit) -> None:
    page = visit.to("/")
    read_in(page, json.dumps([search(f"/search?q={n}") for n in range(120)]))
    saved = page.locator("#saved")
    expect(saved.get_by_role("status")).to_have_text("100 个已读入；20 个没有读入，最多保存 100 个")
    expect(saved.locator("li")).to_have_count(100)
    page = visit.to("/search?q=千问")
    page.get_by_role("button", name="保存这次检索").click()
    expect(page.get_by_text("已保存 100 个，不能再多")).to_be_visible()


@pytest.mark.parametrize(
    "held", ["无", "{}", '[{"address": "javascript:alert(1)", "name": "甲", "seen": []}]', "[1, null]"]
)
def test_what_others_wrote_into_the_browser_is_not_followed(visit, held) -> None:
    page = visit.to("/")
    page.evaluate("held => localStorage['wangqi.saved'] = held", held)
    page.reload()
    expect(page.locator("#saved")).to_contain_text("检索后可以保存")
    expect(page.locator("#saved a")).to_have_count(0)


def test_issues_that_came_since_the_last_visit_are_marked(visit) -> None:
    page = visit.to("/")
    expect(page.locator("[data-issue] .fresh")).to_have_count(0)
    page.evaluate("localStorage['wangqi.seen'] = JSON.stringify(JSON.parse(localStorage['wangqi.seen']).slice(2))")
    page.reload()
    expect(page.locator("[data-issue] .fresh")).to_have_count(2)
    page.reload()
    expect(page.locator("[data-issue] .fresh")).to_have_count(0)
