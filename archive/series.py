"""An issue's heading -> the name of its series, the day's subtitle, and the form in which names are compared."""

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
    r"|(?<!\d)\d{1,2}\s?月\s?\d{1,2}\s?[日号]|^\d\d[-./_]\d\d(?![\d.%])|(?:星期|周|礼拜)[一二三四五六日天](?=[\s)）\]】|｜,，]|$)",
    re.IGNORECASE,
)
_GREETING = re.compile(r"^今天是(.+)陪伴[您你]的?$")  # 今天是每日时报陪伴您的第 360 天
_GAP = "\n"
_SEPARATORS = " \t\u3000\xa0\u200b\ufeff|｜-－–—_·•:：,，/／~～;；、"
_OPENING, _CLOSING = "([{（【〔「《", ")]}）】〕」》"
_PAIRS = dict(zip(_CLOSING, _OPENING, strict=True))
_SUBTITLE = re.compile(rf"[{re.escape(_CLOSING)}\s]*(?:[—–|｜:：]+|-\s)")


def series_key(series: str) -> str:
    """The atoms of a name joined: `AI行业动态`, `AI 行业动态` and `ＡＩ 行业动态` are one series."""
    return "".join(atoms(fold(series)))


def series_name(heading: str) -> str:
    """A heading without dates, without numbers such as 第 193 期, and without the signs around them; may be empty."""
    return _parted(heading)[0]


def subtitle(heading: str) -> str:
    """What stands behind the date of a named issue and a dash, bar or colon; it is the day's, not the series'."""
    return _parted(heading)[1]


def _parted(heading: str) -> tuple[str, str]:
    """Series and subtitle."""
    beginning = heading[:_READ_FROM]
    for _, (start, end), _ in find_dates(beginning):
        name = _named(beginning[:start])
        if name and _SUBTITLE.match(beginning, end):
            return name, _named(beginning[end:])
    return _named(beginning), ""


def _named(text: str) -> str:
    while (shorter := _without_noise(text)) != text:
        text = shorter
    return text


def _without_noise(text: str) -> str:
    for _, (start, end), _ in reversed(list(find_dates(text))):
        text = text[:start].removesuffix("#") + _GAP + text[end:]
    pieces = _NUMBERS.sub(_GAP, text.replace("**", "")).split(_GAP)
    trimmed = (piece.lstrip(_SEPARATORS + _CLOSING).rstrip(_SEPARATORS + _OPENING) for piece in pieces)
    name = _GREETING.sub(r"\1", " ".join(" ".join(trimmed).split())[:_LONGEST_NAME].strip(_SEPARATORS))
    if name and name[-1] in _PAIRS and _PAIRS[name[-1]] not in name:
        name = name[:-1]
    if name and name[0] in _OPENING and not any(close in name for close, start in _PAIRS.items() if start == name[0]):
        name = name[1:]
    return name
