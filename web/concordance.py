"""What a search found -> its hits as a concordance has them: one line for each place, what was asked in the middle."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from archive import ids
from archive.model import Entry
from archive.text import fold
from indexer.engine import Hit
from indexer.highlighting import texts
from web.addresses import entry_address
from web.asking import Found
from web.listing import told

AROUND = 30  # characters on either side
PAGE_SIZE = 100  # hits


@dataclass(frozen=True, slots=True)
class Place:
    """One place: the text before it, what was asked, and the text after it."""

    before: str
    hit: str
    after: str
    title: str
    date: datetime.date
    url: str


def concordance(found: Found) -> list[Place]:
    """The places in the hits of this page, in the order of the hits, or sorted by what stands beside them."""
    listed = [place for hit in found.answer.hits if not hit.partial for place in _places(found, hit)]
    match found.search.view:
        case "kwic-left":
            return sorted(listed, key=lambda place: fold(place.before)[::-1])
        case "kwic-right":
            return sorted(listed, key=lambda place: fold(place.after))
    return listed


def _places(found: Found, hit: Hit) -> Iterator[Place]:
    record = found.records.get(hit.id.partition(".")[0])
    if record is None:
        return
    entry = record.entry
    held = {(field, n): text for field, n, text in texts(entry)}
    for each in told(found, hit, entry).highlights:
        anchor = _anchor(entry, each.field, each.n)
        if "." in hit.id and anchor != f"p{ids.order(hit.id)[2]}":
            continue
        text = held[each.field, each.n]
        url = entry_address(entry.id, anchor)
        for start, end in each.spans:
            before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
            yield Place(before, text[start:end], after, held["title", None], record.date, url)


def _anchor(entry: Entry, field: str, n: int | None) -> str | None:
    return f"p{ids.order(entry.key_points[n - 1].id)[2]}" if field == "key_points" and n else None
