"""What the operating system or SQLite refuses -> HomeError: no room, too many open files, no permission."""

from __future__ import annotations

import errno
import sqlite3

from archive.errors import HomeError

REFUSALS = (OSError, sqlite3.Error)

_ROOM = ("磁盘已满", "腾出空间后再试；已收录的都还在")
_FILES = ("打开的文件太多", "稍后再试，或提高系统对打开文件数的限制（ulimit -n）")
_DISK = ("磁盘读写出错", "检查磁盘；资料库可用 wangqi check 核对，用 wangqi restore 从备份恢复")
_RIGHTS = ("没有写入的权限", "检查文件夹的权限，或用 --home 换一个")
_DAMAGED = ("数据库文件已损坏", "用 wangqi restore 从备份恢复")
_BUSY = ("数据库正忙", "稍后再试")
_CLOSED = ("打不开数据库文件", "检查文件夹的权限和打开文件数的限制")

_BY_NUMBER = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: _ROOM,
    errno.EMFILE: _FILES,
    errno.ENFILE: _FILES,
    errno.EIO: _DISK,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
}
_BY_NAME = {
    "SQLITE_FULL": _ROOM,
    "SQLITE_IOERR": _DISK,
    "SQLITE_CANTOPEN": _CLOSED,
    "SQLITE_READONLY": _RIGHTS,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": _DAMAGED,
    "SQLITE_BUSY": _BUSY,
}


def told(error: Exception) -> HomeError | None:
    """The refusal as a sentence, None for what no one but a programmer can mend."""
    if isinstance(error, OSError):
        found = _BY_NUMBER.get(error.errno or 0)
        return HomeError(f"{found[0]}：{error.filename}" if error.filename else found[0], found[1]) if found else None
    name = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])  # without the extended part
    found = _BY_NAME.get(name)
    return HomeError(*found) if found else None
