"""Settings for all tests."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("default", deadline=None, max_examples=200)
settings.load_profile("default")


@pytest.fixture(autouse=True)
def given_way(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How far a command made this process nicer: noted and not done, since the tests after it would be slower."""
    noted: list[int] = []
    monkeypatch.setattr(os, "nice", noted.append)
    monkeypatch.setattr("web.priority.SESSION_FILE", Path("/nowhere"))
    return noted
