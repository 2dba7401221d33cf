"""The words that an archive holds -> what a typed text may have meant: what sounds or looks so, Latin, pinyin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.text import folded
from archive.text.atoms import IDEOGRAPHS, run_pattern
from indexer.hearing import Hearing
from indexer.seeing import Seeing
from indexer.slips import allowed, distance, letters
from indexer.vocabulary import Known

SHAPE, PINYIN, ROW, INITIALS = 1, 1, 2, 3  # costs, as a sound easily confused and a slip of the fingers cost one each
LONGEST_TEXT = 64  # characters looked at
MOST = 8  # spellings of one text
RARER = 10  # a known word is only replaced by one that so many times as many entries hold
_HAN = re.compile(f"[{IDEOGRAPHS}]{{2,}}")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A typed text with one piece of it spelled otherwise; `cost` grows with the distance, `count` is the word's."""

    text: str
    cost: int
    count: int


@dataclass(frozen=True, slots=True)
class _Instead:
    """What may stand instead of text[start:end]."""

    start: int
    end: int
    text: str
    cost: int
    count: int

    @property
    def likelihood(self) -> tuple[int, int, int]:
        """Sorts the likeliest first: nearer, longer, more frequent."""
        return self.cost, self.start - self.end, -self.count


class Speller:
    """Made once for a vocabulary (the more frequent words first); looking changes nothing."""

    def __init__(self, words: Sequence[Known] = ()) -> None:
        self._counts = {word.folded: word.count for word in words}
        self._hearing = Hearing(words)
        self._seeing = Seeing(words)
        self._latin: dict[int, list[tuple[int, Known]]] = {}  # by length, each with its letters
        for word in words:
            if _is_latin(word.folded):
                self._latin.setdefault(len(word.folded), []).append((letters(word.folded), word))

    def spellings(self, text: str) -> list[Spelling]:
        """Other spellings of a text as typed (of its first characters), the likeliest first, at most MOST."""
        read = folded(text[:LONGEST_TEXT])
        latin = (run for run in run_pattern().finditer(read.text) if _is_latin(run[0]))
        pieces = sorted([*_HAN.finditer(read.text), *latin], key=re.Match.start)
        found = [instead for piece in pieces for instead in self._instead(piece)]
        made: dict[str, Spelling] = {}
        for each in sorted(found, key=lambda each: each.likelihood):
            start, end = read.original(each.start, each.end)
            spelled = text[:start] + each.text + text[end:]
            made.setdefault(spelled, Spelling(spelled, each.cost, each.count))
        return list(made.values())[:MOST]

    def _instead(self, piece: re.Match[str]) -> Iterator[_Instead]:
        start, run = piece.start(), piece[0]
        if piece.re is _HAN:
            for heard in self._hearing.in_run(run):
                part = run[heard.start : heard.end]
                yield from self._likelier(part, start + heard.start, [(heard.word.text, heard.off, heard.word.count)])
            for seen in self._seeing.in_run(run):
                part = run[seen.start : seen.end]
                yield from self._likelier(part, start + seen.start, [(seen.word.text, SHAPE, seen.word.count)])
        else:
            yield from self._likelier(run, start, self._for_latin(run))

    def _likelier(self, part: str, start: int, words: Iterable[tuple[str, int, int]]) -> Iterator[_Instead]:
        least = RARER * self._counts.get(part, 0)
        for text, cost, count in words:
            if count >= least:
                yield _Instead(start, start + len(part), text, cost, count)

    def _for_latin(self, run: str) -> Iterator[tuple[str, int, int]]:
        """(text, cost, count) of names and words with slips, of pinyin and of initials."""
        yield from self._slips(run)
        heard = self._hearing
        yield from ((word.text, PINYIN, word.count) for word in heard.in_pinyin(run))
        yield from ((word.text, INITIALS + (not word.is_name), word.count) for word in heard.in_initials(run))
        if row := heard.in_row(run):
            yield "".join(word.text for word in row), ROW, min(word.count for word in row)

    def _slips(self, run: str) -> Iterator[tuple[str, int, int]]:
        most, set_of_letters = allowed(run), letters(run)
        for length in range(len(run) - most, len(run) + most + 1):
            for others, word in self._latin.get(length, ()):
                if (set_of_letters ^ others).bit_count() > 2 * most:
                    continue
                slips = distance(run, word.folded)
                if 0 < slips <= most:
                    yield word.text, slips, word.count


def _is_latin(text: str) -> bool:
    """Whether a folded text is one run of letters."""
    return run_pattern().fullmatch(text) is not None and not text.isdecimal()
