"""Han words -> how they sound without tones (`千问` -> qian wen). The only importer of pypinyin."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from sys import intern

from archive.text.atoms import IDEOGRAPHS

Sounds = tuple[str, ...]

_HAN = re.compile(f"[{IDEOGRAPHS}]+")
_SYLLABLE = re.compile("[a-z]+")


@lru_cache(maxsize=100_000)  # the next generation has most of the words of the one before
def sounds(word: str) -> Sounds:
    """A syllable for each ideograph (ü is v); none where the word is not all ideographs with a reading."""
    from pypinyin import lazy_pinyin  # its tables take 0.2 s to load

    if not _HAN.fullmatch(word):
        return ()
    read = tuple(map(intern, lazy_pinyin(word, errors="ignore")))
    return read if len(read) == len(word) and all(map(_SYLLABLE.fullmatch, read)) else ()


def blurred(heard: Sounds) -> Sounds:
    """The same for all that is easily confused: zh and z, ch and c, sh and s, n and l; ing and in, eng and en, ang and
    an (the usual 模糊音 of input methods)."""
    return tuple(_blurred(each) for each in heard)


@cache
def _blurred(syllable: str) -> str:
    flat = syllable[0] + syllable[2:] if syllable[:2] in ("zh", "ch", "sh") else syllable
    flat = flat[:-1] if flat.endswith(("ing", "eng", "ang")) else flat
    return "l" + flat[1:] if flat[0] == "n" else flat


def initial(name: str) -> str:
    """For the place of a name in an index: its first ideographs as they sound, or its letters; else nothing."""
    if begun := _HAN.match(name):
        return " ".join(sounds(begun[0]))
    folded = name.lower()
    return folded if "a" <= folded[:1] <= "z" else ""


def letter(name: str) -> str:
    """The first of `initial`, sounded out only where the first ideograph alone does not tell."""
    told = _letters(name[:1])
    return told if len(told) == 1 else initial(name[:2])[:1]


@lru_cache(maxsize=30_000)
def _letters(ideograph: str) -> str:
    """With which letters its readings begin; none where it is no ideograph."""
    from pypinyin import Style, pinyin

    if not _HAN.fullmatch(ideograph):
        return ""
    (readings,) = pinyin(ideograph, style=Style.NORMAL, heteronym=True)
    return "".join({each[0] for each in readings})
