"""A home's database file -> connections: read-only for readers, immediate transactions for the writer."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import HomeError
from archive.schema import check_version, is_current, migrate

if TYPE_CHECKING:
    from sqlite_utils import Database

FILE = "wangqi.db"
BUSY_SECONDS = 30.0


def connect_reading(home: Path) -> sqlite3.Connection:
    """A connection that cannot write. Raises HomeError where there is no database, NewerSchema where it is too new."""
    path = home / FILE
    if not os.path.isfile(path):  # noqa: PTH113 (Path.is_file raises on a name that is too long)
        raise HomeError(f"{home} 里还没有资料库", "先用 wangqi ingest 文件夹 收录")
    address = f"{path.resolve().as_uri()}?mode=ro"
    # A write-ahead log needs a writable folder, unless nobody can write at all.
    addresses = [address] if os.access(home, os.W_OK) else [address, f"{address}&immutable=1"]
    for each in addresses:
        with suppress(sqlite3.Error):
            return _current(_open(each), home)
    raise HomeError(f"打不开 {path}", "文件可能已损坏；可用 wangqi restore 从备份恢复")


def standing(home: Path) -> tuple[int, ...] | None:
    """Which file is the home's database now, and when it was written: another after a restore, or after the log was
    folded in, which a connection to a file that it was told never changes would not see."""
    try:
        found = (home / FILE).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns


def _current(connection: sqlite3.Connection, home: Path) -> sqlite3.Connection:
    """The connection, to a database brought to the newest schema. Raises NewerSchema."""
    with _closed_on_error(connection):
        check_version(connection)
        if is_current(connection):
            return connection
    connection.close()
    connect_writing(home).close()
    return connect_reading(home)


def connect_writing(home: Path) -> Database:
    """The writer's connection, at the newest schema. Raises HomeError where the home cannot be written."""
    from sqlite_utils import Database  # 0.2 s, which nobody waits for who only reads

    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        db = Database(_open(str(home / FILE)))
        with _closed_on_error(db.conn):
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
            check_version(db.conn)
            if not is_current(db.conn):
                with immediate(db):  # so that of two that come at once the second finds it done
                    migrate(db)
    except (OSError, sqlite3.Error) as error:
        raise HomeError(f"不能写入 {home}：{error}", "检查文件夹的权限和磁盘空间，或用 --home 换一个") from error
    return db


@contextmanager
def immediate(db: Database) -> Iterator[None]:
    """One transaction that takes the write lock at its beginning, so that it never fails half-way for want of it."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.conn.commit()
    except BaseException:
        db.conn.rollback()
        raise


def _open(target: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        target, uri=target.startswith("file:"), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    with _closed_on_error(connection):
        connection.execute("SELECT count(*) FROM sqlite_master")
    return connection


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise
