"""The text of a heading or bold line -> an entry's title or a category's name, in a form that reads back as itself."""

from __future__ import annotations

from dataclasses import dataclass

from archive.parser.links import whole_link
from archive.parser.marks import BLANKS, COLONS, has_text, index_of, trim, unbold, without_index, without_number

_LAYERS = 8  # marks around marks: more than these no person has written
_BARE = str.maketrans("", "", "*[]")


@dataclass(frozen=True, slots=True)
class Title:
    """A title without numbers, bold marks and link around it; `address` is the link's, None where there was no link.

    `index` is the number behind it by which the digest's overview names it.
    """

    text: str
    address: str | None = None
    index: str = ""


def read_title(text: str) -> Title | None:
    """`**标题**`, `1. 标题`, `[标题](网址)` in any order -> the title; None where nothing is left.

    A title that in bold would still be read as something else, as a label or a link, loses its marks.
    """
    address: str | None = None
    index = index_of(text)
    for _ in range(_LAYERS):
        inner = _peeled(text)
        address = inner.address if address is None else address
        if inner.text == text:
            break
        text = inner.text
    if _peeled(text).text != text or unbold(f"**{text}**") != text:
        text = trim(without_number(without_index(trim(text.translate(_BARE)))))
    return Title(text, address, index) if has_text(text) else None


def _peeled(text: str) -> Title:
    """One layer of marks less."""
    if link := whole_link(text):
        return Title(link.name, link.address)
    return Title(unbold(text) or trim(without_number(without_index(text))))


def category_name(text: str) -> str | None:
    """The name of a category without marks around it and last colon; None where a title has a link or an index."""
    name = text.replace("**", "").strip(f"{BLANKS}*").rstrip(f"{BLANKS}*{COLONS}")
    if not has_text(name):
        return None
    title = read_title(name)
    return None if title and (title.address is not None or title.index) else name
