"""A real Chromium on a real server with the sample issues; skipped in one line where there is no Chromium."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import ARGUMENTS
from click.testing import CliRunner
from factories import digest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from serving import served

from web.commands import wangqi

DATA = Path(__file__).parents[2] / "data" / "issues"


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


@pytest.fixture(scope="session")
def worn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the samples are served with what an archive meets in years: a revision, a withdrawal, absurd texts."""
    folder = tmp_path_factory.mktemp("worn")
    texts = [
        digest("飞鱼开源", "松果量产", day="2026-05-02"),
        digest("飞鱼开源三个模型", day="2026-05-02"),
        digest(
            "没有尽头的标题" * 280,
            "Supercalifragilistic" * 30,
            "\u202e模型 evil\u202c 零\u200b宽 مرحبا שלום",
            day="2026-05-03",
        ),
        digest("五百个要点的模型", day="2026-05-04").replace(
            "    - 五百个要点的模型的要点。", "\n".join(f"    - 第 {n} 个要点说到模型。" for n in range(1, 501))
        ),
    ]
    paths = [DATA]
    for number, text in enumerate(texts):
        (folder / f"{number}.md").write_text(text, encoding="utf-8")
        paths.append(folder / f"{number}.md")
    home = ["--home", str(folder / "home")]
    for path in paths:
        assert CliRunner().invoke(wangqi, [*home, "ingest", str(path), "--quiet"]).exit_code == 0
    with served([sys.executable, "-m", "web", *home, "serve", "--port", "0"], seconds=3600) as base:
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
def worn_visit(chromium: Browser, worn: str) -> Iterator[Visit]:
    context = chromium.new_context(locale="zh-CN")
    made = Visit(context, worn)
    yield made
    missing = ("status of 404", "status of 410")  # Chromium tells of each
    made.complaints = [each for each in made.complaints if not any(text in each for text in missing)]
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
