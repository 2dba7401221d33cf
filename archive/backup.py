"""A home -> one file with everything in it, and back: a consistent copy of the database, taken while it is in use."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from archive.durable import sync
from archive.errors import ArchiveError, HomeError
from archive.schema import check_version
from archive.store.connection import FILE, connect_reading


def backup(home: Path, target: Path) -> None:
    """Copy the database of a home into one file, which must not exist yet. Raises HomeError, ArchiveError."""
    if target.exists():
        raise ArchiveError(f"{target} 已经存在", "换一个文件名，或先移走它")
    partial = target.with_name(f".{target.name}.partial")
    try:
        _discard(partial)
        with closing(connect_reading(home)) as source, closing(sqlite3.connect(partial)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        sync(partial)
        partial.rename(target)
        sync(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise ArchiveError(f"备份写不成：{error}", "检查磁盘空间和文件夹的权限") from error
    finally:
        with suppress(OSError):
            _discard(partial)


def restore(home: Path, source: Path) -> None:
    """Make a backup the database of an empty home, where all of it waits for the index.

    What a restore that was killed left is taken over. Raises HomeError, ArchiveError, NewerSchema.
    """
    if not source.is_file():
        raise ArchiveError(f"没有 {source} 这个文件")
    partial = home / f".{FILE}.partial"
    try:
        if home.exists() and any(not path.name.startswith(partial.name) for path in home.iterdir()):
            raise HomeError(f"{home} 不是空的", "恢复只写入空的文件夹；用 --home 换一个，或先移走它")
        with closing(_sound(source)) as kept:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            _discard(partial)
            with closing(sqlite3.connect(partial)) as made, made:
                kept.backup(made)
                made.execute("UPDATE index_state SET generation = 0, manifest = '', dictionary = ''")
                made.execute("INSERT INTO outbox (issue) SELECT id FROM issues")  # all of it waits for the index
        sync(partial)
        partial.rename(home / FILE)
        sync(home)
    except sqlite3.Error as error:
        raise ArchiveError(f"{source} 不是往期的备份：{error}") from error
    except OSError as error:
        raise HomeError(f"不能写入 {home}：{error.strerror}", "检查文件夹的权限和磁盘空间") from error
    finally:
        with suppress(OSError):
            _discard(partial)


def _sound(source: Path) -> sqlite3.Connection:
    """A connection to a backup that is whole and of a shape this version knows."""
    kept = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        if kept.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise ArchiveError(f"{source} 已损坏", "换一份备份")
        kept.execute("SELECT count(*) FROM issues")
        check_version(kept)
    except BaseException:
        kept.close()
        raise
    return kept


def _discard(partial: Path) -> None:
    """What was left half-written goes, and its journal with it: SQLite would roll that back into the next."""
    for suffix in ("", "-journal"):
        partial.with_name(partial.name + suffix).unlink(missing_ok=True)
