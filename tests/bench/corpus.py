"""A folder of digests -> issues of so many entries, the same ones for the same seed.

As long as the folder has enough, the oldest issues are taken as they stand. Beyond that each further round over the
folder makes every issue again as one of a series of its own (`AI 资讯日报·乙`), two days later than the round before,
so that days, months and categories stay as dense as they are. Each of its entries is put together from three entries of
its category, by a seeded permutation: title and 说明 of the first; 背景, 要点 and further fields of the second; sources
of the third. What is said together stays together, every text is used once a round, and so each word keeps its share of
entries. Numbers of two digits and more get other last digits, so that rare terms go on being rare.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random

from archive.errors import RejectedIssue
from archive.ingest import find_files
from archive.model import Entry, Issue, KeyPoint, LabelledField
from archive.parser import decode, parse, series_key

SEED = 5
ROUNDS = "乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_NUMBER = re.compile(r"(?<=\d)\d\b")


def read(folder: Path) -> list[Issue]:
    """Every issue below a folder that is one, oldest first, those without entries left out; one a day and series."""
    found: dict[tuple[datetime.date, str], Issue] = {}
    for file in find_files([folder]):
        with suppress(RejectedIssue):
            issue = parse(decode(file.read_bytes()), file_name=file.name).issue
            if issue.entries:
                found.setdefault((issue.date, series_key(issue.series)), issue)
    return [issue for _, issue in sorted(found.items())]


def varied(folder: Path, size: int, seed: int = SEED) -> Iterator[Issue]:
    """Issues without ids, until they hold exactly that many entries."""
    originals, left = read(folder), size
    for number in count():
        for issue in originals if not number else again(originals, number, Random(f"{seed} {number}")):
            if not left:
                return
            taken = replace(issue, entries=issue.entries[:left])
            left -= len(taken.entries)
            yield taken


def again(originals: Sequence[Issue], number: int, chance: Random) -> Iterator[Issue]:
    """One further round."""
    entries = [entry for issue in originals for entry in issue.entries]
    bodies, cited = _shuffled(entries, chance), _shuffled(entries, chance)
    place = iter(range(len(entries)))
    for issue in originals:
        made = tuple(
            _mixed(entry, entries[bodies[each]], entries[cited[each]], chance)
            for entry, each in zip(issue.entries, place, strict=False)
        )
        day = issue.date + datetime.timedelta(2 * number)
        yield replace(issue, date=day, series=f"{issue.series}·{_name(number)}", entries=made)


def _name(number: int) -> str:
    return ROUNDS[(number - 1) % len(ROUNDS)] * ((number - 1) // len(ROUNDS) + 1)


def _shuffled(entries: Sequence[Entry], chance: Random) -> list[int]:
    """place -> the place of another entry of the same category."""
    by_category: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        by_category.setdefault(entry.category, []).append(place)
    others = list(range(len(entries)))
    for places in by_category.values():
        for place, other in zip(places, chance.sample(places, len(places)), strict=True):
            others[place] = other
    return others


def _mixed(head: Entry, body: Entry, cited: Entry, chance: Random) -> Entry:
    def other(text: str) -> str:
        return _NUMBER.sub(lambda _: str(chance.randrange(10)), text)

    return replace(
        body,
        title=other(head.title),
        summary=other(head.summary),
        background=other(body.background),
        key_points=tuple(KeyPoint(other(point.text)) for point in body.key_points),
        fields=tuple(LabelledField(each.label, other(each.text)) for each in body.fields),
        sources=cited.sources,
        category=head.category,
        labels=head.labels,
        event_date=None,
    )
