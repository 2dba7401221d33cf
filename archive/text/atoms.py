"""The characters that make atoms, as pieces of regular expressions (SEARCH 3)."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

EDGE = "\u200b"


def _characters(*categories: str) -> str:
    """The characters of these Unicode categories, as the inside of a character class, without emoji's selectors."""
    codes = (code for code in range(0xB2, 0x1F200) if unicodedata.category(chr(code)) in categories)
    runs = groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0])
    spans = ([code for _, code in run] for _, run in runs)
    return "".join(f"\\U{span[0]:08x}-\\U{span[-1]:08x}" for span in spans if span[0] != 0xFE00)


IDEOGRAPHS = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA_HANGUL = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e"
SINGLE = f"[{IDEOGRAPHS}{KANA_HANGUL}]"
LETTER = rf"[^\W\d_{IDEOGRAPHS}{KANA_HANGUL}{_characters('No', 'Nl')}]"
MARK = f"[{_characters('Mn', 'Mc')}]"
LETTERS = rf"{LETTER}(?:{LETTER}|{MARK})*"
_SINGLE = re.compile(SINGLE)
ATOM = re.compile(rf"{SINGLE}|{LETTERS}|\d+")
OPTIONAL = rf"[ \-._{EDGE}]"


def atoms(folded_text: str) -> list[str]:
    """The atoms of a folded text, in order."""
    return ATOM.findall(folded_text)


def is_single(atom: str) -> bool:
    """Whether an atom is one ideograph, kana or hangul character, rather than a run of letters or digits."""
    return _SINGLE.match(atom) is not None
