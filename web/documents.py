"""Answers, entries and issues -> the JSON documents of DESIGN 6, alike for the API, the commands and the pages."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from archive.ids import order
from archive.model import Entry, Issue
from archive.store import Record
from archive.text import plain
from indexer.engine import Hit
from indexer.highlighting import Highlight, Reason, explained
from indexer.query import to_text
from indexer.query.tree import Node
from web.asking import Found


def search_document(found: Found) -> dict[str, Any]:
    """The answer as `search --json` and the API give it."""
    answer, coverage = found.answer, found.coverage
    return {
        "query": {
            "text": found.search.text,
            "canonical": to_text(found.query.tree),
            "resolved": {"from": _iso(found.since), "to": _iso(found.until)},
            "aliases": found.search.aliases,
            "notices": list(found.notices),
            "did_you_mean": [asdict(each) for each in found.meant],
            "substrings": [asdict(each) for each in found.substrings],
        },
        "total": answer.total,
        "partial_total": answer.partial_total,
        "literal_total": answer.literal_total,
        "took_ms": found.took_ms,
        "generation": found.generation,
        "coverage": {
            "from": _iso(coverage.since),
            "to": _iso(coverage.until),
            "issues": coverage.issues,
            "missing_days": coverage.missing_days,
        },
        "hits": [
            hit_document(hit, record, found.plan.tree, found.search.text)
            for hit in answer.hits
            if (record := found.records.get(hit.id.partition(".")[0])) and holds(hit.id, record)
        ],
        "facets": {
            name: [{"value": each.value, "count": each.count} for each in counts]
            for name, counts in answer.facets.items()
        },
    }


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def entry_document(record: Record) -> dict[str, Any]:
    """An entry with where it stands."""
    entry = record.entry
    return {
        "id": entry.id,
        "issue": record.issue,
        "series": record.series,
        "date": record.date.isoformat(),
        "event_date": entry.event_date.date.isoformat() if entry.event_date else None,
        "revision": record.revision,
        "withdrawn": record.withdrawn,
        "category": entry.category,
        "title": plain(entry.title),
        "summary": plain(entry.summary),
        "background": plain(entry.background),
        "key_points": [{"id": point.id, "text": plain(point.text)} for point in entry.key_points],
        "fields": [{"label": other.label, "text": plain(other.text)} for other in entry.fields],
        "sources": [{"name": plain(source.name), "url": source.url} for source in entry.sources],
        "tags": list(entry.tag_names),
        "url": f"/entries/{entry.id}",
    }


def hit_document(hit: Hit, record: Record, tree: Node, typed: str) -> dict[str, Any]:
    """A hit with its highlights and reasons; of a key point where the hit's id is one."""
    if "." in hit.id:
        return _point_hit(hit, record, tree, typed)
    found = explained(tree, record.entry, typed=typed, inside=hit.inside, partial=hit.partial)
    return entry_document(record) | {
        "score": hit.score,
        "partial": hit.partial,
        "highlights": [_highlight_document(each) for each in found.highlights],
        "why": [_reason_document(each) for each in found.reasons],
    }


def _point_hit(hit: Hit, record: Record, tree: Node, typed: str) -> dict[str, Any]:
    entry = record.entry
    place, point = next((n, each) for n, each in enumerate(entry.key_points, 1) if each.id == hit.id)
    alone = Entry(entry.title, key_points=(point,))
    found = explained(tree, alone, typed=typed, inside=hit.inside, partial=hit.partial)
    shown = [replace(each, n=place) if each.n else each for each in found.highlights]
    return point_document(hit.id, record) | {
        "score": hit.score,
        "partial": hit.partial,
        "highlights": [_highlight_document(each) for each in shown],
        "why": [_reason_document(each) for each in found.reasons],
    }


def holds(identifier: str, record: Record) -> bool:
    """Whether a record has the key point named; an index that is behind may name one that is gone."""
    return "." not in identifier or any(each.id == identifier for each in record.entry.key_points)


def point_document(identifier: str, record: Record) -> dict[str, Any]:
    """A key point with its entry's title and where it stands."""
    entry = record.entry
    point = next(each for each in entry.key_points if each.id == identifier)
    return {
        "id": point.id,
        "entry": entry.id,
        "issue": record.issue,
        "series": record.series,
        "date": record.date.isoformat(),
        "category": entry.category,
        "title": plain(entry.title),
        "text": plain(point.text),
        "url": f"/entries/{entry.id}#p{order(point.id)[2]}",
    }


def _reason_document(reason: Reason) -> dict[str, Any]:
    """What is written otherwise than asked for is told too."""
    written = {"text": reason.text} if reason.how in ("alias", "variant") else {}
    return {"term": reason.term, "how": reason.how, "field": reason.field, **written}


def _highlight_document(highlight: Highlight) -> dict[str, Any]:
    place = {} if highlight.n is None else {"n": highlight.n}
    return {"field": highlight.field, **place, "spans": [list(span) for span in highlight.spans]}


def issue_document(issue: Issue, records: Mapping[str, Record]) -> dict[str, Any]:
    """An issue with its categories and their entries; `records` are those of its entries, none for an old revision."""
    return {
        "id": issue.id,
        "series": issue.series,
        "date": issue.date.isoformat(),
        "revision": issue.revision,
        "url": f"/issues/{issue.id}",
        "categories": [
            {
                "name": name,
                "entries": [entry_document(records.get(entry.id) or record_of(entry, issue)) for entry in entries],
            }
            for name, entries in issue.categories
        ],
    }


def record_of(entry: Entry, issue: Issue) -> Record:
    """An entry as a revision of its issue had it."""
    return Record(entry, issue.id, issue.date, issue.series, issue.revision, issue.revision, withdrawn=False)
