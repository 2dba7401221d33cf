"""An engine and a question -> a page as every engine shows it, and the CPU that it took."""

from __future__ import annotations

import gc
import json
import re
import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import median

from tests.bench.contenders import Contender
from tests.bench.questions import Question

Span = tuple[int, int]


class Shown:
    """The stored texts of every entry, in one SQLite that all engines share."""

    def __init__(self, prepared: Path) -> None:
        self._db = sqlite3.connect(prepared)
        self._db.executescript("PRAGMA mmap_size = 4000000000")

    def page(self, contender: Contender, question: Question) -> list[list[Span]]:
        """Match, order, count; the twenty rows; what to mark in each."""
        found = contender.found(question)
        sql = f"SELECT id, title, text FROM entries WHERE {contender.key} IN (SELECT value FROM json_each(?))"
        rows = self._db.execute(sql, (json.dumps(found.best),)).fetchall()
        return [marks(question, text) for _, _, text in rows]


def marks(question: Question, text: str) -> list[Span]:
    """Where a question's words stand in a text."""
    return [match.span() for match in _pattern(question).finditer(text)]


@lru_cache(maxsize=1024)
def _pattern(question: Question) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, question.words)))


@dataclass(frozen=True, slots=True)
class Times:
    """CPU milliseconds of each question, the median of the repeats: with nothing kept of ours, and asked again."""

    cold: Sequence[float]
    warm: Sequence[float]


def measured(
    contenders: Mapping[str, Contender], questions: Sequence[Question], shown: Shown, repeats: int
) -> dict[str, Times]:
    """Every engine asked every question, by turns, so that what else the machine does falls on all of them."""
    cold: dict[str, list[list[float]]] = {name: [] for name in contenders}
    warm: dict[str, list[list[float]]] = {name: [] for name in contenders}
    for question in questions:  # patterns are compiled before anything is measured
        marks(question, "")
    gc.collect()
    gc.disable()
    try:
        for _ in range(repeats):
            for contender in contenders.values():
                contender.open()
                contender.everything()
            _pass(contenders, questions, shown, cold, forgetting=True)
            _pass(contenders, questions, shown, None, forgetting=False)
            _pass(contenders, questions, shown, warm, forgetting=False)
            gc.collect()
    finally:
        gc.enable()
    return {name: Times(_medians(cold[name]), _medians(warm[name])) for name in contenders}


def _pass(
    contenders: Mapping[str, Contender],
    questions: Sequence[Question],
    shown: Shown,
    times: dict[str, list[list[float]]] | None,
    *,
    forgetting: bool,
) -> None:
    told: dict[str, list[float]] = {name: [] for name in contenders}
    names = list(contenders)
    for number, question in enumerate(questions):
        for turn in range(len(names)):
            name = names[(number + turn) % len(names)]
            if forgetting:
                contenders[name].forget()
            began = time.process_time()
            shown.page(contenders[name], question)
            told[name].append(1000 * (time.process_time() - began))
    for name, each in told.items() if times is not None else ():
        times[name].append(each)


def _medians(passes: list[list[float]]) -> list[float]:
    return [median(each) for each in zip(*passes, strict=True)]


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many of a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
