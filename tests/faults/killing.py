"""Row 1. A command killed at each of its calls in turn -> whether the next writer finds and mends everything."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from archive.store.connection import FILE
from tests.faults.calls import harmed, kill
from tests.faults.children import Child, run
from tests.faults.counted import Counted
from tests.faults.houses import NEXT, ONE, Done, House, furnish, temporary, text

TAGS = '[[tag]]\nname = "千问动态"\nkind = "主题"\naliases = []\n'
OLDEST = min((Path(__file__).parents[1] / "archive" / "frozen").glob("*.sql"))
SYSTEM_CALLS = "pwrite64,fdatasync,ftruncate,unlink,rename,fsync"


SQL_CHANGES = frozenset(
    {"BEGIN", "COMMIT", "RELEASE", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "backup"}
)
FILE_CHANGES = frozenset({"mkdir", "link", "rename", "unlink", "rmdir", "fsync", "ftruncate", "flock", "close"})
CHANGES = SQL_CHANGES | FILE_CHANGES  # all others read, or fill a file that nobody names yet: some of them will do
Acknowledged: TypeAlias = dict[str, bytes]  # issue -> the bytes that may not be lost


@dataclass(frozen=True, slots=True)
class Operation:
    """A command and what must be there for it; preparing may tell that other bytes count as acknowledged."""

    prepare: Callable[[House], Acknowledged | None]
    act: Callable[[House], Done]


def _correction(house: House) -> None:
    house.write("one.md", text("飞鱼", "青龙", "千问", day=ONE))


def _tags(house: House) -> None:
    (house.home / "config").mkdir()
    (house.home / "config" / "tags.toml").write_text(TAGS, encoding="utf-8")


def _backup(house: House) -> None:
    assert house.run("backup", str(house.folder / "kept.db")).status == 0
    shutil.rmtree(house.home)


def _nothing(house: House) -> Acknowledged:
    """No database yet, so that every migration is to come."""
    shutil.rmtree(house.home)
    return {}


def _oldest(house: House) -> Acknowledged:
    """A database that the first released version left."""
    shutil.rmtree(house.home)
    house.home.mkdir()
    with closing(sqlite3.connect(house.home / FILE)) as db:
        db.executescript(OLDEST.read_text(encoding="utf-8"))
        held = db.execute("SELECT id, bytes FROM issues JOIN revisions ON issue = id AND number = revision").fetchall()
    assert held
    return dict(held)


def _restore(house: House) -> Done:
    return house.run("restore", str(house.folder / "kept.db"))


OPERATIONS = {
    "ingest": Operation(lambda _: None, lambda house: house.ingest("next.md")),
    "correct": Operation(_correction, lambda house: house.ingest("one.md")),
    "remove": Operation(lambda _: None, lambda house: house.run("remove", "20260208")),
    "rebuild": Operation(_tags, lambda house: house.run("reindex")),
    "migrate": Operation(_nothing, lambda house: house.run("ingest", str(house.files))),
    "upgrade": Operation(_oldest, lambda house: house.ingest("next.md")),
    "restore": Operation(_backup, _restore),
}


@dataclass(frozen=True, slots=True)
class Survival:
    """What the first look and the next writer made of a killed command."""

    name: str
    point: int
    wrong: tuple[str, ...]
    seconds: float


def survivals(name: str, changes: int, others: int, system_calls: int) -> Iterator[Survival]:
    """Kill a command at so many of its calls that change something, of its others, and of those the kernel sees."""
    with temporary() as folder:
        house = House(folder / "template")
        acknowledged = run(lambda: furnish(house)).value
        other = run(lambda: OPERATIONS[name].prepare(house)).value
        acknowledged = acknowledged if other is None else other
        kinds = _kinds(house.copied(folder / "count"), name)
        injected = range(1, system_calls + 1) if shutil.which("strace") else ()
        points = [
            *_spread([point for point, kind in enumerate(kinds, 1) if kind in CHANGES], changes),
            *_spread([point for point, kind in enumerate(kinds, 1) if kind not in CHANGES], others),
            *(-7 * each for each in injected),
        ]
        for point in points:
            ended, survival = _killed(house, folder / "case", name, point, acknowledged)
            if ended == signal.SIGKILL:
                yield survival


def row(changes: int = 1_000, others: int = 30, system_calls: int = 15) -> Counted:
    """Row 1 of the table: every call that changes something."""
    seen = [each for name in OPERATIONS for each in survivals(name, changes, others, system_calls)]
    told = [f"{each.name} at {each.point}: {wrong}" for each in seen for wrong in each.wrong]
    points = dict(Counter(each.name for each in seen))
    slowest = round(max(each.seconds for each in seen), 2)
    return Counted("killed at a call", told, {"points": len(seen), "by_command": points, "slowest_s": slowest})


def _kinds(house: House, name: str) -> list[str]:
    """The calls that a command makes."""

    def work() -> list[str]:
        with harmed(0, kill) as calls:
            OPERATIONS[name].act(house)
        return calls.kinds

    made: list[str] = run(work).value
    return made


def _spread(points: list[int], most: int) -> list[int]:
    return points[:: -(-len(points) // most)]


def _killed(template: House, folder: Path, name: str, point: int, acknowledged: Acknowledged) -> tuple[int, Survival]:
    """One case; a negative point is a system call's."""
    house, act = template.copied(folder), OPERATIONS[name].act
    try:
        ended = _traced(lambda: act(house), -point) if point < 0 else _counted(lambda: act(house), point)
        began = time.monotonic()
        wrong = run(lambda: recovered(house, name, acknowledged)).value
        return ended, Survival(name, point, tuple(wrong), time.monotonic() - began)
    finally:
        shutil.rmtree(folder)


def _counted(act: Callable[[], Done], point: int) -> int:
    def work() -> None:
        with harmed(point, kill):
            act()

    return run(work).signal


def _traced(act: Callable[[], Done], point: int) -> int:
    """Kill a child at its nth system call of those that write; the child waits until it is traced."""
    waiting, go = os.pipe()

    def work() -> None:
        os.close(go)
        os.read(waiting, 1)
        act()

    child = Child(work)
    os.close(waiting)
    inject = f"inject={SYSTEM_CALLS}:signal=KILL:when={point}"
    with subprocess.Popen(
        ["strace", "-qq", "-o", "/dev/null", "-p", str(child.pid), "-e", f"trace={SYSTEM_CALLS}", "-e", inject]
    ) as tracer:
        until = time.monotonic() + 10
        while _is_untraced(child.pid) and tracer.poll() is None and time.monotonic() < until:
            time.sleep(0.001)
        os.close(go)
        return child.ended().signal


def _is_untraced(pid: int) -> bool:
    return "TracerPid:\t0\n" in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")


def recovered(house: House, name: str, acknowledged: Acknowledged) -> list[str]:
    """What is wrong before the next writer (a crash, something lost), and after it (any fault)."""
    wrong = []
    looked = house.run("search", "动态")
    if looked.crash:
        wrong.append(f"search crashed: {looked.crash}")
    if name == "restore" and house.run("stats").status != 0:
        wrong += _told("restore again", _restore(house))
    wrong += [f"{issue} lost before the next writer" for issue in house.lost(acknowledged)]
    house.write("next.md", text("玄武", "白泽", day=NEXT))
    wrong += _told("the next writer", house.ingest("next.md"))
    wrong += [f"check: {fault}" for fault in house.faults()]
    expected = acknowledged | {"20260210": (house.files / "next.md").read_bytes()}
    wrong += [f"{issue} lost" for issue in house.lost(expected)]
    if "20260210-01" not in house.found("玄武"):
        wrong.append("the next issue is not found")
    return wrong


def _told(what: str, done: Done) -> list[str]:
    return [f"{what}: {done.crash or done.err}"] if done.status else []
