"""A pasted citation, link or id -> the record that it names, and what has become of it since."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive import ids
from archive.difference import FieldDifference, difference
from archive.errors import UnknownId
from archive.model import Issue
from archive.store import Reader, Record

_ID = r"(\d{8}[a-z]*-\d{2,}(?:\.\d+)?)(?![0-9A-Za-z])"
_NAMED = (re.compile(rf"/entries/{_ID}", re.ASCII), re.compile(rf"(?<![0-9A-Za-z]){_ID}", re.ASCII))
_REVISION = re.compile(r"(?:[?&]revision=|^-r|^@)([0-9]{1,9})(?![0-9])|第\s*([0-9]{1,9})\s*版")
_POINT = re.compile(r"#p(\d{1,9})(?![0-9])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names: an entry or key point, and a revision, 0 where it names none."""

    id: str
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """The record as it is, and how it differs from the revision that was cited; `before` and `after` are compared."""

    named: Named
    record: Record
    before: int
    after: int
    fields: tuple[FieldDifference, ...]


def read_named(text: str) -> Named | None:
    """The first id in a text, with the revision and the key point that stand behind it (in a link: after it)."""
    found = next(filter(None, (form.search(text) for form in _NAMED)), None)
    if not found:
        return None
    rest = text[found.end() :]
    revision, point = _REVISION.search(rest), _POINT.search(rest)
    name = f"{found[1]}.{point[1]}" if point and "." not in found[1] else found[1]
    return Named(name, int(revision[1] or revision[2]) if revision else 0)


def checked(named: Named, reader: Reader) -> Checked:
    """Compare what was cited with what is kept. Raises UnknownId."""
    entry = named.id.partition(".")[0]
    record = reader.record(entry)
    last = record.revision
    before = reader.revision(record.issue, named.revision) if named.revision else reader.revision(record.issue, last)
    if not any(each.id == entry for each in before.entries):
        raise UnknownId(f"第 {before.revision} 版里没有 {entry}", "可能抄错了版次；不写版次则看现行的")
    after = reader.revision(record.issue, last)
    fields = _fields(before, after, entry)
    if number := ids.order(named.id)[2]:
        _check_point(named.id, before)
        fields = tuple(each for each in fields if each.field == f"key_points.{number}")
    return Checked(named, record, before.revision, last, fields)


def _fields(before: Issue, after: Issue, entry: str) -> tuple[FieldDifference, ...]:
    return next((each.fields for each in difference(before, after).entries if each.id == entry), ())


def _check_point(identifier: str, issue: Issue) -> None:
    if not any(point.id == identifier for entry in issue.entries for point in entry.key_points):
        raise UnknownId(f"第 {issue.revision} 版里没有要点 {identifier}", "看这个条目的全部要点，或去掉要点的编号")
