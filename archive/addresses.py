"""Web addresses -> the form in which two of them are compared, their host, and whether one may be linked to."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(
    r"utm_\w+|spm|scm|from|ref|ref_src|referrer|share_token|share_source|vd_source|fbclid|gclid|mc_[ce]id|wt\.\w+",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)  # a page asks it three times of each source
def is_http(address: str) -> bool:
    """Whether this is an absolute http(s) address with a host and no white space or control character."""
    if re.search(r"[\s\x00-\x1f\x7f-\x9f]", address):
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def host(address: str) -> str:
    """The host in lower case without `www.`, or nothing where this is no http(s) address."""
    return (urlsplit(address).hostname or "").removeprefix("www.") if is_http(address) else ""


def comparable(address: str) -> str:
    """An http(s) address without scheme, `www.`, fragment, tracking parameters and trailing slash (SEARCH 17)."""
    if not is_http(address):
        return address
    parts = urlsplit(address)
    # Bytes that are not UTF-8 (%C4%E3 in GBK) stay apart as surrogates.
    pairs = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(pair[0])]
    try:
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        port = ""
    query = f"?{urlencode(kept, errors='surrogatepass')}" if kept else ""
    return host(address) + port + parts.path.rstrip("/") + query
