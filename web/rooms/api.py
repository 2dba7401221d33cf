"""The JSON API below /api/v1: search, suggest, issues, entries."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, request

from archive.errors import UnknownId
from web import cited
from web.asking import ask, read_beginning, read_search
from web.documents import issue_document, search_document
from web.services import reader, services
from web.stories import entry_with_story

room = Blueprint("api", __name__, url_prefix="/api/v1")


@room.get("/search")
def search() -> dict[str, Any]:
    """What the page and the command find, as one document."""
    found = ask(read_search(request.args.to_dict(flat=False)), services(), reader())
    return search_document(found)


@room.get("/suggest")
def suggest() -> dict[str, Any]:
    """Completions of what has been typed so far; none for what nothing begins with."""
    typed, limit = read_beginning(request.args.to_dict(flat=False))
    found = services().language_for(reader()).completer.completions(typed, limit)
    return {"query": typed, "suggestions": [asdict(each) for each in found]}


@room.get("/issues/<identifier>")
def issue(identifier: str) -> tuple[dict[str, Any], int]:
    """An issue by its id, or by its date where only one series has that day; 410 where it was removed."""
    named = cited.issues(reader(), identifier, services().today())
    if len(named) > 1:
        raise UnknownId(f"{identifier} 有 {len(named)} 个系列：{'、'.join(named)}", "用其中一个编号")
    held = reader().last(named[0] if named else identifier)
    document = issue_document(held, reader().records(entry.id for entry in held.entries))
    return {"issue": document}, 200 if reader().find(held.id) else 410


@room.get("/entries/<identifier>")
def entry(identifier: str) -> tuple[dict[str, Any], int]:
    """An entry with its story; 410 with its last text where it was withdrawn."""
    record = reader().record(identifier)
    return {"entry": entry_with_story(reader(), record)}, 410 if record.withdrawn else 200
