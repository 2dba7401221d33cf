"""The parts of our own addresses -> addresses, those of a page's many links made from one pattern."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import quote, quote_plus
from uuid import uuid4

from flask import request, url_for

SAFE = "!$'()*,/:;?@"  # in a query, as in the addresses of all other pages
HERE = uuid4().hex  # where a value will stand; in no address that was typed
_SAFE_IN_PATH = "!$&'()*+,/:;=@"  # as `url_for` has it


LONGEST_KEPT = 200  # characters of a value that may come again


def quoted(value: str) -> str:
    """A value as it stands in a query; the same few thousand come on page after page."""
    return _quoted(value) if len(value) <= LONGEST_KEPT else quote_plus(value, safe=SAFE)


@lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    return quote_plus(value, safe=SAFE)


def base(endpoint: str) -> str:
    """The address of a page that has no parts."""
    return _base(endpoint, request.script_root)


@lru_cache(maxsize=256)
def _base(endpoint: str, _root: str) -> str:
    return url_for(endpoint)


def place(endpoint: str, **part: Any) -> str:
    """The address of a page that has one part, as `url_for` would write it."""
    ((name, value),) = part.items()
    before, after = _around(endpoint, name, request.script_root)
    return f"{before}{_in_path(str(value))}{after}"


@lru_cache(maxsize=256)
def _around(endpoint: str, name: str, _root: str) -> tuple[str, str]:
    """What stands before and after the part."""
    part: dict[str, Any] = {name: HERE}
    before, _, after = url_for(endpoint, **part).partition(HERE)
    return before, after


def _in_path(value: str) -> str:
    return _kept_in_path(value) if len(value) <= LONGEST_KEPT else quote(value, safe=_SAFE_IN_PATH)


@lru_cache(maxsize=1024)
def _kept_in_path(value: str) -> str:
    return quote(value, safe=_SAFE_IN_PATH)


def entry_address(identifier: str, anchor: str | None = None) -> str:
    """The page of an entry, or a place on it."""
    address = place("entries.entry", identifier=identifier)
    return f"{address}#{anchor}" if anchor else address
