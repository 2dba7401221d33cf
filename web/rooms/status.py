"""GET /status: what is kept, what the index holds, what waits, and what came in last."""

from __future__ import annotations

from flask import Blueprint, render_template

from archive.store import LogLine, Reader
from indexer.errors import SearchError
from web.services import reader, services

room = Blueprint("status", __name__)

MOST_LINES = 20
LOOKED_AT = 500  # log lines in which files that were not taken are looked for
STATUSES = {
    "added": "新增",
    "unchanged": "未变",
    "revised": "修订",
    "held": "搁置",
    "rejected": "拒收",
    "removed": "移除",
    "erased": "销毁",
    "run": "运行",
}


@room.get("/status")
def status() -> str:
    """How things stand."""
    held = reader()
    lines = held.log(LOOKED_AT)
    return render_template(
        "status.html",
        counts=held.counts(),
        series=held.series(),
        coverage=held.coverage(),
        generation=held.index_state().generation,
        trouble=_trouble(held),
        waiting=sorted({issue for _, issue in held.waiting()}),
        not_taken=_not_taken(lines),
        log=lines[:MOST_LINES],
        statuses=STATUSES,
    )


def _trouble(held: Reader) -> str:
    """Why searching does not work, or nothing."""
    try:
        services().engine_for(held)
    except SearchError as error:
        return f"{error}。{error.hint}"
    return ""


def _not_taken(lines: list[LogLine]) -> list[LogLine]:
    """The files whose last attempt was rejected or held, newest first."""
    last: dict[str, LogLine] = {}
    for line in lines:
        last.setdefault(line.path, line)
    return [line for line in last.values() if line.status in ("rejected", "held")]
