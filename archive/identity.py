"""A new revision and what is held of the issue -> the revision with permanent ids (DESIGN, Permanent ids).

Things are recognised one to one, the surest likeness first; what is not recognised is numbered onward.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from archive import ids
from archive.addresses import comparable
from archive.model import Entry, Issue, KeyPoint
from archive.text import atoms, fold

LIKENESS = 0.5  # of two texts: the share of their pairs of neighbouring atoms that both have

Held = TypeVar("Held", Entry, KeyPoint)


@dataclass(frozen=True, slots=True)
class HeldIssue:
    """What the archive knows of an issue: entries of the current revision, then withdrawn ones; key points likewise."""

    current: tuple[Entry, ...] = ()
    withdrawn: tuple[Entry, ...] = ()
    withdrawn_points: tuple[KeyPoint, ...] = ()


def identified(issue: Issue, held: HeldIssue) -> Issue:
    """The issue (its own id set) with an id on every entry and key point; nothing else changes."""
    known: dict[int, Entry] = {}
    for among in (held.current, held.withdrawn):
        unknown = [position for position in range(len(issue.entries)) if position not in known]
        fresh = [issue.entries[position] for position in unknown]
        known |= {unknown[new]: among[old] for new, old in _recognised(fresh, among).items()}
    number = max((ids.order(each.id)[1] for each in (*held.current, *held.withdrawn)), default=0)
    entries = []
    for position, entry in enumerate(issue.entries):
        if position in known:
            identifier = known[position].id
        else:
            number += 1
            identifier = ids.entry_id(issue.id, number)
        before = known[position].key_points if position in known else ()
        gone = tuple(each for each in held.withdrawn_points if each.id.startswith(f"{identifier}."))
        entries.append(replace(entry, id=identifier, key_points=_points(identifier, entry.key_points, before, gone)))
    return replace(issue, entries=tuple(entries))


def _recognised(fresh: Sequence[Entry], held: Sequence[Entry]) -> dict[int, int]:
    """position in `fresh` -> position in `held`."""
    found: dict[int, int] = {}
    _match_equal(fresh, held, found, lambda entry: [(fold(entry.title), address) for address in _addresses(entry)])
    _match_equal(fresh, held, found, lambda entry: [fold(entry.title)])
    _match_equal(fresh, held, found, _addresses, unique=True)
    _match_similar(fresh, held, found, _text)
    return found


def _points(
    entry: str, fresh: tuple[KeyPoint, ...], held: tuple[KeyPoint, ...], withdrawn: tuple[KeyPoint, ...]
) -> tuple[KeyPoint, ...]:
    known: dict[int, str] = {}
    for among in (held, withdrawn):
        unknown = [position for position in range(len(fresh)) if position not in known]
        asked = [fresh[position] for position in unknown]
        found: dict[int, int] = {}
        _match_equal(asked, among, found, lambda point: [fold(point.text)])
        _match_similar(asked, among, found, lambda point: fold(point.text))
        known |= {unknown[new]: among[old].id for new, old in found.items()}
    number = max((ids.order(each.id)[2] for each in (*held, *withdrawn)), default=0)
    identified_points = []
    for position, point in enumerate(fresh):
        if position not in known:
            number += 1
        identified_points.append(replace(point, id=known.get(position) or ids.point_id(entry, number)))
    return tuple(identified_points)


def _match_equal(
    fresh: Sequence[Held],
    held: Sequence[Held],
    found: dict[int, int],
    keys: Callable[[Held], Iterable[Hashable]],
    *,
    unique: bool = False,
) -> None:
    """Match what shares a key, in order; with `unique` only by keys that stand once on each side."""
    counts = Counter(key for side in (fresh, held) for each in side for key in set(keys(each)))
    free: dict[Hashable, list[int]] = {}
    taken = set(found.values())
    for position, each in enumerate(held):
        if position not in taken:
            for key in keys(each):
                free.setdefault(key, []).append(position)
    for position, each in enumerate(fresh):
        if position in found:
            continue
        candidates = [
            old for key in keys(each) if not unique or counts[key] == 2 for old in free.get(key, []) if old not in taken
        ]
        if candidates:
            found[position] = candidates[0]
            taken.add(candidates[0])


def _match_similar(
    fresh: Sequence[Held], held: Sequence[Held], found: dict[int, int], text: Callable[[Held], str]
) -> None:
    """Match what is most alike, the best pair first."""
    taken = set(found.values())
    left = {position: _pairs(text(each)) for position, each in enumerate(fresh) if position not in found}
    right = {position: _pairs(text(each)) for position, each in enumerate(held) if position not in taken}
    alike = (
        (-_likeness(one, other), new, old)
        for new, one in left.items()
        for old, other in right.items()
        if _likeness(one, other) >= LIKENESS
    )
    for _, new, old in sorted(alike):
        if new not in found and old not in taken:
            found[new] = old
            taken.add(old)


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """Of atoms: by characters all English texts are alike."""
    return frozenset(pairwise(["", *atoms(text), ""]))


def _likeness(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> float:
    """Dice's coefficient; unlike difflib's ratio it is quick enough for an issue that is all new."""
    return 2 * len(one & other) / (len(one) + len(other))


def _addresses(entry: Entry) -> list[str]:
    return [comparable(source.url) for source in entry.sources if source.url]


def _text(entry: Entry) -> str:
    return fold("\n".join((entry.title, entry.summary, *(point.text for point in entry.key_points))))
