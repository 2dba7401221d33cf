"""GET /entries/<id>/cite: how to cite a record or its sources; GET /cite: whether what was cited has changed since."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request

from archive.errors import UnknownId
from archive.ids import parts
from archive.store import Record
from archive.text import plain
from indexer.errors import BadRequest
from web import cited
from web.citing import FORMS, Reference, of_record, of_source, written
from web.citing.checking import checked, read_named
from web.differences import label, read_number
from web.services import reader, services
from web.templating import public_url

room = Blueprint("citing", __name__)

LONGEST = 4000  # characters of what is pasted


@dataclass(frozen=True, slots=True)
class Cited:
    """One thing in every form: (form, its name, the text)."""

    title: str
    of: int  # the number of a source; 0 is the record itself
    texts: tuple[tuple[str, str, str], ...]


@room.get("/entries/<identifier>/cite")
def cite(identifier: str) -> Response:
    """Every form as a page; with `format` that one as a file: of the record, or with `of` of a source."""
    named = parts(identifier)
    if not named or not named[1]:
        raise UnknownId(f"没有编号为 {identifier} 的条目", "编号形如 20260208-03 或 20260208-03.2")
    record, point = _record(identifier), identifier if named[2] else ""
    form = request.args.get("format", "").strip()
    if form:
        return _file(form, _reference(record, point, request.args.get("of", "")))
    sources = [
        _cited(plain(source.name), number, reference)
        for number, source in enumerate(record.entry.sources, 1)
        if (reference := of_source(record, number, services().today()))
    ]
    own = _cited("本库的记录", 0, of_record(record, public_url(), services().today(), point))
    page = render_template("cite.html", record=record, point=point, own=own, sources=sources)
    return make_response(page, 410 if record.withdrawn else 200)


@room.get("/cite")
def check() -> str:
    """What has become of a pasted citation, link or id."""
    text = request.args.get("text", "").strip()
    if len(text) > LONGEST:
        raise BadRequest(f"text 超过 {LONGEST} 字", "一次只贴一条引文")
    named = read_named(text)
    found = checked(named, reader()) if named else None
    return render_template("check.html", text=text, found=found, label=label)


def _record(identifier: str) -> Record:
    """As `?revision=` had it, else as it is. Raises UnknownId."""
    asked = request.args.get("revision", "").strip()
    if asked:
        return cited.as_of(reader(), identifier, read_number("revision", asked))
    return cited.entry(reader(), identifier)[0]


def _reference(record: Record, point: str, of: str) -> Reference:
    if of.strip() in ("", "0"):
        return of_record(record, public_url(), services().today(), point)
    number = int(of) if of.isascii() and of.isdecimal() and len(of) < 4 else 0
    reference = of_source(record, number, services().today())
    if not reference:
        raise BadRequest(
            f"of 的值“{of[:40]}”不是有网址的来源", f"{record.entry.id} 有 {len(record.entry.sources)} 个来源"
        )
    return reference


def _file(form: str, reference: Reference) -> Response:
    if form not in FORMS:
        raise BadRequest(f"format 的值“{form[:40]}”不认识", f"可用的有 {'、'.join(FORMS)}")
    held = FORMS[form]
    response = Response(written(form, [reference]), content_type=f"{held.media_type}; charset=utf-8")
    if held.media_type != "text/plain":
        response.headers["Content-Disposition"] = f'attachment; filename="{reference.key}.{held.suffix}"'
    return response


def _cited(title: str, of: int, reference: Reference) -> Cited:
    texts = ((form, held.name, "".join(written(form, [reference])).strip()) for form, held in FORMS.items())
    return Cited(title, of, tuple(texts))
