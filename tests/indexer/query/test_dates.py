"""What date expressions mean on a day."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.query.dates import DateSpan, date_range, is_date, is_issue, is_upside_down

SUNDAY = datetime.date(2026, 2, 8)


def span(since: str, until: str, swapped: bool = False) -> DateSpan:
    first, last = (datetime.date.fromisoformat(day) if day else None for day in (since, until))
    return DateSpan(first, last, swapped)


@pytest.mark.parametrize(
    ("expression", "since", "until"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026年", "2026-01-01", "2026-12-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024-2", "2024-02-01", "2024-02-29"),
        ("2026/2", "2026-02-01", "2026-02-28"),
        ("2026.12", "2026-12-01", "2026-12-31"),
        ("2026年2月", "2026-02-01", "2026-02-28"),
        ("2026-02-08", "2026-02-08", "2026-02-08"),
        ("2026-2-8", "2026-02-08", "2026-02-08"),
        ("2026/2/8", "2026-02-08", "2026-02-08"),
        ("2026.2.8", "2026-02-08", "2026-02-08"),
        ("2026年2月8日", "2026-02-08", "2026-02-08"),
        ("2026年02月08号", "2026-02-08", "2026-02-08"),
        ("20260208", "2026-02-08", "2026-02-08"),
        ("1900", "1900-01-01", "1900-12-31"),
        ("2100-12-31", "2100-12-31", "2100-12-31"),
    ],
)
def test_a_written_date_is_its_days(expression, since, until):
    assert date_range(expression, SUNDAY) == span(since, until)


@pytest.mark.parametrize(
    ("expression", "since", "until"),
    [
        ("2026-02-01..2026-02-08", "2026-02-01", "2026-02-08"),
        ("2026-01..2026-02", "2026-01-01", "2026-02-28"),
        ("2026-02..2026-02-03", "2026-02-01", "2026-02-03"),
        ("2025年12月..今天", "2025-12-01", "2026-02-08"),
        ("2026.1.2..2026.2.3", "2026-01-02", "2026-02-03"),
        ("2026-02..", "2026-02-01", ""),
        ("..2026-02", "", "2026-02-28"),
        (">=2026-02", "2026-02-01", ""),
        ("≥2026-02", "2026-02-01", ""),
        (">2026-02", "2026-03-01", ""),
        ("<=2026-02", "", "2026-02-28"),
        ("≤2026-02", "", "2026-02-28"),
        ("<2026-02", "", "2026-01-31"),
        (">=上周", "2026-01-26", ""),
    ],
)
def test_a_range_includes_its_ends_unless_told_otherwise(expression, since, until):
    assert date_range(expression, SUNDAY) == span(since, until)


@pytest.mark.parametrize(
    ("expression", "since", "until"),
    [
        ("今天", "2026-02-08", "2026-02-08"),
        ("昨天", "2026-02-07", "2026-02-07"),
        ("前天", "2026-02-06", "2026-02-06"),
        ("本周", "2026-02-02", "2026-02-08"),
        ("上周", "2026-01-26", "2026-02-01"),
        ("本月", "2026-02-01", "2026-02-28"),
        ("上月", "2026-01-01", "2026-01-31"),
        ("今年", "2026-01-01", "2026-12-31"),
        ("去年", "2025-01-01", "2025-12-31"),
        ("近1天", "2026-02-08", "2026-02-08"),
        ("近30天", "2026-01-10", "2026-02-08"),
        ("近30日", "2026-01-10", "2026-02-08"),
        ("最近30天", "2026-01-10", "2026-02-08"),
        ("近1周", "2026-02-02", "2026-02-08"),
        ("近3个月", "2025-11-09", "2026-02-08"),
        ("近3月", "2025-11-09", "2026-02-08"),
        ("近2年", "2024-02-09", "2026-02-08"),
        ("近9999天", "1998-09-25", "2026-02-08"),
        ("近9999周", "1900-01-01", "2026-02-08"),
        ("近9999年", "1900-01-01", "2026-02-08"),
    ],
)
def test_a_named_date_counts_from_today(expression, since, until):
    assert date_range(expression, SUNDAY) == span(since, until)


def test_a_week_begins_on_monday():
    assert date_range("本周", datetime.date(2026, 2, 9)) == span("2026-02-09", "2026-02-15")
    assert date_range("上周", datetime.date(2026, 2, 9)) == span("2026-02-02", "2026-02-08")


def test_last_month_in_january_is_december():
    assert date_range("上月", datetime.date(2026, 1, 31)) == span("2025-12-01", "2025-12-31")


def test_months_counted_back_from_a_long_month_begin_after_the_end_of_a_short_one():
    assert date_range("近3个月", datetime.date(2026, 5, 31)) == span("2026-03-01", "2026-05-31")


@pytest.mark.parametrize(
    ("expression", "since", "until"),
    [
        ("2月8日", "2026-02-08", "2026-02-08"),
        ("2月8号", "2026-02-08", "2026-02-08"),
        ("02-08", "2026-02-08", "2026-02-08"),
        ("2/9", "2025-02-09", "2025-02-09"),
        ("2.9", "2025-02-09", "2025-02-09"),
        ("2月", "2026-02-01", "2026-02-28"),
        ("3月", "2025-03-01", "2025-03-31"),
        ("2月29日", "2024-02-29", "2024-02-29"),
        ("12-01..2-8", "2025-12-01", "2026-02-08"),
    ],
)
def test_a_date_without_a_year_is_the_last_one_not_in_the_future(expression, since, until):
    assert date_range(expression, SUNDAY) == span(since, until)


@pytest.mark.parametrize(
    ("expression", "same"),
    [
        ("２０２６－０２－０８", "2026-02-08"),
        ("２０２６／２", "2026/2"),
        ("＞＝２０２６", ">=2026"),
        ("近３０天", "近30天"),
        (" 2026 年 2 月 8 日\u3000", "2026年2月8日"),
        ("近 30 天", "近30天"),
        ("2026-01 .. 2026-02", "2026-01..2026-02"),
    ],
)
def test_width_and_white_space_do_not_matter(expression, same):
    assert date_range(expression, SUNDAY) == date_range(same, SUNDAY) is not None


@pytest.mark.parametrize(
    ("expression", "since", "until"),
    [
        ("2026-02-08..2026-02-01", "2026-02-01", "2026-02-08"),
        ("2026-03..2026-01", "2026-01-01", "2026-03-31"),
        ("今天..昨天", "2026-02-07", "2026-02-08"),
    ],
)
def test_an_upside_down_range_is_swapped_and_says_so(expression, since, until):
    assert date_range(expression, SUNDAY) == span(since, until, swapped=True)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("2026-03..2026-01", True),
        ("2026-01..2026-03", False),
        ("2026-03..今天", False),
        ("2026", False),
        ("人工智能", False),
    ],
)
def test_a_range_is_upside_down_only_where_the_day_does_not_matter(expression, expected):
    assert is_upside_down(expression) is expected


@pytest.mark.parametrize(
    "expression",
    [
        *("", " ", "..", ">=", "人工智能", "智能..", "..智能", "2026-02..智能", ">=智能", ">=2026..", "近30天后"),
        *("2026-02-30", "2025年2月29日", "2026-13", "2026-00", "2026-00-05", "2026-02-00", "2月30日", "13月", "00-08"),
        *("1899", "2101", "999", "202602", "202602080", "2026-2/8", "2026年2月8", "26-02", "30", "8日", "2026..."),
        *("近0天", "近30", "近天", "近99999天", "近三天", "明天", "12:30", "2.5.1", "٢٠٢٦", "2026-02-08" + " " * 60),
    ],
)
def test_anything_else_is_no_date_expression(expression):
    assert date_range(expression, SUNDAY) is None
    assert not is_date(expression)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("20260208", True), ("20260208b", True), ("20260208B", True), ("２０２６０２０８", True), ("2026-02", True)),
        *(("20260230b", False), ("20260208bb", False), ("193", False), ("第193期", False)),
    ],
)
def test_an_issue_is_an_id_or_a_date(text, expected):
    assert is_issue(text) is expected


_PIECES = ["2026", "2", "08", "29", "-", "/", ".", "..", "年", "月", "日", ">", "=", "近", "个", "天", "今天", "上周"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(_PIECES), max_size=8).map("".join) | st.text(max_size=12),
    st.dates(datetime.date(1910, 1, 1), datetime.date(2100, 12, 31)),
)
def test_whether_something_is_a_date_does_not_depend_on_the_day(expression, today):
    found = date_range(expression, today)
    assert is_date(expression) == (found is not None)
    if found and found.since and found.until:
        assert found.since <= found.until
