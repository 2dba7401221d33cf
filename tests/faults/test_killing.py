"""Rows 1 and 2, short: commands killed at some of their calls, and an importer at random."""

from __future__ import annotations

import math

import pytest

from tests.faults import looping
from tests.faults.killing import OPERATIONS, survivals


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_command_killed_at_any_call_leaves_what_the_next_writer_mends(name: str) -> None:
    seen = list(survivals(name, changes=8, others=4, system_calls=3))
    assert len(seen) >= 8
    assert [each for each in seen if each.wrong] == []


def test_an_importer_killed_at_random_loses_nothing_it_acknowledged() -> None:
    counted = looping.row(kills=12, most_seconds=math.inf)  # no test asserts a time
    assert counted.wrong == []
    assert counted.figures["acknowledged"]
