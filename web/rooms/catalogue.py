"""The JSON API's lists: issues, tags, categories, sources; its description; PUT issues, off unless a token is set."""

from __future__ import annotations

import hmac
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, make_response, request

from archive.text import plain
from web.asking import DEEPEST, Search, ask, read_number, read_search, understood
from web.errors import answer
from web.openapi import description
from web.receiving import Receipt, receive
from web.services import reader, services
from web.tagging import tags_in
from web.templating import public_url

room = Blueprint("catalogue", __name__, url_prefix="/api/v1")

MOST_ISSUES = 1000
LONGEST_SERIES = 200


@room.get("/issues")
def issues() -> dict[str, Any]:
    """The issues of some days, newest first."""
    parameters = request.args
    limit = read_number("limit", parameters.get("limit", "").strip() or "100", 0, MOST_ISSUES)
    offset = read_number("offset", parameters.get("offset", "").strip() or "0", 0, DEEPEST)
    days = understood(
        read_search({name: [parameters.get(name, "")] for name in ("from", "to")}), services(), reader()
    ).request
    first, last = str(days.since or ""), str(days.until or "9999")
    held = [each | {"url": f"/issues/{each['id']}"} for each in reader().days() if first <= each["date"] <= last]
    return {"total": len(held), "issues": held[offset : offset + limit]}


@room.get("/tags")
def tags() -> dict[str, Any]:
    """Every tag with its kind and how many entries have it, the most frequent first."""
    return {"tags": [asdict(each) for each in tags_in(services(), reader()).all]}


@room.get("/categories")
def categories() -> dict[str, Any]:
    """Every category with how many entries it has; without a name those that have none."""
    counts = ask(Search(limit=0, facets=("category",)), services(), reader()).answer.facets["category"]
    return {"categories": [{"name": each.value, "count": each.count} for each in counts]}


@room.get("/sources")
def sources() -> dict[str, Any]:
    """Every name of a source on each host, with how many entries cite it, the most frequent first."""
    return {"sources": [each | {"name": plain(each["name"])} for each in reader().source_counts()]}


@room.get("/openapi.json")
def openapi() -> dict[str, Any]:
    """What this API is, for programs (OpenAPI 3.1)."""
    return description(public_url())


@room.put("/issues")
def put() -> Response:
    """Ingest the body, one issue's Markdown."""
    token = str(current_app.config["INGEST_TOKEN"])
    if not token:
        return answer(403, "off", "没有开放收录", "在 config/wangqi.toml 里设 INGEST_TOKEN，或用 wangqi ingest")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode(), token.encode()):
        refused = answer(401, "unauthorized", "令牌不对或没有给", "请求头写 Authorization: Bearer 令牌")
        refused.headers["WWW-Authenticate"] = 'Bearer realm="wangqi"'
        return refused
    return _told(receive(services().home, request.get_data(), request.args.get("series", "").strip()[:LONGEST_SERIES]))


def _told(receipt: Receipt) -> Response:
    """201 where the issue is new, 200 where it was known or revised, else why it was not taken."""
    taken = receipt.document.get("issues", [])
    if not taken:
        told = receipt.said.partition("\n")[0] or "没有收下"
        response = answer(503, "busy" if receipt.status == 3 else "not-written", told, "稍后再试")
        response.headers["Retry-After"] = "30"
        return response
    status = {"added": 201, "held": 409, "rejected": 422}.get(taken[0]["status"], 200)
    return make_response(jsonify(receipt.document), status)
