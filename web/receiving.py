"""An issue that came over HTTP -> what the one writer, as a process of its own, made of it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WAIT_SECONDS = 20  # for another writer
MOST_SECONDS = 300  # for the writing itself


@dataclass(frozen=True, slots=True)
class Receipt:
    """The writer's exit status, its document (empty where it told none), and what it said on stderr."""

    status: int
    document: dict[str, Any]
    said: str


def receive(home: Path, data: bytes, series: str = "") -> Receipt:
    """Have the bytes of one issue ingested; a writer that takes too long is ended, and its work done by the next."""
    command = [sys.executable, "-m", "web", "--home", str(home), "ingest", "--json", f"--wait={WAIT_SECONDS}"]
    command += [f"--series={series}"] if series else []
    try:
        done = subprocess.run(  # noqa: S603 (ours)
            [*command, "-"], input=data, capture_output=True, check=False, timeout=MOST_SECONDS
        )
    except subprocess.TimeoutExpired:
        return Receipt(3, {}, f"写入超过 {MOST_SECONDS} 秒")
    try:
        document = json.loads(done.stdout) if done.stdout else {}
    except ValueError:
        document = {}
    return Receipt(done.returncode, document, done.stderr.decode("utf-8", "replace").strip())
