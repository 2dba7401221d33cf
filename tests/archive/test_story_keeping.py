"""Stories are kept beside the entries, and follow what comes, changes and goes."""

from __future__ import annotations

import datetime
from itertools import permutations

import pytest
from factories import DAY, entry, incoming

from archive.joining import join
from archive.store import Reader

PAGE = ("", "https://one.example.com/news/1")


def told(title="示例公司发布模型", source=PAGE):
    return entry(title, source=source)


def kept(writer, *entries, days=0, series="示例动态", force=False):
    day = DAY + datetime.timedelta(days=days)
    return writer.keep(incoming(*entries, day=day, series=series), force=force).issue.id


def other(title="一本讲海洋的书"):
    return entry(title, source=("", "https://sea.example.net/" + title))


def test_an_entry_leads_to_all_reports_of_its_event(writer):
    for days in (0, 6, 12):
        kept(writer, other(f"别的事{days}"), told(), days=days)
    join(writer)
    whole = ("20260208-02", "20260214-02", "20260220-02")
    assert all(writer.reader.story(each) == whole for each in whole)
    assert writer.reader.story("20260208-01") == ("20260208-01",)
    assert writer.reader.joins() == [whole[:2], whole[1:]]


@pytest.mark.parametrize("order", list(permutations((0, 5, 10))))
@pytest.mark.parametrize("each_time", [True, False])
def test_it_does_not_matter_in_what_order_issues_come(writer, order, each_time):
    for days in order:
        kept(writer, told(), days=days)
        if each_time:
            join(writer)
    join(writer)
    assert writer.reader.story("20260213-01") == ("20260208-01", "20260213-01", "20260218-01")


def test_what_was_compared_is_not_compared_again(writer, monkeypatch):
    kept(writer, told())
    kept(writer, told(), days=1)
    assert set(writer.reader.to_join()) == {"20260208", "20260209"}
    join(writer)
    assert writer.reader.to_join() == {}
    monkeypatch.setattr(writer.stories, "keep", None)  # which would raise
    join(writer)
    monkeypatch.undo()
    writer.stories.compare_anew(writer.reader.issue_ids())
    assert set(writer.reader.to_join()) == {"20260208", "20260209"}
    join(writer)
    assert writer.reader.joins() == [("20260208-01", "20260209-01")]


def test_a_revision_that_tells_of_something_else_leaves_the_story(writer):
    kept(writer, told(), other())
    kept(writer, told("另有说法"), days=1)
    join(writer)
    assert len(writer.reader.story("20260209-01")) == 2
    kept(writer, entry("示例公司发布模型", source=("", "https://two.example.org/9")), other())
    join(writer)
    assert writer.reader.story("20260209-01") == ("20260209-01",)


def test_a_withdrawn_entry_leaves_its_story_and_still_leads_there(writer):
    kept(writer, told(), other())
    for days in (1, 2):
        kept(writer, told(), days=days)
    join(writer)
    kept(writer, other())
    join(writer)
    assert writer.reader.story("20260209-01") == ("20260209-01", "20260210-01")
    assert writer.reader.story("20260208-01") == ("20260208-01", "20260209-01", "20260210-01")
    assert writer.reader.joins() == [("20260209-01", "20260210-01")]
    kept(writer, told(), other())
    join(writer)
    assert writer.reader.story("20260209-01") == ("20260208-01", "20260209-01", "20260210-01")


def test_a_removed_issue_leaves_its_stories_and_returns_to_them(writer):
    kept(writer, told())
    kept(writer, told(), days=1)
    join(writer)
    writer.remove("20260208")
    join(writer)
    assert writer.reader.story("20260209-01") == ("20260209-01",)
    assert writer.reader.joins() == []
    kept(writer, told())
    join(writer)
    assert writer.reader.story("20260209-01") == ("20260208-01", "20260209-01")


def test_what_is_erased_leads_nowhere(writer):
    kept(writer, told())
    kept(writer, told(), days=1)
    join(writer)
    writer.remove("20260208")
    join(writer)
    writer.erase("20260208")
    assert writer.reader.story("20260208-01") == ("20260208-01",)


@pytest.mark.parametrize("day", [datetime.date(1000, 1, 1), datetime.date.max])
def test_the_last_of_days_is_compared_too(writer, day):
    writer.keep(incoming(told(), day=day))
    writer.keep(incoming(told(), day=day, series="第二动态"))
    join(writer)
    assert len(writer.reader.joins()) == 1


def test_a_reader_sees_the_stories_of_the_writer(writer, home):
    kept(writer, told())
    kept(writer, told(), days=1)
    join(writer)
    reader = Reader.open(home)
    assert reader.story("20260209-01") == ("20260208-01", "20260209-01")
    reader.close()
