"""A real Chromium on a real server with the sample issues; skipped in one line where there is no Chromium."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from serving import served

from web.commands import wangqi

DATA = Path(__file__).parents[2] / "data" / "issues"
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; in continuous integration it may not be missing."""
    executable = shutil.which("chromium")
    if executable is None:
        if os.environ.get("WANGQI_BROWSER") == "required":
            pytest.fail("chromium is missing")
        pytest.skip("浏览器测试跳过：没有 chromium（Debian：apt-get install chromium fonts-noto-cjk）")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample archive is served."""
    home = tmp_path_factory.mktemp("browser") / "home"
    assert CliRunner().invoke(wangqi, ["--home", str(home), "ingest", str(DATA), "--quiet"]).exit_code == 0
    with served([sys.executable, "-m", "web", "--home", str(home), "serve", "--port", "0"], seconds=3600) as base:
        yield base


class Visit:
    """A page of its own, with everything it asked for and complained of."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.page: Page = context.new_page()
        self.base = base
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def to(self, path: str) -> Page:
        self.page.goto(self.base + path.removeprefix("/"))
        return self.page

    def is_clean(self) -> bool:
        """Nothing from another host, nothing in the console."""
        return not self.complaints and all(url.startswith((self.base, "data:")) for url in self.asked)


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Visit]:
    context = chromium.new_context(locale="zh-CN")
    made = Visit(context, address)
    yield made
    assert made.is_clean(), (made.complaints, made.asked)
    context.close()


@pytest.fixture
def plain_visit(chromium: Browser, address: str) -> Iterator[Visit]:
    """The same without JavaScript."""
    context = chromium.new_context(locale="zh-CN", java_script_enabled=False)
    made = Visit(context, address)
    yield made
    assert made.is_clean(), (made.complaints, made.asked)
    context.close()
