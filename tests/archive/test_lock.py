"""One writer at a time."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from archive.errors import HomeError, Locked
from archive.lock import REBUILD, WRITER, tell, writing
from archive.lock import holder as holder_of

HOLDER = """
import sys
from pathlib import Path
from archive.lock import writing
with writing(Path(sys.argv[1]), "reindex"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path):
    """Another process that holds the lock until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_writer_is_told_who_holds_the_archive(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    says = rf"另一个进程正在写入：wangqi reindex，进程 {holder.pid}，始于 \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d$"
    with pytest.raises(Locked, match=says) as raised, writing(tmp_path, "ingest"):
        pass
    assert "--wait" in raised.value.hint


def test_the_lock_is_free_when_its_holder_is_killed(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    with writing(tmp_path, "ingest"):
        assert "ingest" in (tmp_path / WRITER).read_text(encoding="utf-8")


def test_a_second_writer_waits_as_long_as_it_is_told(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    begun = time.monotonic()
    with pytest.raises(Locked), writing(tmp_path, "ingest", wait=0.25):
        pass
    assert time.monotonic() - begun >= 0.25


def test_a_second_writer_goes_on_when_the_first_is_done(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    assert holder.stdin
    threading.Timer(0.2, holder.stdin.close).start()
    with writing(tmp_path, "ingest", wait=10):
        assert f"进程 {os.getpid()}" in (tmp_path / WRITER).read_text(encoding="utf-8")
    holder.wait()


def test_two_writers_in_one_process_exclude_each_other_too(tmp_path: Path) -> None:
    with writing(tmp_path, "ingest"), pytest.raises(Locked), writing(tmp_path, "ingest"):
        pass


def test_the_lock_is_free_after_an_exception_and_names_nobody(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(tmp_path, "ingest"):
        1 / 0  # noqa: B018
    assert (tmp_path / WRITER).read_bytes() == b""
    with writing(tmp_path, "reindex"):
        pass


def test_the_lock_is_free_though_a_child_was_forked_meanwhile(tmp_path: Path) -> None:
    reading, written = os.pipe()
    with writing(tmp_path, "ingest"):
        child = os.fork()
        if child == 0:
            os.close(written)
            os.read(reading, 1)
            os._exit(0)
    try:
        with writing(tmp_path, "reindex"):
            pass
    finally:
        os.close(written)
        os.close(reading)
        os.waitpid(child, 0)


def test_a_rebuild_and_a_writer_do_not_exclude_each_other(tmp_path: Path) -> None:
    with writing(tmp_path, "reindex", file_name=REBUILD), writing(tmp_path, "ingest"):
        assert "reindex" in (tmp_path / REBUILD).read_text(encoding="utf-8")
        with pytest.raises(Locked, match="wangqi reindex"), writing(tmp_path, "reindex", file_name=REBUILD):
            pass


def test_a_note_that_is_no_text_is_still_told(tmp_path: Path) -> None:
    with writing(tmp_path, "ingest"):
        (tmp_path / WRITER).write_bytes(b"\xff")
        with pytest.raises(Locked, match="\ufffd"), writing(tmp_path, "ingest"):
            pass


def test_a_holder_without_a_note_is_unknown(tmp_path: Path) -> None:
    with writing(tmp_path, "ingest"):
        (tmp_path / WRITER).write_bytes(b"")
        with pytest.raises(Locked, match="不明"), writing(tmp_path, "ingest"):
            pass


def test_a_holder_tells_how_far_it_has_come(tmp_path: Path) -> None:
    with writing(tmp_path, "ingest"):
        for progress in ("收录 100/776", "收录 9/776"):
            tell(tmp_path, progress)
            assert re.fullmatch(
                rf"wangqi ingest，进程 {os.getpid()}，始于 [-\d]+ [:\d]+，{progress}", holder_of(tmp_path)
            )
            with pytest.raises(Locked, match=progress), writing(tmp_path, "ingest"):
                pass
    assert holder_of(tmp_path) == ""


def test_progress_that_cannot_be_told_stops_nobody(tmp_path: Path) -> None:
    tell(tmp_path, "收录 1/2")
    assert list(tmp_path.iterdir()) == []


def test_a_note_that_its_writer_left_when_it_was_killed_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / WRITER).write_text("wangqi ingest\n收录 1/2", encoding="utf-8")
    assert holder_of(tmp_path) == ""


def test_a_home_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    with writing(tmp_path / "a" / "b", "ingest"):
        assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


def test_a_home_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(HomeError, match=r"不能写入 .*/file/home：") as raised,
        writing(tmp_path / "file" / "home", "ingest"),
    ):
        pass
    assert "--home" in raised.value.hint


def test_without_room_for_its_note_the_lock_holds_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", refused)
    with writing(tmp_path, "ingest"), pytest.raises(Locked, match="不明"), writing(tmp_path, "reindex"):
        pass
