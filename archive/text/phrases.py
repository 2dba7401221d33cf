"""Folded text -> a phrase that finds it in other folded texts (SEARCH 4, 5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from archive.text.atoms import ATOM, EDGE, LETTER, MARK, OPTIONAL, is_single
from archive.text.folding import fold


@dataclass(frozen=True)
class Phrase:
    """A sequence of atoms and signs that can be looked for in folded texts (SEARCH 4, 5)."""

    text: str
    atoms: tuple[str, ...]
    pattern: str
    leading: int  # how many signs stand before its first atom
    whole_start: re.Pattern[str] | None  # must not stand directly before
    whole_end: re.Pattern[str] | None  # must not stand directly after
    on_cuts: Callable[[str, int, int], bool] | None = None  # what else must hold of a span (text, start, end)

    @cached_property
    def core(self) -> re.Pattern[str]:
        """What its text must match; compiled when first looked for, as most names of a list never are."""
        return re.compile(self.pattern)

    @cached_property
    def is_literal(self) -> bool:
        """Whether all its atoms are single characters, between which nothing is optional."""
        return all(map(is_single, self.atoms))

    @cached_property
    def is_unbroken(self) -> bool:
        """Whether it is nothing but single characters side by side."""
        return self.is_literal and self.text == "".join(self.atoms)

    def search(self, text: str, start: int = 0) -> tuple[int, int] | None:
        """The first span at or after `start`, or None."""
        while match := self.core.search(text, start):
            if self._is_whole(text, match.start(), match.end()):
                return match.span()
            start = match.start() + 1
        return None

    def _is_whole(self, text: str, start: int, end: int) -> bool:
        if self.whole_end and self.whole_end.match(text, end):
            return False
        if self.whole_start and self.whole_start.fullmatch(text, 0 if self.leading else max(0, start - 2), start):
            return False
        return self.on_cuts is None or self.on_cuts(text, start, end)

    def end_at(self, text: str, start: int) -> int | None:
        """Where the phrase ends that begins exactly at `start`, or None."""
        match = self.core.match(text, start)
        return match.end() if match and self._is_whole(text, start, match.end()) else None

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Every span, from left to right, none overlapping another."""
        start = 0
        while span := self.search(text, start):
            yield span
            start = span[1]


_LETTER_AFTER = f"{LETTER}|{MARK}"
_LETTER_BEFORE = f".?(?:{LETTER}|{MARK})"
_MARKED_BEFORE = f".*{LETTER}{MARK}*"
_DIGIT_AFTER = r"\d"
_DIGIT_BEFORE = r".?\d|\d\."


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """An edge, when a phrase first has it: those of letters take 5 ms each."""
    return re.compile(pattern, re.DOTALL)


@lru_cache(maxsize=4096)
def phrase(folded_text: str, prefix: bool = False) -> Phrase | None:
    """A folded text -> the phrase that finds it, None where it has no atom. With `prefix` the last may go on."""
    wanted = folded_text.strip()
    spans = [match.span() for match in ATOM.finditer(wanted)]
    if not spans:
        return None
    found = tuple(wanted[start:end] for start, end in spans)
    leading, trailing = wanted[: spans[0][0]], wanted[spans[-1][1] :]
    pieces = [re.escape(leading + found[0])]
    for number, atom in enumerate(found[1:], 1):
        signs = wanted[spans[number - 1][1] : spans[number][0]]
        pieces += [_between(found[number - 1], signs, atom), re.escape(atom)]
    pieces.append(re.escape(trailing))
    return Phrase(
        wanted,
        found,
        "".join(pieces),
        len(leading),
        _before_signs(leading) if leading else _edge(found[0], _LETTER_BEFORE, _DIGIT_BEFORE),
        None if trailing or prefix else _edge(found[-1], _LETTER_AFTER, _DIGIT_AFTER),
    )


@lru_cache(maxsize=1024)
def inside(letters: str) -> Phrase:
    """A folded run of letters -> the phrase that finds it wherever a run of letters holds it."""
    return Phrase(letters, (letters,), re.escape(letters), 0, None, None)


def _before_signs(signs: str) -> re.Pattern[str] | None:
    """A mark belongs to the letter before it, so that no phrase begins between the two."""
    return _compiled(_MARKED_BEFORE) if re.match(MARK, signs) else None


def _edge(atom: str, letter: str, digit: str) -> re.Pattern[str] | None:
    if is_single(atom):
        return None
    return _compiled(digit if atom.isdecimal() else letter)


def _between(left: str, signs: str, right: str) -> str:
    """What may stand between two atoms: nothing optional unless one of them is a run of letters or digits."""
    if is_single(left) and is_single(right):
        return re.escape(signs)
    required = re.sub(OPTIONAL, "", signs)
    if required:
        return f"{OPTIONAL}*" + "".join(f"{re.escape(sign)}{OPTIONAL}*" for sign in required)
    touching = not is_single(left) and not is_single(right) and left.isdecimal() == right.isdecimal()
    return OPTIONAL + ("+" if touching else "*")


@lru_cache(maxsize=65536)
def same_name(value: str) -> str:
    """The form in which names (tags, series) are equal: GPT-5 as GPT 5, but neither 5.3 as 53 nor C++ as C."""
    folded_value = fold(value)
    return EDGE.join(ATOM.findall(folded_value)) + re.sub(OPTIONAL, "", ATOM.sub("", folded_value))
