"""Han words by their sounds: a run of ideographs, or pinyin -> the words that it may have been meant for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.pinyin import blurred, sounds
from indexer.vocabulary import Known, grouped, in_letters

LONGEST_WORD = 8  # ideographs
LONGEST_PINYIN = 40  # letters


@dataclass(frozen=True, slots=True)
class Heard:
    """A word that sounds as the run does from `start` to `end`, but for `off` syllables that are easily confused."""

    start: int
    end: int
    word: Known
    off: int


class Hearing:
    """The words by their sounds; in each list the more frequent first."""

    def __init__(self, words: Iterable[Known]) -> None:
        heard = [word for word in words if word.sounds]
        self._by_sounds = grouped((blurred(word.sounds), word) for word in heard)
        self._by_pinyin = grouped((in_letters(word)[0], word) for word in heard)
        self._by_initials = grouped((in_letters(word)[1], word) for word in heard)

    def in_run(self, run: str) -> Iterator[Heard]:
        """Every part of a run of ideographs that sounds like a word that is written otherwise; the longest first. The
        whole run is looked at, since what is misspelled is cut wrongly (具身只能 into 具身 and 只能)."""
        for length in range(min(LONGEST_WORD, len(run)), 1, -1):
            for start in range(len(run) - length + 1):
                part = run[start : start + length]
                heard = sounds(part)
                for word in self._by_sounds.get(blurred(heard), ()) if heard else ():
                    off = sum(one != other for one, other in zip(heard, word.sounds, strict=True))
                    if word.folded != part and off <= 1:
                        yield Heard(start, start + length, word, off)

    def in_pinyin(self, typed: str) -> tuple[Known, ...]:
        """The words that are written so in pinyin (qianwen)."""
        return self._by_pinyin.get(typed, ())

    def in_initials(self, typed: str) -> tuple[Known, ...]:
        """The words whose syllables begin with these letters (qw)."""
        return self._by_initials.get(typed, ())

    def in_row(self, typed: str) -> tuple[Known, ...]:
        """Pinyin in a row -> the fewest words, of each the most frequent (qianwenshangxian: 千问 上线), or none."""
        best: dict[int, tuple[Known, ...]] = {0: ()}
        for end in range(2, min(len(typed), LONGEST_PINYIN) + 1):
            rows = [
                (*best[start], words[0])
                for start in range(end)
                if start in best and (words := self._by_pinyin.get(typed[start:end]))
            ]
            if rows:
                best[end] = min(rows, key=len)
        return best.get(len(typed), ())
