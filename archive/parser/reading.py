"""Markdown text -> an issue with its diagnostics.

Heading, front matter and file name are asked in this order for the issue's date, and for its series after that.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from archive.dates import event_date, find_date, find_day, with_year
from archive.errors import RejectedIssue
from archive.model import Diagnostic, Entry, Issue, Reading
from archive.parser.builder import build
from archive.parser.front import FrontMatter, read_front_matter
from archive.parser.issue_draft import IssueDraft
from archive.parser.lines import read_lines, split_lines, without_controls
from archive.parser.notices import notice
from archive.series import UNNAMED, series_key, series_name, subtitle

_AHEAD = datetime.timedelta(days=2)
_DATED_KEYS = ("date", "title", "linktitle")
_NAMING_KEYS = {"title", "linktitle"}


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date and where it was told: a line, or 0 for the file name; `note` is the code of what to know about it."""

    date: datetime.date
    line: int
    text: str
    note: str = ""


def parse(text: str, *, file_name: str = "", series: str = "", today: datetime.date | None = None) -> Reading:
    """Read an issue; `series` names it where the text does not, `today` is what its date must not be far ahead of.

    Raises RejectedIssue (no-date) where neither heading, front matter nor file name tells a date, or a day without
    its year where neither front matter, file name nor `today` tells the year.
    """
    raw = split_lines(text)
    lines = without_controls(raw)
    front = read_front_matter(lines)
    built = build(read_lines(lines, front.end))
    dates = list(_dates(built, front, file_name, today))
    if not dates:
        raise RejectedIssue("no-date", "找不到日期：标题、文件头和文件名里都没有")
    notices = [
        *built.notices,
        *_control_notices(raw, lines),
        *_date_notices(dates, today),
        *_heading_notices(built, front),
        *_front_notices(front, dates, _series(built, front, series)),
    ]
    entries: list[Entry] = []
    for draft in built.entries:
        entry, about_sources = draft.finish()
        told = event_date(entry, dates[0].date)
        entries.append(replace(entry, event_date=told) if told else entry)
        notices += about_sources
    if not entries:
        notices.append(notice(max(1, dates[0].line), "no-entries"))
    issue = Issue(dates[0].date, _series(built, front, series), tuple(entries), built.banner)
    return Reading(issue, tuple(sorted(notices, key=lambda each: each.line)))


def _dates(built: IssueDraft, front: FrontMatter, file_name: str, today: datetime.date | None) -> Iterator[_Dated]:
    """Every date that says whose day the issue is, the most trusted first."""
    path = PurePosixPath(file_name.replace("\\", "/"))
    told = [(heading.text, heading.number) for heading in built.headings]
    told += [(front.values[key], front.lines[key]) for key in _DATED_KEYS if key in front.values]
    told.append((path.stem, 0))
    elsewhere = " ".join([front.values.get("date", ""), path.stem, *path.parts])
    for text, line in told:
        if found := find_date(text):
            yield _Dated(found.date, line, text, "date-range" if found.begins_range else "")
        elif (day := find_day(text)) and (date := with_year(*day, elsewhere, today)):
            yield _Dated(date, line, text, "year-assumed")


def _date_notices(dates: list[_Dated], today: datetime.date | None) -> Iterator[Diagnostic]:
    chosen, named = dates[0], dates[-1]
    line = max(1, chosen.line)
    if chosen.note:
        yield notice(line, chosen.note, f"{chosen.date} / {chosen.text}")
    if named.line == 0 and named.date != chosen.date:
        yield notice(line, "date-disagrees", f"{chosen.date} / {named.text}")
    for other in dates[1:]:
        if other.line and other.date != chosen.date:
            yield notice(other.line, "date-differs", f"{chosen.date} / {other.text}")
    if today and chosen.date - today > _AHEAD:
        yield notice(line, "future-date", chosen.date.isoformat())


def _heading_notices(built: IssueDraft, front: FrontMatter) -> Iterator[Diagnostic]:
    """The headings whose words name nothing, as an earlier one does already, and the day's subtitles."""
    for heading in [heading for heading in built.headings if series_name(heading.text)][1:]:
        yield notice(heading.number, "second-heading", heading.text)
    for text, line in _names_told(built, front):
        if words := subtitle(text):
            yield notice(line, "subtitle", words)


def _front_notices(front: FrontMatter, dates: list[_Dated], series: str) -> Iterator[Diagnostic]:
    """The lines of the front matter that tell neither a date nor the name that was taken."""
    read = {dated.line for dated in dates if dated.line == front.lines.get("date")}
    for key in _NAMING_KEYS & front.values.keys():
        name = series_name(front.values[key])
        if not name or series_key(name) == series_key(series):
            read.add(front.lines[key])
    for line, text in front.texts.items():
        if line not in read:
            yield notice(line, "front-matter", text)


def _control_notices(raw: list[str], lines: list[str]) -> Iterator[Diagnostic]:
    for number, (before, after) in enumerate(zip(raw, lines, strict=True), 1):
        if before != after:
            yield notice(number, "control-character", after.strip())


def _names_told(built: IssueDraft, front: FrontMatter) -> Iterator[tuple[str, int]]:
    """The texts that may name the series, each with its line, the most trusted first."""
    yield from ((heading.text, heading.number) for heading in built.headings)
    yield from ((front.values[key], front.lines[key]) for key in ("title", "linktitle") if key in front.values)


def _series(built: IssueDraft, front: FrontMatter, series: str) -> str:
    """The first name that is one once dates and numbers are gone."""
    told = [text for text, _ in _names_told(built, front)] + [series]
    return next((name for text in told if (name := series_name(text))), UNNAMED)
