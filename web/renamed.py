"""An address with parameters of other names, as links of earlier years or by hand have them -> the address of today."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

RENAMED = {"query": "q", "since": "from", "start": "from", "until": "to", "end": "to", "order": "sort"}
_ASKED = {
    "search.search",
    "api.search",
    "export.export",
    "feeds.feed",
    "feeds.json_feed",
}  # endpoints that take the parameters of a search


def init_app(app: Flask) -> None:
    """Lead a reader on, so that no filter is silently lost."""
    app.before_request(_led_on)


def _led_on() -> Response | None:
    """Where both names are given the one of today counts."""
    if request.endpoint not in _ASKED or not request.args.keys() & RENAMED.keys():
        return None
    held = [(RENAMED.get(name, name), name, value) for name, value in request.args.items(multi=True)]
    kept = [(now, value) for now, name, value in held if now == name or now not in request.args]
    return redirect(f"{request.script_root}{request.path}?{urlencode(kept)}", 301)
