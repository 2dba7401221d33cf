"""GET /wangqi.js: all scripts as one file, each in a scope of its own, so that a page asks for one and not for five."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flask import Blueprint, Response

room = Blueprint("scripts", __name__)

FOLDER = Path(__file__).parents[1] / "static"
NAMES = ("wangqi", "completing", "copying", "following", "keys")


@cache
def _together() -> str:
    texts = ((FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in NAMES)
    return "".join(f"(() => {{\n{text}}})();\n" for text in texts)


@room.get("/wangqi.js")
def scripts() -> Response:
    """They improve what works without them."""
    return Response(_together(), content_type="text/javascript; charset=utf-8")
