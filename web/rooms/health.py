"""GET /healthz: whether this server can search, for whoever watches it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from web.services import reader, services

room = Blueprint("health", __name__)


@room.get("/healthz")
def healthz() -> dict[str, Any]:
    """200 once the index in force is open; the error handlers answer 503 with the reason before."""
    services().engine_for(reader())
    return {"status": "ok", "generation": services().generation}
