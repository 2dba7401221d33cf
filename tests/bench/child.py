"""`python -m tests.bench.child ENGINE build|open|add HOME PREPARED FOLDER`: one engine, alone in a process -> JSON."""

from __future__ import annotations

import datetime
import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from statistics import median
from subprocess import run

from archive.model import Issue
from archive.store import Reader
from tests.bench.contenders import Contender, Place, contender
from tests.bench.questions import Question
from tests.bench.watching import Memory, family_of, repeated
from web.services import Services

Told = dict[str, float]
ADDED = 12  # entries
DAY = datetime.date(2099, 12, 28)


def in_a_child(engine: str, verb: str, home: Path, prepared: Path, folder: Path) -> Told:
    """What the process told."""
    paths = [str(path) for path in (home, prepared, folder)]
    command = [sys.executable, "-m", "tests.bench.child", engine, verb, *paths]
    told: Told = json.loads(run(command, check=True, capture_output=True, text=True).stdout)
    return told


def build(made: Contender, place: Place) -> Told:
    """Seconds by the clock, CPU and the most memory (PSS) of all processes that build, the size of the index."""
    place.services.segmenter.cut("预热")  # a dictionary is loaded once, not for each index
    memory = Memory(lambda: family_of(os.getpid()))
    with repeated(memory, every=0.2):
        clock, cpu = _timed(made.build)
    return {
        "build_s": clock,
        "build_cpu_s": cpu,
        "build_peak_mb": max(memory.seen),
        "index_mb": made.size() / 2**20,
    }


def open_(made: Contender, place: Place) -> Told:
    """Until everything has been counted once; what the process holds then, and when a word has been asked."""
    before = _resident()
    clock, _ = _timed(lambda: (made.open(), made.everything()))
    counted = _resident()
    made.found(Question("common", ("模型",)))
    return {"open_ms": 1000 * clock, "rss_mb": counted, "rss_before_mb": before, "rss_asked_mb": _resident()}


def add(made: Contender, place: Place) -> Told:
    """One issue of twelve entries added and found: the median of three, by the clock."""
    place.services.segmenter.cut("预热")
    with closing(Reader.open(place.services.home)) as reader:
        count = reader.counts()["entries"]
        pattern = next(reader.issues())
        taken = tuple(islice((entry for issue in reader.issues() for entry in issue.entries), ADDED))
    pattern = replace(pattern, entries=taken)
    times = [_timed(lambda n=n: _added(made, _renamed(pattern, n), count + 1 + n * ADDED))[0] for n in range(3)]
    return {"ingest_ms": 1000 * median(times)}


def _added(made: Contender, issue: Issue, first: int) -> None:
    made.add(issue, first)
    made.open()
    found = made.every(Question("common", (_mark(issue.date),)))
    if len(found) != ADDED:
        raise SystemExit(f"{len(found)} of {ADDED} entries found that were added")


def _renamed(pattern: Issue, number: int) -> Issue:
    """Another issue with a word of its own in each of its twelve entries."""
    day = DAY + datetime.timedelta(number)
    identifier = f"{day:%Y%m%d}"
    entries = tuple(
        replace(entry, id=f"{identifier}-{place:02}", title=f"{_mark(day)} {entry.title}", key_points=())
        for place, entry in enumerate(pattern.entries, 1)
    )
    return replace(pattern, id=identifier, date=day, entries=entries)


def _mark(day: datetime.date) -> str:
    """A word of letters that no corpus holds."""
    return "zqwx" + "abcdefghij"[day.day % 10]


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    began, cpu = time.perf_counter(), _cpu()
    work()
    return time.perf_counter() - began, _cpu() - cpu


def _cpu() -> float:
    return sum(os.times()[:4])


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    """Do one thing, tell how it went."""
    engine, verb, home, prepared, folder = sys.argv[1:]
    Path(folder).mkdir(exist_ok=True)
    place = Place(Path(folder), Services(Path(home)), Path(prepared))
    told = {"build": build, "open": open_, "add": add}[verb](contender(engine, place), place)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
