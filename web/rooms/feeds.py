"""GET /feed, /feed.json: the newest hits of any search as Atom and as a JSON Feed; GET /opensearch.xml: how a browser
adds the archive."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from web import feeds, filters
from web.asking import ask, read_search
from web.services import reader, services
from web.templating import public_url

room = Blueprint("feeds", __name__)

MOST_LISTED = "50"


@room.get("/feed")
def feed() -> AnyResponse:
    """Whole matches, newest first; 304 where nothing has changed since the reader's last visit."""
    return _fed(feeds.atom, "feeds.feed", "application/atom+xml; charset=utf-8")


@room.get("/feed.json")
def json_feed() -> AnyResponse:
    """The same in another form."""
    return _fed(feeds.json_feed, "feeds.json_feed", "application/feed+json")


def _fed(write: Callable[..., bytes], endpoint: str, kind: str) -> AnyResponse:
    parameters = request.args.to_dict(flat=False) | {"offset": ["0"], "facets": ["0"], "sort": ["newest"]}
    search = read_search({"limit": [MOST_LISTED]} | parameters)
    found = ask(search, services(), reader())
    received = reader().received(record.issue for record in found.records.values())
    page = filters.address(search)
    response = Response(write(found, received, public_url(), filters.feed(search, endpoint), page), content_type=kind)
    response.last_modified = feeds.updated(found, received)
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)


@room.get("/opensearch.xml")
def opensearch() -> Response:
    """The description of the archive's search."""
    return Response(feeds.opensearch(public_url()), content_type="application/opensearchdescription+xml; charset=utf-8")
