"""Refusals of the system and of SQLite, in words."""

from __future__ import annotations

import errno
import sqlite3

import pytest

from archive.refusals import told


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EMFILE, "打开的文件太多"), (errno.EIO, "磁盘读写出错"), (errno.EROFS, "权限")],
)
def test_what_the_system_refuses_is_a_sentence_with_the_file(number: int, said: str) -> None:
    refused = told(OSError(number, "refused", "wangqi.db"))
    assert refused
    assert (said in str(refused), "wangqi.db" in str(refused), bool(refused.hint)) == (True, True, True)


@pytest.mark.parametrize(
    ("name", "said"),
    [("SQLITE_FULL", "磁盘已满"), ("SQLITE_IOERR_WRITE", "磁盘读写出错"), ("SQLITE_CORRUPT_VTAB", "已损坏")],
)
def test_what_sqlite_refuses_is_a_sentence(name: str, said: str) -> None:
    error = sqlite3.OperationalError("refused")
    error.sqlite_errorname = name
    assert said in str(told(error))


@pytest.mark.parametrize("error", [OSError("?"), FileNotFoundError(errno.ENOENT, "?"), sqlite3.ProgrammingError("?")])
def test_what_only_a_programmer_can_mend_is_none(error: Exception) -> None:
    assert told(error) is None
