"""GET /status: what is kept, what the index holds, what waits, and what came in last."""

from __future__ import annotations

from flask import Blueprint, render_template

from archive.store import Reader
from indexer.errors import SearchError
from web.services import reader, services
from web.wording import HAPPENINGS

room = Blueprint("status", __name__)

MOST_LINES = 20


@room.get("/status")
def status() -> str:
    """How things stand."""
    held = reader()
    return render_template(
        "status.html",
        counts=held.counts(),
        series=held.series(),
        coverage=held.coverage(),
        generation=held.index_state().generation,
        trouble=_trouble(held),
        mistake=services().names.in_force().mistake,
        behind=services().names.behind,
        waiting=sorted({issue for _, issue in held.waiting()}),
        not_taken=held.not_taken(),
        log=held.log(MOST_LINES),
        happenings=HAPPENINGS,
    )


def _trouble(held: Reader) -> str:
    """Why searching does not work, or nothing."""
    try:
        services().engine_for(held)
    except SearchError as error:
        return f"{error}。{error.hint}"
    return ""
