"""The parts of our own addresses -> addresses, those of a page's many links made from one pattern a request."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import quote, quote_plus
from uuid import uuid4

from flask import g, url_for

SAFE = "!$'()*,/:;?@"  # in a query, as in the addresses of all other pages
HERE = uuid4().hex  # where a value will stand; in no address that was typed
_SAFE_IN_PATH = "!$&'()*+,/:;=@"  # as `url_for` has it


@lru_cache(maxsize=4096)
def quoted(value: str) -> str:
    """A value as it stands in a query; the same few thousand come on page after page."""
    return quote_plus(value, safe=SAFE)


def base(endpoint: str) -> str:
    """The address of a page that has no parts."""
    if endpoint not in (held := _held()):
        held[endpoint] = (url_for(endpoint), "")
    return held[endpoint][0]


def place(endpoint: str, **part: Any) -> str:
    """The address of a page that has one part, as `url_for` would write it."""
    ((name, value),) = part.items()
    if endpoint not in (held := _held()):
        pattern: dict[str, Any] = {name: HERE}
        before, _, after = url_for(endpoint, **pattern).partition(HERE)
        held[endpoint] = (before, after)
    before, after = held[endpoint]
    return f"{before}{quote(str(value), safe=_SAFE_IN_PATH)}{after}"


def entry_address(identifier: str, anchor: str | None = None) -> str:
    """The page of an entry, or a place on it."""
    address = place("entries.entry", identifier=identifier)
    return f"{address}#{anchor}" if anchor else address


def _held() -> dict[str, tuple[str, str]]:
    held: dict[str, tuple[str, str]] = g.setdefault("addresses", {})
    return held
