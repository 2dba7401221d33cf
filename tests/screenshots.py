"""`make screenshots`: the sample archive in Debian's Chromium -> the pictures that README.md shows."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.chromium import ARGUMENTS
from tests.serving import served

ROOT = Path(__file__).parents[1]
PICTURES = {"screenshot.png": "search?q=智能体"}
SIZE = {"width": 1180, "height": 860}


def main() -> int:
    """Exit status 2 where there is no Chromium."""
    executable = shutil.which("chromium")
    if executable is None:
        print("没有 chromium（Debian：apt-get install chromium fonts-noto-cjk）", file=sys.stderr)
        return 2
    with (
        served([sys.executable, "-m", "web", "demo", "--port", "0"]) as base,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=executable, args=ARGUMENTS) as browser,
    ):
        page = browser.new_page(viewport=SIZE, locale="zh-CN", color_scheme="light")
        for name, path in PICTURES.items():
            page.goto(base + path)
            page.reload()  # the first answer waits for what is loaded once
            page.screenshot(path=ROOT / name)
            print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
