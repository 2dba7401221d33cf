"""What a search found -> its hits as a page lists them: plain texts in which what was asked for is marked."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from archive import ids
from archive.model import Entry, Source
from archive.store import Record
from archive.text import fold, plain
from indexer.engine import Hit
from indexer.highlighting import Explanation, Reason, explained, texts
from web.addresses import entry_address
from web.asking import Found
from web.rendering import Span, excerpt, marked
from web.wording import why

MOST_POINTS = 2  # matching key points shown of one entry
_LABELS = {"background": "背景", "sources": "来源"}

Place = tuple[str, int | None]  # a field, and which of a list
Spans = Mapping[Place, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Point:
    """One key point as listed."""

    url: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a text of the entry; the summary has no label."""

    label: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Line:
    """One hit: an entry, or a key point with its entry's title. `more` counts the matching key points left out."""

    id: str
    url: str
    date: datetime.date
    category: str
    title: Markup
    sources: tuple[Source, ...]
    points: tuple[Point, ...] = ()
    more: int = 0
    excerpts: tuple[Excerpt, ...] = ()
    partial: bool = False
    why: tuple[str, ...] = ()  # how words were found that do not stand as they were typed


def lines(found: Found) -> list[Line]:
    """The hits of this page; one that the archive no longer has is passed over until the index catches up."""
    listed = []
    for hit in found.answer.hits:
        record = found.records.get(hit.id.partition(".")[0])
        if record is None:
            continue
        shown = told(found, hit, record.entry)
        own = told(found, hit, _of_point(record.entry, hit.id)) if "." in hit.id else shown
        spans = {(each.field, each.n): each.spans for each in shown.highlights}
        if line := _line(hit, record, spans, tuple(_why(own.reasons))):
            listed.append(line)
    return listed


def told(found: Found, hit: Hit, entry: Entry) -> Explanation:
    """What is shown of a hit, and why it is one."""
    return explained(found.plan.tree, entry, typed=found.search.text, inside=hit.inside, partial=hit.partial)


def _of_point(entry: Entry, identifier: str) -> Entry:
    """An entry that holds nothing but this key point."""
    return Entry("", key_points=tuple(point for point in entry.key_points if point.id == identifier))


def _why(reasons: Iterable[Reason]) -> Iterator[str]:
    return filter(None, (why(each.how, each.term, each.text) for each in reasons))


def _line(hit: Hit, record: Record, spans: Spans, why: tuple[str, ...]) -> Line | None:
    entry = record.entry
    made = partial(
        Line,
        id=hit.id,
        date=record.date,
        category=entry.category,
        title=marked(plain(entry.title), spans.get(("title", None), ())),
        sources=entry.sources,
        partial=hit.partial,
        why=why,
    )
    if "." in hit.id:
        place = next((n for n, each in enumerate(entry.key_points, 1) if each.id == hit.id), 0)
        point = _point(entry, place, spans) if place else None
        return made(url=point.url, points=(point,)) if point else None
    matching = [n for n in range(1, len(entry.key_points) + 1) if spans.get(("key_points", n))]
    shown = tuple(_point(entry, n, spans) for n in matching[:MOST_POINTS])
    more, excerpts = len(matching) - len(shown), tuple(_excerpts(entry, spans))
    return made(url=entry_address(entry.id), points=shown, more=more, excerpts=excerpts)


def _point(entry: Entry, n: int, spans: Spans) -> Point:
    point = entry.key_points[n - 1]
    url = entry_address(entry.id, f"p{ids.order(point.id)[2]}")
    return Point(url, marked(plain(point.text), spans.get(("key_points", n), ())))


def _excerpts(entry: Entry, spans: Spans) -> Iterator[Excerpt]:
    """The summary, or the first text there is; then the first other text that holds a word seen nowhere above."""
    others = [place for place in spans if place[0] not in ("title", "summary", "key_points")]
    if not others and (summary := plain(entry.summary)):  # as of nearly every entry
        yield Excerpt("", excerpt(summary, spans.get(("summary", None), ())))
        return
    held = {(field, n): text for field, n, text in texts(entry)}
    first = next((place for place in held if place[0] != "title" and held[place]), ("summary", None))
    if held[first]:
        yield Excerpt(_label(entry, first), excerpt(held[first], spans.get(first, ())))
    others = [place for place in others if place != first]
    words = {place: {fold(held[place][start:end]) for start, end in found} for place, found in spans.items()}
    seen = {word for place in words if place not in others for word in words[place]}
    for place in others:
        if words[place] - seen:
            yield Excerpt(_label(entry, place), excerpt(held[place], spans[place]))
            return


def _label(entry: Entry, place: Place) -> str:
    field, n = place
    if field == "fields" and n:
        return entry.fields[n - 1].label
    return "" if field == "summary" else _LABELS.get(field, "要点")
