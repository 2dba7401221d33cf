"""Dates told in headings and texts."""

from __future__ import annotations

import datetime

import pytest

from archive.dates import event_date, find_date
from archive.model import Entry, KeyPoint

ISSUED = datetime.date(2026, 2, 8)  # a Sunday


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-08",
        "AI 日报 2026/2/8",
        "2026.2.8 今天是第 360 天",
        "AI 日报 2026年2月8日",
        "AI 日报 2026 年 2 月 8 日",
        "日报_20260208_v2",
        "2026_02_08",
        "AI 日报（2026－02－08）",
        "二〇二六年二月八日要闻",
        "第 193 期 2026-02-08-09",
        "2026-02-30 之后是 2026-02-08",
    ],
)
def test_a_whole_date_is_found_in_every_common_form(text: str) -> None:
    found = find_date(text)
    assert found is not None
    assert found[0] == ISSUED


@pytest.mark.parametrize(
    "text", ["AI 日报", "2月8日快讯", "2026-13-01", "2026年2月30日", "20261301", "1202602081", "v2.8"]
)
def test_without_year_or_where_impossible_there_is_no_date(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("日报 2026-02-08 晚", "2026-02-08"),
        ("2026.03.28-29 前沿", "2026.03.28-29"),
        ("2026年2月8日号外", "2026年2月8日"),
    ],
)
def test_the_span_is_the_place_of_the_date_and_of_the_range_it_begins(text: str, span: str) -> None:
    found = find_date(text)
    assert found is not None
    assert text[slice(*found[1])] == span


@pytest.mark.parametrize(
    ("numerals", "day"), [("十月十日", (10, 10)), ("十二月二十日", (12, 20)), ("一月三十一日", (1, 31))]
)
def test_chinese_numerals_are_read_with_their_tens(numerals: str, day: tuple[int, int]) -> None:
    found = find_date(f"二○二五年{numerals}")
    assert found is not None
    assert found[0] == datetime.date(2025, *day)


def told(text: str, issued: datetime.date = ISSUED) -> tuple[str, str] | None:
    found = event_date(Entry(title="某事", summary=text), issued)
    return (found.date.isoformat(), found.words) if found else None


@pytest.mark.parametrize(
    ("text", "date", "words"),
    [
        ("某部门于2月7日联合发布意见。", "2026-02-07", "2月7日"),
        ("某公司 2 月 6 号晚推出新品。", "2026-02-06", "2 月 6 号"),
        ("2026年2月7日，某院发布模型。", "2026-02-07", "2026年2月7日"),
        ("某司在 2026-02-07 开源了代码。", "2026-02-07", "2026-02-07"),
        ("今年2月7日，某院成立。", "2026-02-07", "今年2月7日"),
        ("去年12月5日，某院成立。", "2025-12-05", "去年12月5日"),
        ("本月3日，某院成立。", "2026-02-03", "本月3日"),
        ("昨日，某司发布财报。", "2026-02-07", "昨日"),
        ("某司昨晚开会。", "2026-02-07", "昨晚"),
        ("今天，某司发布新品。", "2026-02-08", "今天"),
        ("前天某司宣布停产。", "2026-02-06", "前天"),
        ("上周五，某司宣布融资。", "2026-01-30", "上周五"),
        ("本周三某司宣布融资。", "2026-02-04", "本周三"),
        ("上个星期天，某司上市。", "2026-02-01", "上个星期天"),
        ("**2月7日**，某司上市。", "2026-02-07", "2月7日"),
        ("原定2月30日的会议于2月7日举行。", "2026-02-07", "2月7日"),
        ("大会将于6月1日开幕，通知于2月5日发出。", "2026-02-05", "2月5日"),
    ],
)
def test_an_event_date_is_read_with_its_words(text: str, date: str, words: str) -> None:
    assert told(text) == (date, words)


@pytest.mark.parametrize(
    "text",
    [
        "近日，某院发布报告。",
        "某院日前发布报告。",
        "2月，某院发布报告。",
        "大会将于6月1日开幕。",
        "政策有效期至2027年1月1日。",
        "活动自2月1日至10日举行。",
        "活动2月1日—3月1日举行。",
        "截至2月7日，用户超过千万。",
        "请在2月9日前提交。",
        "6月1日起施行。",
        "2026年5月1日是下一届。",
        "2月30日没有事。",
        "2026-02-30 没有事。",
        "7日没有说是哪个月。",
        "明年1月1日见。",
        "2019年3月1日的旧闻。",
        "今日头条更新了应用。",
        "在技术进步的今天，人人都用。",
        "详见 https://a.example/2026/02/07/x 一文。",
        "明年2月29日没有。",
    ],
)
def test_what_is_vague_planned_a_range_or_long_ago_is_no_event_date(text: str) -> None:
    assert told(text) is None


def test_in_january_a_day_of_december_belongs_to_the_year_before() -> None:
    assert told("某司于12月30日发布。", datetime.date(2026, 1, 2)) == ("2025-12-30", "12月30日")


def test_in_december_a_day_of_january_two_days_ahead_belongs_to_the_next_year() -> None:
    assert told("某展1月1日开幕。", datetime.date(2025, 12, 31)) == ("2026-01-01", "1月1日")


def test_the_summary_is_asked_first_then_the_title_then_the_key_points() -> None:
    points = (KeyPoint("没有日期。"), KeyPoint("2月5日完成测试。"))
    assert event_date(Entry(title="某事", key_points=points), ISSUED).words == "2月5日"
    assert event_date(Entry(title="2月6日某事", key_points=points), ISSUED).words == "2月6日"
    assert event_date(Entry(title="2月6日某事", summary="昨天。", key_points=points), ISSUED).words == "昨天"


def test_an_entry_without_a_date_has_none() -> None:
    assert event_date(Entry(title="某事"), ISSUED) is None
