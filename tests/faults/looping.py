"""Row 2. An importer killed at random moments -> whether the next writer is quick and finds what was acknowledged."""

from __future__ import annotations

import datetime
import json
import random
import time
from pathlib import Path

from tests.faults.children import Child, run
from tests.faults.counted import Counted
from tests.faults.houses import House, temporary, text

DAYS = 20
MOST_SECONDS = 2.0
LONGEST_PAUSE = 3.0  # times what an import takes here


def row(kills: int = 300, most_seconds: float = MOST_SECONDS, seed: int = 20260208) -> Counted:
    """Row 2 of the table; a recovery that takes longer than `most_seconds` is wrong."""
    chance = random.Random(seed)
    wrong: list[str] = []
    slowest, acknowledged = 0.0, 0
    with temporary() as folder:
        house = House(folder / "house")
        house.write("next.md", text("玄武", day="2026-02-10"))
        longest = LONGEST_PAUSE * run(lambda: _recovered(house)).value[0]
        for kill in range(kills):
            child = Child(lambda kill=kill: _import(house, kill))
            time.sleep(chance.uniform(0.005, longest))
            child.kill()
            child.ended()
            seconds, told, acknowledged = run(lambda: _recovered(house)).value
            slowest = max(slowest, seconds)
            wrong += [f"kill {kill}: {each}" for each in told]
            if seconds >= most_seconds:
                wrong.append(f"kill {kill}: the recovery took {seconds:.1f} s")
    figures = {"kills": kills, "acknowledged": acknowledged, "slowest_recovery_s": round(slowest, 2)}
    return Counted("killed at random", wrong, figures)


def _import(house: House, kill: int) -> None:
    """Ingest new and corrected issues without end; write down each one that was acknowledged."""
    for number in range(1_000_000):
        day = datetime.date(2026, 3, 1) + datetime.timedelta((kill + number) % DAYS)
        content = text(f"第{kill}次第{number}篇", day=day.isoformat())
        house.write("one.md", content)
        done = house.ingest("one.md")
        if done.status:
            raise AssertionError(done.err or done.crash)
        with _acknowledged(house).open("a", encoding="utf-8") as file:
            file.write(json.dumps([f"{day:%Y%m%d}", content]) + "\n")


def _recovered(house: House) -> tuple[float, list[str], int]:
    """Seconds until the archive is in order again, what is wrong with it, how many were acknowledged so far."""
    began = time.monotonic()
    done = house.ingest("next.md")
    told = [done.crash or done.err] if done.status else []
    told += house.faults()
    seconds = time.monotonic() - began
    lines = _acknowledged(house).read_text(encoding="utf-8").splitlines() if _acknowledged(house).exists() else []
    for issue, content in map(json.loads, lines[-30:]):
        told += [f"{each} lost" for each in house.lost({issue: content.encode()})]
    return seconds, told, len(lines)


def _acknowledged(house: House) -> Path:
    return house.folder / "acknowledged"
