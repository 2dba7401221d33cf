"""A reference -> the line that a list of references has: GB/T 7714 in two editions, APA, MLA."""

from __future__ import annotations

import datetime

from web.citing.reference import Reference

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_ENDS = (".", "。", "!", "！", "?", "？", "…")
_INNER = str.maketrans("“”", "‘’")


def gbt7714(reference: Reference, edition: int = 2025) -> str:
    """`责任者. 题名[EB/OL]. （更新日期）[引用日期]. 网址.`; brackets round the date are full-width from 2025 on.

    A part that is not known is left out with its signs, as both editions have it.
    """
    opening, closing = "（）" if edition >= 2025 else "()"
    author = f"{_stopped(reference.author)} " if reference.author else ""
    date = f"{opening}{reference.date.isoformat()}{closing}" if reference.date else ""
    return f"{author}{reference.title}[EB/OL]. {date}[{reference.accessed.isoformat()}]. {reference.url}."


def apa(reference: Reference) -> str:
    """APA 7, webpage on a website (10.16); what has no date of its own is told with the day it was read."""
    date = f"({_american(reference.date)})." if reference.date else "(n.d.)."
    site = f"{_stopped(reference.site)} " if reference.site not in ("", reference.author) else ""
    read = "" if reference.date else f"Retrieved {_english(reference.accessed)}, from "
    title = _stopped(reference.title)
    lead = f"{_stopped(reference.author)} {date} {title}" if reference.author else f"{title} {date}"
    return f"{lead} {site}{read}{reference.url}"


def mla(reference: Reference) -> str:
    """MLA 9: author, unless it is the site; title in quotation marks, those inside made single; site, day, address."""
    author = f"{_stopped(reference.author)} " if reference.author not in ("", reference.site) else ""
    title = f"“{_stopped(reference.title.translate(_INNER))}”"
    container = ", ".join(filter(None, (reference.site, _british(reference.date), reference.url)))
    return f"{author}{title} {container}. Accessed {_british(reference.accessed)}."


def _stopped(text: str) -> str:
    return text if text.endswith(_ENDS) else f"{text}."


def _american(day: datetime.date) -> str:
    return f"{day.year}, {_MONTHS[day.month - 1]} {day.day}"


def _english(day: datetime.date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def _british(day: datetime.date | None) -> str:
    return f"{day.day} {_SHORT[day.month - 1]} {day.year}" if day else ""
