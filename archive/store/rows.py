"""Issues and entries <-> the database's rows and the JSON that a revision keeps."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from archive.addresses import host
from archive.model import Diagnostic, Entry, EventDate, Issue, KeyPoint, LabelledField, Source, Tag
from archive.series import series_key

Row = sqlite3.Row


def issue_to_json(issue: Issue) -> str:
    """The whole issue, ids included."""
    return json.dumps(asdict(issue), ensure_ascii=False, default=str)


def issue_from_json(text: str) -> Issue:
    """The inverse of `issue_to_json`."""
    held = json.loads(text)
    entries = tuple(_entry(each) for each in held.pop("entries"))
    return Issue(**held | {"date": datetime.date.fromisoformat(held["date"]), "entries": entries})


def _entry(held: dict[str, Any]) -> Entry:
    event = held["event_date"]
    return Entry(
        **held
        | {
            "key_points": tuple(KeyPoint(**each) for each in held["key_points"]),
            "fields": tuple(LabelledField(**each) for each in held["fields"]),
            "sources": tuple(Source(**each) for each in held["sources"]),
            "labels": tuple(held["labels"]),
            "tags": tuple(Tag(**each) for each in held["tags"]),
            "event_date": EventDate(datetime.date.fromisoformat(event["date"]), event["words"]) if event else None,
        }
    )


def diagnostics_to_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A list of objects with line, severity, code, message."""
    return json.dumps([asdict(each) for each in diagnostics], ensure_ascii=False)


def issue_row(issue: Issue) -> dict[str, Any]:
    """The row of `issues`, present again where it was removed."""
    return {
        "id": issue.id,
        "date": issue.date.isoformat(),
        "series": issue.series,
        "series_key": series_key(issue.series),
        "banner": issue.banner,
        "revision": issue.revision,
        "removed_at": None,
    }


def entry_row(entry: Entry, issue: Issue, number: int, position: int) -> dict[str, Any]:
    """The row of `entries`, without its revisions."""
    return {
        "id": entry.id,
        "issue": issue.id,
        "number": number,
        "position": position,
        "category": entry.category,
        "title": entry.title,
        "summary": entry.summary,
        "background": entry.background,
        "fields": json.dumps([[each.label, each.text] for each in entry.fields], ensure_ascii=False),
        "labels": json.dumps(entry.labels, ensure_ascii=False),
        "event_date": entry.event_date.date.isoformat() if entry.event_date else None,
        "event_words": entry.event_date.words if entry.event_date else None,
    }


def source_rows(entry: Entry) -> list[dict[str, Any]]:
    """The rows of `sources`."""
    return [
        {"entry": entry.id, "position": position, "name": each.name, "url": each.url, "host": host(each.url)}
        for position, each in enumerate(entry.sources)
    ]


def rows_of_tags(entry: str, tags: Iterable[Tag]) -> list[dict[str, Any]]:
    """The rows of `tags` and `derived_tags`, one for each piece of evidence."""
    return [{"entry": entry, "position": position, **asdict(each)} for position, each in enumerate(tags)]


def entry_from_row(row: Row, points: Iterable[KeyPoint], sources: Iterable[Source], tags: Iterable[Tag]) -> Entry:
    """An entry from its row and what belongs to it, each in order."""
    event = row["event_date"]
    return Entry(
        title=row["title"],
        category=row["category"],
        summary=row["summary"],
        background=row["background"],
        key_points=tuple(points),
        fields=tuple(LabelledField(label, text) for label, text in json.loads(row["fields"])),
        sources=tuple(sources),
        labels=tuple(json.loads(row["labels"])),
        event_date=EventDate(datetime.date.fromisoformat(event), row["event_words"]) if event else None,
        tags=tuple(tags),
        id=row["id"],
    )
