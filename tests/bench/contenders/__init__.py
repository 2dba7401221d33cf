"""The engines that are compared, each behind the same five verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from archive.model import Issue
from tests.bench.questions import Question
from web.services import Services

NAMES = ("wangqi", "wangqi_full", "fts5", "tantivy")
BEST, MOST_TAGS = 20, 50


@dataclass(frozen=True, slots=True)
class Place:
    """Where an engine builds, and from what: a home, and its entries folded and cut (`tests.bench.prepared`)."""

    folder: Path
    services: Services
    prepared: Path


@dataclass(frozen=True, slots=True)
class Found:
    """The twenty best (by id, or by number), and how many entries match: in all, and by category, tag and month."""

    best: Sequence[str | int]
    total: int
    counts: Mapping[str, Mapping[str, int]]


class Contender(Protocol):
    """An engine over one folder. `build` and `add` write; what was added is found after `open`."""

    key: str  # the column of `entries` that `Found.best` holds

    def build(self) -> None:
        """Index every entry."""
        ...

    def open(self) -> None:
        """Open the folder afresh, nothing kept of what was open before."""
        ...

    def forget(self) -> None:
        """Drop what the engine keeps of the questions asked so far."""
        ...

    def found(self, question: Question) -> Found:
        """Match, order and count."""
        ...

    def every(self, question: Question) -> set[str | int]:
        """All that match."""
        ...

    def everything(self) -> Found:
        """All entries counted, none shown: what needs to be there when an engine has been opened."""
        ...

    def add(self, issue: Issue, first: int) -> None:
        """Index one more issue, its entries numbered on from `first`, for good."""
        ...

    def size(self) -> int:
        """The bytes of the index."""
        ...


def contender(name: str, place: Place) -> Contender:
    """An engine by its name; nothing is imported of those that are not asked for."""
    return _MADE[name](place)


def size_of(folder: Path) -> int:
    """The bytes of all files below."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _wangqi(place: Place) -> Contender:
    from tests.bench.contenders.wangqi import Wangqi

    return Wangqi(place)


def _wangqi_full(place: Place) -> Contender:
    from tests.bench.contenders.wangqi import WangqiFull

    return WangqiFull(place)


def _fts5(place: Place) -> Contender:
    from tests.bench.contenders.fts5 import Fts5

    return Fts5(place)


def _fts5_three(place: Place) -> Contender:
    from tests.bench.contenders.fts5 import Fts5Three

    return Fts5Three(place)


def _tantivy(place: Place) -> Contender:
    from tests.bench.contenders.tantivy_py import TantivyPy

    return TantivyPy(place)


_MADE: dict[str, Callable[[Place], Contender]] = {
    "wangqi": _wangqi,
    "wangqi_full": _wangqi_full,
    "fts5": _fts5,
    "fts5_three": _fts5_three,
    "tantivy": _tantivy,
}
