"""What every engine must do, asked of each."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from asking import filled, ids, request
from factories import entry, issue

from archive.model import EventDate, Source, Tag
from indexer.engine import FacetCount, Generation, Request, SearchEngine
from indexer.errors import IndexUnusable
from indexer.planning import Planner
from indexer.query.tree import EVERYTHING, DateField, Field

FIRST, SECOND = datetime.date(2026, 2, 8), datetime.date(2026, 2, 9)


def test_a_new_engine_finds_nothing(engine: SearchEngine) -> None:
    answer = engine.search(Request())
    assert (answer.total, answer.hits) == (0, ())


def test_an_empty_query_finds_every_entry(engine: SearchEngine) -> None:
    filled(engine, issue("甲", "乙"), issue("丙", day=SECOND))
    assert engine.search(Request()).total == 3


def test_a_rebuild_forgets_what_it_is_not_given(engine: SearchEngine) -> None:
    first = engine.rebuild([issue("千问")], Generation())
    engine.open(engine.rebuild([issue("飞鱼", day=SECOND)], first))
    assert ids(engine.search(Request())) == ["20260209-01"]


def test_an_update_replaces_only_its_issues(engine: SearchEngine, planner: Planner) -> None:
    first = engine.rebuild([issue("千问上线", "飞鱼上线"), issue("千问开源", day=SECOND)], Generation())
    engine.open(engine.update([issue("飞鱼下线")], first))
    assert ids(engine.search(request(planner, "千问"))) == ["20260209-01"]
    assert ids(engine.search(request(planner, "飞鱼"))) == ["20260208-01"]


def test_an_update_of_nothing_before_is_a_first_build(engine: SearchEngine, planner: Planner) -> None:
    engine.open(engine.update([issue("千问")], Generation()))
    assert ids(engine.search(request(planner, "千问"))) == ["20260208-01"]


def test_an_issue_without_entries_is_removed(engine: SearchEngine) -> None:
    first = engine.rebuild([issue("千问"), issue("飞鱼", day=SECOND)], Generation())
    engine.open(engine.update([issue()], first))
    assert ids(engine.search(Request())) == ["20260209-01"]


def test_what_was_written_is_not_seen_before_it_is_opened(engine: SearchEngine) -> None:
    first = engine.rebuild([issue("千问")], Generation())
    engine.open(first)
    second = engine.update([issue("飞鱼", day=SECOND)], first)
    assert engine.search(Request()).total == 1
    engine.open(second)
    assert engine.search(Request()).total == 2


def test_a_negation_after_an_update_never_finds_what_was_replaced(engine: SearchEngine, planner: Planner) -> None:
    """Whoosh's own NOT does, after the segment's last match was replaced."""
    first = engine.rebuild([issue("千问"), issue("飞鱼", day=SECOND)], Generation())
    engine.open(engine.update([issue("千问二代", day=SECOND)], first))
    assert sorted(ids(engine.search(request(planner, "-飞鱼")))) == ["20260208-01", "20260209-01"]


def test_many_updates_add_up(engine: SearchEngine) -> None:
    generation = engine.rebuild([issue("一")], Generation())
    for number in range(1, 8):
        generation = engine.update([issue("二", day=FIRST + datetime.timedelta(number))], generation)
    engine.open(generation)
    assert (generation.number, engine.search(Request()).total) == (8, 8)


def test_an_unknown_generation_is_not_opened(engine: SearchEngine) -> None:
    filled(engine, issue("千问"))
    with pytest.raises(IndexUnusable, match="99"):
        engine.open(Generation(99, "0" * 64))
    assert engine.search(Request()).total == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("处理", ["01"]),  # jieba cuts 待处理 into one word
        ('"用上"', []),
        ('"采不准"', ["02"]),
        ("灯", ["03"]),
        ('"GPT5.3"', ["04"]),
        ("ＧＰＴ－５．３", ["04"]),
        ("AI", ["05"]),  # not in OpenAI
        ('"5亿"', []),  # not in 2.5亿
        ('"2.5亿"', ["05"]),
        ("C++", ["06"]),
        ("結構", ["06"]),
        ("Op*", ["04"]),
        ("*ai*", ["04", "05"]),
        ("*PEN*", ["04"]),
        ("*tg*", []),  # never across two words
        ("标题:*ai* -*pen*", ["05"]),
        ("*ai*|灯", ["03", "04", "05"]),
        ('"看-想-动"', ["03"]),
        ('"看想动"', []),
        ("灯|C++", ["03", "06"]),
        ("-灯 -C++ -OpenAI", ["01", "02", "05"]),
        ("的", ["03"]),  # a stop word alone is asked
    ],
)
def test_a_query_finds_what_stands_in_the_text(
    engine: SearchEngine, planner: Planner, query: str, found: list[str]
) -> None:
    filled(
        engine,
        issue(
            "待处理",
            "数据采不准、用不上",
            entry("一盏灯", summary="实现“看-想-动”的闭环"),
            "OpenAI推出GPT-5.3",
            "AI融资2.5亿",
            "C++与结构",
        ),
    )
    assert sorted(each[-2:] for each in ids(engine.search(request(planner, query)))) == found


def test_words_of_a_query_may_stand_in_different_fields(engine: SearchEngine, planner: Planner) -> None:
    filled(engine, issue(entry("千问", background="奥运")))
    assert engine.search(request(planner, "千问 奥运")).total == 1


def test_a_quote_stands_in_one_field(engine: SearchEngine, planner: Planner) -> None:
    filled(engine, issue(entry("千问", summary="上线")))
    assert engine.search(request(planner, '"千问上线"')).total == 0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("要点:(南海 科学)", []),
        ("要点:南海 要点:科学", ["01"]),
        ("要点:(南海 -科学)", ["01"]),
        ("-要点:(南海 科学)", ["01", "02"]),
        ("标题:飞鱼", ["01"]),
        ("说明:发布", ["02"]),
        ("背景:模型", ["01"]),
        ("来源:日报", ["01", "02"]),
        ("来源:*xampl*", []),  # names have letters, hosts have none
        ("标签:*Qwen*", []),
        ("来源:example.com", ["01"]),
        ("来源:news.example.com", ["01"]),
        ("来源:ample.com", []),
        ("类别:进展", ["01"]),
        ("类别:(政策 -监管)", []),
        ("类别:(政策|进展)", ["01", "02"]),
        ("标题:(飞鱼|新规)", ["01", "02"]),
        ("标题:(飞鱼 发布)", ["01"]),
        ("标题:(发布 -飞鱼)", []),
        ("来源:(日报 -另一)", ["01"]),
        ("来源:(example.com|example.org)", ["01", "02"]),
        ("标签:(Qwen|飞鱼)", ["02"]),
        ("标签:(Qwen 飞鱼)", []),
        ("-标签:(Qwen 飞鱼)", ["01", "02"]),
        ("标签:(-Qwen 飞鱼)", []),
        ("标签:(飞鱼|-Qwen)", ["01"]),
        ("要点:(南海|突破)", ["01"]),
        ("要点:(海洋 -突破)", []),
        ("要点:科学*", ["01"]),
        ("标签:Qwen", ["02"]),
        ("标签:千", []),
        ("系列:示例动态", ["01", "02"]),
        ("系列:示例", []),
        ("期:20260208", ["01", "02"]),
        ("期:20260209", []),
        ("日期:2026-02-08", ["01", "02"]),
        ("日期:2026-02-09..", []),
        ("事件:2026-02-07", ["01"]),
        ("-事件:2026-02-07", ["02"]),
        ("http://www.news.example.com/1/?utm_source=x#top", ["01"]),
    ],
)
def test_a_field_is_asked_by_itself(engine: SearchEngine, planner: Planner, query: str, found: list[str]) -> None:
    filled(
        engine,
        issue(
            entry(
                "飞鱼发布",
                background="海洋模型",
                points=("助力南海", "海洋科学的突破"),
                event_date=EventDate(datetime.date(2026, 2, 7), "2月7日"),
            ),
            entry(
                "新规",
                summary="发布新规",
                category="政策与监管",
                source=("另一日报", "https://www.example.org/2"),
                tags=(Tag("千问", "产品", "名录", "title", "千问"),),
            ),
        ),
    )
    assert sorted(each[-2:] for each in ids(engine.search(request(planner, query)))) == found


def test_an_empty_engine_finds_no_word(engine: SearchEngine, planner: Planner) -> None:
    for query in ("千问", "“具身智能”", "GP*", "标题:千问", "-千问", "千问 飞鱼"):
        answer = engine.search(request(planner, query))
        assert (answer.total, answer.hits) == (0, ())


def test_an_engine_may_go_back_to_the_empty_generation(engine: SearchEngine) -> None:
    filled(engine, issue("千问")).open(Generation())
    assert engine.search(Request()).total == 0


def test_a_word_of_thousands_of_entries_is_found_in_all(engine: SearchEngine, planner: Planner) -> None:
    """More postings than one block holds."""
    filled(engine, issue(*(entry(f"千问{number}", points=("要点",)) for number in range(1100))))
    assert engine.search(request(planner, "千问")).total == 1100
    assert engine.search(request(planner, "要点", scope="point")).total == 1100


def test_points_are_found_by_themselves(engine: SearchEngine, planner: Planner) -> None:
    filled(engine, issue(entry("电商", points=("系统升级", "系统与电商", "其他"))))
    assert ids(engine.search(request(planner, "系统 电商", scope="point"))) == ["20260208-01.2"]


def test_a_field_of_the_entry_narrows_its_points(engine: SearchEngine, planner: Planner) -> None:
    filled(engine, issue(entry("千问", points=("奥委会甲", "奥委会乙")), entry("飞鱼", points=("奥委会丙",))))
    found = engine.search(request(planner, "标题:千问 奥委会", scope="point"))
    assert ids(found) == ["20260208-01.1", "20260208-01.2"]


def test_a_negated_field_excludes_the_entrys_points(engine: SearchEngine, planner: Planner) -> None:
    filled(engine, issue(entry("千问", points=("甲",)), entry("飞鱼", points=("甲",))))
    assert ids(engine.search(request(planner, "甲 -标题:千问", scope="point"))) == ["20260208-02.1"]


def test_filters_of_one_kind_are_any_of_and_tags_all_of(engine: SearchEngine) -> None:
    one, two = Tag("甲", "主题", "标签行", "labels", "甲"), Tag("乙", "主题", "标签行", "labels", "乙")
    filled(
        engine,
        issue(
            entry("一", category="政策", tags=(one, two)),
            entry("二", category="模型", tags=(one,)),
            entry("三", category="产品"),
        ),
    )
    assert engine.search(Request(categories=("政策", "模型"))).total == 2
    assert engine.search(Request(tags=("甲",))).total == 2
    assert engine.search(Request(tags=("甲", "乙"))).total == 1


def test_a_source_filter_takes_a_name_or_a_host(engine: SearchEngine) -> None:
    filled(engine, issue("一", entry("二", source=("人民网", "http://sh.people.com.cn/x"))))
    assert ids(engine.search(Request(sources=("人民网",)))) == ["20260208-02"]
    assert ids(engine.search(Request(sources=("people.com.cn",)))) == ["20260208-02"]
    assert engine.search(Request(sources=("人民网", "示例日报"))).total == 2


def test_days_bound_a_search_on_both_sides(engine: SearchEngine) -> None:
    filled(engine, issue("一"), issue("二", day=SECOND))
    assert ids(engine.search(Request(since=SECOND))) == ["20260209-01"]
    assert ids(engine.search(Request(until=FIRST))) == ["20260208-01"]
    assert ids(engine.search(Request(since=SECOND, until=FIRST))) == []


def test_a_series_is_compared_by_its_atoms(engine: SearchEngine) -> None:
    filled(engine, issue("一", series="AI 行业动态"), issue("二", series="AI 资讯日报", taken=1))
    assert ids(engine.search(Request(series=("AI行业动态",)))) == ["20260208-01"]


def test_newest_and_oldest_go_by_date_and_then_by_number(engine: SearchEngine) -> None:
    filled(engine, issue("甲", "甲"), issue("甲", day=SECOND))
    assert ids(engine.search(Request(sort="newest"))) == ["20260209-01", "20260208-01", "20260208-02"]
    assert ids(engine.search(Request(sort="oldest"))) == ["20260208-01", "20260208-02", "20260209-01"]


def test_the_hundredth_entry_comes_after_the_ninety_ninth(engine: SearchEngine) -> None:
    filled(engine, issue(*(["甲"] * 101)))
    assert ids(engine.search(Request(sort="oldest", limit=3, offset=98))) == [
        "20260208-99",
        "20260208-100",
        "20260208-101",
    ]


def test_pages_show_every_match_once(engine: SearchEngine, planner: Planner) -> None:
    filled(engine, issue(*(f"千问第{number}次更新" for number in range(1, 8))))
    pages = [ids(engine.search(request(planner, "千问", limit=3, offset=start))) for start in (0, 3, 6, 9)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert len({each for page in pages for each in page}) == 7


def test_pages_of_many_nearly_equal_scores_show_every_match_once(engine: SearchEngine, planner: Planner) -> None:
    titles = [f"发布{'，又一条消息' * (number % 7)}第{number}期" for number in range(90)]
    filled(engine, issue(*titles[:45]), issue(*titles[45:], day=SECOND))
    pages = [ids(engine.search(request(planner, "发布", limit=7, offset=start))) for start in range(0, 91, 7)]
    whole = ids(engine.search(request(planner, "发布")))
    assert [each for page in pages for each in page] == whole
    assert len(set(whole)) == 90


def test_a_match_in_the_title_comes_first(engine: SearchEngine, planner: Planner) -> None:
    filled(engine, issue(entry("另一件事", background="提到千问一次"), entry("千问上线", background="另一件事情")))
    assert ids(engine.search(request(planner, "千问")))[0] == "20260208-02"


def test_equal_scores_put_the_newer_first_and_then_the_lower_number(engine: SearchEngine, planner: Planner) -> None:
    filled(engine, issue("千问上线", "千问上线"), issue("千问上线", day=SECOND))
    found = ids(engine.search(request(planner, "千问")))
    assert found == ["20260209-01", "20260208-01", "20260208-02"]


def test_the_literal_total_counts_the_query_as_it_stands(engine: SearchEngine, planner: Planner) -> None:
    filled(engine, issue("千问模型上线", "模型与千问", "千问"))
    found = engine.search(request(planner, "千问模型"))
    assert (found.total, found.literal_total) == (2, 1)


def test_facets_count_the_matches(engine: SearchEngine, planner: Planner) -> None:
    tag = Tag("千问", "产品", "名录", "title", "千问")
    filled(
        engine,
        issue(entry("千问", category="产品", tags=(tag,)), entry("飞鱼", category="模型")),
        issue(entry("千问", category="产品", tags=(tag,)), day=datetime.date(2026, 3, 1)),
    )
    facets = engine.search(request(planner, "千问|飞鱼")).facets
    assert facets["category"] == (FacetCount("产品", 2), FacetCount("模型", 1))
    assert facets["month"] == (FacetCount("2026-02", 2), FacetCount("2026-03", 1))
    assert facets["tag"] == (FacetCount("千问", 2),)
    assert facets["source"] == (FacetCount("示例日报", 3),)
    assert facets["series"] == (FacetCount("示例动态", 3),)


def test_a_long_facet_lists_the_most_frequent_and_of_equals_the_first(engine: SearchEngine) -> None:
    names = [f"名{number:03}" for number in range(70)]
    often = [names[number] for number in (69, 5, 33)]
    tagged = [entry(f"条目{name}", tags=(Tag(name, "主题", "名录", "title", name, 0),)) for name in (*names, *often)]
    filled(engine, issue(*tagged))
    wanted = sorted(often) + [name for name in names if name not in often]
    assert [each.value for each in engine.search(Request()).facets["tag"]] == wanted[:50]


def test_facets_of_points_count_points(engine: SearchEngine, planner: Planner) -> None:
    filled(engine, issue(entry("千问", points=("甲一", "甲二", "乙"))))
    assert engine.search(request(planner, "甲", scope="point")).facets["category"] == (FacetCount("模型与技术进展", 2),)


def test_days_are_counted_where_they_are_asked(engine: SearchEngine) -> None:
    filled(engine, issue(entry("甲", points=("其一", "其二")), "乙", day=SECOND), issue("丙"))
    asked = Request(facets=("day",))
    assert engine.search(asked).facets == {"day": (FacetCount("2026-02-08", 1), FacetCount("2026-02-09", 2))}
    assert engine.search(replace(asked, scope="point")).facets == {"day": (FacetCount("2026-02-09", 2),)}


def test_facets_are_left_out_on_wish(engine: SearchEngine) -> None:
    filled(engine, issue("千问"))
    assert engine.search(Request(facets=())).facets == {}


def test_tags_and_sources_show_their_first_fifty(engine: SearchEngine) -> None:
    filled(engine, issue(*(entry("千问", sources=(Source(f"来源{n}", ""),)) for n in range(60))))
    facets = engine.search(Request()).facets
    assert len(facets["source"]) == 50


@pytest.mark.parametrize(("most", "listed"), [(3, 3), (60, 60), (None, 60)])
def test_as_many_tags_are_listed_as_are_asked_for(engine: SearchEngine, most: int | None, listed: int) -> None:
    named = [f"名{number:02}" for number in range(60)]
    filled(engine, issue(*(entry("千问", tags=(Tag(name, "主题", "名录", "title", name, 0),)) for name in named)))
    facets = engine.search(Request(most_values=most)).facets
    assert [each.value for each in facets["tag"]] == named[:listed]


def test_months_are_all_listed_whatever_is_asked_for(engine: SearchEngine) -> None:
    filled(engine, *(issue("千问", day=SECOND.replace(month=month)) for month in range(1, 13)))
    assert len(engine.search(Request(most_values=3)).facets["month"]) == 12


def test_a_tree_with_an_unresolved_date_is_refused(engine: SearchEngine) -> None:
    filled(engine, issue("千问"))
    with pytest.raises(ValueError, match="近30天"):
        engine.search(Request(query=DateField("date", "近30天")))


def test_an_issue_a_day_for_weeks_is_merged_without_losing_or_repeating(engine: SearchEngine, planner: Planner) -> None:
    days = [SECOND + datetime.timedelta(number) for number in range(40)]
    generation = engine.rebuild([issue("开端", day=SECOND - datetime.timedelta(1))], Generation())
    for number, day in enumerate(days):
        titled = entry(f"飞鱼{1000 + number}号", points=("电池",))  # a term that only this day has
        generation = engine.update([issue("千问上线", titled, day=day)], generation)
        if number == 5:
            generation = engine.update([issue("千问下线", day=days[3])], generation)
    engine.open(generation)
    counts = [
        engine.search(request(planner, query)).total for query in ("千问", "上线", "下线", "飞鱼", "开端", "-千问")
    ]
    assert counts == [40, 39, 1, 39, 1, 40]
    assert engine.search(request(planner, "电池", scope="point")).total == 39


def test_the_vocabulary_counts_the_entries_that_hold_a_word(engine: SearchEngine) -> None:
    filled(
        engine,
        issue(entry("千问上线", points=("千问开源",)), entry("千问与GPT-5"), day=FIRST),
        issue("飞鱼与GPT-5的模型", "飞鱼模型", day=SECOND),
    )
    held = engine.vocabulary()
    assert {word: held[word] for word in ("千问", "gpt-5", "gpt", "模型")} == {
        "千问": 2,  # in a title and a key point of one entry it counts once
        "gpt-5": 2,
        "gpt": 2,
        "模型": 2,
    }
    assert held.keys().isdisjoint({"开源", "的", "5"})  # one entry only; one character; no letter


def test_the_vocabulary_knows_nothing_of_what_was_replaced(engine: SearchEngine) -> None:
    first = engine.rebuild([issue("千问", "千问"), issue("模型", "模型", day=SECOND)], Generation())
    engine.open(engine.update([issue("飞鱼")], first))
    assert "千问" not in engine.vocabulary()
    assert engine.vocabulary()["模型"] == 2


def test_an_empty_engine_has_no_vocabulary(engine: SearchEngine) -> None:
    assert engine.vocabulary() == {}


def test_a_field_of_anything_holds_everywhere(engine: SearchEngine) -> None:
    filled(engine, issue("千问", entry("飞鱼", source=None)))
    for name, total in (("title", 2), ("tag", 2), ("category", 2)):
        assert engine.search(Request(query=Field(name, EVERYTHING))).total == total


def test_what_is_indexed_of_an_entry_has_a_digest_of_its_own(engine: SearchEngine) -> None:
    before = dict(filled(engine, issue("千问", "飞鱼")).digests())
    after = dict(filled(engine, issue("千问", "飞鱼开源")).digests())
    assert before.keys() == after.keys() == {"20260208-01", "20260208-02"}
    assert before["20260208-01"] == after["20260208-01"]
    assert before["20260208-02"] != after["20260208-02"]
