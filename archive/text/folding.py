"""Text -> its folded form, in which texts are compared (SEARCH 2).

Two neighbouring atoms of one kind that touch (5½ folds to 5 and 1⁄2) are held apart by `EDGE`, a character that folding
itself removes from any input.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import opencc

from archive.text.atoms import EDGE, LETTER, MARK, MARK_OR_BEYOND

_SIGNS = {
    **dict.fromkeys("“”„‟«»‹›〝〞〟❝❞❮❯⹂「」『』", '"'),
    **dict.fromkeys("‘’‚‛❛❜", "'"),
    **dict.fromkeys("•・‧∙", "·"),
    **dict.fromkeys("〜", "~"),
    "\u2212": "-",
    **dict.fromkeys("\u200b\u200c\u200d\ufeff\u00ad", ""),
}


SHORT = 400  # characters of a text that is worth keeping folded


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text with, for each of its characters, where the original's character begins and ends."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that folded to text[start:end] (end > start)."""
        return self.starts[start], self.ends[end - 1]


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _fold_character(character: str) -> str:
    """One character -> its folded form, with an EDGE on both sides where NFKC makes it several."""
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"  # half of a character: what a broken byte in an argument becomes
    normal = unicodedata.normalize("NFKC", character)
    folded = "".join(_converter().convert(each) for each in normal.casefold())
    if folded != character:
        folded = "".join(_fold_character(each).strip(EDGE) for each in folded)
    folded = "".join(_fold_sign(each) for each in folded)
    apart = len(normal) > 1 or unicodedata.decomposition(character).startswith("<circle>")
    return f"{EDGE}{folded}{EDGE}" if apart and folded else folded


def _fold_sign(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) == "Pd" and character != "〜":
        return "-"
    return _SIGNS.get(character, character)


class _FoldTable(dict[int, str]):
    """A `str.translate` table that learns each character when it first meets it."""

    def __missing__(self, code: int) -> str:
        self[code] = _fold_character(chr(code))
        return self[code]


_TABLE = _FoldTable()
_SINGLE: set[str] = set()  # characters that are known to fold to one
_SPACES = re.compile(rf" (?:{EDGE}* )*")
# A thousands comma: after one to three digits, before three.
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))(?:(?<=(?<!\d)\d,)|(?<=(?<!\d)\d\d,)|(?<=(?<!\d)\d\d\d,))")
# An EDGE stays only where it parts two letters or two digits, and after a mark that follows no letter.
_MARK_OR_BEYOND = re.compile(MARK_OR_BEYOND)
_ANY_MARK = re.compile(MARK)


@cache
def _needless_edge() -> re.Pattern[str]:
    """Classes of all letters take 10 ms to compile: what few texts need is compiled for the first of them."""
    return re.compile(
        rf"{EDGE}(?={EDGE})|(?<!{LETTER})(?<!{MARK})(?<!\d)(?<!{EDGE}){EDGE}|{EDGE}(?!{LETTER}|\d|{EDGE})"
    )


@cache
def _orphan_marks() -> re.Pattern[str]:
    return re.compile(rf"(?<!{LETTER})(?<!{MARK})({MARK}+)(?={LETTER})")


def _holds_marks(text: str) -> bool:
    return _MARK_OR_BEYOND.search(text) is not None and _ANY_MARK.search(text) is not None


def fold(text: str) -> str:
    """The form in which texts are compared; `folded` is the same with its way back."""
    return _fold_short(text) if len(text) <= SHORT else _fold(text)


def _fold(text: str) -> str:
    result = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).translate(_TABLE))
    if EDGE in result or "  " in result:
        result = _SPACES.sub(" ", result)
    if "," in result:
        result = _THOUSANDS.sub("", result)
    if EDGE in result:
        result = _needless_edge().sub("", result)
    if _holds_marks(result):
        result = _orphan_marks().sub(rf"\1{EDGE}", result)
    return unicodedata.normalize("NFC", result)


_fold_short = lru_cache(maxsize=1024)(_fold)  # the entries of a page are folded for every term of it


def folded(text: str) -> Folded:
    """`fold(text)` with the place of each character in the original."""
    return _folded_short(text) if len(text) <= SHORT else _folded(text)


def _folded(text: str) -> Folded:
    if (result := _in_place(text)) is not None:
        return Folded(result, range(len(text)), range(1, len(text) + 1))
    characters: list[str] = []
    places: list[tuple[int, int]] = []
    for start, end in _normal_chunks(text):
        piece = _TABLE[ord(text[start])] if end == start + 1 else _translated(text[start:end])
        characters += piece
        places += [(start, end)] * len(piece)
    result, places = _composed("".join(characters), places)
    result, places = _rewrite(_SPACES, " ", result, places)
    result, places = _rewrite(_THOUSANDS, "", result, places)
    if EDGE in result:
        result, places = _rewrite(_needless_edge(), "", result, places)
    if _holds_marks(result):
        result, places = _rewrite(_orphan_marks(), rf"\1{EDGE}", result, places)
    result, places = _composed(result, places)
    return Folded(result, tuple(start for start, _ in places), tuple(end for _, end in places))


_folded_short = lru_cache(maxsize=512)(_folded)


def _in_place(text: str) -> str | None:
    """The folded text where folding only puts one character in place of another, as it does with nearly every text.

    Where each folds to one and no EDGE came in, the length tells whether anything was taken out or put together.
    """
    result = fold(text)
    same = len(result) == len(text) and EDGE not in result and not _holds_marks(result)
    return result if same and unicodedata.is_normalized("NFC", text) and _are_single(text) else None


def _are_single(text: str) -> bool:
    """Whether each character folds to one."""
    if not _SINGLE.issuperset(text):
        _SINGLE.update(each for each in set(text) if len(_TABLE[ord(each)]) == 1)
    return _SINGLE.issuperset(text)


def _translated(chunk: str) -> str:
    return unicodedata.normalize("NFC", chunk).translate(_TABLE)


def _composed(text: str, places: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """The NFC of what folding made, ﾊﾟ having become ハ and a mark, that carries the places along."""
    if unicodedata.is_normalized("NFC", text):
        return text, places
    pieces: list[str] = []
    kept: list[tuple[int, int]] = []
    for start, end in _normal_chunks(text):
        pieces.append(unicodedata.normalize("NFC", text[start:end]))
        kept += [(places[start][0], places[end - 1][1])] * len(pieces[-1])
    return "".join(pieces), kept


def _normal_chunks(text: str) -> Iterator[tuple[int, int]]:
    """Spans that NFC changes independently of each other."""
    if unicodedata.is_normalized("NFC", text) and not any(map(unicodedata.combining, text)):
        yield from ((place, place + 1) for place in range(len(text)))
        return
    start = 0
    for end in range(1, len(text) + 1):
        chunk = text[start:end]
        if end == len(text) or _parts_here(chunk, text[end]):
            yield start, end
            start = end


def _parts_here(chunk: str, following: str) -> bool:
    if following < "\u0300":
        return True
    if unicodedata.combining(following):
        return False
    together = unicodedata.normalize("NFC", chunk + following)
    return together == unicodedata.normalize("NFC", chunk) + unicodedata.normalize("NFC", following)


def _rewrite(
    pattern: re.Pattern[str], replacement: str, text: str, places: list[tuple[int, int]]
) -> tuple[str, list[tuple[int, int]]]:
    """`pattern.sub(replacement, text)` that carries the places along."""
    pieces: list[str] = []
    kept: list[tuple[int, int]] = []
    position = 0
    for match in pattern.finditer(text):
        if match[0] == replacement:
            continue
        piece = match.expand(replacement) if "\\" in replacement else replacement
        pieces += [text[position : match.start()], piece]
        kept += places[position : match.start()]
        if piece:
            span = (places[match.start()][0], places[match.end() - 1][1])
            kept += [span] * len(piece)
        position = match.end()
    return "".join([*pieces, text[position:]]), kept + places[position:]
