"""An issue's heading -> the name of its series, and the form in which two such names are compared (DESIGN 2)."""

from __future__ import annotations

import re

from archive.dates import find_dates
from archive.text import atoms, fold

UNNAMED = "未命名"
_READ_FROM = 300  # characters of a heading; a name is shorter, so that it stays the same with a date behind it
_LONGEST_NAME = 200
_NUMBERS = re.compile(
    r"(?:(?:19|20)\d\d\s?年\s?)?第\s{0,3}[\d〇零一二三四五六七八九十百千]{1,9}\s{0,3}[期天日篇号回弹周]"
    r"|(?<![A-Za-z])(?:No|Vol|Issue)\.?\s?\d{1,9}(?!\d)|#\s?\d{1,9}(?!\d)"
    r"|(?<!\d)\d{1,2}\s?月\s?\d{1,2}\s?日|(?:星期|周|礼拜)[一二三四五六日天](?=[\s)）\]】|｜,，]|$)",
    re.IGNORECASE,
)
_GAP = "\n"
_SEPARATORS = " \t\u3000\xa0\u200b\ufeff|｜-－–—_·•:：,，/／~～;；、"
_OPENING, _CLOSING = "([{（【〔「《", ")]}）】〕」》"
_PAIRS = dict(zip(_CLOSING, _OPENING, strict=True))


def series_key(series: str) -> str:
    """The atoms of a name joined: `AI行业动态`, `AI 行业动态` and `ＡＩ 行业动态` are one series."""
    return "".join(atoms(fold(series)))


def series_name(heading: str) -> str:
    """A heading without dates, without numbers such as 第 193 期, and without the signs around them; may be empty."""
    name = heading[:_READ_FROM]
    while (shorter := _without_noise(name)) != name:
        name = shorter
    return name


def _without_noise(text: str) -> str:
    for _, (start, end) in reversed(list(find_dates(text))):
        text = text[:start].removesuffix("#") + _GAP + text[end:]
    pieces = _NUMBERS.sub(_GAP, text.replace("**", "")).split(_GAP)
    trimmed = (piece.lstrip(_SEPARATORS + _CLOSING).rstrip(_SEPARATORS + _OPENING) for piece in pieces)
    name = " ".join(" ".join(trimmed).split())[:_LONGEST_NAME].strip(_SEPARATORS)
    if name and name[-1] in _PAIRS and _PAIRS[name[-1]] not in name:
        name = name[:-1]
    if name and name[0] in _OPENING and not any(close in name for close, start in _PAIRS.items() if start == name[0]):
        name = name[1:]
    return name
