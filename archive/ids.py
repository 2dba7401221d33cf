"""Ids as people cite them: `20260208`, `20260208b`, `20260208-03`, `20260208-03.2`."""

from __future__ import annotations

import datetime
import re

_ID = re.compile(r"(\d{8}[a-z]*)(?:-(\d{2,})(?:\.(\d+))?)?", re.ASCII)


def issue_id(day: datetime.date, taken: int) -> str:
    """The id of a further issue of a day on which `taken` series have one already."""
    if taken == 0:
        return f"{day:%Y%m%d}"
    letters, number = "", taken
    while number >= 0:  # b … z, then aa … as in a spreadsheet's columns
        number, letter = divmod(number, 26)
        letters = chr(ord("a") + letter) + letters
        number -= 1
    return f"{day:%Y%m%d}{letters}"


def entry_id(issue: str, number: int) -> str:
    """`20260208-03`."""
    return f"{issue}-{number:02d}"


def point_id(entry: str, number: int) -> str:
    """`20260208-03.2`."""
    return f"{entry}.{number}"


def parts(identifier: str) -> tuple[str, int, int] | None:
    """(issue, entry number, key point number), 0 where not named; None where this is no id."""
    found = _ID.fullmatch(identifier)
    return (found[1], int(found[2] or 0), int(found[3] or 0)) if found else None


def order(identifier: str) -> tuple[str, int, int]:
    """The key that sorts ids as their numbers go: -99 before -100, .9 before .10."""
    return parts(identifier) or (identifier, 0, 0)
