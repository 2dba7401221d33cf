"""A home with a writer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.store import Writer


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home's folder, not made yet; its name needs quoting in an address."""
    return tmp_path / "家 50%#?"


@pytest.fixture
def writer(home: Path) -> Iterator[Writer]:
    """The writer of an empty archive."""
    opened = Writer.open(home)
    yield opened
    opened.close()
