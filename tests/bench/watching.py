"""A server under load -> wrong answers, how soon what was ingested is found, how much memory its processes hold."""

from __future__ import annotations

import datetime
import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import DEVNULL, run
from urllib.error import URLError

from tests.bench.homes import wangqi
from tests.serving import read

ENTRIES = 12  # of an issue that comes while others search
FIRST_DAY = datetime.date(1990, 1, 1)
PATIENCE = 30  # seconds


@contextmanager
def repeated(work: Callable[[], object], every: float) -> Iterator[None]:
    """Work done again and again beside the block, one begun every so many seconds at most."""
    done = threading.Event()

    def going_on() -> None:
        while not done.is_set():
            began = time.monotonic()
            work()
            done.wait(max(0.0, began + every - time.monotonic()))

    thread = threading.Thread(target=going_on)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


class Checker:
    """Asks questions whose totals are known, and notes what is answered otherwise."""

    def __init__(self, base: str, paths: Sequence[str]) -> None:
        self._base = base
        self._known = [(path, self._total(path)) for path in paths]
        self.asked = 0
        self.wrong: list[str] = []

    def __call__(self) -> None:
        """The next question."""
        path, total = self._known[self.asked % len(self._known)]
        self.asked += 1
        try:
            found = self._total(path)
        except (URLError, OSError, ValueError, AssertionError) as error:
            self.wrong.append(f"{path}: {error}")
        else:
            if found != total:
                self.wrong.append(f"{path}: {found} instead of {total}")

    def _total(self, path: str) -> int:
        answer = json.loads(read(self._base.rstrip("/") + path))
        total: int = answer["total"]
        by_category = sum(each["count"] for each in answer["facets"]["category"])
        whole = [hit for hit in answer["hits"] if not hit["partial"]]
        if by_category != total or len(whole) != min(total, 20):
            raise ValueError(f"total {total}, by category {by_category}, {len(whole)} hits")
        return total


class Ingesting:
    """Ingests an issue of words that nothing else holds, and waits until the server finds all of it."""

    def __init__(self, base: str, home: Path, folder: Path) -> None:
        self._base, self._home, self._folder = base, home, folder
        self.seconds: list[float] = []  # of the command
        self.visible: list[float] = []  # from its end until all is found
        self.failed: list[str] = []

    def __call__(self) -> None:
        """The next issue."""
        number = len(self.seconds)
        word = "zqwx" + "".join("abcdefghij"[int(digit)] for digit in str(number))
        file = self._folder / f"{word}.md"
        file.write_text(issue(FIRST_DAY + datetime.timedelta(number), word), encoding="utf-8")
        began = time.monotonic()
        command = wangqi(self._home, "ingest", "--quiet", "--wait", "60", str(file))
        ended = run(command, check=False, stdout=DEVNULL, timeout=4 * PATIENCE, start_new_session=True).returncode
        self.seconds.append(time.monotonic() - began)
        if ended:
            self.failed.append(f"ingest of {word} ended with {ended}")
            return
        self.visible.append(self._until_found(word))

    def _until_found(self, word: str) -> float:
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            with suppress(URLError, OSError):
                if json.loads(read(f"{self._base}api/v1/search?q={word}&facets=0"))["total"] == ENTRIES:
                    return time.monotonic() - began
            time.sleep(0.02)
        self.failed.append(f"{word} was not found in {PATIENCE} s")
        return float(PATIENCE)

    def told(self) -> Mapping[str, object]:
        """For JSON."""
        return {
            "ingested": len(self.visible),
            "ingest_s_max": max(self.seconds, default=0.0),
            "visible_s_max": max(self.visible, default=0.0),
            "ingest_failed": self.failed[:5],
        }


def issue(day: datetime.date, word: str) -> str:
    """An issue of twelve entries in words of letters that no question asks."""
    entries = [f"- **{word} zqvv{n}**\n  **说明**：{word} zqvs\n  **要点**：\n    - zqvp\n" for n in range(ENTRIES)]
    return f"# zqvh ({day})\n\n**zqvk**\n\n" + "\n".join(entries)


class Memory:
    """The proportional memory (PSS, MB) of some processes together, whichever there are at the time."""

    def __init__(self, processes: Callable[[], Iterable[int]]) -> None:
        self._processes = processes
        self.seen: list[float] = []

    def __call__(self) -> None:
        """Look once."""
        self.seen.append(sum(map(_pss, self._processes())))


def servers_of(home: Path) -> list[int]:
    """The processes that serve a home."""
    known = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal())
    return [pid for pid in known if _serves(pid, home)]


def family_of(pid: int) -> Iterator[int]:
    """A process and all that it and its children began."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from family_of(int(child))


def _serves(pid: int, home: Path) -> bool:
    with suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        return str(home).encode() in words and b"serve" in words
    return False


def _pss(pid: int) -> float:
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024
    return 0.0
