"""GET /issues/<id>/revisions: every revision of an issue, and two of them side by side."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from archive.difference import Change, EntryDifference, FieldDifference, difference, spans
from archive.store import Revision
from web.differences import CHANGES, label, read_number, revision, totals
from web.rendering import marked
from web.rooms.issues import find, several
from web.services import reader

room = Blueprint("revisions", __name__, url_prefix="/issues")


@dataclass(frozen=True, slots=True)
class Row:
    """One field of an entry or of the issue, both texts marked; None where there was none."""

    label: str
    before: Markup | None
    after: Markup | None


@dataclass(frozen=True, slots=True)
class Block:
    """One entry that differs."""

    id: str
    change: Change
    title: str
    rows: tuple[Row, ...]


@room.get("/<identifier>/revisions")
def revisions(identifier: str) -> Response | str:
    """Every revision of an issue, the newest first."""
    found = find(identifier)
    if len(found) > 1:
        return several(found)
    issue = reader().last(found[0])
    held: list[tuple[Revision, int]] = [
        (each, len(reader().revision(issue.id, each.number).entries)) for each in reader().revisions(issue.id)
    ]
    return render_template("revisions.html", issue=issue, revisions=held[::-1])


@room.get("/<identifier>/revisions/<number>")
def compare(identifier: str, number: str) -> Response | AnyResponse | str:
    """A revision beside the one before, or beside `?from=`; the first one, which has none before, by itself."""
    found = find(identifier)
    if len(found) > 1:
        return several(found)
    after = revision(reader(), found[0], read_number("revision", number))
    asked = request.args.get("from", "").strip()
    if not asked and after.revision == 1:
        return redirect(url_for("issues.issue", identifier=after.id, revision=1))
    before = revision(reader(), after.id, read_number("from", asked) if asked else after.revision - 1)
    found_difference = difference(before, after)
    return render_template(
        "difference.html",
        issue=after,
        before=before.revision,
        current=reader().last(after.id).revision,
        totals=totals(found_difference),
        own=_rows(found_difference.fields),
        blocks=[_block(each) for each in found_difference.entries],
        changes=CHANGES,
    )


def _block(entry: EntryDifference) -> Block:
    return Block(entry.id, entry.change, entry.title, _rows(entry.fields))


def _rows(fields: tuple[FieldDifference, ...]) -> tuple[Row, ...]:
    rows = []
    for each in fields:
        gone, new = spans(each.before, each.after)
        before = marked(each.before, gone, "del") if each.before else None
        after = marked(each.after, new, "ins") if each.after else None
        rows.append(Row(label(each.field), before, after))
    return tuple(rows)
