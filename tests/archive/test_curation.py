"""People decide on tags: every decision holds whatever is derived anew, and can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories import entry, incoming

from archive.curation import BY_HAND, Curation, Decision
from archive.errors import RefusedDecision, UnknownId
from archive.model import Entry, Tag
from archive.store import Writer
from archive.store.writing import Incoming
from archive.text import same_name

FIRST, SECOND = "20260208-01", "20260208-02"


def tagged(title: str, *names: str) -> Entry:
    return entry(title, tags=tuple(Tag(name, "产品", "名录", "title", name, 0) for name in names))


def both() -> Incoming:
    return incoming(tagged("千问与飞鱼", "千问", "飞鱼"), tagged("青鸾", "青鸾"))


@pytest.fixture
def held(writer: Writer) -> Writer:
    """An archive with two entries: 千问 and 飞鱼; 青鸾. The index waits for nothing."""
    writer.keep(both())
    drained(writer)
    return writer


def drained(writer: Writer) -> None:
    writer.commit_index(writer.reader.index_state(), 10**9)


def names(writer: Writer, identifier: str = FIRST) -> tuple[str, ...]:
    return writer.reader.record(identifier).entry.tag_names


def again(writer: Writer) -> None:
    """Derive the tags anew, as `wangqi reindex` does."""
    issue = writer.reader.issue("20260208")
    derived = both().reading.issue.entries
    entries = zip(issue.entries, derived, strict=True)
    writer.retag(replace(issue, entries=tuple(replace(each, tags=new.tags) for each, new in entries)))


# ── decisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_added_tag_says_that_it_was_added(held):
    held.decide(Decision("add", "测试中", kind="主题", entry=FIRST))
    assert held.reader.record(FIRST).entry.tags[-1] == Tag("测试中", "主题", BY_HAND, "", "测试中")
    assert names(held, SECOND) == ("青鸾",)


def test_a_tag_is_removed_from_one_entry(held):
    held.decide(Decision("remove", "千问", entry=FIRST))
    assert names(held) == ("飞鱼",)


def test_what_was_removed_and_added_again_is_there_once(held):
    held.decide(Decision("remove", "千问", entry=FIRST))
    held.decide(Decision("add", "千问", kind="产品", entry=FIRST))
    assert names(held) == ("千问", "飞鱼")


def test_a_merged_tag_becomes_the_other_wherever_it_is(held):
    held.decide(Decision("merge", "飞鱼", "青鸾"))
    assert names(held) == ("千问", "青鸾")
    assert {each["name"]: each["count"] for each in held.reader.tag_counts()} == {"青鸾": 2, "千问": 1}
    assert held.reader.curation().aliases("青鸾") == ("飞鱼",)


def test_merges_follow_one_another(held):
    held.decide(Decision("merge", "飞鱼", "青鸾"))
    held.decide(Decision("merge", "青鸾", "千问"))
    assert names(held) == ("千问",)
    assert names(held, SECOND) == ("千问",)
    assert held.reader.curation().aliases("千问") == ("飞鱼", "青鸾")


def test_a_renamed_tag_may_change_its_kind(held):
    held.decide(Decision("rename", "飞鱼", "飞鱼出行", "机构"))
    assert held.reader.record(FIRST).entry.tags[1] == Tag("飞鱼出行", "机构", "名录", "title", "飞鱼", 0)


def test_a_tag_may_be_written_otherwise(held):
    held.decide(Decision("add", "minimind", kind="产品", entry=FIRST))
    held.decide(Decision("rename", "minimind", "MiniMind"))
    assert names(held) == ("千问", "飞鱼", "MiniMind")


def test_a_hidden_tag_is_nowhere_nor_what_was_merged_into_it(held):
    held.decide(Decision("merge", "飞鱼", "青鸾"))
    held.decide(Decision("hide", "青鸾"))
    assert names(held) == ("千问",)
    assert names(held, SECOND) == ()


def test_what_was_merged_is_removed_under_its_new_name(held):
    held.decide(Decision("merge", "飞鱼", "青鸾"))
    held.decide(Decision("remove", "青鸾", entry=FIRST))
    assert names(held) == ("千问",)


# ── what they survive ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def decided(held: Writer) -> Writer:
    """千问 removed from the first entry, 飞鱼 merged into 青鸾, 测试中 added to the first."""
    held.decide(Decision("remove", "千问", entry=FIRST))
    held.decide(Decision("merge", "飞鱼", "青鸾"))
    held.decide(Decision("add", "测试中", kind="主题", entry=FIRST))
    drained(held)
    return held


def test_decisions_survive_deriving_anew(decided):
    again(decided)
    assert names(decided) == ("青鸾", "测试中")
    assert decided.reader.waiting() == []


def test_decisions_survive_a_new_revision(decided):
    decided.keep(incoming(tagged("千问与飞鱼", "千问", "飞鱼"), tagged("青鸾", "青鸾"), data=b"2"))
    assert names(decided) == ("青鸾", "测试中")


def test_decisions_survive_that_the_issue_is_removed_and_comes_again(decided):
    decided.remove("20260208")
    decided.keep(both())
    assert names(decided) == ("青鸾", "测试中")


def test_decisions_on_names_hold_for_what_comes_later(decided):
    decided.keep(incoming(tagged("飞鱼降价", "飞鱼"), series="晚报"))
    assert names(decided, "20260208b-01") == ("青鸾",)


def test_an_erased_issue_takes_the_decisions_on_its_entries_along(decided):
    decided.remove("20260208")
    decided.erase("20260208")
    assert [each["action"] for each in decided.reader.decisions()] == ["merge"]


def test_what_is_decided_after_an_erasure_is_told_from_what_was_before(decided):
    decided.keep(incoming("百度", series="晚报"))
    before = decided.reader.decided()
    decided.remove("20260208")
    decided.erase("20260208")
    while decided.reader.decided()[1] < before[1]:
        decided.decide(Decision("add", "测试中", kind="主题", entry="20260208b-01"))
    assert decided.reader.decided() != before


def test_what_is_derived_otherwise_is_shown(held):
    issue = held.reader.issue("20260208")
    held.retag(replace(issue, entries=(replace(issue.entries[0], tags=()), issue.entries[1])))
    assert names(held) == ()
    assert [issue for _, issue in held.reader.waiting()] == ["20260208"]


# ── undoing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_all_decisions_undone_one_by_one_give_back_what_was_derived(decided):
    assert [decided.undo().action for _ in range(3)] == ["add", "merge", "remove"]
    assert names(decided) == ("千问", "飞鱼")
    assert names(decided, SECOND) == ("青鸾",)
    with pytest.raises(RefusedDecision, match="没有可撤销的决定"):
        decided.undo()


def test_a_decision_is_undone_by_its_number(decided):
    assert decided.undo(2) == Decision("merge", "飞鱼", "青鸾", number=2)
    assert names(decided) == ("飞鱼", "测试中")
    with pytest.raises(RefusedDecision, match="没有第 2 号决定，或已撤销"):
        decided.undo(2)


def test_what_was_hidden_comes_back(held):
    held.undo(held.decide(Decision("hide", "千问")))
    assert names(held) == ("千问", "飞鱼")


# ── the index ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_index_waits_for_the_issues_whose_tags_changed_and_no_others(held):
    held.keep(incoming(tagged("无关", "青鸾"), series="晚报"))
    drained(held)
    held.decide(Decision("hide", "千问"))
    assert [issue for _, issue in held.reader.waiting()] == ["20260208"]


def test_a_decision_is_known_by_what_was_decided(held):
    before = held.reader.decided()
    number = held.decide(Decision("hide", "千问"))
    after = held.reader.decided()
    held.undo(number)
    assert len({before, after, held.reader.decided()}) == 3


# ── what is refused ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["车", "", "两\n行", "长" * 41, "——"])
def test_no_tag_has_such_a_name(held, name):
    with pytest.raises(RefusedDecision, match="不能作标签"):
        held.decide(Decision("add", name, kind="主题", entry=FIRST))
    assert held.reader.decisions() == []


def test_a_circle_is_refused(held):
    held.decide(Decision("merge", "飞鱼", "青鸾"))
    held.decide(Decision("merge", "青鸾", "千问"))
    with pytest.raises(RefusedDecision, match="成了圈"):
        held.decide(Decision("merge", "千问", "飞鱼"))
    with pytest.raises(RefusedDecision, match="成了圈"):
        held.decide(Decision("merge", "千问", "千问"))


def test_an_alias_has_one_owner(held):
    held.decide(Decision("merge", "飞鱼", "青鸾"))
    with pytest.raises(RefusedDecision, match="“飞鱼”已经是“青鸾”的别名，不能再归“千问”") as refused:
        held.decide(Decision("merge", "飞鱼", "千问"), [same_name("飞鱼")])
    assert refused.value.hint == "先撤销：wangqi tag undo 1"


@pytest.mark.parametrize(
    ("decision", "message", "hint"),
    [
        (Decision("hide", "没有的"), "没有叫“没有的”的标签", "wangqi tags 列出全部标签"),
        (Decision("merge", "千问", "没有的"), "没有叫“没有的”的标签", "若要改名：wangqi tag rename 千问 没有的"),
        (Decision("rename", "千问", "青鸾"), "已经有叫“青鸾”的标签", "若要合并：wangqi tag merge 千问 青鸾"),
        (Decision("remove", "青鸾", entry=FIRST), f"{FIRST} 没有标签“青鸾”", "它有：千问、飞鱼"),
    ],
)
def test_what_makes_no_sense_is_refused_and_says_what_would(held, decision, message, hint):
    with pytest.raises(RefusedDecision, match=message) as refused:
        held.decide(decision)
    assert refused.value.hint == hint
    assert held.reader.decisions() == []


def test_an_unknown_entry_is_told(held):
    with pytest.raises(UnknownId):
        held.decide(Decision("add", "测试中", kind="主题", entry="20260208-09"))


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_spelling_leads_to_the_name_that_is_shown():
    curation = Curation([Decision("merge", "飞鱼", "青鸾"), Decision("rename", "青鸾", "青鸾模型")])
    listed = {same_name("Qwen"): "千问", same_name("千问"): "千问", same_name("Feiyu"): "飞鱼"}
    shown = {"qwen": "千问", "千问": "千问", "feiyu": "青鸾模型", "飞鱼": "青鸾模型", "青鸾": "青鸾模型"}
    assert curation.names(listed) == {same_name(spelling): name for spelling, name in shown.items()}


def test_names_that_texts_told_are_listed_with_an_entry(writer):
    told = Tag("飞鱼", "产品", "定义", "title", "飞鱼", 0)
    writer.keep(incoming(entry("飞鱼上线", tags=(told,)), tagged("千问", "千问"), entry("又见飞鱼", tags=(told,))))
    assert writer.reader.told_tags() == [{"count": 2, "name": "飞鱼", "kind": "产品", "entry": FIRST, "words": "飞鱼"}]
    assert sorted(writer.reader.spellings()) == ["千问", "飞鱼"]
