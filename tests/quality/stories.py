"""Digests and the labels of a person -> how many joined pairs are of one story, and how many of one story are joined.

A person read both texts of each pair in `stories.jsonl`, drawn at
random with a seed after the joining was settled: 100 of all that were joined; all that were joined by words alone; 25
of each of four bands of pairs of near days that were not joined, by the cosine of what they say (`apart 0.1` to
`apart 0.3`); and 100 entries of days on which the other series was near too, with their reports there, as far as they
had more than a little in common. One story is: the same event, publication, episode or project. The texts stay where
they are: an entry is its file and its number there, and `titles` is a sum.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from archive.joining import WINDOW, joins, reports
from archive.likeness import Report, alike_titles
from archive.model import Entry, Issue
from archive.parser import decode, parse
from archive.text import plain

LABELS = Path(__file__).parent / "stories.jsonl"
IN_BAND = {"apart 0.1": 724, "apart 0.15": 447, "apart 0.2": 481, "apart 0.3": 133}  # pairs that were drawn from
SERIES = ("shibing624", "zhangferry")
NEARLY = 0.8  # how alike two titles are that any reader would join
LATER = datetime.date(2100, 1, 1)


def issues(corpus: Path) -> list[Issue]:
    """The digests of both series by their days; an entry's id tells its file and its number."""
    found = []
    for path in sorted(path for series in SERIES for path in (corpus / series).rglob("*.md")):
        series, name = path.parent.name, str(path.relative_to(corpus))
        issue = parse(decode(path.read_bytes()), file_name=path.name, series=series, today=LATER).issue
        entries = (replace(each, id=f"{name}#{number}") for number, each in enumerate(issue.entries, 1))
        found.append(replace(issue, id=name, entries=tuple(entries)))
    return sorted(found, key=lambda issue: issue.date)


def measure(corpus: Path) -> list[str]:
    """Precision and recall, as lines to print."""
    held = issues(corpus)
    entries = {each.id: each for issue in held for each in issue.entries}
    pairs = {frozenset((one.id, other.id)) for one, other in joins(held)}
    labels = list(_labels(entries))
    return [
        f"stories: {len(pairs)} pairs of {len(entries)} entries",
        *(_precision(labels, drawn, pairs) for drawn in ("joined", "words")),
        *_missed(labels, pairs),
        _told_elsewhere(labels, pairs),
        _obvious(held, pairs),
    ]


def _labels(entries: dict[str, Entry]) -> Iterator[dict[str, Any]]:
    """Raises ValueError where an entry is not the one that was labelled."""
    for label in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines()):
        named = (label["one"], *label.get("others", [label.get("other")]))
        titles = "\n".join(plain(entries[name].title) for name in named)
        if hashlib.sha256(titles.encode()).hexdigest()[:12] != label["titles"]:
            raise ValueError(f"{' '.join(named)} are not the entries that were labelled")
        yield label


def _precision(labels: list[dict[str, Any]], drawn: str, pairs: set[frozenset[str]]) -> str:
    still = [each for each in labels if each["drawn"] == drawn and _pair(each) in pairs]
    right = sum(each["same"] for each in still)
    told = {"joined": "drawn from all joins", "words": "joined by words alone"}[drawn]
    return f"stories: precision {right / len(still):.3f} ({right} of {len(still)} {told})"


def _missed(labels: list[dict[str, Any]], pairs: set[frozenset[str]]) -> Iterator[str]:
    for drawn, size in IN_BAND.items():
        band = [each for each in labels if each["drawn"] == drawn]
        missed = sum(each["same"] and _pair(each) not in pairs for each in band)
        yield f"stories: {missed} of {len(band)} missed, {drawn} ({size} pairs: about {size * missed / len(band):.0f})"


def _told_elsewhere(labels: list[dict[str, Any]], pairs: set[frozenset[str]]) -> str:
    told = [(each["one"], other) for each in labels if each["drawn"] == "entry" for other in each["others"]]
    found = sum(frozenset(pair) in pairs for pair in told)
    return f"stories: recall {found / len(told):.3f} ({found} of {len(told)} that 100 entries have in the other series)"


def _obvious(held: list[Issue], pairs: set[frozenset[str]]) -> str:
    """Of the entries with an address or nearly a title of another issue within the window: how many are joined."""
    near: list[Report] = []
    with_other, joined = set(), {name for pair in pairs for name in pair}
    for issue in held:
        near = [other for other in near if issue.date - other.date <= WINDOW]
        told = reports(issue)
        for one in told:
            others = {o.id for o in near if one.addresses & o.addresses or alike_titles(one, o) >= NEARLY}
            with_other |= others | ({one.id} if others else set())
        near += told
    found = len(with_other & joined)
    return f"stories: {found} of {len(with_other)} entries that share an address or nearly a title are joined"


def _pair(label: dict[str, Any]) -> frozenset[str]:
    return frozenset((label["one"], label["other"]))
