"""Row 1, short: commands killed at some of their calls."""

from __future__ import annotations

import pytest

from tests.faults.killing import survivals


@pytest.mark.parametrize("name", ["ingest", "correct"])
def test_a_command_killed_at_any_call_leaves_what_the_next_writer_mends(name: str) -> None:
    seen = list(survivals(name, step=499))
    assert len(seen) >= 2
    assert [each for each in seen if each.wrong] == []
