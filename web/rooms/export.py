"""GET /export: any result whole, or a sample of it, as a file that is written while it is read."""

from __future__ import annotations

from contextlib import ExitStack, closing

from flask import Blueprint, Response, request

from archive.store import Reader
from web.asking import read_search
from web.exporting import collected, read_wanted, records
from web.services import services
from web.tables import TYPES, file_name, written
from web.templating import public_url

room = Blueprint("export", __name__)


@room.get("/export")
def export() -> Response:
    """The whole matches of a search; `format`, `sample`, `seed` and `bom` say how."""
    parameters = request.args.to_dict(flat=False)
    search, wanted = read_search(parameters), read_wanted(parameters)
    with ExitStack() as opened:
        # A reader of its own: the request's is given back before the first byte is written.
        reader = opened.enter_context(closing(Reader.open(services().home)))
        opened.enter_context(reader.snapshot())
        result = collected(search, wanted, services(), reader)
        pieces = written(result, records(result, reader), public_url())
        response = Response(pieces, content_type=f"{TYPES[wanted.form]}; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name(result)}"'
        response.call_on_close(opened.pop_all().close)  # also where the client goes away
    return response
