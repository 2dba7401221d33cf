"""What differs between two revisions, and which characters of two texts."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from factories import entry, issue
from hypothesis import given
from hypothesis import strategies as st

from archive import difference as module
from archive.difference import Difference, difference, spans
from archive.ids import entry_id, point_id
from archive.model import Entry, EventDate, Issue, KeyPoint, LabelledField, Source

TEXTS = st.text("甲乙丙，GPT 12.5\n*", max_size=30)
TITLES = st.text("甲乙丙丁", min_size=1, max_size=5)
OPPOSITE = {"added": "withdrawn", "withdrawn": "added", "moved": "moved", "changed": "changed"}


def revised(held: Issue, *entries: Entry) -> Issue:
    """A second revision of an issue with these entries, ids as they are."""
    return replace(held, revision=2, entries=entries)


def told(before: Entry, **changes: object) -> list[tuple[str, str, str]]:
    """(field, before, after) of an entry after some changes."""
    held = issue(before)
    after = replace(held.entries[0], **changes)  # type: ignore[arg-type]
    found = difference(held, revised(held, after)).entries
    return [(each.field, each.before, each.after) for one in found for each in one.fields]


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The pieces that differ."""
    gone, new = spans(before, after)
    return [before[slice(*each)] for each in gone], [after[slice(*each)] for each in new]


@st.composite
def revisions(draw: st.DrawFn) -> tuple[Issue, Issue]:
    """Two revisions of one issue; an id may stand in either or in both, a key point likewise."""

    def drawn() -> tuple[Entry, ...]:
        made = []
        for number in draw(st.lists(st.integers(1, 4), unique=True)):
            name = entry_id("20260208", number)
            points = draw(st.lists(st.integers(1, 4), unique=True))
            made.append(
                Entry(
                    draw(TITLES),
                    draw(st.sampled_from(["产品", "政策"])),
                    summary=draw(TEXTS),
                    key_points=tuple(KeyPoint(draw(TITLES), point_id(name, n)) for n in points),
                    fields=tuple(
                        LabelledField(draw(st.sampled_from("备注")), "甲") for _ in range(draw(st.integers(0, 3)))
                    ),
                    sources=(Source(draw(TITLES)),),
                    id=name,
                )
            )
        return tuple(made)

    held = issue()
    return replace(held, entries=drawn()), revised(held, *drawn())


# ── entries ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(revisions())
def test_an_issue_does_not_differ_from_itself(pair: tuple[Issue, Issue]) -> None:
    for each in pair:
        assert difference(each, each).entries == ()


@given(revisions())
def test_the_other_way_round_the_same_differs_with_before_and_after_exchanged(pair: tuple[Issue, Issue]) -> None:
    def seen(found: Difference, *, swap: bool) -> dict[str, object]:
        return {
            each.id: (
                OPPOSITE[each.change] if swap else each.change,
                {(one.field, *((one.after, one.before) if swap else (one.before, one.after))) for one in each.fields},
            )
            for each in found.entries
        }

    assert seen(difference(*pair), swap=False) == seen(difference(*pair[::-1]), swap=True)


@given(revisions())
def test_every_entry_of_only_one_side_is_told(pair: tuple[Issue, Issue]) -> None:
    before, after = ({each.id for each in side.entries} for side in pair)
    found = difference(*pair).entries
    assert {each.id for each in found if each.change == "added"} == after - before
    assert {each.id for each in found if each.change == "withdrawn"} == before - after


def test_the_numbers_of_both_revisions_are_told() -> None:
    held = issue("千问")
    assert difference(held, revised(held, *held.entries)) == Difference("20260208", 1, 2)


def test_withdrawn_entries_follow_those_of_the_later_revision() -> None:
    held = issue("千问", "飞鱼", "青鸾")
    after = revised(held, replace(held.entries[1], title="飞鱼下线"))
    assert [each.id for each in difference(held, after).entries] == ["20260208-02", "20260208-01", "20260208-03"]


def test_an_added_entry_is_told_with_all_its_fields() -> None:
    held = issue(entry("**千问**", points=("甲",)))
    (added,) = difference(replace(held, entries=()), held).entries
    assert (added.change, added.title) == ("added", "千问")
    assert [(each.field, each.before, each.after, each.change) for each in added.fields] == [
        ("title", "", "千问", "added"),
        ("category", "", "模型与技术进展", "added"),
        ("key_points.1", "", "甲", "added"),
        ("sources", "", "示例日报 https://news.example.com/1", "added"),
    ]


def test_an_entry_without_any_text_is_still_added() -> None:
    bare = Entry("", id="20260208-01")
    held = issue()
    assert [each.change for each in difference(held, revised(held, bare)).entries] == ["added"]


def test_another_category_alone_is_a_move() -> None:
    held = issue("千问")
    (moved,) = difference(held, revised(held, replace(held.entries[0], category="产品"))).entries
    assert moved.change == "moved"


def test_another_category_and_another_title_are_a_change() -> None:
    held = issue("千问")
    (found,) = difference(held, revised(held, replace(held.entries[0], category="产品", title="千问二代"))).entries
    assert (found.change, found.title) == ("changed", "千问二代")
    assert [each.field for each in found.fields] == ["title", "category"]


# ── the issue itself ────────────────────────────────────────────────────────────────────────────────────────────────


def test_entries_in_another_order_are_a_difference_of_the_issue() -> None:
    held = issue("千问", "飞鱼", "青鸾")
    found = difference(held, revised(held, *held.entries[::-1]))
    assert found.entries == ()
    assert [(each.field, each.before, each.after, each.change) for each in found.fields] == [
        ("entries.order", "1、2、3", "3、2、1", "moved")
    ]


def test_entries_around_a_new_or_a_withdrawn_one_have_not_moved() -> None:
    held = issue("千问", "飞鱼", "青鸾")
    one, _, three = held.entries
    found = difference(held, revised(held, replace(one, id="20260208-04"), one, three))
    assert [each.change for each in found.entries] == ["added", "withdrawn"]
    assert found.fields == ()


def test_another_banner_and_another_spelling_of_the_name_are_differences_of_the_issue() -> None:
    held = issue("千问")
    found = difference(held, replace(held, revision=2, banner="<b>特刊</b>", series="示例 动态"))
    assert [(each.field, each.before, each.after, each.change) for each in found.fields] == [
        ("series", "示例动态", "示例 动态", "changed"),
        ("banner", "", "<b>特刊</b>", "added"),
    ]


# ── fields ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("field", ["title", "summary", "background"])
def test_a_changed_text_is_told_as_plain_text(field: str) -> None:
    assert told(entry(**{field: "**旧**说"}), **{field: "[新](https://a.example/)说"}) == [(field, "旧说", "新说")]


def test_a_text_of_which_only_the_marks_changed_is_told_as_markdown() -> None:
    assert told(entry(summary="千问"), summary="**千问**") == [("summary", "千问", "**千问**")]


def test_key_points_are_told_by_the_numbers_of_their_ids() -> None:
    held = issue(entry(points=("甲", "乙", "丙")))
    first, second, _ = held.entries[0].key_points
    points = (first, replace(second, text="乙二"), KeyPoint("丁", point_id("20260208-01", 4)))
    (found,) = difference(held, revised(held, replace(held.entries[0], key_points=points))).entries
    assert [(each.field, each.before, each.after, each.change) for each in found.fields] == [
        ("key_points.2", "乙", "乙二", "changed"),
        ("key_points.4", "", "丁", "added"),
        ("key_points.3", "丙", "", "withdrawn"),
    ]


def test_key_points_in_another_order_have_moved() -> None:
    held = issue(entry(points=("甲", "乙", "丙")))
    one, two, three = held.entries[0].key_points
    (found,) = difference(held, revised(held, replace(held.entries[0], key_points=(three, one, two)))).entries
    assert [(each.field, each.before, each.after, each.change) for each in found.fields] == [
        ("key_points.order", "1、2、3", "3、1、2", "moved")
    ]


def test_key_points_around_a_new_one_have_not_moved() -> None:
    held = issue(entry(points=("甲", "乙")))
    one, two = held.entries[0].key_points
    points = (KeyPoint("丙", point_id("20260208-01", 3)), one, two)
    (found,) = difference(held, revised(held, replace(held.entries[0], key_points=points))).entries
    assert [each.field for each in found.fields] == ["key_points.3"]


def test_a_labelled_field_is_told_by_its_label() -> None:
    assert told(entry(fields=(LabelledField("备注", "甲"),)), fields=(LabelledField("备注", "乙"),)) == [
        ("fields.备注", "甲", "乙")
    ]


def test_fields_of_one_label_are_told_together() -> None:
    twice = (LabelledField("备注", "甲"), LabelledField("备注", "乙"))
    assert told(entry(fields=twice[:1]), fields=twice) == [("fields.备注", "甲", "甲\n乙")]


def test_sources_are_told_a_line_each() -> None:
    sources = (Source("央视网", "https://a.example/a_b_c"), Source("本报讯"))
    assert told(entry(source=None), sources=sources) == [("sources", "", "央视网 https://a.example/a_b_c\n本报讯")]


def test_labels_and_the_date_of_the_event_are_told() -> None:
    event = EventDate(datetime.date(2026, 2, 7), "2月7日")
    assert told(entry(), labels=("千问", "冬奥会"), event_date=event) == [
        ("event_date", "", "2026-02-07（2月7日）"),
        ("labels", "", "千问、冬奥会"),
    ]


# ── spans ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(TEXTS, TEXTS)
def test_without_the_spans_both_texts_read_the_same(before: str, after: str) -> None:
    def rest(text: str, cut: tuple[tuple[int, int], ...]) -> str:
        for start, end in reversed(cut):
            text = text[:start] + text[end:]
        return text

    gone, new = spans(before, after)
    assert rest(before, gone) == rest(after, new)


@given(TEXTS, TEXTS)
def test_spans_are_in_order_and_hold_something(before: str, after: str) -> None:
    for text, found in zip((before, after), spans(before, after), strict=True):
        edges = [edge for span in found for edge in span]
        assert edges == sorted(set(edges))
        assert all(0 <= edge <= len(text) for edge in edges)


@given(TEXTS)
def test_a_text_has_no_spans_against_itself(text: str) -> None:
    assert spans(text, text) == ((), ())


@pytest.mark.parametrize(
    ("before", "after", "gone", "new"),
    [
        ("飞鱼下线", "飞鱼又下线", [], ["又"]),
        ("飞鱼又下线", "飞鱼下线", ["又"], []),
        ("GPT-4发布", "GPT-5发布", ["4"], ["5"]),
        ("共1234人", "共1239人", ["1234"], ["1239"]),
        ("", "千问", [], ["千问"]),
    ],
)
def test_characters_differ_each_by_itself_and_numbers_as_a_whole(
    before: str, after: str, gone: list[str], new: list[str]
) -> None:
    assert changed(before, after) == (gone, new)


def test_changes_with_one_character_between_them_are_one() -> None:
    assert changed("甲中乙尾", "丙中丁尾") == (["甲中乙"], ["丙中丁"])


def test_changes_with_two_characters_between_them_are_two() -> None:
    assert changed("甲中国乙尾", "丙中国丁尾") == (["甲", "乙"], ["丙", "丁"])


def test_texts_too_long_to_compare_are_marked_between_what_they_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_COMPARED", 8)
    assert changed("头甲同乙尾", "头丙同丁尾") == (["甲同乙"], ["丙同丁"])
