"""Revisions by number, and how their differences are named and told, the same for the pages and the command line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from archive.difference import Change, Difference, FieldDifference
from archive.errors import UnknownId
from archive.model import Issue
from archive.store import Reader, Revision
from indexer.errors import BadRequest

CHANGES: dict[Change, str] = {"added": "新增", "withdrawn": "撤下", "moved": "换类别", "changed": "修订"}
_LONGEST_NUMBER = 9  # digits
_LABELS = {
    "series": "刊名",
    "banner": "刊头",
    "entries.order": "条目次序",
    "title": "标题",
    "category": "类别",
    "event_date": "事件日期",
    "summary": "说明",
    "background": "背景",
    "key_points.order": "要点次序",
    "sources": "来源",
    "labels": "标签行",
}


def label(field: str) -> str:
    """`要点 2`, of the field of a difference."""
    kind, _, name = field.partition(".")
    if field in _LABELS:
        return _LABELS[field]
    return f"要点 {name}" if kind == "key_points" else name


def totals(difference: Difference) -> str:
    """`新增 1 条，修订 2 条，条目次序有变`, or that nothing differs."""
    held = [each.change for each in difference.entries]
    told = [f"{name} {held.count(change)} 条" for change, name in CHANGES.items() if change in held]
    told += [f"{label(each.field)}有变" for each in difference.fields]
    unread = "；原文件可能在写法上不同" if difference.before != difference.after else ""
    return "，".join(told) or f"读出的内容没有不同{unread}"


def difference_document(difference: Difference) -> dict[str, Any]:
    """The JSON of a difference."""
    return {
        "issue": difference.issue,
        "from": difference.before,
        "to": difference.after,
        "fields": _fields(difference.fields),
        "entries": [
            {"id": entry.id, "change": entry.change, "title": entry.title, "fields": _fields(entry.fields)}
            for entry in difference.entries
        ],
    }


def _fields(fields: Iterable[FieldDifference]) -> list[dict[str, str]]:
    return [{"field": each.field, "before": each.before, "after": each.after} for each in fields]


def read_number(parameter: str, value: str) -> int:
    """The number of a revision, as an address has it. Raises BadRequest."""
    text = value.strip()
    if not text.isdecimal():
        raise BadRequest(f"{parameter} 的值“{text[:40]}”不是版次", "版次是从 1 起的整数")
    return int(text[:_LONGEST_NUMBER])


def revision_row(reader: Reader, issue: str, number: int) -> Revision:
    """What came in as this revision. Raises UnknownId."""
    held = {each.number: each for each in reader.revisions(issue)}
    if number not in held:
        raise UnknownId(f"{issue} 没有第 {number} 版", f"收录的有第 {'、'.join(map(str, held))} 版")
    return held[number]


def revision(reader: Reader, issue: str, number: int) -> Issue:
    """The issue as this revision had it. Raises UnknownId."""
    return reader.revision(issue, revision_row(reader, issue, number).number)
