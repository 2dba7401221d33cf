"""Folded texts of entries -> the strings of ideographs that behave as words, by cohesion and freedom.

A word holds together: its parts meet more often than by chance (pointwise mutual information; Church & Hanks, “Word
Association Norms, Mutual Information, and Lexicography”, Computational Linguistics 16, 1990). And it stands free: what
comes before and after it varies (branching entropy; Jin & Tanaka-Ishii, “Unsupervised Segmentation of Chinese Text by
Use of Branching Entropy”, COLING/ACL 2006). The edge of a text counts as another neighbour each time (accessor variety;
Feng, Chen, Deng & Zheng, “Accessor Variety Criteria for Chinese Word Extraction”, Computational Linguistics 30, 2004).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.text.atoms import IDEOGRAPHS

LONGEST = 6  # ideographs
FEWEST_ENTRIES = 5
LEAST_COHESION = 3.0  # nats; below it even frequent phrases are chance
LEAST_FREEDOM = 1.5  # nats; below it a string is mostly a part of one longer word

_RUN = re.compile(rf"(?:\d ?[{IDEOGRAPHS}])?([{IDEOGRAPHS}]+)")  # the unit of a number (70 亿, 3 轮) is left out


@dataclass(frozen=True, slots=True)
class WordStatistics:
    """A string with the numbers of the entries that hold it, and in nats how it holds together and stands free."""

    text: str
    entries: tuple[int, ...]
    cohesion: float
    freedom: float

    @property
    def score(self) -> float:
        """The higher, the more of a word; each doubling of its entries adds a third of a nat."""
        return round(self.cohesion + self.freedom + math.log(len(self.entries)) / 2, 2)


def words_by_statistics(entries: Iterable[Sequence[str]], is_wanted: Callable[[str], bool]) -> list[WordStatistics]:
    """The wanted strings of two to LONGEST ideographs that pass all thresholds, best first.

    Time and space grow with the texts: a string is counted only where both strings one shorter were frequent.
    """
    runs = [(number, run[1]) for number, texts in enumerate(entries) for text in texts for run in _RUN.finditer(text)]
    counts = _counts([run for _, run in runs])
    total = sum(counts[1].values())
    cohesive = {
        text: cohesion
        for length in range(2, LONGEST + 1)
        for text in counts[length]
        if (cohesion := _cohesion(text, counts, total)) >= LEAST_COHESION and is_wanted(text)
    }
    found = [_statistics(text, cohesive[text], places) for text, places in _places(runs, cohesive).items()]
    passed = [each for each in found if len(each.entries) >= FEWEST_ENTRIES and each.freedom >= LEAST_FREEDOM]
    return sorted(passed, key=lambda each: (-each.score, each.text))


def _counts(runs: Sequence[str]) -> dict[int, Mapping[str, int]]:
    """How often each string of a length stands in the runs, for those frequent enough to be asked about."""
    counts: dict[int, Mapping[str, int]] = {1: Counter(character for run in runs for character in run)}
    for length in range(2, LONGEST + 1):
        shorter = counts[length - 1]
        counted = Counter(
            run[start : start + length]
            for run in runs
            for start in range(len(run) - length + 1)
            if run[start : start + length - 1] in shorter and run[start + 1 : start + length] in shorter
        )
        counts[length] = {text: count for text, count in counted.items() if count >= FEWEST_ENTRIES}
    return counts


def _cohesion(text: str, counts: Mapping[int, Mapping[str, int]], total: int) -> float:
    """The mutual information of its two parts, cut where they cohere least."""
    parts = max(counts[at][text[:at]] * counts[len(text) - at][text[at:]] for at in range(1, len(text)))
    return math.log(counts[len(text)][text] * total / parts)


_Places = list[tuple[int, str, str]]  # (entry, what stands before, what stands after), empty at an edge


def _places(runs: Iterable[tuple[int, str]], texts: Mapping[str, float]) -> dict[str, _Places]:
    """Where each of these strings stands."""
    places: dict[str, _Places] = defaultdict(list)
    for entry, run in runs:
        for start, end in _spans(len(run)):
            if (text := run[start:end]) in texts:
                places[text].append((entry, run[start - 1 : start], run[end : end + 1]))
    return places


def _spans(length: int) -> Iterator[tuple[int, int]]:
    for start in range(length - 1):
        for end in range(start + 2, min(start + LONGEST, length) + 1):
            yield start, end


def _statistics(text: str, cohesion: float, places: _Places) -> WordStatistics:
    freedom = min(_entropy(before for _, before, _ in places), _entropy(after for *_, after in places))
    return WordStatistics(text, tuple(dict.fromkeys(entry for entry, *_ in places)), cohesion, freedom)


def _entropy(neighbours: Iterable[str]) -> float:
    """In nats; each edge (an empty neighbour) is another one."""
    counts = Counter(neighbours)
    edges = counts.pop("", 0)
    total = edges + counts.total()
    return edges / total * math.log(total) - sum(count / total * math.log(count / total) for count in counts.values())
