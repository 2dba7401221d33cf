"""Joining: one event on near days is one story; what has a number or a name of its own is not."""

from __future__ import annotations

import datetime
from itertools import combinations

import pytest
from factories import DAY, entry, issue
from hypothesis import given
from hypothesis import strategies as st

from archive.joining import WINDOW, joins, reports, stories
from archive.likeness import Report, tell_one_event

TOLD = "示例公司发布开源语音模型 Sample Voice"
AGAIN = "示例公司开源语音模型 Sample Voice 发布"
MATTER = "示例公司在大会上发布并开源了语音模型 Sample Voice，支持二十种语言，可在手机上运行。"


def told(title=TOLD, address="https://one.example.com/news/1", text=MATTER):
    return entry(title, summary=text, source=("", address) if address else None)


def at(days, *entries, taken=0):
    return issue(*entries, day=DAY + datetime.timedelta(days=days), taken=taken)


def are_joined(one, other, days=1):
    return bool(list(joins([at(0, one), at(days, other)])))


def test_the_same_page_cited_on_two_days_is_one_event():
    page = "https://one.example.com/news/1"
    assert are_joined(told(address=page), told("另一种说法", page + "?utm_source=rss", ""))


def test_two_outlets_that_tell_the_same_are_joined():
    assert are_joined(told(), told(AGAIN, "https://two.example.org/a/2"))


def test_two_reports_without_sources_are_joined_by_their_words():
    assert are_joined(told(address=""), told(AGAIN, ""))


def test_a_title_in_ideographs_alone_is_joined_by_who_it_names():
    title, text = "月下科技完成新一轮融资", "月下科技宣布完成新一轮融资，由远山资本领投。"
    assert are_joined(told(title, text=text), told(title, "https://two.example.org/2", text))


def test_a_work_in_title_marks_joins_what_names_it():
    text = "研究团队发表长文，谈智能体的记忆与规划，附有代码与数据。"
    one = told("新书《智能体的记忆》出版了", text=text)
    assert are_joined(one, told("出版社推出新书《智能体的记忆》", "https://two.example.org/2", text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示例公司发布 Qwen 3 模型", "示例公司发布 Qwen 3.5 模型"),
        ("月下科技完成 2 亿元融资", "月下科技完成 3 亿元融资"),
        ("用 WinApps 运行桌面软件", "用 WinBoat 运行桌面软件"),
        ("月下科技完成新一轮融资", "云上机器完成新一轮融资"),
        ("示例公司发布新模型", "一本讲海洋的书"),
    ],
)
def test_the_same_words_of_another_matter_are_not_joined(one, other):
    assert not are_joined(told(one, text=one), told(other, "https://two.example.org/2", text=other))


def test_a_column_of_one_outlet_is_not_one_event():
    assert not are_joined(told(), told(AGAIN, "https://one.example.com/news/2"))


def test_alike_titles_over_other_texts_are_not_joined():
    other = told(
        "示例公司谈语音模型的将来", "https://two.example.org/2", "访谈：公司的历史、文化与招聘，以及创始人的童年。"
    )
    assert not are_joined(told("示例公司发布语音模型"), other)


@pytest.mark.parametrize(
    "page", ["https://code.example.com", "https://code.example.com/trending", "https://x.example/blog"]
)
def test_a_page_that_lists_tells_no_single_event(page):
    assert not are_joined(told("今日热门甲", page, "甲"), told("另有一事", page, "乙"))


def test_an_address_that_three_entries_of_an_issue_cite_joins_nothing():
    page = "https://one.example.com/week/12"
    three = [told(title, page, title) for title in ("甲事", "乙物", "丙人")]
    assert not list(joins([at(0, *three), at(1, told("丁书", page, "丁书"))]))


def test_entries_of_one_issue_are_never_joined():
    assert not list(joins([at(0, told(), told())]))


def test_events_end():
    assert are_joined(told(), told(), days=WINDOW.days)
    assert not are_joined(told(), told(), days=WINDOW.days + 1)


def test_of_changed_issues_only_their_pairs_are_made():
    days = [at(n, told()) for n in range(3)]
    made = {(one.id, other.id) for one, other in joins(days, {"20260209"})}
    assert made == {("20260208-01", "20260209-01"), ("20260209-01", "20260210-01")}


PIECES = ("示例公司", "月下科技", "发布", "开源", "语音模型", "融资", "Qwen", "Voice", "3", "3.5", "2 亿元", "《长文》")
PAGES = (
    "https://one.example.com/1",
    "https://two.example.org/2",
    "https://two.example.org/3",
    "https://x.example/blog",
)
ENTRIES = st.builds(
    lambda title, page, text: told(" ".join(title), page, text),
    st.lists(st.sampled_from(PIECES), max_size=5),
    st.none() | st.sampled_from(PAGES),
    st.sampled_from((MATTER, "")),
)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.lists(ENTRIES, min_size=1, max_size=4)), max_size=6),
    st.none() | st.sets(st.integers(0, 5)),
)
def test_no_pair_is_missed_by_looking_only_at_reports_that_share_something(drawn, changed):
    in_order = sorted(drawn, key=lambda each: each[0])
    issues = [at(days, *entries, taken=number) for number, (days, entries) in enumerate(in_order)]
    named = None if changed is None else {issues[number].id for number in changed if number < len(issues)}
    every = [
        (one.id, other.id)
        for before, after in combinations(issues, 2)
        if after.date - before.date <= WINDOW and (named is None or {before.id, after.id} & named)
        for one in reports(before)
        for other in reports(after)
        if tell_one_event(one, other)
    ]
    assert sorted((one.id, other.id) for one, other in joins(issues, named)) == sorted(every)


def test_pairs_lead_from_the_first_report_to_the_last():
    made = stories(
        [("20260209-02", "20260209b-100"), ("20260209b-100", "20260209b-99"), ("20260207-01", "20260208-01")]
    )
    assert made == [("20260207-01", "20260208-01"), ("20260209-02", "20260209b-99", "20260209b-100")]
    assert stories([]) == []


@given(pairs=st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9))))
def test_being_of_one_story_is_an_equivalence(pairs):
    made = stories((f"20260208-{one:02}", f"20260209-{other:02}") for one, other in pairs)
    flat = [each for told in made for each in told]
    assert len(flat) == len(set(flat))
    named = {name for one, other in pairs for name in (f"20260208-{one:02}", f"20260209-{other:02}")}
    assert set(flat) == named
    assert made == stories((f"20260209-{other:02}", f"20260208-{one:02}") for one, other in reversed(pairs))


def test_an_unrelated_issue_changes_no_story():
    days = [at(0, told()), at(1, told(AGAIN, "https://two.example.org/2"))]
    unrelated = at(1, entry("一本讲海洋的书", source=("", "https://sea.example.net/9")), taken=1)
    pairs = [(one.id, other.id) for one, other in joins(days)]
    assert pairs == [(one.id, other.id) for one, other in joins([*days, unrelated])] == [("20260208-01", "20260209-01")]


def test_who_tells_is_the_host_or_the_name():
    named = entry("甲", source=("示例日报", ""))
    assert Report(named, at(0, named)).outlets == {"示例日报"}
