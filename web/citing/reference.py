"""An entry, one of its key points, or one of its sources -> what a reference to it says, whatever its form."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from archive.addresses import is_http
from archive.ids import order
from archive.store import Record
from archive.text import plain

ARCHIVE = "往期"  # the site of the archive's own records


@dataclass(frozen=True, slots=True)
class Reference:
    """A page on the web; texts are plain and of one line, empty where not known."""

    key: str  # ASCII, without what BibTeX forbids
    author: str
    title: str
    site: str
    url: str
    accessed: datetime.date
    date: datetime.date | None = None
    note: str = ""


def of_record(record: Record, base: str, accessed: datetime.date, point: str = "") -> Reference:
    """The archive's record of an entry or key point, pinned to the revision that gave the entry its text.

    The series answers for it. `base` is where the pages are.
    """
    entry, revision = record.entry, record.revision
    number = order(point)[2] if point else 0
    texts = [plain(each.text) for each in entry.key_points if each.id == point]
    told = f"；要点 {number}：{texts[0]}" if texts else ""
    return Reference(
        key=f"wangqi-{point or entry.id}-r{revision}",
        author=one_line(record.series),
        title=one_line(plain(entry.title)),
        site=ARCHIVE,
        url=f"{base}/entries/{entry.id}?revision={revision}{f'#p{number}' if number else ''}",
        accessed=accessed,
        date=record.date,
        note=one_line(f"{entry.id}，第 {revision} 版{told}"),
    )


def of_source(record: Record, number: int, accessed: datetime.date) -> Reference | None:
    """The source `number` (from 1) of an entry, where it has an address.

    Its name answers for it. When it was published the digest does not say, and its title is the digest's.
    """
    held = record.entry.sources[number - 1 : number] if number > 0 else ()
    if not held or not is_http(held[0].url):
        return None
    name = one_line(plain(held[0].name))
    return Reference(
        key=f"wangqi-{record.entry.id}-s{number}",
        author=name,
        title=one_line(plain(record.entry.title)),
        site=name,
        url=held[0].url,
        accessed=accessed,
        note=one_line(f"转引自 {record.series} {record.date.isoformat()}，{record.entry.id}"),
    )


def one_line(text: str) -> str:
    """White space of any kind as one space; control and format characters, which break files, left out."""
    return " ".join("".join(each for each in text if each.isprintable() or each.isspace()).split())
