"""Removing, checking, backing up and restoring, by command."""

from __future__ import annotations

import errno
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from factories import digest
from flask.testing import FlaskClient

from archive.backup import restore as copy_back
from archive.checking import Fault
from archive.store import Reader
from archive.store.connection import FILE
from indexer.engine import Generation
from indexer.engines.whoosh import WhooshEngine
from web.commands import wangqi
from web.services import Services


class Shell:
    """Runs `wangqi` on a home with two issues."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "home"

    def run(self, *arguments: str, home: Path | None = None) -> Result:
        return CliRunner().invoke(wangqi, ["--home", str(home or self.home), *arguments])

    def ingest(self, name: str, text: str) -> Result:
        (self.folder / name).write_text(text, encoding="utf-8")
        return self.run("ingest", str(self.folder / name))

    def faults(self, *arguments: str) -> list[str]:
        done = self.run("check", "--json", *arguments)
        found = [fault["code"] for fault in json.loads(done.stdout)["faults"]]
        assert done.exit_code == (1 if found else 0)
        return found

    def total(self, query: str, home: Path | None = None) -> int:
        return json.loads(self.run("search", query, "--json", home=home).stdout)["total"]

    def sql(self, statement: str, *parameters: object) -> None:
        with closing(sqlite3.connect(self.home / FILE)) as db, db:
            db.execute(statement, parameters)


@pytest.fixture
def shell(tmp_path: Path, samples: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setattr(Services, "segmenter", samples.application.extensions["wangqi"].segmenter)
    made = Shell(tmp_path)
    made.ingest("one.md", digest("千问上线", "飞鱼下线"))
    made.ingest("two.md", digest("青鸾开源", day="2026-02-09"))
    return made


# ── remove ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_removed_issue_is_out_of_search_and_its_entries_say_so(shell: Shell) -> None:
    assert shell.run("remove", "20260208").exit_code == 0
    assert shell.total("千问") == 0
    assert "已撤下" in shell.run("show", "20260208-01").stdout
    assert shell.faults() == []


def test_a_removed_issue_that_comes_again_has_its_ids_back(shell: Shell) -> None:
    shell.run("remove", "20260208")
    assert "修订  20260208" in shell.ingest("one.md", digest("飞鱼下线", "千问上线")).stdout
    assert shell.run("show", "20260208-01").stdout.startswith("千问上线")
    assert shell.faults() == []


def test_what_was_erased_is_nowhere(shell: Shell) -> None:
    assert shell.run("remove", "20260208", "--erase").exit_code == 0
    assert shell.run("show", "20260208", "--raw").exit_code == 1
    with closing(sqlite3.connect(shell.home / FILE)) as db:
        assert "千问上线" not in "\n".join(db.iterdump())
    assert "销毁" in shell.run("log").stdout
    assert shell.faults() == []


def test_a_removed_issue_may_still_be_erased(shell: Shell) -> None:
    shell.run("remove", "20260208")
    assert shell.run("remove", "20260208", "--erase").exit_code == 0


def test_the_numbers_of_an_erased_issue_are_never_given_again(shell: Shell) -> None:
    shell.run("remove", "20260208", "--erase")
    shell.ingest("one.md", digest("千问上线"))
    assert "20260208-03" in shell.run("search", "千问").stdout


@pytest.mark.parametrize("date", ["2026-02-08", "2026年2月8日"])
def test_an_issue_is_removed_by_its_date(shell: Shell, date: str) -> None:
    assert shell.run("remove", date).stdout == "20260208 已移除，原文仍在\n"
    assert shell.total("千问") == 0


def test_a_date_with_two_series_removes_neither_and_names_both(shell: Shell) -> None:
    shell.ingest("other.md", digest("千问", series="另一日报"))
    done = shell.run("remove", "2026-02-08")
    assert (done.exit_code, "20260208（示例动态），20260208b（另一日报）" in done.stderr) == (1, True)
    assert shell.total("千问") == 2


def test_an_unknown_issue_cannot_be_removed(shell: Shell) -> None:
    done = shell.run("remove", "20990101")
    assert (done.exit_code, "20990101" in done.stderr) == (1, True)


# ── log ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_rebuilds_repairs_and_restores_are_in_the_log(shell: Shell) -> None:
    kept, other = shell.folder / "kept.db", Shell(shell.folder / "other")
    shell.run("reindex")
    shutil.rmtree(shell.home / "index")
    shell.run("check", "--repair")
    told = shell.run("log").stdout
    assert "运行  —            重建索引\n" in told
    assert "运行  —            修复索引：" in told
    shell.run("backup", str(kept))
    other.run("restore", str(kept))
    assert "从 kept.db 恢复 2 期" in other.run("log").stdout


def test_a_generation_that_writers_clear_away_meanwhile_is_no_fault(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[int] = []
    plain = WhooshEngine.open

    def slow(engine: WhooshEngine, generation: Generation) -> None:
        opened.append(generation.number)
        if len(opened) == 1:
            shell.ingest("new.md", digest("新的", day="2026-03-01"))
            shutil.rmtree(shell.home / "index" / str(generation.number))
        plain(engine, generation)

    monkeypatch.setattr(WhooshEngine, "open", slow)
    assert shell.run("check", "--repair").stdout == "完好\n"
    assert opened == [2, 3]
    with closing(Reader.open(shell.home)) as reader:
        assert "修复" not in " ".join(line.reason for line in reader.log())


def test_what_a_writer_was_at_when_it_was_looked_at_is_not_indexed_anew(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = iter([[Fault("entry", "20260208-01 不在索引里", "20260208-01")]])
    monkeypatch.setattr("indexer.checking.faults", lambda *_: next(told, []))
    monkeypatch.setattr("indexer.replaying.rebuild_now", pytest.fail)
    assert shell.run("check", "--repair").stdout == "完好\n"


# ── check ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_sound_archive_has_no_faults(shell: Shell) -> None:
    assert shell.faults() == []
    assert shell.run("check").stdout == "完好\n"


def test_changed_bytes_are_found(shell: Shell) -> None:
    shell.sql("UPDATE revisions SET bytes = ? WHERE issue = '20260208'", b"changed")
    assert shell.faults() == ["bytes"]
    assert shell.faults("--repair") == ["bytes"]  # nothing can bring them back but a backup


def test_a_broken_reference_is_found(shell: Shell) -> None:
    shell.sql("DELETE FROM entries WHERE id = '20260209-01'")
    assert "database" in shell.faults()


def test_an_entry_that_differs_from_the_index_is_found_and_repaired(shell: Shell) -> None:
    shell.sql("UPDATE entries SET title = '改过' WHERE id = '20260208-01'")
    assert shell.faults() == ["entry"]
    assert shell.faults("--repair") == []
    assert shell.total("改过") == 1


def test_an_entry_that_only_the_index_has_is_found(shell: Shell) -> None:
    shell.sql("UPDATE issues SET removed_at = 'now' WHERE id = '20260209'")
    assert shell.faults() == ["entry"]


def test_an_entry_that_waits_to_leave_the_index_is_no_fault_of_its_own(shell: Shell) -> None:
    shell.sql("UPDATE issues SET removed_at = 'now' WHERE id = '20260209'")
    shell.sql("INSERT INTO outbox (issue) VALUES ('20260209')")
    assert shell.faults() == ["waiting"]


def test_what_waits_is_found_and_repaired(shell: Shell) -> None:
    shell.sql("INSERT INTO outbox (issue) VALUES ('20260208')")
    assert shell.faults() == ["waiting"]
    assert shell.faults("--repair") == []


def test_a_damaged_index_is_found_and_rebuilt(shell: Shell) -> None:
    shutil.rmtree(shell.home / "index")
    assert shell.faults() == ["index"]
    assert shell.faults("--repair") == []
    assert shell.total("千问") == 1


def test_a_digest_that_has_not_come_is_a_fault_on_wish(shell: Shell) -> None:
    assert shell.faults("--expect-latest", "1d") == ["overdue"]
    assert shell.faults("--expect-latest", "9999") == []


def test_an_unreadable_age_is_wrong_use(shell: Shell) -> None:
    done = shell.run("check", "--expect-latest", "soon")
    assert (done.exit_code, "soon" in done.stderr) == (2, True)


# ── backup and restore ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_backup_restores_everything_into_an_empty_home(shell: Shell) -> None:
    file, other = shell.folder / "kept.db", shell.folder / "other"
    assert shell.run("backup", str(file)).exit_code == 0
    assert "已恢复 2 期" in shell.run("restore", str(file), home=other).stdout
    assert shell.total("千问", other) == 1
    assert shell.run("check", home=other).stdout == "完好\n"
    raw = shell.run("show", "20260208", "--raw", home=other).stdout_bytes
    assert raw == (shell.folder / "one.md").read_bytes()


def test_a_backup_is_one_file(shell: Shell) -> None:
    folder = shell.folder / "backups"
    folder.mkdir()
    shell.run("backup", str(folder / "kept.db"))
    assert [path.name for path in folder.iterdir()] == ["kept.db"]


def test_a_backup_never_overwrites(shell: Shell) -> None:
    done = shell.run("backup", str(shell.folder / "one.md"))
    assert (done.exit_code, "已经存在" in done.stderr) == (1, True)


def test_a_backup_into_nowhere_is_told(shell: Shell) -> None:
    done = shell.run("backup", str(shell.folder / "nowhere" / "kept.db"))
    assert (done.exit_code, "备份写不成" in done.stderr) == (1, True)


def test_nothing_is_restored_over_an_archive(shell: Shell) -> None:
    shell.run("backup", str(shell.folder / "kept.db"))
    done = shell.run("restore", str(shell.folder / "kept.db"))
    assert (done.exit_code, "不是空的" in done.stderr) == (1, True)


@pytest.mark.parametrize("content", [b"", b"no database at all", None])
def test_what_is_no_backup_is_refused_and_leaves_nothing(shell: Shell, content: bytes | None) -> None:
    file, other = shell.folder / "kept.db", shell.folder / "other"
    if content is not None:
        file.write_bytes(content)
    assert shell.run("restore", str(file), home=other).exit_code == 1
    assert not other.exists() or not any(other.iterdir())


def test_a_damaged_backup_is_refused(shell: Shell) -> None:
    file = shell.folder / "kept.db"
    shell.run("backup", str(file))
    held = bytearray(file.read_bytes())
    held[4096:8192] = b"\xff" * 4096
    file.write_bytes(held)
    assert shell.run("restore", str(file), home=shell.folder / "other").exit_code == 1


def test_a_backup_whose_tables_contradict_their_indexes_is_refused(shell: Shell) -> None:
    file = shell.folder / "kept.db"
    shell.run("backup", str(file))
    with closing(sqlite3.connect(file)) as db, db:
        first, second, *_ = (name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'index'"))
        db.execute("PRAGMA writable_schema = ON")
        other = "(SELECT rootpage FROM sqlite_master WHERE name = ?)"
        db.execute(f"UPDATE sqlite_master SET rootpage = {other} WHERE name = ?", [second, first])
    done = shell.run("restore", str(file), home=shell.folder / "other")
    assert (done.exit_code, "已损坏" in done.stderr) == (1, True)


def test_a_home_that_is_a_file_is_named(shell: Shell) -> None:
    shell.run("backup", str(shell.folder / "kept.db"))
    done = shell.run("restore", str(shell.folder / "kept.db"), home=shell.folder / "one.md")
    assert (done.exit_code, "one.md" in done.stderr) == (1, True)


# ── cut short ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_removal_that_was_cut_short_is_finished_when_it_is_asked_for_again(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("archive.store.Writer.commit_index", refused)
        assert "磁盘已满" in shell.run("remove", "20260208").stderr
    assert shell.run("remove", "20260208").exit_code == 1
    assert (shell.total("千问"), shell.faults()) == (0, [])


def test_after_a_restore_that_was_cut_short_the_next_writer_indexes_everything(shell: Shell) -> None:
    kept, other = shell.folder / "kept.db", Shell(shell.folder / "other")
    shell.run("backup", str(kept))
    copy_back(other.home, kept)
    assert other.run("ingest", str(shell.folder / "two.md")).exit_code == 0
    assert (other.total("千问"), other.total("青鸾"), other.faults()) == (1, 1, [])


def test_what_a_killed_restore_left_does_not_stand_in_the_way(shell: Shell) -> None:
    kept, other = shell.folder / "kept.db", Shell(shell.folder / "other")
    shell.run("backup", str(kept))
    other.home.mkdir(parents=True)
    for name in (f".{FILE}.partial", f".{FILE}.partial-journal"):
        (other.home / name).write_bytes(b"half")
    assert other.run("restore", str(kept)).exit_code == 0
    assert other.faults() == []


def test_a_full_disk_is_told_in_a_sentence(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.store.Writer.keep", refused)
    done = shell.ingest("three.md", digest("白泽", day="2026-02-10"))
    assert (done.exit_code, "错误：磁盘已满" in done.stderr) == (1, True)


def test_what_is_no_refusal_keeps_its_traceback(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.store.Writer.keep", lambda *_, **__: Path("/nowhere").read_bytes())
    assert isinstance(shell.ingest("three.md", digest("白泽", day="2026-02-10")).exception, FileNotFoundError)


def refused(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
