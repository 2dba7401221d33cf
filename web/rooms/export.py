"""GET /export: any result whole, or a sample of it, as a file that is written while it is read."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing

from flask import Blueprint, Response, request

from archive.store import Reader
from web.asking import read_search
from web.errors import answer
from web.exporting import collected, read_wanted, records
from web.services import services
from web.tables import file_name, media_type, written
from web.templating import public_url

room = Blueprint("export", __name__)

MOST_AT_ONCE = 2  # each takes a thread for as long as it is made: half a minute for 100,000 entries
_free = threading.BoundedSemaphore(MOST_AT_ONCE)


@room.get("/export")
def export() -> Response:
    """The whole matches of a search; `format`, `sample`, `seed` and `bom` say how."""
    parameters = request.args.to_dict(flat=False)
    search, wanted = read_search(parameters), read_wanted(parameters)
    if not _free.acquire(blocking=False):
        busy = answer(503, "busy", f"已有 {MOST_AT_ONCE} 份导出正在进行", "请过一会儿再试；检索不受影响")
        busy.headers["Retry-After"] = "30"
        return busy
    with ExitStack() as opened:
        opened.callback(_free.release)
        # A reader of its own: the request's is given back before the first byte is written.
        reader = opened.enter_context(closing(Reader.open(services().home)))
        opened.enter_context(reader.snapshot())
        result = collected(search, wanted, services(), reader)
        pieces = written(result, records(result, reader), public_url(), services().today())
        kept = opened.pop_all()
        response = Response(_closing(kept, pieces), content_type=f"{media_type(result)}; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name(result)}"'
        response.call_on_close(kept.close)  # also where the client goes away before the first piece
    return response


def _closing(kept: ExitStack, pieces: Iterator[str]) -> Iterator[str]:
    """The same pieces; what was opened for them is given back with the last."""
    with kept:
        yield from pieces
