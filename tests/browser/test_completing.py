"""Completions below the search box: with keys, with a mouse, and never in the way of an input method."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser


def box_of(page: Page) -> Locator:
    return page.get_by_label("检索词").first


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="补全").get_by_role("option")


def typed(page: Page, text: str) -> Locator:
    """The box, after a person has typed into it and the list has come."""
    box = box_of(page)
    box.press_sequentially(text)
    expect(options(page).first).to_be_visible()
    return box


@pytest.mark.parametrize("path", ["/", "/search", "/issues/"])
def test_an_arrow_chooses_and_enter_asks(visit, path: str) -> None:
    page = visit.to(path)
    box = typed(page, "qianw")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    chosen = options(page).and_(page.locator("[aria-selected=true]"))
    expect(chosen).to_contain_text("千问")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=%E5%8D%83%E9%97%AE$"))


def test_enter_without_a_choice_asks_what_was_typed(visit) -> None:
    page = visit.to("/")
    typed(page, "qianw").press("Enter")
    expect(page).to_have_url(re.compile(r"q=qianw$"))


def test_behind_the_last_comes_what_was_typed(visit) -> None:
    page = visit.to("/")
    box = typed(page, "qianw")
    box.press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(options(page).and_(page.locator("[aria-selected=true]"))).to_have_count(0)
    assert box.get_attribute("aria-activedescendant") is None


def test_escape_closes_the_list_and_keeps_the_text(visit) -> None:
    page = visit.to("/")
    box = typed(page, "qianw")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("qianw")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_a_click_takes_a_completion(visit) -> None:
    page = visit.to("/")
    typed(page, "qianw")
    options(page).first.click()
    expect(box_of(page)).to_have_value("千问")
    expect(page).to_have_url(re.compile("/search"))


def test_leaving_the_box_closes_the_list(visit) -> None:
    page = visit.to("/")
    typed(page, "qianw").press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_the_last_word_is_completed_where_nothing_goes_on_as_the_whole(visit) -> None:
    page = visit.to("/")
    box = typed(page, "冬奥会 qianw")
    box.press("ArrowDown")
    box.press("Enter")
    expect(box_of(page)).to_have_value("冬奥会 千问")


def test_a_text_that_goes_nowhere_has_no_list(visit) -> None:
    page = visit.to("/")
    box = typed(page, "qianw")
    box.press_sequentially("zzz")
    expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize("composing", ["isComposing: true", "keyCode: 229"])
def test_a_key_for_the_input_method_neither_chooses_nor_asks(visit, composing: str) -> None:
    page = visit.to("/")
    box = typed(page, "qianw")
    box.press("ArrowDown")
    for key in ("ArrowDown", "Escape", "Enter"):
        event = f"new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true, cancelable: true, {composing} }})"
        page.evaluate(f"document.querySelector('[name=q]').dispatchEvent({event})")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_value("qianw")
    assert "/search" not in page.url


def test_what_is_being_composed_is_not_asked_for(visit) -> None:
    page = visit.to("/")
    box_of(page).focus()
    method = page.context.new_cdp_session(page)
    method.send("Input.imeSetComposition", {"text": "qian", "selectionStart": 4, "selectionEnd": 4})
    with page.expect_request(re.compile("suggest")) as asked:
        method.send("Input.insertText", {"text": "千"})
    assert asked.value.url.endswith("q=%E5%8D%83")
    assert [each for each in visit.asked if "suggest?q=qian" in each] == []


def test_without_javascript_the_box_is_a_plain_search_box(plain_visit) -> None:
    page = plain_visit.to("/")
    expect(page.get_by_role("searchbox")).to_be_visible()
    expect(page.get_by_role("listbox")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1440])
def test_the_list_stays_inside_the_page(visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    page = visit.to("/issues/")
    typed(page, "模型")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
