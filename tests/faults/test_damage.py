"""Row 4, short: an index damaged on disk."""

from __future__ import annotations

from tests.faults import damage


def test_a_damaged_index_is_never_opened_and_the_next_writer_rebuilds_it() -> None:
    counted = damage.row(cut=6, flipped=12)
    assert counted.wrong == []
    assert int(str(counted.figures["cases"])) >= 28
