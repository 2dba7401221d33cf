"""`python -m tests.bench.load --size 10000`: the real server under many clients, quiet, and while it is written to.

One JSON line each: pages and API, 1 and 16 clients; then 16 clients while an issue is ingested every second and a
rebuild is switched in, with a client that knows what some totals must be; the memory of all server processes; `wangqi
search` from the shell. Exit status 1 after an error, a wrong answer, or an issue not found. The home is a copy; the 180
questions are all different, no request is conditional.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from subprocess import DEVNULL, Popen, run
from typing import Any
from urllib.parse import urlencode

from tests.bench.clients import clients
from tests.bench.homes import SAMPLES, furnished, wangqi
from tests.bench.prepared import prepare
from tests.bench.questions import Question, drawn
from tests.bench.reporting import rounded
from tests.bench.watching import Checker, Ingesting, Memory, repeated, servers_of
from tests.serving import read, served
from web.services import Services

KINDS = {"page": "/search?", "api": "/api/v1/search?"}
DRAWN_FROM = 2000  # entries
KNOWN = 40  # questions whose totals are checked
LONGEST = 900  # seconds for a rebuild
PATIENCE = 60  # seconds, until an ingest has ended
RESTED = 3  # seconds, until a server has given back what it can do without
SHELL = ("千问", "人工智能 开源", '"具身智能"', "OpenAI", "机器人 融资", "GPT*", "大模型")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, its home, and files of paths by kind."""

    base: str
    home: Path
    folder: Path
    paths: dict[str, Path]
    queries: Sequence[str]


def query(question: Question) -> str:
    """A question as the parameters of a URL."""
    days = {"from": question.since, "to": question.until}
    asked = {"q": question.text, "category": question.category, **{name: day for name, day in days.items() if day}}
    return urlencode({**asked, **({"sort": "newest"} if question.kind == "newest" else {})})


def quiet(server: Server, kind: str, many: int, seconds: float) -> dict[str, Any]:
    """Clients alone, once each path has been asked."""
    with clients(server.base, server.paths[kind], many, int(seconds) + 60) as load:
        time.sleep(seconds)
    return {"phase": "quiet", "what": kind, "clients": many, **load.told}


def busy(server: Server, kind: str, many: int, after: float) -> dict[str, Any]:
    """Clients while issues come in and everything is indexed anew, until so many seconds after the switch."""
    checker = Checker(server.base, [f"{KINDS['api']}{each}" for each in server.queries[:KNOWN]])
    ingesting, memory = Ingesting(server.base, server.home, server.folder), Memory(partial(servers_of, server.home))
    with ExitStack() as beside:
        load = beside.enter_context(clients(server.base, server.paths[kind], many, LONGEST + 60))
        for work, every in ((checker, 0.1), (ingesting, 1.0), (memory, 0.5)):
            beside.enter_context(repeated(work, every))
        began = time.monotonic()
        ended = _reindexed(server.home)
        seconds = time.monotonic() - began
        time.sleep(after)
    wrong = {"checked": checker.asked, "wrong": len(checker.wrong), "wrong_answers": checker.wrong[:5]}
    told = {"phase": "busy", "what": kind, "clients": many, **load.told, **wrong, **ingesting.told()}
    return {**told, "reindex_s": seconds, "reindex_status": ended, "pss_mb_max": max(memory.seen)}


def _reindexed(home: Path) -> int:
    process = Popen(
        wangqi(home, "reindex", "--only-index", "--quiet", "--wait", str(PATIENCE)),
        stdout=DEVNULL,
        stderr=DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(LONGEST)
    finally:
        process.kill()
        process.wait()


def steady(server: Server) -> dict[str, Any]:
    """The memory of a server that has answered everything, and gives back once a second what it can do without."""
    memory = Memory(partial(servers_of, server.home))
    time.sleep(RESTED)
    for _ in range(5):
        memory()
    return {"what": "memory", "pss_mb_steady": median(memory.seen)}


def shell(home: Path, times: int) -> dict[str, Any]:
    """`wangqi search` as a process of its own: the clock."""
    seconds = []
    for number in range(times):
        began = time.perf_counter()
        run(wangqi(home, "search", SHELL[number % len(SHELL)]), check=True, stdout=DEVNULL, stderr=DEVNULL)
        seconds.append(time.perf_counter() - began)
    return {"what": "command", "times": times, "search_s": median(seconds), "search_s_max": max(seconds)}


def lines(
    home: Path, folder: Path, many: Sequence[int], seconds: float, each: int, shells: int = len(SHELL)
) -> Iterator[dict[str, Any]]:
    """Everything that is measured of one home, which is changed."""
    services = Services(home)
    prepare(home, folder / "prepared.db", services.segmenter, DRAWN_FROM)
    queries = list(dict.fromkeys(map(query, drawn(folder / "prepared.db", services.segmenter, each))))
    paths = {kind: folder / kind for kind in KINDS}
    for kind, file in paths.items():
        file.write_text("".join(f"{KINDS[kind]}{each}\n" for each in queries), encoding="utf-8")
    yield shell(home, shells)
    with served(wangqi(home, "serve", "--port", "0"), seconds=3600) as base:
        server = Server(base, home, folder, paths, queries)
        for path in (f"{start}{each}" for start in KINDS.values() for each in queries):
            read(base.rstrip("/") + path)
        yield steady(server)
        for kind in KINDS:
            for number in many:
                yield quiet(server, kind, number, seconds)
        yield busy(server, "page", max(many), seconds)
        yield steady(server)


def failed(line: dict[str, Any]) -> bool:
    """Whether something went wrong, however fast."""
    return bool(line.get("errors") or line.get("wrong") or line.get("ingest_failed") or line.get("reindex_status"))


def main() -> int:
    """Copy a home, serve it, load it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load")
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--corpus", type=Path, default=SAMPLES)
    parser.add_argument("--homes", type=Path, help="where homes by size are kept, and made where missing")
    parser.add_argument("--clients", default="1,16")
    parser.add_argument("--seconds", type=float, default=15, help="of each quiet measurement")
    parser.add_argument("--questions", type=int, default=20, help="of each of nine kinds")
    asked = parser.parse_args()
    good = True
    with tempfile.TemporaryDirectory(prefix="wangqi-load-") as scratch:
        kept = furnished((asked.homes or Path(scratch) / "homes") / str(asked.size), asked.corpus, asked.size)
        home = Path(shutil.copytree(kept, Path(scratch) / "home"))
        many = [int(each) for each in asked.clients.split(",")]
        for line in lines(home, Path(scratch), many, asked.seconds, asked.questions):
            good &= not failed(line)
            print(json.dumps({"size": asked.size, **rounded(line)}, ensure_ascii=False), flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
