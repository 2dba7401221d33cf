"""Digests and the labels of a person -> how many of the names that a tagger finds are right, and how many it misses.

A label names every company, authority, university, team, product, service, device, model and piece of software that the
entry's text names, without versions, whatever list it may stand in; formats, protocols, benchmarks and works are none.
`also` are those that may be found and need not be. The texts stay where they are: an entry is its file, its number
there and the sum of its title. Labels and tags are compared as the list folds them (an alias as its name); whether an
organisation or its product of the same name is meant is not judged.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.model import Entry
from archive.parser import decode, parse
from archive.tagger import Tagger, read_names
from archive.text import plain, same_name

LABELS = Path(__file__).parent / "labels.jsonl"
SHIPPED = Path(__file__).parents[2] / "data" / "tags.toml"
JUDGED = ("机构", "产品")


@dataclass(frozen=True, slots=True)
class Judged:
    """One entry: what was rightly found, wrongly found, and missed."""

    entry: str
    right: frozenset[str]
    wrong: frozenset[str]
    missed: frozenset[str]


def tagger() -> Tagger:
    """The shipped list."""
    return Tagger.of(read_names(SHIPPED.read_text(encoding="utf-8")))


def judged(corpus: Path, found_by: Tagger) -> Iterator[Judged]:
    """Each labelled entry, read from the corpus. Raises ValueError where it is not the one that was labelled."""
    for label in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines()):
        entry = _entry(corpus, label["entry"])
        if hashlib.sha256(plain(entry.title).encode()).hexdigest()[:12] != label["title"]:
            raise ValueError(f"{label['entry']} is not the entry that was labelled")
        wanted, also = (frozenset(_folded(name, found_by) for name in label[key]) for key in ("names", "also"))
        found = frozenset(_folded(tag.name, found_by) for tag in found_by.tags(entry) if tag.kind in JUDGED)
        yield Judged(label["entry"], found & wanted, found - wanted - also, wanted - found)


def measure(corpus: Path, *, told: bool = False) -> list[str]:
    """Precision and recall, as lines to print; with `told` every mistake too."""
    all_judged = list(judged(corpus, tagger()))
    right, wrong, missed = (
        sum(len(getattr(each, name)) for each in all_judged) for name in ("right", "wrong", "missed")
    )
    lines = [
        f"tags: precision {right / (right + wrong):.3f} ({wrong} wrong of {right + wrong}), "
        f"recall {right / (right + missed):.3f} ({missed} missed of {right + missed}), {len(all_judged)} entries"
    ]
    mistakes = (each for each in all_judged if each.wrong or each.missed) if told else ()
    return lines + [f"  {each.entry}: wrong {sorted(each.wrong)}, missed {sorted(each.missed)}" for each in mistakes]


def _entry(corpus: Path, identifier: str) -> Entry:
    name, _, number = identifier.partition("#")
    path = corpus / name
    return parse(decode(path.read_bytes()), file_name=path.name).issue.entries[int(number) - 1]


def _folded(name: str, found_by: Tagger) -> str:
    known = found_by.name(name)
    return same_name(known.name if known else name)
