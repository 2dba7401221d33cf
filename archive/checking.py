"""A home's database -> its faults: what SQLite says of it, and stored bytes against their sums."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from archive.store import Reader


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be; `id` is the issue or entry where there is one."""

    code: str
    message: str
    id: str | None = None


def faults(reader: Reader) -> Iterator[Fault]:
    """Every fault of the database by itself."""
    for sentence in reader.integrity():
        yield Fault("database", f"数据库：{sentence}")
    for issue, number, sha256, data in reader.stored_bytes():
        if hashlib.sha256(data).hexdigest() != sha256:
            yield Fault("bytes", f"{issue} 第 {number} 版的原文与校验和不符", issue)


def overdue(reader: Reader, today: datetime.date, days: int) -> Fault | None:
    """The fault that no issue has come in the last `days` days."""
    newest = reader.coverage().until
    if newest and today - newest <= datetime.timedelta(days):
        return None
    return Fault("overdue", f"最近的一期是 {newest}，已超过 {days} 天" if newest else "还没有收录过一期")
