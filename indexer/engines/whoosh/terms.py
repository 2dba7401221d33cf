"""Texts -> the terms of three fields as numbers, counted by numpy: atoms, bigrams of ideographs, words.

Never jieba's own analyzer (it stores offsets as positions, which loses 97.7 % of phrases) and never Whoosh's query
parser: the terms are made here.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from archive.text import atoms, is_single
from archive.text.atoms import IDEOGRAPHS, KANA_HANGUL, run_pattern
from indexer.document import Document
from indexer.segmenter import Segmenter

FIELDS = ("atoms", "bigrams", "words")

Numbers: TypeAlias = NDArray[np.int64]

_CODES = 0x110000  # how many code points there are


def terms(text: str, segmenter: Segmenter) -> dict[str, list[str]]:
    """The terms of one folded text by field name, as a query needs them."""
    pairs = [left + right for left, right in pairwise(text) if is_single(left) and is_single(right)]
    return {"atoms": atoms(text), "bigrams": pairs, "words": segmenter.index_words(text)}


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Every time that a term stands in a text: which term (a number that sorts as the terms do), and which text."""

    terms: Sequence[bytes]  # in order
    number: Numbers
    text: Numbers


class Collector:
    """The texts of many documents, to be counted together."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._texts: list[str] = []
        self._words = _Stream()
        self.halves = array("B")  # twice the weight of each text
        self.entries = array("q")  # of each text
        self.points, self.titles = array("q"), array("q")  # the key point, or entry's title, that each text is, or -1
        self._entry = self._point = 0

    def add(self, document: Document) -> None:
        """The texts of one more entry."""
        first = len(self._texts)
        for text, weight in document.weighted_texts():
            self._texts.append(text)
            self._words.add(self._segmenter.index_words(text))
            self.halves.append(round(2 * weight))
        texts = len(self._texts) - first
        points = range(self._point, self._point + len(document.points))
        self.entries.extend([self._entry] * texts)
        self.points.extend([-1, -1, -1, *points, *([-1] * (texts - 3 - len(points)))])
        self.titles.extend([self._entry, *([-1] * (texts - 1))])
        self._entry += 1
        self._point += len(points)

    def occurrences(self) -> Iterator[tuple[str, Occurrences]]:
        """The occurrences by field; the fields in order."""
        characters = _Characters(self._texts)
        yield "atoms", characters.atoms()
        yield "bigrams", characters.bigrams()
        yield "words", self._words.occurrences()


@dataclass(slots=True)
class _Stream:
    """Terms as strings, numbered as they first come, text by text."""

    numbers: dict[str, int] = field(default_factory=dict)
    codes: array[int] = field(default_factory=lambda: array("I"))
    lengths: array[int] = field(default_factory=lambda: array("I"))

    def add(self, found: list[str]) -> None:
        """The terms of the next text."""
        numbers = self.numbers
        self.codes.extend([numbers.setdefault(term, len(numbers)) for term in found])
        self.lengths.append(len(found))

    def occurrences(self) -> Occurrences:
        """All of them."""
        texts = np.repeat(np.arange(len(self.lengths), dtype=np.int64), np.frombuffer(self.lengths, dtype=np.uint32))
        ordered, places = _in_order(self.numbers)
        return Occurrences(ordered, places[np.frombuffer(self.codes, dtype=np.uint32)], texts)


def _in_order(terms: Iterable[str]) -> tuple[list[bytes], Numbers]:
    """Terms -> the same sorted by their bytes, and the place of each."""
    encoded = [term.encode() for term in terms]
    order = sorted(range(len(encoded)), key=encoded.__getitem__)
    places = np.empty(len(encoded), dtype=np.int64)
    places[order] = np.arange(len(encoded))
    return [encoded[number] for number in order], places


class _Characters:
    """Texts as one array of code points, a line feed behind each."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._joined = "".join(f"{text}\n" for text in texts)
        self._codes = np.frombuffer(self._joined.encode("utf-32-le"), dtype=np.uint32)
        lengths = np.array([len(text) + 1 for text in texts], dtype=np.int64)
        self._text = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
        self._single = _singles()[self._codes]

    def bigrams(self) -> Occurrences:
        """Each two ideographs (kana, hangul) that stand directly side by side."""
        left = np.flatnonzero(self._single[:-1] & self._single[1:])
        pairs = self._codes[left].astype(np.int64) << 32 | self._codes[left + 1]
        found, numbers = np.unique(pairs, return_inverse=True)
        terms = [(chr(pair >> 32) + chr(pair & 0xFFFFFFFF)).encode() for pair in found.tolist()]
        return Occurrences(terms, numbers.astype(np.int64), self._text[left])

    def atoms(self) -> Occurrences:
        """Single characters, and runs of letters or digits."""
        places = np.flatnonzero(self._single)
        runs: dict[str, int] = {}
        found = [(runs.setdefault(run[0], len(runs)), run.start()) for run in run_pattern().finditer(self._joined)]
        held = np.unique(self._codes[places])
        ordered, ranks = _in_order([*map(chr, held.tolist()), *runs])
        table = np.zeros(_CODES, dtype=np.int64)
        table[held] = ranks[: len(held)]
        of_runs = np.array(found, dtype=np.int64).reshape(-1, 2)
        return Occurrences(
            ordered,
            np.concatenate([table[self._codes[places]], ranks[len(held) :][of_runs[:, 0]]]),
            self._text[np.concatenate([places, of_runs[:, 1]])],
        )


@cache
def _singles() -> NDArray[np.bool_]:
    """code point -> whether it is an atom by itself."""
    table = np.zeros(_CODES, dtype=np.bool_)
    for first, last, alone in re.findall(r"(.)-(.)|(.)", IDEOGRAPHS + KANA_HANGUL):
        table[ord(first or alone) : ord(last or alone) + 1] = True
    return table
