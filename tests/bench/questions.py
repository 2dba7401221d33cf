"""Entries and a seed -> 180 questions of nine kinds, whose words are words of the entries.

Words are Han of two to four characters or Latin of three letters or more, no stop words, and such that cutting a query
leaves them whole: so every contender is asked for the same.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from archive.text.atoms import IDEOGRAPHS
from indexer.segmenter import Segmenter
from tests.bench.prepared import Prepared, entries

KINDS = ("common", "rare", "words", "any", "quoted", "prefix", "category", "dates", "newest")
SEED, SAMPLED = 20260208, 20_000
_WORD = re.compile(rf"[{IDEOGRAPHS}]{{2,4}}|[a-z]{{3,}}")
_RUN = re.compile(rf"[{IDEOGRAPHS}]{{6,}}")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: `words` all of (kind `any`: any of), or one quote, or one prefix; days as 20260208.

    `cut` are a quote's words, for engines that know but words.
    """

    kind: str
    words: tuple[str, ...]
    cut: tuple[str, ...] = ()
    category: str = ""
    since: int = 0
    until: int = 0

    @property
    def text(self) -> str:
        """As a reader types it."""
        match self.kind:
            case "quoted":
                return f'"{self.words[0]}"'
            case "prefix":
                return f"{self.words[0]}*"
            case "any":
                return "|".join(self.words)
            case _:
                return " ".join(self.words)


class Drawing:
    """Draws from a sample of the entries."""

    def __init__(self, file: Path, segmenter: Segmenter, chance: Random) -> None:
        self._chance = chance
        self._segmenter = segmenter
        held = list(entries(file))
        self._sample = held if len(held) <= SAMPLED else chance.sample(held, SAMPLED)
        counts = Counter(word for entry in self._sample for word in set(entry.words.split(" ")))
        asked = {
            word: count
            for word, count in counts.items()
            if _WORD.fullmatch(word) and not segmenter.is_stop_word(word) and segmenter.cut(word) == [word]
        }
        ordered = sorted(asked, key=lambda word: (-asked[word], word))
        most = len(ordered)
        self._common = ordered[: max(30, most // 150)]
        self._middling = ordered[len(self._common) : max(90, most // 10)]
        few = max(3, len(self._sample) // 2000)
        rare = [word for word in ordered[len(self._common) :] if asked[word] <= few]
        self._rare = rare or ordered[-30:]  # digests that repeat themselves often enough have none so rare

    def draw(self, each: int) -> list[Question]:
        """So many of each kind."""
        return [self._one(kind)(number) for kind in KINDS for number in range(each)]

    def _one(self, kind: str) -> Callable[[int], Question]:
        pick, chance = self._chance.choice, self._chance
        made: dict[str, Callable[[int], Question]] = {
            "common": lambda n: Question(kind, (self._common[n * len(self._common) // 20 % len(self._common)],)),
            "rare": lambda _: Question(kind, (pick(self._rare),)),
            "words": lambda n: Question(kind, self._together(2 + n % 2)),
            "any": lambda n: Question(kind, tuple(chance.sample(self._common + self._middling, 2 + n % 2))),
            "quoted": lambda n: self._quoted(2 + n % 5),
            "prefix": lambda _: Question(kind, (self._prefix(),)),
            "category": lambda _: self._in_category(),
            "dates": lambda _: self._dated(),
            "newest": lambda _: Question(kind, (pick(self._common + self._middling),)),
        }
        return made[kind]

    def _together(self, count: int) -> tuple[str, ...]:
        known = {*self._common, *self._middling}
        while True:
            held = sorted(known & set(self._chance.choice(self._sample).words.split(" ")))
            if len(held) >= count:
                return tuple(self._chance.sample(held, count))

    def _quoted(self, length: int) -> Question:
        quote = self._piece(length)
        return Question("quoted", (quote,), tuple(self._segmenter.index_words(quote)))

    def _piece(self, length: int) -> str:
        while True:
            runs: Sequence[str] = _RUN.findall(self._chance.choice(self._sample).text)
            if runs:
                run = self._chance.choice(runs)
                start = self._chance.randrange(len(run) - length + 1)
                return run[start : start + length]

    def _prefix(self) -> str:
        word = self._chance.choice(self._common + self._middling)
        return word[: 2 if not word.isascii() else 3]

    def _in_category(self) -> Question:
        entry = self._with_word()
        return Question("category", (self._word_of(entry),), category=entry.category)

    def _dated(self) -> Question:
        entry = self._with_word()
        day = datetime.date.fromisoformat(str(entry.day))
        around = datetime.timedelta(self._chance.choice((7, 30, 90)))
        since, until = (int(f"{each:%Y%m%d}") for each in (day - around, day + around))
        return Question("dates", (self._word_of(entry),), since=since, until=until)

    def _with_word(self) -> Prepared:
        while True:
            entry = self._chance.choice(self._sample)
            if not {*self._common, *self._middling}.isdisjoint(entry.words.split(" ")):
                return entry

    def _word_of(self, entry: Prepared) -> str:
        return self._chance.choice(sorted({*self._common, *self._middling} & set(entry.words.split(" "))))


def drawn(file: Path, segmenter: Segmenter, each: int = 20) -> list[Question]:
    """The questions of one set of entries, always the same ones, kinds mixed."""
    chance = Random(SEED)
    questions = Drawing(file, segmenter, chance).draw(each)
    chance.shuffle(questions)
    return questions
