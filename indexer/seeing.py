"""Han words by their shapes: a run of ideographs -> the words that differ in one that looks alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.shapes import look_alike
from indexer.vocabulary import Known, grouped

LONGEST_WORD = 8  # ideographs
_GAP = "\0"  # which no word holds


@dataclass(frozen=True, slots=True)
class Seen:
    """A word that looks as the run does from `start` to `end`, but for one ideograph."""

    start: int
    end: int
    word: Known


class Seeing:
    """The words of ideographs, each under what is left of it without one of them."""

    def __init__(self, words: Iterable[Known]) -> None:
        seen = (word for word in words if word.sounds and len(word.folded) <= LONGEST_WORD)
        self._by_rest = grouped(
            (_without(word.folded, place), word) for word in seen for place in range(len(word.folded))
        )

    def in_run(self, run: str) -> Iterator[Seen]:
        """Every part of a run of ideographs that looks like a word that is written otherwise; the longest first."""
        for length in range(min(LONGEST_WORD, len(run)), 1, -1):
            for start in range(len(run) - length + 1):
                part = run[start : start + length]
                for place, typed in enumerate(part):
                    for word in self._by_rest.get(_without(part, place), ()):
                        if word.folded[place] != typed and look_alike(typed, word.folded[place]):
                            yield Seen(start, start + length, word)


def _without(word: str, place: int) -> str:
    return f"{word[:place]}{_GAP}{word[place + 1 :]}"
