"""Random issues, written as no editor should but every editor does, read as the same issues."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.dates import event_date
from archive.model import Entry, Issue, KeyPoint, Source
from archive.parser import parse, to_markdown

DAY = datetime.date(2026, 2, 8)
WORDS = st.text("千问飞鱼青鸾智能模型发布开源 AI7", min_size=1, max_size=12).map(
    lambda drawn: "某" + " ".join(drawn.split()) + "事"
)
ADDRESSES = st.integers(1, 99).map("https://news.example.com/a_({})".format)
JUNK = ["随手一行", "———", "![图](x.png)", "<!-- 注 -->", "> 引文一句", "| 甲 | 乙 |", "\ufffd", "<br/>"]

Mangle = Callable[[str], str]
HARMLESS: list[Mangle] = [
    lambda text: text.replace("\n", "\r\n"),
    lambda text: "\ufeff" + text,
    lambda text: text.replace("\n    ", "\n\t"),
    lambda text: text.replace("\n    ", "\n      ").replace("\n  *", "\n   *"),
    lambda text: text.replace("**：", "**:"),
    lambda text: text.replace("**：", "：**"),
    lambda text: text.replace("**：", "**：："),
    lambda text: text.replace("- ", "* "),
    lambda text: text.replace("\n\n", "\n\n\u200b\n"),
    lambda text: text.replace("\n  **", "  \n  **"),
    lambda text: text.replace("**说明**", "**摘要**").replace("**要点**", "**关键点**"),
    lambda text: text.replace("**来源出处**", "**📌 来源**"),
    lambda text: text.replace("(2026-02-08)", "2026年2月8日 星期日"),
]


@st.composite
def entries(draw: st.DrawFn, category: str) -> Entry:
    """An entry of which any part but the title may be missing."""
    made = Entry(
        draw(WORDS),
        category,
        summary=draw(st.just("") | WORDS),
        background=draw(st.just("") | WORDS),
        key_points=tuple(map(KeyPoint, draw(st.lists(WORDS, max_size=3)))),
        sources=tuple(Source(draw(WORDS), address) for address in draw(st.lists(ADDRESSES, max_size=2, unique=True))),
    )
    assert event_date(made, DAY) is None
    return made


@st.composite
def issues(draw: st.DrawFn) -> Issue:
    """An issue of one or two categories."""
    names = draw(st.lists(st.sampled_from(["模型与技术", "产业", "政策"]), min_size=1, max_size=2, unique=True))
    held = [draw(entries(name)) for name in names for _ in range(draw(st.integers(1, 3)))]
    return Issue(DAY, "智能日报", tuple(held))


@settings(deadline=None)
@given(issues(), st.sets(st.sampled_from(range(len(HARMLESS)))))
def test_a_mangled_issue_is_the_same_issue(issue: Issue, chosen: set[int]) -> None:
    text = to_markdown(issue)
    for number in sorted(chosen, reverse=True):
        text = HARMLESS[number](text)
    reading = parse(text)
    assert reading.issue == issue
    assert reading.diagnostics == ()
    assert parse(to_markdown(reading.issue)).issue == issue


@settings(deadline=None)
@given(issues(), st.sampled_from(JUNK), st.integers(0, 10**6))
def test_a_junk_line_anywhere_is_kept_or_named_and_loses_no_title(issue: Issue, junk: str, seed: int) -> None:
    lines = to_markdown(issue).split("\n")
    place = Random(seed).randint(1, len(lines))
    reading = parse("\n".join([*lines[:place], junk, *lines[place:]]))
    kept = repr(reading.issue)
    assert {each.title for each in issue.entries} <= {each.title for each in reading.issue.entries}
    words = junk.strip("<>!-—|/ ")
    assert not words or words in kept or place + 1 in {each.line for each in reading.diagnostics}


@settings(deadline=None)
@given(issues(), st.sets(st.integers(0, 40)))
def test_missing_lines_take_nothing_else_away(issue: Issue, missing: set[int]) -> None:
    lines = to_markdown(issue).split("\n")
    left = [line for number, line in enumerate(lines) if number not in missing or line.startswith("# ")]
    reading = parse("\n".join(left))
    kept, named = repr(reading.issue), {each.line for each in reading.diagnostics}
    for number, line in enumerate(left[1:], 2):
        words = line.strip(" -*").rpartition("：")[2].partition("](")[0].strip("[*")
        assert number in named or words in kept
