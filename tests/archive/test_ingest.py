"""Files into the archive, one outcome each, whatever they hold."""

from __future__ import annotations

import datetime
import io
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from factories import digest

from archive.ingest import Options, Outcome, find_files, ingest, read_only
from archive.store import Writer
from archive.tagger import Name, Tagger

TAGGER = Tagger.of((Name("千问", "产品"),))
UNREAD = digest("甲") + "\n没有人读得懂的一行\n"


class Folder:
    """Files below a folder, and a writer that takes them."""

    def __init__(self, path: Path, writer: Writer) -> None:
        self.path, self.writer = path, writer

    def put(self, name: str, content: str | bytes) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def take(self, *paths: Path, **how: object) -> list[Outcome]:
        return list(ingest(paths, self.writer, TAGGER, Options(**how)))


@pytest.fixture
def folder(tmp_path: Path, writer: Writer) -> Folder:
    return Folder(tmp_path / "往期", writer)


def statuses(outcomes: Iterable[Outcome]) -> list[str]:
    return [outcome.status for outcome in outcomes]


def code(outcome: Outcome) -> str:
    """The code of a rejected file's one diagnostic."""
    (diagnostic,) = outcome.diagnostics
    assert (outcome.status, outcome.issue, diagnostic.severity) == ("rejected", None, "error")
    assert outcome.reason == diagnostic.message
    return diagnostic.code


# ── which files ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_folder_names_its_markdown_files_in_order(folder: Folder) -> None:
    for name in ("2026/b.md", "2026/a.MD", "c.markdown", "notes.txt", "2025/z.md"):
        folder.put(name, "")
    (folder.path / "d.md").mkdir()
    found = [path.relative_to(folder.path).as_posix() for path in find_files([folder.path])]
    assert found == ["2025/z.md", "2026/a.MD", "2026/b.md", "c.markdown"]


def test_a_file_is_taken_whatever_its_name_and_each_but_once(folder: Folder) -> None:
    note, issue = folder.put("notes.txt", ""), folder.put("a.md", "")
    assert find_files([note, folder.path, issue, Path("-"), Path("nowhere")]) == [
        note,
        issue,
        Path("-"),
        Path("nowhere"),
    ]


def test_a_folder_without_issues_has_no_files(folder: Folder) -> None:
    folder.put("notes.txt", "")
    assert find_files([folder.path]) == []


# ── one file ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_issue_is_read_tagged_and_kept_with_its_bytes(folder: Folder) -> None:
    path = folder.put("a.md", digest("千问发布"))
    (outcome,) = folder.take(path)
    assert (outcome.path, outcome.status, outcome.reason, outcome.diagnostics) == (str(path), "added", "", ())
    assert folder.writer.reader.issue("20260208") == outcome.issue
    assert folder.writer.reader.raw("20260208", 1) == path.read_bytes()
    assert outcome.issue
    assert outcome.issue.entries[0].tag_names == ("千问",)


def test_the_same_file_again_is_unchanged_and_another_one_revised(folder: Folder) -> None:
    path = folder.put("a.md", digest("甲"))
    assert statuses(folder.take(path)) + statuses(folder.take(path)) == ["added", "unchanged"]
    folder.put("a.md", digest("甲", "乙"))
    assert statuses(folder.take(path)) == ["revised"]


def test_gb18030_is_read_and_kept_as_it_came(folder: Folder) -> None:
    data = digest("千问发布").encode("gb18030")
    (outcome,) = folder.take(folder.put("a.md", data))
    assert outcome.issue
    assert outcome.issue.entries[0].title == "千问发布"
    assert folder.writer.reader.raw("20260208", 1) == data


def test_standard_input_is_read_for_a_dash(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(digest("甲").encode())))
    (outcome,) = folder.take(Path("-"))
    assert (outcome.path, outcome.status) == ("-", "added")


def test_the_date_comes_from_the_file_name_and_the_series_from_the_option_at_need(folder: Folder) -> None:
    path = folder.put("2026-02-09.md", "- **千问发布**\n  **说明**：说明。\n")
    (outcome,) = folder.take(path, series="示例动态")
    assert outcome.issue
    assert (outcome.issue.id, outcome.issue.series) == ("20260209", "示例动态")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\x00\x01\x02", "not-text"),
        (b"\xff\xfe\xff", "not-text"),
        (b"", "empty"),
        (b"\n \n", "empty"),
        ("- **千问发布**".encode(), "no-date"),
        (b"a" * (2 * 1024 * 1024 + 1), "too-large"),
    ],
)
def test_what_cannot_be_an_issue_is_rejected_with_a_code(folder: Folder, content: bytes, expected: str) -> None:
    assert code(folder.take(folder.put("a.md", content))[0]) == expected


@pytest.mark.parametrize(
    ("name", "told"),
    [("nowhere.md", "没有这个文件"), ("n" * 300, "文件名太长"), (".", "它是文件夹"), ("loop.md", "Too many levels")],
)
def test_what_cannot_be_read_is_rejected_with_its_path(folder: Folder, name: str, told: str) -> None:
    folder.path.mkdir()
    (folder.path / "loop.md").symlink_to("loop.md")
    path = folder.path / name
    (outcome,) = folder.take(path)
    assert code(outcome) == "unreadable"
    assert outcome.reason.startswith(f"读不了 {path}：{told}")
    assert find_files([folder.path / ("n" * 300)]) == [folder.path / ("n" * 300)]


def test_a_name_that_is_not_utf8_is_no_obstacle(folder: Folder) -> None:
    folder.path.mkdir()
    good, bad = (folder.path / os.fsdecode(name) for name in (b"\xff2026-02-10.md", b"\xfe.md"))
    good.write_text(digest("甲"), encoding="utf-8")
    added, rejected = folder.take(good, bad)
    assert (added.status, added.path) == ("added", f"{folder.path}/\ufffd2026-02-10.md")
    assert (code(rejected), rejected.path) == ("unreadable", f"{folder.path}/\ufffd.md")
    assert [line.path for line in folder.writer.reader.log()] == [rejected.path, added.path]


def test_what_was_noticed_is_told_and_kept(folder: Folder) -> None:
    (outcome,) = folder.take(folder.put("a.md", UNREAD))
    assert (outcome.status, [each.code for each in outcome.diagnostics]) == ("added", ["unknown-line"])
    assert folder.writer.reader.revisions("20260208")[0].diagnostics == outcome.diagnostics


def test_a_warning_rejects_when_strict(folder: Folder) -> None:
    (outcome,) = folder.take(folder.put("a.md", f"{UNREAD}\n\n又一行\n<!-- 注 -->"), strict=True)
    line = len(UNREAD.splitlines())
    assert f"有 2 处警告（--strict）；第一处在第 {line} 行：" in outcome.reason
    assert folder.writer.reader.issue_ids() == []
    assert [(each.line, each.severity, each.code) for each in outcome.diagnostics] == [
        (line, "error", "strict"),
        (line, "warning", "unknown-line"),
        (line + 3, "warning", "unknown-line"),
        (line + 4, "note", "comment"),
    ]


def test_a_note_does_not_reject_when_strict(folder: Folder) -> None:
    path = folder.put("a.md", digest("甲") + "\n<!-- 无 -->\n")
    (outcome,) = folder.take(path, strict=True)
    assert (outcome.status, [each.severity for each in outcome.diagnostics]) == ("added", ["note"])


def test_a_day_far_ahead_of_today_has_a_warning(folder: Folder) -> None:
    path = folder.put("a.md", digest("甲", day="2026-02-08"))
    (outcome,) = folder.take(path, today=datetime.date(2026, 2, 5))
    assert [each.code for each in outcome.diagnostics] == ["future-date"]
    (outcome,) = folder.take(path, today=datetime.date(2026, 2, 6))
    assert outcome.diagnostics == ()


# ── several files ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_bad_file_does_not_stop_the_others_and_is_recorded(folder: Folder) -> None:
    folder.put("1.md", digest("甲"))
    folder.put("2.md", b"\x00")
    folder.put("3.md", digest("乙", day="2026-02-09"))
    assert statuses(folder.take(*find_files([folder.path]))) == ["added", "rejected", "added"]
    assert [(Path(line.path).name, line.status, line.issue) for line in folder.writer.reader.log()] == [
        ("3.md", "added", "20260209"),
        ("2.md", "rejected", None),
        ("1.md", "added", "20260208"),
    ]
    assert "空字节" in folder.writer.reader.log()[1].reason


def test_of_two_different_files_for_one_issue_the_second_is_rejected_and_both_are_named(folder: Folder) -> None:
    one, other = folder.put("1.md", digest("甲")), folder.put("2.md", digest("乙"))
    added, rejected = folder.take(one, other)
    assert (added.status, code(rejected), rejected.path) == ("added", "same-issue", str(other))
    assert rejected.reason == f"与 {one} 是同一期（20260208），内容却不同；请只留一个"
    assert folder.writer.reader.issue("20260208") == added.issue


def test_the_second_file_is_rejected_also_where_the_first_changed_nothing(folder: Folder) -> None:
    one, other = folder.put("1.md", digest("甲")), folder.put("2.md", digest("乙"))
    folder.take(one)
    assert statuses(folder.take(one, other)) == ["unchanged", "rejected"]
    assert statuses(folder.take(other)) == ["revised"]


def test_two_files_with_the_same_bytes_are_one(folder: Folder) -> None:
    one, other = folder.put("1.md", digest("甲")), folder.put("2.md", digest("甲"))
    assert statuses(folder.take(one, other)) == ["added", "unchanged"]


def test_a_rejected_file_makes_room_for_the_next(folder: Folder) -> None:
    one, other = folder.put("1.md", UNREAD), folder.put("2.md", digest("甲"))
    assert statuses(folder.take(one, other, strict=True)) == ["rejected", "added"]


def test_two_series_of_one_day_are_two_issues(folder: Folder) -> None:
    files = folder.put("1.md", digest("甲", series="早报")), folder.put("2.md", digest("甲", series="晚报"))
    assert [outcome.issue.id for outcome in folder.take(*files) if outcome.issue] == ["20260208", "20260208b"]


def test_a_revision_that_drops_most_is_held_until_forced(folder: Folder) -> None:
    path = folder.put("a.md", digest("甲甲", "乙乙", "丙丙", "丁丁"))
    folder.take(path)
    copy = folder.put("b.md", digest("甲甲"))
    folder.put("a.md", digest("甲甲"))
    held, again = folder.take(path, copy)
    assert (held.status, again.status) == ("held", "held")
    assert "--force" in held.reason
    assert statuses(folder.take(path, force=True)) == ["revised"]


# ── a dry run ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_dry_run_says_what_was_understood_without_an_archive(folder: Folder) -> None:
    good, bad = folder.put("a.md", UNREAD), folder.put("b.md", b"")
    read, rejected = read_only([good, bad], Options())
    assert (read.path, read.status, [each.code for each in read.diagnostics]) == (str(good), "added", ["unknown-line"])
    assert read.issue
    assert (read.issue.id, [each.title for each in read.issue.entries]) == ("", ["甲"])
    assert code(rejected) == "empty"
    assert folder.writer.reader.log() == []
