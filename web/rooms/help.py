"""GET /help: how to ask, with examples that can be followed."""

from __future__ import annotations

from flask import Blueprint, render_template

room = Blueprint("help", __name__)


@room.get("/help")
def help_page() -> str:
    """The query language, and what programs may ask."""
    return render_template("help.html")
