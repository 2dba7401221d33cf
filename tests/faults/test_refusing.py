"""Row 3, short: a disk that refuses."""

from __future__ import annotations

from tests.faults import refusing


def test_a_refusal_is_told_in_a_sentence_and_the_old_data_are_served_on() -> None:
    counted = refusing.row(most=1, levels=3, requests=2)
    assert counted.wrong == []
    assert int(str(counted.figures["cases"])) >= 24
