"""A file or folder -> on the disk, so that a power cut finds it."""

from __future__ import annotations

import os
from pathlib import Path


def sync(path: Path) -> None:
    """A file's bytes, or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
