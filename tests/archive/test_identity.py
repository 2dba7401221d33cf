"""Permanent ids: what a revision recognises keeps its id, what is new is numbered onward."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from factories import entry, issue
from hypothesis import given
from hypothesis import strategies as st
from timing import grows_linearly

from archive.identity import HeldIssue, identified
from archive.model import Entry, Issue, KeyPoint
from archive.text import fold

LONG = "模型在多个基准上超过此前最好的结果并已向开发者开放接口"


def revised(before: Issue, *entries: Entry | str, withdrawn: tuple[Entry, ...] = ()) -> list[str]:
    """The numbers that the entries of a revision get."""
    after = identified(fresh(*entries), HeldIssue(before.entries, withdrawn))
    return [each.id.removeprefix("20260208-") for each in after.entries]


def fresh(*entries: Entry | str) -> Issue:
    """An issue without ids below its own."""
    read = tuple(each if isinstance(each, Entry) else bare(each) for each in entries)
    return replace(issue(), entries=read)


def bare(title: str, **changes: object) -> Entry:
    """An entry without a source."""
    return entry(title, source=None, **changes)


def points(*texts: str, held: tuple[str, ...], withdrawn: tuple[KeyPoint, ...] = ()) -> list[str]:
    """The numbers that the key points of a revised entry get."""
    before = issue(bare("甲", points=held))
    after = identified(fresh(bare("甲", points=texts)), HeldIssue(before.entries, (), withdrawn))
    return [each.id.removeprefix("20260208-01.") for each in after.entries[0].key_points]


ABC = issue(bare("千问发布"), bare("飞鱼上线"), bare("新规出台"))


def test_a_first_revision_is_numbered_in_order() -> None:
    assert revised(issue(), "甲", "乙", "丙") == ["01", "02", "03"]


def test_what_is_inserted_above_is_numbered_onward() -> None:
    assert revised(ABC, "灯塔落成", "千问发布", "飞鱼上线", "新规出台") == ["04", "01", "02", "03"]


def test_what_follows_a_deleted_entry_keeps_its_number() -> None:
    assert revised(ABC, "千问发布", "新规出台") == ["01", "03"]


def test_a_retitled_entry_with_its_own_address_keeps_its_id() -> None:
    before = issue(
        entry("千问发布", source=("报", "https://a.example/1")), entry("飞鱼", source=("报", "https://a.example/2"))
    )
    again = entry("阿里推出全新体系", source=("报", "http://www.a.example/1/?utm_source=x"))
    assert revised(before, entry("飞鱼", source=("报", "https://a.example/2")), again) == ["02", "01"]


def test_an_address_that_several_entries_share_tells_nothing() -> None:
    before = issue(entry("千问发布"), entry("飞鱼上线"))
    assert revised(before, entry("全然不同的一条")) == ["03"]
    assert revised(issue(entry("千问发布")), entry("全然不同"), entry("另外一件")) == ["02", "03"]


def test_a_retitled_entry_without_address_is_known_by_its_text() -> None:
    before = issue(bare("千问发布", summary=LONG), bare("飞鱼上线"))
    assert revised(before, bare("飞鱼上线"), bare("千问再发布", summary=LONG)) == ["02", "01"]


def test_the_most_similar_text_is_taken_first() -> None:
    before = issue(bare("甲公司", summary=LONG), bare("乙公司", summary=f"{LONG}，价格不变"))
    after = (bare("丙公司", summary=f"{LONG}，价格不变"), bare("丁公司", summary=LONG))
    assert revised(before, *after) == ["02", "01"]


def test_a_text_that_shares_too_little_is_new() -> None:
    before = issue(bare("千问发布", summary=LONG))
    assert revised(before, bare("千问发布会", summary="会场设在杭州，门票已经售完，观众可看直播")) == ["02"]


def test_entries_that_swap_places_keep_their_ids() -> None:
    assert revised(ABC, "新规出台", "飞鱼上线", "千问发布") == ["03", "02", "01"]


def test_one_part_of_a_split_entry_keeps_its_id() -> None:
    before = issue(bare("千问发布", summary=LONG))
    after = (bare("接口开放", summary="会场设在杭州，门票已经售完"), bare("千问发布", summary=LONG[:14]))
    assert revised(before, *after) == ["02", "01"]


def test_an_entry_that_moves_to_another_category_keeps_its_id() -> None:
    assert revised(ABC, bare("飞鱼上线", category="产品"), "千问发布") == ["02", "01"]


def test_a_title_is_compared_folded() -> None:
    assert revised(issue(bare("結構 ＡＩ")), "灯", "结构 ai") == ["02", "01"]


def test_equal_titles_are_told_apart_by_address() -> None:
    first, second = (entry("快讯", source=("报", f"https://a.example/{n}")) for n in (1, 2))
    assert revised(issue(first, second), second, first) == ["02", "01"]


def test_equal_titles_without_address_are_matched_in_order() -> None:
    before = issue(bare("快讯"), bare("快讯"))
    assert revised(before, "快讯", "快讯", "快讯") == ["01", "02", "03"]
    assert revised(before, "快讯") == ["01"]


def test_the_same_title_goes_before_the_same_address() -> None:
    before = issue(
        entry("千问发布", source=("报", "https://a.example/1")), entry("飞鱼", source=("报", "https://a.example/2"))
    )
    assert revised(before, entry("飞鱼", source=("报", "https://a.example/1"))) == ["02"]


def test_what_comes_back_after_withdrawal_gets_its_id_back() -> None:
    current = issue(bare("千问发布"))
    gone = replace(bare("飞鱼上线"), id="20260208-02")
    assert revised(current, "飞鱼上线", "千问发布", withdrawn=(gone,)) == ["02", "01"]


def test_the_current_entries_are_recognised_before_the_withdrawn_ones() -> None:
    gone = replace(bare("千问发布"), id="20260208-09")
    assert revised(issue(bare("千问发布")), "千问发布", "千问发布", withdrawn=(gone,)) == ["01", "09"]


def test_a_number_is_never_used_again() -> None:
    gone = replace(bare("飞鱼上线"), id="20260208-120")
    assert revised(issue(bare("千问发布")), "千问发布", "灯", withdrawn=(gone,)) == ["01", "121"]


def test_key_points_keep_their_numbers_wherever_they_stand() -> None:
    assert points("丙丙", "甲甲", "新的", held=("甲甲", "乙乙", "丙丙")) == ["3", "1", "4"]


def test_a_key_point_that_is_reworded_is_known_by_its_text() -> None:
    assert points("另外一件事", f"{LONG}。", held=(LONG, "乙乙")) == ["3", "1"]


def test_equal_key_points_are_matched_in_order() -> None:
    assert points("甲", "甲", "甲", held=("甲", "甲")) == ["1", "2", "3"]


def test_a_key_point_that_comes_back_gets_its_number_back() -> None:
    gone = (KeyPoint("乙乙", "20260208-01.2"), KeyPoint("丁丁", "20260208-010.7"))
    assert points("乙乙", "丁丁", "甲甲", held=("甲甲",), withdrawn=gone) == ["2", "3", "1"]


def test_nothing_but_the_ids_changes() -> None:
    read = fresh(bare("甲", points=("一", "二")), "乙")
    named = identified(read, HeldIssue())
    unnamed = tuple(
        replace(each, id="", key_points=tuple(replace(point, id="") for point in each.key_points))
        for each in named.entries
    )
    assert replace(named, entries=unnamed) == read


def test_texts_are_compared_in_time_that_grows_as_they_do() -> None:
    def compare(size: int) -> None:
        before = issue(*(bare(f"{n}号", summary=(LONG * size)[n:size]) for n in range(5)))
        assert revised(before, *(bare(f"第{n}", summary=(LONG[::-1] * size)[n:size]) for n in range(5)))

    assert grows_linearly(compare, 500)  # difflib's ratio does not


entries = st.builds(
    lambda title, summary, n, texts: entry(
        title, summary=summary, points=texts, source=("报", f"https://a.example/{n}") if n else None
    ),
    st.sampled_from(["千问", "飞鱼", "飛魚", "新规", "灯塔", "快讯", "快 讯"]),
    st.sampled_from(["", "短", LONG, LONG[3:]]),
    st.integers(0, 3),
    st.lists(st.sampled_from(["甲", "乙", LONG]), max_size=3),
)
revisions = st.lists(st.lists(entries, max_size=5), min_size=1, max_size=11)  # corrected up to ten times


@given(revisions)
def test_through_all_revisions_ids_stay_unique_and_titles_keep_theirs(history: list[list[Entry]]) -> None:
    current: tuple[Entry, ...] = ()
    ever: dict[str, Entry] = {}
    for read in history:
        gone = tuple(each for name, each in ever.items() if name not in {held.id for held in current})
        after = identified(fresh(*read), HeldIssue(current, gone)).entries
        assert len({each.id for each in after}) == len(after)
        named = [point.id for each in after for point in each.key_points]
        assert len(set(named)) == len(named)
        assert all(point.id.startswith(f"{each.id}.") for each in after for point in each.key_points)
        assert kept_titles(current, after)
        ever |= {each.id: each for each in after}
        current = after


def kept_titles(before: tuple[Entry, ...], after: tuple[Entry, ...]) -> bool:
    """Whether each title that stands once in both kept its id."""
    counts = [Counter(fold(each.title) for each in side) for side in (before, after)]
    ids = {fold(each.title): each.id for each in before}
    return all(
        ids[title] == each.id for each in after if all(count[title := fold(each.title)] == 1 for count in counts)
    )
