"""What a reader answers, and that it changes nothing."""

from __future__ import annotations

import datetime
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from factories import DAY, entry, incoming, issue

from archive.errors import Erased, HomeError, UnknownId
from archive.model import Diagnostic, KeyPoint, Source, Tag
from archive.store import Coverage, Reader, Record, Writer
from archive.store import connection as connections
from archive.store.connection import FILE, connect_reading

NEXT, LATER = DAY + datetime.timedelta(1), DAY + datetime.timedelta(5)


def tag(name: str, kind: str = "产品", field: str = "title") -> Tag:
    """A derived tag."""
    return Tag(name, kind, "名录", field, name)


def fill(writer: Writer) -> Writer:
    """早报 on three days and 晚报 on the first; one entry withdrawn, one issue removed."""
    tagged = entry("甲", points=("一", "二"), tags=(tag("千问"), tag("千问", field="summary")))
    writer.keep(incoming(tagged, "乙", "丙", series="早报"))
    writer.keep(incoming(tagged, "乙", series="早报"))
    writer.keep(incoming(entry("丁", tags=(tag("千问"), tag("飞鱼"))), series="晚报"))
    noticed = incoming("戊", day=NEXT, series="早报")
    noticed = replace(noticed, reading=replace(noticed.reading, diagnostics=(Diagnostic(1, "note", "html", "无"),)))
    writer.keep(noticed)
    writer.keep(incoming(entry("己", tags=(tag("北京", "地区"),)), day=LATER, series="早报"))
    writer.keep(
        incoming(entry("庚", tags=(tag("千问"),), points=("三",)), day=LATER + datetime.timedelta(1), series="早报")
    )
    writer.remove("20260214")
    return writer


@pytest.fixture
def filled(writer: Writer) -> Writer:
    """An archive that the test may change."""
    return fill(writer)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """One for all tests that only ask."""
    writer = fill(Writer.open(tmp_path_factory.mktemp("home")))
    yield writer.reader
    writer.close()


def test_an_issue_holds_its_present_entries_in_order(reader: Reader) -> None:
    found = reader.issue("20260208")
    assert (found.id, found.date, found.series, found.revision) == ("20260208", DAY, "早报", 2)
    assert [each.title for each in found.entries] == ["甲", "乙"]


@pytest.mark.parametrize("identifier", ["20260214", "20260101", "2026-02-08", "", "'"])
def test_an_issue_that_is_removed_or_never_was_is_unknown(reader: Reader, identifier: str) -> None:
    with pytest.raises(UnknownId, match=f"没有编号为 {identifier} 的期") as raised:
        reader.issue(identifier)
    assert raised.value.hint == "编号形如 20260208；先看这一天有没有收录"


def test_a_removed_issue_is_told_empty(reader: Reader) -> None:
    found = reader.removed("20260214")
    assert (found.id, found.series, found.revision, found.entries) == ("20260214", "早报", 1, ())
    with pytest.raises(UnknownId, match="没有编号为 20260101 的期"):
        reader.removed("20260101")


def test_all_issues_come_oldest_first(reader: Reader) -> None:
    assert [each.id for each in reader.issues()] == ["20260208", "20260208b", "20260209", "20260213"]


def test_ids_of_issues_come_newest_day_first(reader: Reader) -> None:
    assert reader.issue_ids() == ["20260213", "20260209", "20260208", "20260208b"]
    assert reader.issue_ids(newest=2) == ["20260213", "20260209"]
    assert reader.issue_ids("2026-02-08", "2026-02-09") == ["20260209", "20260208", "20260208b"]


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("20260208", (None, "20260209")),
        ("20260209", ("20260208", "20260213")),
        ("20260213", ("20260209", None)),
        ("20260208b", (None, None)),
    ],
)
def test_neighbours_are_of_the_same_series(reader: Reader, identifier: str, expected: tuple[str | None, ...]) -> None:
    assert reader.neighbours(reader.issue(identifier)) == expected


def test_an_entry_is_told_with_where_it_stands(reader: Reader) -> None:
    (_, second) = reader.issue("20260208").entries
    assert reader.record("20260208-02") == Record(second, "20260208", DAY, "早报", 1, 1, withdrawn=False)


@pytest.mark.parametrize("identifier", ["20260208-03", "20260214-01"])
def test_an_entry_withdrawn_or_of_a_removed_issue_says_so(reader: Reader, identifier: str) -> None:
    assert reader.record(identifier).withdrawn


def test_an_entry_that_never_was_is_unknown(reader: Reader) -> None:
    with pytest.raises(UnknownId, match="没有编号为 20260208-99 的条目") as raised:
        reader.record("20260208-99")
    assert "20260208-03" in raised.value.hint


def test_many_entries_are_asked_at_once_and_the_unknown_left_out(reader: Reader) -> None:
    asked = ["20260208-01", "20260209-01", "20260208-01", *(f"20200101-{n:02d}" for n in range(40_000))]
    assert list(reader.records(asked)) == ["20260208-01", "20260209-01"]
    assert reader.records([]) == {}


def test_an_issue_of_very_many_entries_is_read_whole(writer: Writer) -> None:
    connections_limit = writer._db.conn.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 20)
    assert connections_limit > 20
    writer.keep(incoming(*(entry(f"第{n}条", points=(f"要点{n}",), source=None) for n in range(50))))
    found = writer.reader.issue("20260208").entries
    assert [each.key_points[0].text for each in found] == [f"要点{n}" for n in range(50)]


def test_entries_are_compared_with_the_withdrawn_ones_too(reader: Reader) -> None:
    held = reader.entries_with_rows("20260208")
    assert [(each.title, row["withdrawn_revision"]) for row, each in held] == [("甲", None), ("乙", None), ("丙", 2)]


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("20260208b", ["20260208b"]),
        ("2026-02-08", ["20260208", "20260208b"]),
        ("2026-02-09", ["20260209"]),
        ("2026-02-14", []),
        ("20260214", []),
        ("x", []),
    ],
)
def test_issues_are_found_by_id_or_date(reader: Reader, identifier: str, expected: list[str]) -> None:
    assert reader.find(identifier) == expected


@pytest.mark.parametrize("identifier", ["20260214", "2026-02-14"])
def test_removed_issues_are_found_where_they_are_asked_for(reader: Reader, identifier: str) -> None:
    assert reader.find(identifier, removed=True) == ["20260214"]
    assert reader.find("2026-02-08", removed=True) == []


def test_a_removed_issue_is_told_as_it_was(reader: Reader) -> None:
    found = reader.last("20260214")
    assert (found.id, found.revision, [each.title for each in found.entries]) == ("20260214", 1, ["庚"])
    assert reader.last("20260208") == reader.issue("20260208")
    with pytest.raises(UnknownId, match="没有编号为 20260101 的期"):
        reader.last("20260101")


def test_what_was_erased_says_so(filled: Writer) -> None:
    filled.erase("20260214")
    for asked in (lambda: filled.reader.last("20260214"), lambda: filled.reader.record("20260214-01")):
        with pytest.raises(Erased, match=r"20260214(-01)? 已销毁，文字不再可得"):
            asked()


def test_key_points_that_a_revision_dropped_keep_their_last_text(filled: Writer) -> None:
    filled.keep(incoming(entry("甲", points=("二",)), "乙", series="早报"))
    assert filled.reader.withdrawn_points("20260208") == [KeyPoint("一", "20260208-01.1")]
    assert filled.reader.withdrawn_points("20260209") == []


def test_revisions_of_nothing_are_none(reader: Reader) -> None:
    assert reader.revisions("20260101") == []
    with pytest.raises(UnknownId, match="20260208 没有第 9 版") as raised:
        reader.revision("20260208", 9)
    assert raised.value.hint == "去掉版次就是现行的一版"


def test_counts_leave_out_what_is_removed(reader: Reader) -> None:
    assert reader.counts() == {"issues": 4, "entries": 5, "key_points": 2, "withdrawn": 1, "diagnostics": 1}


def test_counts_of_key_points_leave_out_the_withdrawn(filled: Writer) -> None:
    filled.keep(incoming(entry("甲", points=("二",)), "乙", series="早报"))
    assert filled.reader.counts()["key_points"] == 1


def test_diagnostics_are_counted_of_current_revisions_alone(filled: Writer) -> None:
    filled.keep(incoming("戊", day=NEXT, series="早报", data=b"2"))
    assert filled.reader.counts()["diagnostics"] == 0


def test_series_are_counted_the_largest_first(reader: Reader) -> None:
    assert reader.series() == [
        {"name": "早报", "issues": 3, "entries": 4},
        {"name": "晚报", "issues": 1, "entries": 1},
    ]


def test_a_series_without_entries_is_counted(writer: Writer) -> None:
    writer.keep(incoming(series="空报"))
    assert writer.reader.series() == [{"name": "空报", "issues": 1, "entries": 0}]
    assert writer.reader.days() == [{"id": "20260208", "date": "2026-02-08", "series": "空报", "entries": 0}]


def test_coverage_counts_the_days_that_are_missing(reader: Reader) -> None:
    assert reader.coverage() == Coverage(DAY, LATER, 4, 3)
    assert reader.all_days().coverage(NEXT) == Coverage(NEXT, LATER, 2, 3)
    assert reader.all_days().coverage(until=NEXT) == Coverage(DAY, NEXT, 3, 0)
    assert reader.all_days().coverage(datetime.date(2027, 1, 1)) == Coverage(None, None, 0, 0)


def test_tags_are_counted_by_entries_the_most_frequent_first(reader: Reader) -> None:
    assert reader.tag_counts() == [
        {"name": "千问", "kind": "产品", "count": 2},
        {"name": "北京", "kind": "地区", "count": 1},
        {"name": "飞鱼", "kind": "产品", "count": 1},
    ]
    assert [each["name"] for each in reader.tag_counts("2026-02-09", "2026-02-28")] == ["北京"]


def test_tags_of_withdrawn_entries_are_not_counted(filled: Writer) -> None:
    filled.keep(incoming("乙", series="早报"))
    assert filled.reader.tag_counts()[0] == {"name": "北京", "kind": "地区", "count": 1}


def test_titles_come_newest_first_without_what_was_withdrawn_or_removed(reader: Reader) -> None:
    assert reader.titles() == ["己", "戊", "甲", "乙", "丁"]


def test_titles_come_with_their_days_oldest_first(reader: Reader) -> None:
    held = reader.dated_titles()
    assert [title for _, title in held] == ["甲", "乙", "丁", "戊", "己"]
    assert [date for date, _ in held] == ["2026-02-08"] * 3 + ["2026-02-09", "2026-02-13"]


def test_every_citation_comes_with_its_entry_without_what_was_withdrawn_or_removed(reader: Reader) -> None:
    held = reader.cited()
    assert [entry for entry, _, _ in held] == sorted(entry for entry, _, _ in held)
    assert len({entry for entry, _, _ in held}) == 5
    assert set(held[0][1:]) == {"示例日报", "news.example.com"}


def test_days_come_newest_first_with_their_entries(reader: Reader) -> None:
    assert [(each["id"], each["date"], each["series"], each["entries"]) for each in reader.days()] == [
        ("20260213", "2026-02-13", "早报", 1),
        ("20260209", "2026-02-09", "早报", 1),
        ("20260208", "2026-02-08", "早报", 2),
        ("20260208b", "2026-02-08", "晚报", 1),
    ]


def test_the_log_is_told_newest_first_as_far_as_asked(reader: Reader) -> None:
    assert [line.status for line in reader.log()] == ["removed", "added", "added", "added", "added", "revised", "added"]
    assert [line.issue for line in reader.log(newest=2)] == ["20260214", "20260214"]


def test_what_was_not_taken_is_told_until_its_file_or_issue_comes(writer: Writer) -> None:
    def told() -> list[tuple[str, str]]:
        return [(line.path, line.status) for line in writer.reader.not_taken()]

    writer.keep(incoming("甲甲", "乙乙", "丙丙"))
    for path in ("one.md", "two.md", "one.md"):
        writer.reject(path, "没有日期")
    short = replace(incoming("丁丁"), path="short.md")
    writer.keep(short)
    assert told() == [("short.md", "held"), ("one.md", "rejected"), ("two.md", "rejected")]
    writer.keep(replace(incoming("戊", day=NEXT), path="one.md"))
    assert told() == [("short.md", "held"), ("two.md", "rejected")]
    writer.keep(replace(short, path="other.md"), force=True)
    assert told() == [("two.md", "rejected")]


def test_what_waits_is_told_in_order(reader: Reader) -> None:
    assert reader.waiting()[:3] == [(1, "20260208"), (2, "20260208"), (3, "20260208b")]


def test_a_reader_cannot_write(filled: Writer, home: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connect_reading(home).execute("DELETE FROM log")


def test_a_reader_sees_what_is_written_beside_it(writer: Writer, home: Path) -> None:
    reader = Reader.open(home)
    writer.keep(incoming("甲"))
    assert reader.counts()["entries"] == 1
    reader.close()


def test_entries_come_without_their_tags_on_wish(writer: Writer) -> None:
    tagged = entry("甲", tags=(Tag("甲", "主题", "名录", "title", "甲"),), points=("其一",))
    writer.keep(incoming(tagged))
    held, bare = (writer.reader.records(["20260208-01"], tags=wanted)["20260208-01"].entry for wanted in (True, False))
    assert held.tags == tagged.tags
    assert bare == replace(held, tags=())


def test_an_issue_is_read_from_one_moment(writer: Writer, home: Path) -> None:
    class Slow(Reader):
        def _of(self, *asked: Any) -> dict[str, tuple[Any, ...]]:
            writer.keep(incoming(entry("甲", points=("新",), source=("新报", "")), data=b"2"))
            return super()._of(*asked)

    before = writer.keep(incoming(entry("甲", points=("旧",)))).issue
    reader = Slow.open(home)
    assert reader.issue("20260208") == before
    assert reader.record("20260208-01").entry.sources == (Source("新报"),)
    reader.close()


def test_a_snapshot_answers_from_one_moment_until_it_ends(writer: Writer, home: Path) -> None:
    writer.keep(incoming("甲"))
    reader = Reader.open(home)
    with reader.snapshot():
        before = reader.counts()
        writer.keep(incoming("乙", day=NEXT))
        assert [each.id for each in reader.issues()] == ["20260208"]
        assert reader.counts() == before
    assert reader.counts()["issues"] == 2
    reader.close()


def test_two_readers_answer_in_two_threads(filled: Writer, home: Path) -> None:
    answers: list[list[str]] = []

    def read() -> None:
        reader = Reader.open(home)
        answers.extend([each.id for each in reader.issues()] for _ in range(20))
        reader.close()

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for n in range(10):
        filled.keep(incoming("戊", day=NEXT, series="早报", data=bytes([n])))
    for thread in threads:
        thread.join()
    assert answers == [["20260208", "20260208b", "20260209", "20260213"]] * 40


def test_a_closed_reader_has_given_its_connection_back(filled: Writer, home: Path) -> None:
    reader = Reader.open(home)
    reader.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        reader.counts()


# ── homes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["nowhere", "n" * 300, "file/below"])
def test_a_home_without_a_database_is_told_in_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HomeError, match=f"{name} 里还没有资料库") as raised:
        Reader.open(tmp_path / name)
    assert raised.value.hint == "先用 wangqi ingest 文件夹 收录"


@pytest.mark.parametrize("name", ["file/below", "n" * 300])
def test_a_home_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HomeError, match=f"不能写入 .*{name}：") as raised:
        Writer.open(tmp_path / name)
    assert "--home" in raised.value.hint


@pytest.mark.parametrize("opened", [Reader.open, Writer.open])
def test_a_file_that_is_no_database_is_told_in_a_sentence(tmp_path: Path, opened: type[Reader]) -> None:
    (tmp_path / FILE).write_bytes(b"not a database" * 100)
    with pytest.raises(HomeError, match=r"打不开 .*wangqi\.db|不能写入 .*file is not a database"):
        opened(tmp_path)


def test_a_damaged_database_in_a_home_that_nobody_can_write_is_told_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE).write_bytes(b"not a database" * 100)
    monkeypatch.setattr(connections.os, "access", lambda *_: False)
    with pytest.raises(HomeError, match="打不开") as raised:
        Reader.open(tmp_path)
    assert "wangqi restore" in raised.value.hint


def test_a_home_that_nobody_can_write_is_read_all_the_same(
    home: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.keep(incoming("甲"))
    writer.close()
    real = sqlite3.connect

    def connect(target: str, **how: object) -> sqlite3.Connection:
        """As SQLite does where it cannot make the log's files."""
        if target.endswith("mode=ro"):
            raise sqlite3.OperationalError("unable to open database file")
        return real(target, **how)

    monkeypatch.setattr(connections.sqlite3, "connect", connect)
    monkeypatch.setattr(connections.os, "access", lambda *_: False)
    reader = Reader.open(home)
    assert reader.counts()["issues"] == 1
    reader.close()


def test_a_home_is_made_for_its_owner_alone(home: Path) -> None:
    Writer.open(home).close()
    assert home.stat().st_mode & 0o777 == 0o700


def test_a_home_with_a_relative_path_is_opened(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Writer.open(home).close()
    monkeypatch.chdir(home.parent)
    reader = Reader.open(Path(os.path.relpath(home)))
    assert reader.counts()["issues"] == 0
    reader.close()


def test_the_order_of_categories_is_the_issues(writer: Writer) -> None:
    read = issue(entry("甲", category="模型"), entry("乙", category="政策"), entry("丙", category="模型"))
    assert [(name, len(held)) for name, held in read.categories] == [("模型", 1), ("政策", 1), ("模型", 1)]


def test_the_fingerprint_is_that_of_what_is_kept_now(writer: Writer) -> None:
    def fingerprint() -> str:
        return writer.reader.fingerprint()

    empty = fingerprint()
    writer.keep(incoming("甲", data=b"1"))
    one = fingerprint()
    writer.keep(incoming("乙", data=b"2", day=NEXT))
    two = fingerprint()
    writer.keep(incoming("甲改", data=b"3"))
    revised = fingerprint()
    assert len({empty, one, two, revised}) == 4
    writer.remove("20260209")
    assert fingerprint() not in (empty, one, two, revised)
    writer.keep(incoming("乙", data=b"2", day=NEXT))
    assert fingerprint() not in (two, revised)  # what returns is a further revision


def test_two_archives_of_the_same_files_have_the_same_fingerprint(writer: Writer, tmp_path: Path) -> None:
    other = Writer.open(tmp_path / "other")
    for each, days in ((writer, (DAY, NEXT)), (other, (NEXT, DAY))):
        for day in days:
            each.keep(incoming("甲", day=day))
    assert writer.reader.fingerprint() == other.reader.fingerprint()
    other.close()


def test_current_revisions_leave_out_what_is_removed(filled: Writer) -> None:
    assert filled.reader.current_revisions() == {"20260208": 2, "20260208b": 1, "20260209": 1, "20260213": 1}


def test_what_changed_since_a_moment_is_told_with_the_revision_of_then(writer: Writer) -> None:
    for texts, day in ((("甲",), DAY), (("甲", "乙"), DAY), (("丙",), NEXT), (("丁",), LATER)):
        writer.keep(incoming(*texts, day=day))
    writer.remove("20260213")
    with closing(sqlite3.connect(writer.reader._connection.execute("PRAGMA database_list").fetchone()[2])) as db, db:
        db.execute("UPDATE revisions SET received_at = '2026-02-09T00:00:00+00:00' WHERE number = 1")
    then = datetime.datetime(2026, 2, 9, 8, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
    assert writer.reader.changed_since(then) == {"20260208": 1, "20260213": 1}
    earlier = then - datetime.timedelta(seconds=1)
    assert writer.reader.changed_since(earlier) == {"20260208": 0, "20260209": 0, "20260213": 0}


def test_revisions_are_told_with_the_moment_they_came_in(filled: Writer) -> None:
    received = filled.reader.received(["20260208", "20260209"])
    assert sorted(received) == [("20260208", 1), ("20260208", 2), ("20260209", 1)]
    assert all(each.tzinfo for each in received.values())


def test_the_last_change_grows_with_each(writer: Writer) -> None:
    numbers = [writer.reader.last_change()]
    for action in (
        lambda: writer.keep(incoming("甲")),
        lambda: writer.keep(incoming("乙")),
        lambda: writer.remove("20260208"),
    ):
        action()
        numbers.append(writer.reader.last_change())
    assert numbers == sorted(set(numbers))
