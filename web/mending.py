"""A server that sees its index behind, or unusable -> one writer, as a process of its own, that mends it."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

from archive import lock

PAUSE_SECONDS = 10.0  # between two writers, so that what cannot be mended is not tried at every request


class Mender:
    """Starts `wangqi check --repair` for a home, never two at a time and never beside another writer."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._asking = threading.Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._started = -PAUSE_SECONDS

    def ask(self) -> bool:
        """Have the index mended; False where that is under way, was tried just now, or another writer is at work."""
        with self._asking:
            if self._running and self._running.poll() is None:
                return False
            if time.monotonic() - self._started < PAUSE_SECONDS or lock.holder(self._home):
                return False
            self._started = time.monotonic()
            command = [sys.executable, "-m", "web", "--home", str(self._home), "check", "--repair", "--json"]
            self._running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 (ours)
            return True
