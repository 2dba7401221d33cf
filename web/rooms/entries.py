"""GET /entries/<id>: an entry with key points, sources and tags, as it is or was; 410 where it was withdrawn."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from archive.errors import UnknownId
from archive.ids import order
from archive.model import Entry, Tag
from archive.store import Record
from web import cited
from web.citing import of_record
from web.citing.styles import gbt7714
from web.differences import read_number
from web.services import reader, services
from web.stories import story_of
from web.templating import public_url

room = Blueprint("entries", __name__, url_prefix="/entries")

MOST_OTHERS = 5  # reports of the same event, before the story's own page has them
FIELDS = {"title": "标题", "summary": "说明", "background": "背景", "labels": "标签行"}


@dataclass(frozen=True, slots=True)
class TagReason:
    """Why an entry has a tag: the rule, and where it found which words; `anchor` is where a key point stands."""

    rule: str
    place: str
    words: str
    anchor: str = ""


@room.get("/<identifier>")
def entry(identifier: str) -> Response | AnyResponse:
    """The entry, or as `?revision=` had it; a key point's id leads to its place on the page."""
    asked = request.args.get("revision", "").strip()
    current, gone = cited.entry(reader(), identifier)
    if identifier != current.entry.id:
        name, point = current.entry.id, f"p{order(identifier)[2]}"
        return redirect(url_for(".entry", identifier=name, revision=asked or None, _anchor=point))
    record = cited.as_of(reader(), identifier, read_number("revision", asked)) if asked else current
    before, after = _neighbours(current)
    page = render_template(
        "entry.html",
        record=record,
        current=current,
        pinned=record.revision if asked else 0,
        reference=of_record(record, public_url(), services().today()),
        before=before,
        after=after,
        gone=[point for point in gone if point.id not in {shown.id for shown in record.entry.key_points}],
        reasons=_reasons(record.entry),
        story=None if record.withdrawn or asked else story_of(reader(), record.entry.id),
        most_others=MOST_OTHERS,
        kept=bool(reader().find(record.issue)),
        last=_last_revision(record) if record.withdrawn else 0,
        gbt7714=gbt7714,
    )
    return make_response(page, 410 if record.withdrawn else 200)


def _neighbours(record: Record) -> tuple[Entry | None, Entry | None]:
    """The entries of the issue before and after this one."""
    if record.withdrawn:
        return None, None
    entries = reader().issue(record.issue).entries
    place = next((n for n, each in enumerate(entries) if each.id == record.entry.id), None)
    if place is None:
        raise UnknownId(f"没有编号为 {record.entry.id} 的条目")
    return (entries[place - 1] if place else None), (entries[place + 1] if place + 1 < len(entries) else None)


def _last_revision(record: Record) -> int:
    """The number of the last revision that had a withdrawn entry."""
    numbers = [each.number for each in reader().revisions(record.issue)]
    return next(
        number
        for number in reversed(numbers)
        if any(each.id == record.entry.id for each in reader().revision(record.issue, number).entries)
    )


def _reasons(entry: Entry) -> dict[str, list[TagReason]]:
    """Of each tag, in the order of tags."""
    found: dict[str, list[TagReason]] = {name: [] for name in entry.tag_names}
    for tag in entry.tags:
        found[tag.name].append(_reason(entry, tag))
    return found


def _reason(entry: Entry, tag: Tag) -> TagReason:
    """With the place in words: `要点 2`."""
    field, _, number = tag.field.partition(".")
    n = int(number) if number.isdecimal() else 0
    if field == "key_points" and 0 < n <= len(entry.key_points):
        return TagReason(tag.rule, f"要点 {n}", tag.words, f"p{order(entry.key_points[n - 1].id)[2]}")
    if field == "fields" and 0 < n <= len(entry.fields):
        return TagReason(tag.rule, entry.fields[n - 1].label, tag.words)
    return TagReason(tag.rule, FIELDS.get(field, field), tag.words)
