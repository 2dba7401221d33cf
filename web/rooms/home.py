"""GET /: the box, the newest issue, the month's tags; where nothing has been ingested yet, how to begin."""

from __future__ import annotations

from flask import Blueprint, render_template

from archive.errors import HomeError
from archive.store.connection import FILE
from web.services import reader, services
from web.tagging import tags_of

room = Blueprint("home", __name__)

MOST_TAGS = 24
MOST_ISSUES = 8


@room.get("/")
def home() -> str:
    """The first page."""
    if not _has_issues():
        return render_template("empty.html", home=services().home)
    held = reader()
    newest = held.issue(held.issue_ids(newest=1)[0])
    month = f"{newest.date:%Y-%m}"
    return render_template(
        "home.html",
        newest=newest,
        month=month,
        tags=tags_of(month, services(), held)[:MOST_TAGS],
        counts=services().kept("counts", held, held.counts),
        coverage=held.coverage(),
        days=held.days()[:MOST_ISSUES],
    )


def _has_issues() -> bool:
    """Whether there is anything to show. Raises HomeError where a database is there and cannot be read."""
    try:
        return bool(reader().issue_ids(newest=1))
    except HomeError:
        if (services().home / FILE).exists():
            raise
        return False
