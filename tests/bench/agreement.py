"""The hits of wangqi and of a peer -> whether every one of the peer's is among ours, and ours beyond hold the words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.bench.contenders import Contender
from tests.bench.questions import Question

_LATIN = re.compile(r"[a-z]+")


@dataclass(slots=True)
class Agreement:
    """Over all questions: `missed` is a peer's alone, `false` ours that does not hold the words: both are faults.

    `miscounted`: the counts of a page are not those of its hits, ours or the peer's. `unanswered`: to how many of the
    questions the peer finds nothing, though it stands somewhere.
    """

    ours: int = 0
    theirs: int = 0
    beyond: int = 0
    missed: int = 0
    false: int = 0
    miscounted: int = 0
    unanswered: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """No fault."""
        return not (self.missed or self.false or self.miscounted)

    def told(self) -> dict[str, object]:
        """For JSON."""
        return {**asdict(self), "holds": self.holds}


class Texts:
    """number, id -> the text of an entry."""

    def __init__(self, prepared: Path) -> None:
        with closing(sqlite3.connect(prepared)) as held:
            rows = held.execute("SELECT number, id, text FROM entries").fetchall()
        self.id = {number: identifier for number, identifier, _ in rows}
        self.text = {identifier: text for _, identifier, text in rows}


def compared(ours: Contender, theirs: Contender, questions: Sequence[Question], texts: Texts) -> Agreement:
    """Ask both everything."""
    told = Agreement()
    for question in questions:
        mine = ours.every(question)
        peers = {texts.id[number] for number in theirs.every(question)}
        missed, beyond = peers - mine, mine - peers
        false = {identifier for identifier in beyond if not holds(question, texts.text[identifier])}
        told.ours += len(mine)
        told.theirs += len(peers)
        told.beyond += len(beyond)
        told.missed += len(missed)
        told.false += len(false)
        told.unanswered += bool(mine) and not peers
        told.miscounted += not _counts(ours, question, len(mine)) or not _counts(theirs, question, len(peers))
        told.examples += [f"{question.text} {identifier}" for identifier in sorted(missed | false)[:2]]
    told.examples = told.examples[:10]
    return told


def _counts(contender: Contender, question: Question, total: int) -> bool:
    found = contender.found(question)
    sums = {facet: sum(found.counts.get(facet, {}).values()) for facet in ("category", "month")}
    return found.total == total and set(sums.values()) == {total} and len(found.best) == min(20, total)


def holds(question: Question, text: str) -> bool:
    """Whether an entry's text holds what is asked, by looking, in a way of its own."""
    standing = [_stands(word, text, open_end=question.kind == "prefix") for word in question.words]
    return any(standing) if question.kind == "any" else all(standing)


def _stands(word: str, text: str, *, open_end: bool) -> bool:
    if not _LATIN.fullmatch(word):
        return word in text
    end = "" if open_end else r"(?![^\W\d_\u4e00-\u9fff])"
    return re.search(rf"(?<![^\W\d_\u4e00-\u9fff]){word}{end}", text) is not None
