"""`20260209T120000Z.12.4617d5fe8eef` <-> when a search was made, how many hits it had, and of which archive."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

_FORM = re.compile(r"([0-9]{8}T[0-9]{6})Z\.([0-9]{1,9})\.([0-9a-f]{12,64})")
_MOMENT = "%Y%m%dT%H%M%S"
SUM = 12  # characters of a fingerprint that tell two archives apart


@dataclass(frozen=True, slots=True)
class AsOf:
    """The moment in UTC, to the second; `fingerprint` is the beginning of the archive's."""

    moment: datetime.datetime
    total: int
    fingerprint: str

    def __str__(self) -> str:
        return f"{self.moment.strftime(_MOMENT)}Z.{self.total}.{self.fingerprint[:SUM]}"


def read_as_of(text: str) -> AsOf | None:
    """None where this is no such text."""
    found = _FORM.fullmatch(text)
    if not found:
        return None
    try:
        moment = datetime.datetime.strptime(found[1], _MOMENT).replace(tzinfo=datetime.UTC)
    except ValueError:
        return None
    return AsOf(moment, int(found[2]), found[3])
