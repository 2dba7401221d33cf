"""A reference -> what reference managers read: BibTeX (biblatex's @online), RIS, CSL-JSON."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from web.citing.reference import Reference

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}$&#_%"},
}
# An address is read as it stands, but its braces must be pairs and a backslash ends nothing.
_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def bibtex(reference: Reference) -> str:
    """An `@online` entry; the author is one name, whatever is in it, and the title keeps its capitals."""
    fields = {
        "author": f"{{{_tex(reference.author)}}}" if reference.author else "",
        "title": f"{{{_tex(reference.title)}}}",
        "organization": _tex(reference.site),
        "date": _iso(reference.date),
        "year": str(reference.date.year) if reference.date else "",  # for styles of before biblatex
        "url": reference.url.translate(_ADDRESS),
        "urldate": reference.accessed.isoformat(),
        "note": _tex(reference.note),
        "langid": "chinese",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@online{{{reference.key},\n{lines}}}"


def ris(reference: Reference) -> str:
    """A record of the type ELEC."""
    lines = (
        ("TY", "ELEC"),
        ("ID", reference.key),
        ("AU", reference.author),
        ("TI", reference.title),
        ("T2", reference.site),
        ("PY", str(reference.date.year) if reference.date else ""),
        ("DA", f"{reference.date:%Y/%m/%d}" if reference.date else ""),
        ("Y2", f"{reference.accessed:%Y/%m/%d}"),
        ("UR", reference.url),
        ("N1", reference.note),
        ("LA", "zh"),
    )
    return "".join(f"{tag}  - {value}\n" for tag, value in lines if value) + "ER  - \n"


def csl_json(references: Iterable[Reference]) -> Iterator[str]:
    """A list, piece by piece."""
    yield "["
    for number, each in enumerate(references):
        yield (",\n" if number else "\n") + json.dumps(_csl(each), ensure_ascii=False)
    yield "\n]\n"


def _csl(reference: Reference) -> dict[str, Any]:
    """An item of the type webpage (CSL 1.0.2)."""
    item = {
        "id": reference.key,
        "type": "webpage",
        "title": reference.title,
        "author": [{"literal": reference.author}] if reference.author else None,
        "container-title": reference.site,
        "issued": _parts(reference.date),
        "accessed": _parts(reference.accessed),
        "URL": reference.url,
        "note": reference.note,
        "language": "zh-CN",
    }
    return {name: value for name, value in item.items() if value}


def _parts(day: datetime.date | None) -> dict[str, Any] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _tex(text: str) -> str:
    return re.sub(r"[\\~^{}$&#_%]", lambda sign: _SPECIAL[sign[0]], text)
