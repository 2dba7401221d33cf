"""GET /issues/<id>: an issue as a revision has it, and its exact bytes."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request, url_for

from archive.errors import UnknownId
from archive.model import Issue
from web import cited
from web.differences import read_number, revision, revision_row
from web.services import reader, services
from web.templating import day as in_words

room = Blueprint("issues", __name__, url_prefix="/issues")


@room.get("/<identifier>")
def issue(identifier: str) -> Response:
    """An issue as published, or as `?revision=` had it; a day with several series lists them.

    A removed one answers 410 with its last text.
    """
    found = find(identifier)
    if len(found) > 1:
        return several(found)
    current, removed = reader().last(found[0]), is_removed(found[0])
    held = _asked(current)
    before, after = reader().neighbours(held)
    records = reader().records(entry.id for entry in held.entries) if held is current else {}
    page = render_template(
        "issue.html",
        issue=held,
        current=current.revision,
        removed=removed,
        before=reader().issue(before) if before else None,
        after=reader().issue(after) if after else None,
        diagnostics=revision_row(reader(), held.id, held.revision).diagnostics,
        records=records,
    )
    return make_response(page, 410 if removed else 200)


@room.get("/<identifier>/raw")
def raw(identifier: str) -> Response:
    """The bytes of the current revision, or of `?revision=`, as they came."""
    found = find(identifier)
    if len(found) > 1:
        return several(found)
    held = _asked(reader().last(found[0]))
    response = make_response(reader().raw(held.id, held.revision), 410 if is_removed(found[0]) else 200)
    response.content_type = "text/plain; charset=utf-8"
    response.headers["Content-Disposition"] = f'inline; filename="{held.id}.md"'
    return response


def _asked(current: Issue) -> Issue:
    """The revision that the request asks for, else the current one. Raises BadRequest, UnknownId."""
    asked = request.args.get("revision", "").strip()
    number = read_number("revision", asked) if asked else current.revision
    return current if number == current.revision else revision(reader(), current.id, number)


def find(identifier: str) -> list[str]:
    """The issues that an id or a date, however it is written, names. Raises UnknownId."""
    found = cited.issues(reader(), identifier, services().today())
    if not found:
        single = cited.single_day(identifier, services().today())
        what = in_words(single) if single else f"“{identifier[:40]}”"
        raise UnknownId(f"没有收录 {what} 这一期", "在“各期”里可以看到收录了哪些日子")
    return found


def is_removed(identifier: str) -> bool:
    """Whether an issue that was found is no longer in the archive."""
    return not reader().find(identifier)


def several(found: list[str]) -> Response:
    """The issues of a day with several series, to choose from."""
    issues: list[Issue] = [reader().last(each) for each in found]
    response = make_response(render_template("issues.html", issues=issues), 300)
    response.headers.extend([("Link", f'<{url_for(".issue", identifier=each)}>; rel="alternate"') for each in found])
    return response
