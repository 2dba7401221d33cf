"""The lines at the top of a file -> its front matter (YAML or TOML), as far as an issue needs it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.parser.marks import trim

_KEY = re.compile(r"([A-Za-z_][\w-]*)\s*[:=]\s*(.*)")
_WORDS = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Keys in lower case with their first value and its line; `end` is the number of its last line, 0 for none.

    `texts` are its lines that say something, by number.
    """

    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    end: int = 0
    texts: dict[int, str] = field(default_factory=dict)


def read_front_matter(lines: Sequence[str]) -> FrontMatter:
    """Front matter begins the file, holds a key first, and is closed; anything else between rules is text."""
    start = next((place for place, line in enumerate(lines) if trim(line)), len(lines))
    fence = trim(lines[start]) if start < len(lines) else ""
    if fence not in ("---", "+++") or start + 1 == len(lines) or not _KEY.match(lines[start + 1]):
        return FrontMatter()
    end = next((place for place in range(start + 1, len(lines)) if trim(lines[place]) == fence), None)
    if end is None:
        return FrontMatter()
    values: dict[str, str] = {}
    places: dict[str, int] = {}
    texts: dict[int, str] = {}
    for place in range(start + 1, end):
        match = _KEY.match(lines[place])
        if match:
            key = match[1].lower()
            values.setdefault(key, trim(match[2]).strip("\"'"))
            places.setdefault(key, place + 1)
        if _WORDS.search(match[2] if match else lines[place]):
            texts[place + 1] = trim(lines[place])
    return FrontMatter(values, places, end + 1, texts)
