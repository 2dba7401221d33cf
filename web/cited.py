"""An id or a date as people cite it -> what it names, also where that was withdrawn since."""

from __future__ import annotations

import datetime
from dataclasses import replace

from archive.errors import UnknownId
from archive.model import KeyPoint
from archive.store import Reader, Record
from indexer.query.dates import date_range
from web.documents import holds, record_of


def single_day(text: str, today: datetime.date) -> datetime.date | None:
    """The day that a date, however it is written, means; None for what is no date or a span of several."""
    span = date_range(text, today)
    return span.since if span and span.since == span.until else None


def issues(reader: Reader, identifier: str, today: datetime.date) -> list[str]:
    """The issues that an id or a date names; of a day on which there is none any more, those that were removed."""
    day = str(single_day(identifier, today))
    for removed in (False, True):
        found = reader.find(identifier, removed=removed) or reader.find(day, removed=removed)
        if found:
            return found
    return []


def entry(reader: Reader, identifier: str) -> tuple[Record, list[KeyPoint]]:
    """The entry that its own id or a key point's names, and its withdrawn key points.

    Raises UnknownId, also where the entry never had that key point; Erased.
    """
    name, _, number = identifier.partition(".")
    record = reader.record(name)
    gone = [point for point in reader.withdrawn_points(record.issue) if point.id.startswith(f"{name}.")]
    if number and identifier not in {point.id for point in (*record.entry.key_points, *gone)}:
        raise UnknownId(f"{name} 没有编号为 {identifier} 的要点", f"整个条目是 {name}")
    return record, gone


def as_of(reader: Reader, identifier: str, number: int) -> Record:
    """The entry that its own id or a key point's names, as a revision had it; withdrawn where it is so now.

    Raises UnknownId, also where that revision did not have it.
    """
    name = identifier.partition(".")[0]
    record = reader.record(name)
    issue = reader.revision(record.issue, number)
    for entry in issue.entries:
        if entry.id == name and holds(identifier, held := record_of(entry, issue)):
            return replace(held, withdrawn=record.withdrawn)
    raise UnknownId(f"第 {number} 版里没有 {identifier}", f"/issues/{record.issue}/revisions 看各版的差别")
