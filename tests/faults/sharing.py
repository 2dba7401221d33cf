"""Rows 5 and 6. A writer at work -> what a second writer, readers and backups see of it."""

from __future__ import annotations

import datetime
import mmap
import struct
import time
from collections.abc import Callable
from pathlib import Path

from flask.testing import FlaskClient

from archive.store import Reader
from tests.faults.children import Child, run, running
from tests.faults.counted import Counted
from tests.faults.houses import Done, House, temporary, text

ADDRESS = "/api/v1/search?q=动态&limit=500&sort=oldest"
MOST_SECONDS = 300.0
MOST_ISSUES = 450  # on one page of answers
MOST_DAYS = 60  # for rebuilds that are quick enough to be many
MOST_FILES = 100_000  # without end
PAUSE = 0.1  # between two files, or the rebuilder finds the lock taken at every look


class Progress:
    """How many issues a writer has begun and finished with, seen by every process."""

    def __init__(self) -> None:
        self._shared = mmap.mmap(-1, 16)

    def note(self, begun: int, done: int) -> None:
        """Tell the others."""
        self._shared[:16] = struct.pack("qq", begun, done)

    @property
    def begun(self) -> int:
        """Issues that may be there."""
        return int(struct.unpack("qq", self._shared[:16])[0])

    @property
    def done(self) -> int:
        """Issues that must be there."""
        return int(struct.unpack("qq", self._shared[:16])[1])


def _day(number: int) -> datetime.date:
    return datetime.date(2025, 1, 1) + datetime.timedelta(number)


def _write(house: House, progress: Progress, files: int, days: int = MOST_ISSUES, pause: float = 0.0) -> None:
    """Ingest one file after another: an issue for each day, then corrections of them."""
    for number in range(files):
        progress.note(min(number + 1, days), min(number, days))
        house.write("one.md", text(f"千问第{number}版", day=_day(number % days + 1).isoformat()))
        _succeed(house.ingest("one.md", "--wait", "30"))
        progress.note(min(number + 1, days), min(number + 1, days))
        time.sleep(pause)


def _rebuild(house: House, times: int) -> None:
    """One rebuild after another, beside whoever writes."""
    for _ in range(times):
        _succeed(house.run("reindex", "--wait", "30", "--quiet"))


def _hold(house: House) -> None:
    """Read without end, so that SQLite cannot move what is written into the database's own file."""
    reader = Reader.open(house.home)
    with reader.snapshot():
        reader.issue_ids()
        time.sleep(MOST_SECONDS)


def _succeed(done: Done) -> None:
    if done.status:
        raise AssertionError(done.crash or done.err)


def _is_prefix(found: list[str], least: int, most: int) -> bool:
    """Whether these are the ids of the first issues, at least and at most so many."""
    return least <= len(found) <= most and found == [f"{_day(n + 1):%Y%m%d}-01" for n in range(len(found))]


def two_importers(files: int = 60) -> list[str]:
    """What is wrong with how a second importer takes the first."""
    wrong: list[str] = []
    with temporary() as folder:
        house = House(folder / "house")
        for number in range(1, files + 1):
            house.write(f"many/{number}.md".replace("/", "-"), text("千问", day=_day(number).isoformat()))
        other = House(house.folder)
        other.files = house.folder / "others"
        other.write("next.md", text("千问", day=_day(0).isoformat()))
        with running(lambda: house.run("ingest", str(house.files))) as first:
            if not _until(lambda: _note(house) != ""):
                return ["the first importer left no note"]
            refused = run(lambda: other.ingest("next.md")).value
            waited = run(lambda: other.ingest("next.md", "--wait", "60")).value
            ended = first.ended().value
        if refused.status != 3 or f"进程 {first.pid}" not in refused.err:
            wrong.append(f"the second importer is told: {refused.status} {refused.err or refused.crash}")
        wrong += [f"{done.crash or done.err}" for done in (waited, ended) if done.status]
        wrong += run(house.faults).value
        found = run(house.found).value
        if len(found) != files + 1:
            wrong.append(f"{len(found)} of {files + 1} found")
    return wrong


def readers(rebuilds: int) -> tuple[dict[str, object], list[str]]:
    """What a server answered while issues came in and another process rebuilt so often; what was wrong with it."""
    with temporary() as folder:
        house, progress = House(folder / "house"), Progress()
        run(lambda: _write(house, progress, 1))
        with (
            running(lambda: _write(house, progress, MOST_FILES, MOST_DAYS, PAUSE)),
            running(lambda: _rebuild(house, rebuilds)) as rebuilder,
        ):
            reader = Child(lambda: _read(house.client(), progress, rebuilder))
            answers, wrong = reader.ended(MOST_SECONDS).value
            rebuilder.ended()
        wrong += run(lambda: _after(house)).value
    return {"rebuilds": rebuilds, "issues": progress.done, "answers": answers}, wrong


def _after(house: House) -> list[str]:
    """What `check` finds once another writer has come after the one that was ended in the middle of its work."""
    house.write("last.md", text("玄武", day=_day(-1).isoformat()))
    _succeed(house.ingest("last.md", "--wait", "30"))
    return house.faults()


def _read(client: FlaskClient, progress: Progress, rebuilder: Child) -> tuple[int, list[str]]:
    wrong: list[str] = []
    answers, began, latest = 0, time.monotonic(), 1
    while rebuilder.is_working() and time.monotonic() - began < MOST_SECONDS:
        least = max(1, progress.done, latest)
        answer = client.get(ADDRESS)
        answers += 1
        if answer.status_code != 200:
            wrong.append(f"answer {answers}: {answer.status_code} {answer.get_data(as_text=True)[:200]}")
            continue
        found = [hit["id"] for hit in answer.json["hits"]]
        latest = len(found)
        if not _is_prefix(found, least, max(1, progress.begun)) or answer.json["total"] != len(found):
            wrong.append(f"answer {answers}: {len(found)} of {least} to {progress.begun}, total {answer.json['total']}")
    return answers, wrong


def row(rebuilds: int = 150, files: int = 60) -> Counted:
    """Row 5 of the table."""
    wrong = two_importers(files)
    figures, told = readers(rebuilds)
    return Counted("together", wrong + told, figures)


def backups(times: int = 20) -> Counted:
    """Row 6 of the table."""
    wrong: list[str] = []
    sizes: list[int] = []
    with temporary() as folder:
        house, progress = House(folder / "house"), Progress()
        run(lambda: _write(house, progress, 1))
        with running(lambda: _hold(house)), running(lambda: _write(house, progress, MOST_ISSUES)):
            for number in range(times):
                least = max(1, progress.done)
                kept = str(folder / f"{number}.db")
                made = run(lambda kept=kept: house.run("backup", kept)).value
                most = max(1, progress.begun)
                told, found = run(lambda kept=kept, number=number: _restored(folder / f"copy{number}", kept)).value
                sizes.append(len(found))
                if not _is_prefix(found, least, most):
                    told.append(f"{len(found)} issues of {least} to {most}")
                wrong += [f"backup {number}: {each}" for each in (*([made.err] if made.status else []), *told)]
    return Counted(
        "backups", wrong, {"backups": times, "issues_in_the_last": sizes[-1], "issues_in_the_first": sizes[0]}
    )


def _restored(folder: Path, kept: str) -> tuple[list[str], list[str]]:
    """What is wrong with a restored archive, and the ids that its server finds."""
    house = House(folder)
    done = house.run("restore", kept)
    wrong = [done.crash or done.err] if done.status else house.faults()
    answer = house.client().get(ADDRESS)
    return wrong, [hit["id"] for hit in answer.json.get("hits", ())]


def _note(house: House) -> str:
    path = house.home / "writer.lock"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _until(condition: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.002)
    return True
