"""A home -> what its first page and a search weigh in a real Chromium: kilobytes, requests, first result, shift."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Response, sync_playwright

from tests.bench.homes import wangqi
from tests.chromium import ARGUMENTS
from tests.serving import served

PAGES = {"home": "", "search": "search?q=模型"}
OURS = "document", "stylesheet", "script"
REPEATS = 3
WATCHING = """
(() => {
  window.shift = 0; window.shown = 0;
  new PerformanceObserver(list => { for (const each of list.getEntries()) window.shift += each.value; })
    .observe({ type: "layout-shift", buffered: true });
  new MutationObserver((_, observer) => {
    if (!document.querySelector(".hits > li, .newest .titles > li")) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => { window.shown = performance.now(); }));
  }).observe(document, { childList: true, subtree: true });
})()
"""
Figures = dict[str, float]


def weighed(home: Path) -> dict[str, Figures]:
    """Each page, the median of three new contexts at a server that has answered before; none without Chromium."""
    executable = shutil.which("chromium")
    if executable is None:
        return {}
    with (
        served(wangqi(home, "serve", "--port", "0")) as base,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=executable, args=ARGUMENTS) as browser,
    ):
        return {name: _page(browser, base + path) for name, path in PAGES.items()}


def _page(browser: Browser, url: str) -> Figures:
    _visit(browser, url)  # what the server loads once is loaded
    visits = [_visit(browser, url) for _ in range(REPEATS)]
    return {name: median(each[name] for each in visits) for name in visits[0]}


def _visit(browser: Browser, url: str) -> Figures:
    with browser.new_context(locale="zh-CN") as context:
        context.add_init_script(WATCHING)
        page = context.new_page()
        answers: list[Response] = []
        page.on("response", partial(answers.append))  # Playwright writes an attribute on what it is given
        page.goto(url, wait_until="networkidle")
        page.wait_for_function("window.shown > 0")
        sent = [answer for answer in answers if not answer.url.startswith("data:")]
        sizes = {kind: _kilobytes(sent, kind) for kind in OURS}
        return {
            "html_kb": sizes["document"],
            "css_js_kb": sizes["stylesheet"] + sizes["script"],
            "requests": len(sent),
            "first_result_ms": page.evaluate("window.shown"),
            "layout_shift": page.evaluate("window.shift"),
        }


def _kilobytes(answers: list[Response], kind: str) -> float:
    """As a proxy in front sends them, in gzip."""
    return sum(len(gzip.compress(each.body(), 6)) for each in answers if each.request.resource_type == kind) / 1000


def lines(pages: Mapping[str, Mapping[str, Any]]) -> str:
    """To be read on a terminal; that Chromium is missing where there is nothing to tell."""
    if not pages:
        return "  the pages are not weighed: chromium is missing (Debian: apt-get install chromium fonts-noto-cjk)"
    told = {name: "  ".join(f"{key} {value:g}" for key, value in figures.items()) for name, figures in pages.items()}
    return "\n".join(f"  page {name:8}{figures}" for name, figures in told.items())
