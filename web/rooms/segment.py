"""GET /help/segment: how any text is folded, cut and asked, and where it stands in another."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from indexer.cutting import cut, standing
from indexer.errors import BadRequest
from web.rendering import marked
from web.services import services

room = Blueprint("segment", __name__)

LONGEST = 512  # characters


@room.get("/help/segment")
def segment() -> str:
    """A text taken apart; without one what this page is for."""
    text, other = _asked("q"), _asked("text")
    stands = standing(text, other) if text and other else None
    return render_template(
        "segment.html",
        text=text,
        other=other,
        cut=cut(text, services().planner, services().today()) if text else None,
        stands=stands,
        shown=marked(stands.text, stands.spans) if stands else None,
    )


def _asked(name: str) -> str:
    value = request.args.get(name, "")
    if len(value) > LONGEST:
        raise BadRequest(f"{name} 超过 {LONGEST} 字", "切分页只看短的文字；长文可以一段一段地看")
    return value.strip()
