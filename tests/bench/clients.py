"""Paths of a server -> how fast they are answered to so many clients at once: by wrk, or where it is not by threads."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from subprocess import PIPE, Popen
from urllib.parse import urlsplit

from tests.bench.pages import percentile

Told = dict[str, float]
SCRIPT = Path(__file__).with_name("load.lua")
PATIENCE = 60  # seconds after which an answer is an error


class Load:
    """Clients that are asking; `told` is filled in when they have been stopped."""

    def __init__(self) -> None:
        self.told: Told = {}


@contextmanager
def clients(base: str, paths: Path, many: int, most_seconds: int) -> Iterator[Load]:
    """Clients that ask as long as the block lasts."""
    load = Load()
    with (_wrk if shutil.which("wrk") else _threads)(base, paths, many, most_seconds, load):
        yield load
    load.told["requests_a_second"] = load.told["requests"] / load.told["seconds"]


@contextmanager
def _wrk(base: str, paths: Path, many: int, most_seconds: int, load: Load) -> Iterator[None]:
    command = ["wrk", "-t1", f"-c{many}", f"-d{most_seconds}s", f"--timeout={PATIENCE}s", "-s", str(SCRIPT), base]
    process = Popen(command, stdout=PIPE, text=True, env={**os.environ, "WANGQI_PATHS": str(paths)})
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)  # it tells what it has
        try:
            written, _ = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    load.told.update(json.loads(written.partition("WANGQI ")[2]))


@contextmanager
def _threads(base: str, paths: Path, many: int, most_seconds: int, load: Load) -> Iterator[None]:
    asked = paths.read_text(encoding="utf-8").splitlines()
    place, done, deadline = count(), threading.Event(), time.monotonic() + most_seconds
    times: list[float] = []
    errors: list[str] = []

    def ask() -> None:
        connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=PATIENCE)
        while not done.is_set() and time.monotonic() < deadline:
            began = time.perf_counter()
            try:
                connection.request("GET", asked[next(place) % len(asked)])
                answer = connection.getresponse()
                answer.read()
                errors.extend([str(answer.status)] if answer.status >= 400 else [])
            except (OSError, http.client.HTTPException) as error:
                errors.append(str(error))
                connection.close()
            times.append(1000 * (time.perf_counter() - began))
        connection.close()

    began = time.perf_counter()
    threads = [threading.Thread(target=ask) for _ in range(many)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join()
    load.told.update(_told(times, len(errors), time.perf_counter() - began))


def _told(times: Sequence[float], errors: int, seconds: float) -> Told:
    return {
        "requests": len(times),
        "seconds": seconds,
        "p50_ms": percentile(times, 50),
        "p99_ms": percentile(times, 99),
        "max_ms": max(times),
        "errors": errors,
    }
