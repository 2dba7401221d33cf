"""The titles of each month -> the words that come more often than in the months before, and those that are new.

Rising words go by the log-odds ratio with an informative Dirichlet prior, in standard deviations: Monroe, Colaresi and
Quinn, "Fightin' Words", Political Analysis 16 (2008), equations 16, 20 and 22. The prior is the whole archive's
distribution, as heavy as the month, so that a word is told only by more than the archive would let one expect.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from archive.text import fold, plain
from indexer.vocabulary import is_offered, written

LEAST_TITLES = 3  # of a month, in which a word stands: fewer are chance
LEAST_DEVIATION = 1.96  # standard deviations: 1 word in 40 by chance alone
MONTHS_BEFORE = 3  # with titles, that a month is compared with


@dataclass(frozen=True)
class Headlines:
    """month -> word -> how many of its titles hold it; and how words are written."""

    months: Mapping[str, Counter[str]]
    forms: Mapping[str, str]
    all: Counter[str] = field(init=False)

    def __post_init__(self) -> None:
        total: Counter[str] = Counter()
        for counts in self.months.values():
            total.update(counts)
        object.__setattr__(self, "all", total)

    @classmethod
    def of(cls, dated: Iterable[tuple[str, str]], cut: Callable[[str], Iterable[str]]) -> Headlines:
        """Of (ISO date, title in Markdown); `cut` gives the words of a folded text that count."""
        months: dict[str, Counter[str]] = {}
        titles = []
        for date, title in dated:
            titles.append(text := plain(title))
            months.setdefault(date[:7], Counter()).update({word for word in cut(fold(text)) if is_offered(word)})
        return cls(months, written(titles))

    def before(self, month: str) -> list[str]:
        """The months that one is compared with, the oldest first."""
        return sorted(name for name in self.months if name < month)[-MONTHS_BEFORE:]

    def rising(self, month: str) -> list[str]:
        """Words as they are written, the most above expectation first; none where nothing came before."""
        now = self.months.get(month, Counter())
        earlier: Counter[str] = Counter()
        for name in self.before(month):
            earlier.update(self.months[name])
        if not earlier:
            return []
        size, before, ever = now.total(), earlier.total(), self.all.total()
        scored = [
            (deviation(count, size, earlier[word], before, self.all[word] / ever), word)
            for word, count in now.items()
            if count >= LEAST_TITLES
        ]
        held = sorted((each for each in scored if each[0] >= LEAST_DEVIATION), key=lambda each: (-each[0], each[1]))
        return [self.forms.get(word, word) for _, word in held]

    def new(self, month: str) -> list[str]:
        """Words that no title before this month holds, the most frequent first; none in the first month of all."""
        seen = {word for name, counts in self.months.items() if name < month for word in counts}
        now = self.months.get(month, Counter())
        held = [(-count, word) for word, count in now.items() if seen and count >= LEAST_TITLES and word not in seen]
        return [self.forms.get(word, word) for _, word in sorted(held)]


def deviation(count: int, size: int, other: int, other_size: int, share: float) -> float:
    """How far above expectation a word is in a text of `size` words, compared with another text: z-score of the
    difference of log-odds. `share` is the word's part of everything, from 0 to 1, above 0 where it occurs at all."""
    prior = share * size
    here, there = count + prior, other + prior
    difference = math.log(here / (2 * size - here)) - math.log(there / (other_size + size - there))
    return difference / math.sqrt(1 / here + 1 / there)
