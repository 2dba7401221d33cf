"""Entries, issues and digests for tests: what a test does not name is ordinary."""

from __future__ import annotations

import datetime
from dataclasses import replace

from archive.ids import entry_id, issue_id, point_id
from archive.model import Entry, Issue, KeyPoint, Reading, Source
from archive.store.writing import Incoming

DAY = datetime.date(2026, 2, 8)


def entry(title: str = "示例公司发布新模型", **changes: object) -> Entry:
    """An entry; `points` are texts, `source` is (name, url)."""
    points = changes.pop("points", ())
    source = changes.pop("source", ("示例日报", "https://news.example.com/1"))
    return replace(
        Entry(
            title=title,
            category="模型与技术进展",
            key_points=tuple(KeyPoint(text) for text in points),  # type: ignore[attr-defined]
            sources=(Source(*source),) if source else (),  # type: ignore[misc]
        ),
        **changes,  # type: ignore[arg-type]
    )


def issue(*entries: Entry | str, day: datetime.date = DAY, series: str = "示例动态", taken: int = 0) -> Issue:
    """A kept issue: its entries and key points are numbered in order."""
    identifier = issue_id(day, taken)
    made = []
    for number, each in enumerate(entries, 1):
        held = each if isinstance(each, Entry) else entry(each)
        name = entry_id(identifier, number)
        points = tuple(replace(point, id=point_id(name, n)) for n, point in enumerate(held.key_points, 1))
        made.append(replace(held, id=name, key_points=points))
    return Issue(day, series, tuple(made), id=identifier, revision=1)


def incoming(
    *entries: Entry | str, day: datetime.date = DAY, series: str = "示例动态", data: bytes = b"", **changes: object
) -> Incoming:
    """A file as it was read, nothing numbered yet; its bytes are made from its entries where none are given."""
    held = tuple(each if isinstance(each, Entry) else entry(each) for each in entries)
    read = Issue(day, series, held, **changes)  # type: ignore[arg-type]
    return Incoming(f"{day}.md", data or repr(held).encode(), Reading(read))


def digest(*titles: str, day: str = "2026-02-08", series: str = "示例动态") -> str:
    """An issue's Markdown in the seed's grammar."""
    lines = [f"# {series} ({day})", "", "**模型与技术进展**", ""]
    for number, title in enumerate(titles, 1):
        lines += [
            f"- **{title}**",
            f"  **说明**：{title}的说明。",
            "  **要点**：",
            f"    - {title}的要点。",
            f"  **来源出处**：[示例日报](https://news.example.com/{day}/{number})",
            "",
        ]
    return "\n".join(lines)
