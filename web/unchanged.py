"""A page that was sent before and would be the same again -> 304, before anything is searched or written for it.

What a page tells follows from the archive, the open generation, the day, its address, and this program.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from uuid import uuid4

from flask import Flask, Response, current_app, g, request

from archive.errors import ArchiveError
from indexer.errors import SearchError
from web.services import reader, services

_NEVER = {None, "health", "status", "export", "feeds"}  # tell of more than the archive, or say themselves what they are


def init_app(app: Flask) -> None:
    """Answer what a reader already has in one line. Processes that share a socket are forked from one application."""
    app.config["STARTED"] = uuid4().hex
    app.before_request(_not_modified)
    app.after_request(_tagged)


def _not_modified() -> Response | None:
    if request.method not in ("GET", "HEAD") or request.blueprint in _NEVER:
        return None
    with suppress(ArchiveError, SearchError):  # which the page itself tells in its own way
        services().engine_for(reader())
        g.tag = _tag()
        if request.if_none_match.contains_weak(g.tag):
            return Response(status=304)
    return None


def _tag() -> str:
    held = services()
    told = (current_app.config["STARTED"], held.generation, reader().last_change(), held.today(), request.url)
    return hashlib.blake2b(repr(told).encode(errors="surrogatepass"), digest_size=12).hexdigest()


def _tagged(response: Response) -> Response:
    if "tag" in g and response.status_code in (200, 304):
        response.set_etag(g.tag, weak=True)  # the milliseconds told differ
        response.headers.setdefault("Cache-Control", "no-cache")
    return response
