"""The characters that make atoms, as pieces of regular expressions (SEARCH 3)."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from itertools import chain, groupby

EDGE = "\u200b"


def _by_category(*categories: str) -> dict[str, list[int]]:
    """The characters of these Unicode categories, without the large blocks that have none of them and emoji's
    selectors."""
    found: dict[str, list[int]] = {each: [] for each in categories}
    blocks = (range(0xB2, 0x3400), range(0xA000, 0xAC00), range(0xF900, 0xFE00), range(0xFE10, 0x1F200))
    codes = [*chain(*blocks)]
    for code, category in zip(codes, map(unicodedata.category, map(chr, codes)), strict=True):
        if category in found:
            found[category].append(code)
    return found


def _class_of(codes: Iterable[int]) -> str:
    """The inside of a character class; as escapes the characters would take three times as long to read."""
    runs = groupby(enumerate(sorted(codes)), key=lambda pair: pair[1] - pair[0])
    spans = ([code for _, code in run] for _, run in runs)
    return "".join(f"{chr(span[0])}-{chr(span[-1])}" for span in spans)


def _classes(codes: Iterable[int]) -> tuple[str, str]:
    """The same of those in the basic plane, and of those beyond it."""
    held = sorted(codes)
    first = bisect_left(held, 0x10000)
    return _class_of(held[:first]), _class_of(held[first:])


_CODES = _by_category("No", "Nl", "Mn", "Mc")
_NUMERALS, _ASTRAL_NUMERALS = _classes(_CODES["No"] + _CODES["Nl"])
_MARKS, _ASTRAL_MARKS = _classes(_CODES["Mn"] + _CODES["Mc"])

IDEOGRAPHS = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA_HANGUL = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e"
SINGLE = f"[{IDEOGRAPHS}{KANA_HANGUL}]"
# A class of many characters beyond the basic plane is slow for every character, so those are asked for apart.
_BEYOND = "\U00010000-\U0010ffff"
_LETTER = rf"[^\W\d_{IDEOGRAPHS}{KANA_HANGUL}{_NUMERALS}{_BEYOND}]"
_ASTRAL_LETTER = rf"(?=[{_BEYOND}])[^\W\d_{IDEOGRAPHS}{_ASTRAL_NUMERALS}]"
LETTER = f"(?:{_LETTER}|{_ASTRAL_LETTER})"
MARK = f"(?:[{_MARKS}]|(?=[{_BEYOND}])[{_ASTRAL_MARKS}])"
MARK_OR_BEYOND = f"[{_MARKS}{_BEYOND}]"  # one class, so that a text without either is soonest seen through
LETTERS = f"(?:{_LETTER}++|{_ASTRAL_LETTER})(?:{_LETTER}++|{_ASTRAL_LETTER}|{MARK})*"
_SINGLE = re.compile(SINGLE)
ATOM = re.compile(rf"{SINGLE}|{LETTERS}|\d+")
OPTIONAL = rf"[ \-._{EDGE}]"


@cache
def run_pattern() -> re.Pattern[str]:
    """An atom that is no single character."""
    return re.compile(rf"{LETTERS}|\d+")


@cache
def letters_pattern() -> re.Pattern[str]:
    """A run of letters."""
    return re.compile(LETTERS)


@cache
def some_letters() -> re.Pattern[str]:
    """Two letters or more, with their marks."""
    return re.compile(rf"(?:{LETTER}{MARK}*){{2,}}")


def atoms(folded_text: str) -> list[str]:
    """The atoms of a folded text, in order."""
    return ATOM.findall(folded_text)


def is_single(atom: str) -> bool:
    """Whether an atom is one ideograph, kana or hangul character, rather than a run of letters or digits."""
    return _SINGLE.match(atom) is not None
