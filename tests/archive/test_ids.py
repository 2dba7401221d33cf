"""Ids as people cite them."""

from __future__ import annotations

import datetime

import pytest

from archive.ids import entry_id, issue_id, order, parts, point_id

DAY = datetime.date(2026, 2, 8)


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        (0, "20260208"),
        (1, "20260208b"),
        (2, "20260208c"),
        (25, "20260208z"),
        (26, "20260208aa"),
        (27, "20260208ab"),
        (52, "20260208ba"),
    ],
)
def test_further_series_of_a_day_have_letters(taken: int, expected: str) -> None:
    assert issue_id(DAY, taken) == expected


def test_no_two_issues_of_a_day_share_an_id() -> None:
    assert len({issue_id(DAY, taken) for taken in range(1000)}) == 1000


def test_an_entrys_number_has_two_digits_at_least() -> None:
    assert entry_id("20260208", 3) == "20260208-03"
    assert entry_id("20260208b", 123) == "20260208b-123"


def test_a_key_points_number_follows_a_dot() -> None:
    assert point_id("20260208-03", 12) == "20260208-03.12"


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("20260208", ("20260208", 0, 0)),
        ("20260208b", ("20260208b", 0, 0)),
        ("20260208-03", ("20260208", 3, 0)),
        ("20260208b-123.10", ("20260208b", 123, 10)),
        ("20260208.2", None),
        ("20260208-3", None),
        ("2026-02-08", None),
        ("20260208-03.", None),
        ("20260208-03\n", None),
        ("２０２６０２０８", None),
        ("20260208B", None),
        ("", None),
    ],
)
def test_an_id_has_parts_and_other_words_have_none(identifier: str, expected: tuple[str, int, int] | None) -> None:
    assert parts(identifier) == expected


def test_ids_sort_as_their_numbers_go() -> None:
    ids = ["20260208-100", "20260208-99.10", "20260208-99.9", "20260208-99", "20260207", "天"]
    assert sorted(ids, key=order) == [
        "20260207",
        "20260208-99",
        "20260208-99.9",
        "20260208-99.10",
        "20260208-100",
        "天",
    ]
