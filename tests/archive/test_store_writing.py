"""What the writer keeps, and that it keeps all of it or nothing."""

from __future__ import annotations

import datetime
import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from factories import DAY, digest, entry, incoming

from archive.errors import ArchiveError, UnknownId
from archive.model import Diagnostic, Entry, EventDate, Issue, KeyPoint, LabelledField, Source, Tag
from archive.store import IndexState, Reader, Writer
from archive.store import connection as connections
from archive.store.writing import Incoming

FULL = entry(
    "**千问**发布",
    category="模型",
    summary="说明",
    background="背景",
    points=("一", "二"),
    fields=(LabelledField("影响", "大"),),
    sources=(Source("报", "https://www.a.example/1"), Source("无址")),
    labels=("模型",),
    event_date=EventDate(datetime.date(2026, 2, 7), "2月7日"),
    tags=(Tag("千问", "产品", "名录", "title", "千问"), Tag("千问", "产品", "名录", "summary", "千问", 3)),
)


def titled(writer: Writer, identifier: str = "20260208") -> dict[str, str]:
    """number -> title of an issue's entries, in order."""
    return {each.id.split("-")[1]: each.title for each in writer.reader.issue(identifier).entries}


def changed(writer: Writer, number: str = "01") -> int:
    """The revision that gave an entry its present text."""
    return writer.reader.record(f"20260208-{number}").revision


def test_a_new_issue_is_added_with_ids(writer: Writer) -> None:
    kept = writer.keep(incoming("甲", "乙"))
    assert (kept.status, kept.reason, kept.issue.id, kept.issue.revision) == ("added", "", "20260208", 1)
    assert [each.id for each in kept.issue.entries] == ["20260208-01", "20260208-02"]


def test_everything_that_was_read_comes_back(writer: Writer) -> None:
    kept = writer.keep(incoming(FULL, "乙", banner="<p>横幅</p>"))
    assert writer.reader.issue("20260208") == writer.reader.revision("20260208", 1) == kept.issue
    unnamed = tuple(replace(each, id="") for each in kept.issue.entries[0].key_points)
    assert replace(kept.issue.entries[0], id="", key_points=unnamed) == FULL
    assert kept.issue.banner == "<p>横幅</p>"


def test_the_exact_bytes_of_every_revision_are_kept(writer: Writer) -> None:
    first, second = "\ufeff# 甲\r\n".encode(), bytes(range(256))
    writer.keep(incoming("甲", data=first))
    writer.keep(incoming("甲", data=second))
    assert writer.reader.raw("20260208", 1) == first
    assert writer.reader.raw("20260208", 2) == second
    assert [each.sha256 for each in writer.reader.revisions("20260208")] == [
        hashlib.sha256(data).hexdigest() for data in (first, second)
    ]


def test_a_revision_says_where_it_came_from_and_what_was_noticed(writer: Writer) -> None:
    noticed = (Diagnostic(3, "warning", "unknown-line", "没有读懂“这一行”"),)
    came = incoming("甲")
    writer.keep(replace(came, path="往期/甲.md", reading=replace(came.reading, diagnostics=noticed)))
    (revision,) = writer.reader.revisions("20260208")
    assert (revision.number, revision.path, revision.diagnostics) == (1, "往期/甲.md", noticed)
    assert datetime.datetime.fromisoformat(revision.received_at).tzinfo == datetime.UTC


def test_the_current_bytes_again_change_nothing_and_are_not_logged(writer: Writer) -> None:
    kept = writer.keep(incoming("甲"))
    again = writer.keep(incoming("甲"))
    assert (again.status, again.issue) == ("unchanged", kept.issue)
    assert [len(writer.reader.waiting()), len(writer.reader.log()), len(writer.reader.revisions("20260208"))] == [1] * 3


def test_other_bytes_are_a_revision_though_nothing_reads_differently(writer: Writer) -> None:
    writer.keep(incoming("甲", data=b"1"))
    assert writer.keep(incoming("甲", data=b"2")).issue.revision == 2
    assert changed(writer) == 1


def test_older_bytes_again_are_a_new_revision(writer: Writer) -> None:
    for title in ("甲", "乙", "甲"):
        kept = writer.keep(incoming(entry(title, source=None)))
    assert (kept.status, kept.issue.revision) == ("revised", 3)
    assert titled(writer) == {"01": "甲"}


def test_further_series_of_a_day_get_letters_for_good(writer: Writer) -> None:
    kept = [writer.keep(incoming("甲", series=name)).issue.id for name in ("早报", "晚报", "周报")]
    assert kept == ["20260208", "20260208b", "20260208c"]
    assert writer.keep(incoming("乙", series="晚 报")).issue.id == "20260208b"
    writer.remove("20260208b")
    assert writer.keep(incoming("甲", series="夜报")).issue.id == "20260208d"


def test_the_id_under_which_an_issue_is_held_is_told(writer: Writer) -> None:
    writer.keep(incoming("甲", series="AI 动态"))
    assert writer.held(Issue(DAY, "ＡＩ动态")) == "20260208"
    assert writer.held(Issue(DAY, "别的")) is None
    assert writer.held(Issue(DAY + datetime.timedelta(1), "AI 动态")) is None


def test_an_entry_that_a_revision_drops_is_withdrawn_with_its_last_text(writer: Writer) -> None:
    writer.keep(incoming("甲", "乙"))
    writer.keep(incoming("甲"))
    assert titled(writer) == {"01": "甲"}
    record = writer.reader.record("20260208-02")
    assert (record.withdrawn, record.entry.title, record.revision) == (True, "乙", 1)


def test_a_withdrawn_entry_comes_back_under_its_id(writer: Writer) -> None:
    for titles in (("甲", "乙"), ("甲",), ("乙", "丙", "甲")):
        writer.keep(incoming(*(entry(title, source=None) for title in titles)))
    assert titled(writer) == {"02": "乙", "03": "丙", "01": "甲"}
    assert not writer.reader.record("20260208-02").withdrawn
    assert [changed(writer, number) for number in ("01", "02", "03")] == [1, 3, 3]


def test_a_key_point_is_withdrawn_and_comes_back_under_its_id(writer: Writer) -> None:
    for points in (("一", "二"), ("二",), ("三", "二", "一")):
        kept = writer.keep(incoming(entry("甲", points=points)))
        assert writer.reader.issue("20260208") == kept.issue
    assert [(point.id, point.text) for point in kept.issue.entries[0].key_points] == [
        ("20260208-01.3", "三"),
        ("20260208-01.2", "二"),
        ("20260208-01.1", "一"),
    ]


def test_a_key_point_is_reworded_under_its_id(writer: Writer) -> None:
    for text in ("价格下调百分之五", "价格下调百分之六"):
        writer.keep(incoming(entry("甲", points=(text,))))
    (point,) = writer.reader.issue("20260208").entries[0].key_points
    assert (point.id, point.text) == ("20260208-01.1", "价格下调百分之六")


@pytest.mark.parametrize(
    "after",
    [
        replace(FULL, summary="改"),
        replace(FULL, category="改"),
        replace(FULL, key_points=FULL.key_points[:1]),
        replace(FULL, key_points=FULL.key_points[::-1]),
        replace(FULL, fields=()),
        replace(FULL, sources=FULL.sources[:1]),
        replace(FULL, event_date=None),
        replace(FULL, labels=()),
    ],
)
def test_the_revision_that_changed_an_entry_is_kept(writer: Writer, after: Entry) -> None:
    writer.keep(incoming(FULL, "乙"))
    kept = writer.keep(incoming(after, "乙"))
    assert writer.reader.issue("20260208") == kept.issue
    assert (changed(writer), changed(writer, "02")) == (2, 1)


def test_tags_and_place_are_no_change_of_an_entry(writer: Writer) -> None:
    writer.keep(incoming(FULL, "乙"))
    writer.keep(incoming("乙", replace(FULL, tags=())))
    assert (changed(writer), changed(writer, "02")) == (1, 1)
    assert writer.reader.record("20260208-01").entry.tags == ()


def test_an_old_revision_is_shown_as_it_was(writer: Writer) -> None:
    first = writer.keep(incoming(FULL, "乙", banner="旧")).issue
    writer.keep(incoming("丙"), force=True)
    assert writer.reader.revision("20260208", 1) == first


@pytest.mark.parametrize(("before", "after"), [(5, 2), (3, 0), (4, 1)])
def test_a_revision_that_withdraws_too_much_is_held(writer: Writer, before: int, after: int) -> None:
    titles = ["甲甲", "乙乙", "丙丙", "丁丁", "戊戊"]
    issue = writer.keep(incoming(*titles[:before])).issue
    kept = writer.keep(incoming(*titles[:after], data=b"2"))
    assert kept.status == "held"
    assert kept.reason == f"这一版会撤下 {before} 条中的 {before - after} 条，已搁置；确认无误后用 --force 收录"
    assert (kept.issue.id, kept.issue.revision, len(kept.issue.entries)) == ("20260208", 1, after)
    assert writer.reader.issue("20260208") == issue
    assert len(writer.reader.revisions("20260208")) == len(writer.reader.waiting()) == 1
    assert (writer.reader.log()[0].status, writer.reader.log()[0].reason) == ("held", kept.reason)


@pytest.mark.parametrize(("before", "after"), [(5, 3), (2, 0), (6, 3)])
def test_a_revision_that_withdraws_half_or_less_than_three_is_taken(writer: Writer, before: int, after: int) -> None:
    titles = ["甲甲", "乙乙", "丙丙", "丁丁", "戊戊", "己己"]
    writer.keep(incoming(*titles[:before]))
    assert writer.keep(incoming(*titles[:after], data=b"2")).status == "revised"


def test_what_would_be_held_is_taken_by_force(writer: Writer) -> None:
    writer.keep(incoming("甲", "乙", "丙"))
    assert writer.keep(incoming(data=b"2"), force=True).status == "revised"
    assert titled(writer) == {}


def test_a_removed_issue_comes_back_with_its_ids_even_by_its_last_bytes(writer: Writer) -> None:
    writer.keep(incoming("甲", "乙"))
    writer.remove("20260208")
    kept = writer.keep(incoming("甲", "乙"))
    assert (kept.status, kept.issue.revision) == ("revised", 2)
    assert titled(writer) == {"01": "甲", "02": "乙"}


def test_what_came_back_unchanged_with_its_removed_issue_is_no_revised_entry(writer: Writer) -> None:
    writer.keep(incoming("甲甲", "乙乙", "丙丙"))
    writer.keep(incoming("甲甲", "丙丙", data=b"2"))
    writer.remove("20260208")
    writer.keep(incoming("甲甲", "乙乙", entry("丙丙", summary="新")))
    told = {name: writer.reader.record(f"20260208-{name}") for name in ("01", "02", "03")}
    assert {name: each.revision for name, each in told.items()} == {"01": 1, "02": 3, "03": 3}
    assert {each.first_revision for each in told.values()} == {1}


def test_a_removed_issue_comes_back_with_what_its_new_revision_has_alone(writer: Writer) -> None:
    writer.keep(incoming("甲甲", "乙乙", "丙丙"))
    writer.remove("20260208")
    writer.keep(incoming("乙乙"))
    assert titled(writer) == {"02": "乙乙"}
    assert writer.reader.record("20260208-01").withdrawn


def test_a_removed_issue_is_out_of_reach_and_its_bytes_are_kept(writer: Writer) -> None:
    writer.keep(incoming("甲", data=b"1"))
    writer.remove("20260208")
    with pytest.raises(UnknownId):
        writer.reader.issue("20260208")
    assert writer.reader.raw("20260208", 1) == b"1"
    assert writer.reader.waiting() == [(1, "20260208"), (2, "20260208")]
    assert (writer.reader.log()[0].status, writer.reader.log()[0].issue) == ("removed", "20260208")


def test_what_is_not_there_cannot_be_removed(writer: Writer) -> None:
    with pytest.raises(UnknownId):
        writer.remove("20260208")
    assert writer.reader.log() == []


def test_an_erased_issue_says_nothing_any_more(writer: Writer) -> None:
    writer.keep(incoming(FULL, "乙", data=b"1"))
    writer.remove("20260208")
    writer.erase("20260208")
    record = writer.reader.records(["20260208-01"])["20260208-01"]
    assert record.withdrawn
    unnamed = tuple(replace(each, id="") for each in record.entry.key_points)
    assert replace(record.entry, key_points=unnamed) == Entry("", key_points=(KeyPoint(""),) * 2, id="20260208-01")
    assert writer.reader.revisions("20260208") == []
    assert (writer.reader.log()[0].status, writer.reader.log()[0].issue) == ("erased", "20260208")


def test_what_was_erased_lies_in_no_file_though_a_reader_stays_open(writer: Writer, home: Path) -> None:
    told = "销毁以后不留一字"
    writer.keep(incoming(told))
    with closing(Reader.open(home)) as reader:
        reader.counts()
        writer.remove("20260208")
        writer.erase("20260208")
        held = [path.read_bytes() for path in home.glob(f"{connections.FILE}*")]
    assert not any(told.encode() in each for each in held)


def test_an_issue_that_is_not_removed_cannot_be_erased(writer: Writer) -> None:
    writer.keep(incoming("甲"))
    with pytest.raises(ArchiveError, match="还没有移除"):
        writer.erase("20260208")
    assert titled(writer) == {"01": "甲"}


def test_the_ids_of_an_erased_issue_stay_taken(writer: Writer) -> None:
    writer.keep(incoming("甲", "乙", data=b"1"))
    writer.remove("20260208")
    writer.erase("20260208")
    assert writer.keep(incoming("甲", series="晚报")).issue.id == "20260208b"
    kept = writer.keep(incoming(entry("甲", source=None), data=b"1"))
    assert (kept.status, kept.issue.revision) == ("revised", 2)
    assert titled(writer) == {"03": "甲"}


def test_the_change_of_an_issue_is_remembered_when_the_outbox_is_drained(writer: Writer) -> None:
    writer.keep(incoming("甲"))
    before = writer.reader.changes()
    writer.commit_index(IndexState(1), 1)
    writer.keep(incoming("甲", day=DAY + datetime.timedelta(1)))
    assert (before, writer.reader.changes()) == ({"20260208": 1}, {"20260208": 1, "20260209": 2})
    writer.remove("20260208")
    assert writer.reader.changes() == {"20260208": 3, "20260209": 2}


def test_a_write_is_logged_and_waits_for_the_index(writer: Writer) -> None:
    writer.keep(incoming("甲"))
    writer.keep(incoming("甲", data=b"2"))
    assert writer.reader.waiting() == [(1, "20260208"), (2, "20260208")]
    assert [(each.path, each.status, each.issue) for each in writer.reader.log()] == [
        ("2026-02-08.md", "revised", "20260208"),
        ("2026-02-08.md", "added", "20260208"),
    ]


@pytest.mark.parametrize("failing", ["_write_parts", "_log", "_replace"])
def test_a_write_that_breaks_off_keeps_nothing(writer: Writer, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Writer, failing, fail)
        with pytest.raises(KeyboardInterrupt):
            writer.keep(incoming("甲"))
    assert writer.reader.counts() == dict.fromkeys(("issues", "entries", "key_points", "withdrawn", "diagnostics"), 0)
    assert (writer.reader.waiting(), writer.reader.log(), writer.reader.revisions("20260208")) == ([], [], [])
    assert writer.keep(incoming("甲")).status == "added"


def test_a_revision_that_breaks_off_leaves_the_one_before(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    issue = writer.keep(incoming("甲", "乙")).issue
    with monkeypatch.context() as patched:
        patched.setattr(Writer, "_log", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            writer.keep(incoming("丙"))
    assert writer.reader.issue("20260208") == issue
    assert len(writer.reader.waiting()) == 1


def test_a_commit_that_fails_leaves_no_transaction_open(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(sqlite3.Connection):
        fails = True

        def commit(self) -> None:
            if Full.fails:
                raise sqlite3.OperationalError("database or disk is full")
            super().commit()

    real = sqlite3.connect
    Writer.open(home).close()
    monkeypatch.setattr(connections.sqlite3, "connect", lambda *held, **how: real(*held, **how, factory=Full))
    writer = Writer.open(home)
    with pytest.raises(sqlite3.OperationalError, match="disk is full"):
        writer.keep(incoming("甲"))
    Full.fails = False
    assert writer.keep(incoming("甲")).status == "added"
    writer.close()


def test_the_index_is_put_in_force_and_the_outbox_drained_up_to_a_number(writer: Writer) -> None:
    assert writer.reader.index_state() == IndexState()
    for title in "甲乙丙":
        writer.keep(incoming(title))
    writer.commit_index(IndexState(3, "abc", "词典"), 2)
    assert writer.reader.index_state() == IndexState(3, "abc", "词典")
    assert writer.reader.waiting() == [(3, "20260208")]


def test_a_number_of_the_outbox_is_never_used_again(writer: Writer) -> None:
    writer.keep(incoming("甲"))
    writer.commit_index(IndexState(1), 1)
    writer.keep(incoming("乙"))
    assert writer.reader.waiting() == [(2, "20260208")]


def test_tags_are_replaced_and_nothing_else(writer: Writer) -> None:
    issue = writer.keep(incoming(FULL, "乙")).issue
    tag = Tag("飞鱼", "产品", "名录", "title", "飞鱼", 1)
    tagged = replace(issue, entries=tuple(replace(each, tags=(tag,)) for each in issue.entries))
    writer.retag(tagged)
    assert writer.reader.issue("20260208") == tagged


def test_a_rejected_file_is_recorded(writer: Writer) -> None:
    writer.reject("坏.md", "不是文本")
    (line,) = writer.reader.log()
    assert (line.path, line.status, line.issue, line.reason) == ("坏.md", "rejected", None, "不是文本")
    assert datetime.datetime.fromisoformat(line.at).tzinfo == datetime.UTC


def test_foreign_keys_are_enforced(writer: Writer) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        writer._db.execute("INSERT INTO outbox (issue) VALUES ('nowhere')")


def test_a_digests_bytes_are_kept_as_they_came(writer: Writer, home: Path) -> None:
    data = digest("甲").encode("gb18030")
    writer.keep(Incoming("a.md", data, incoming("甲").reading))
    reader = Reader.open(home)
    assert reader.raw("20260208", 1) == data
    with pytest.raises(UnknownId, match="20260208 没有第 2 版"):
        reader.raw("20260208", 2)
    reader.close()
