"""Random issues, corrections and queries: every engine finds what looking through the text finds.

`WANGQI_EXAMPLES=2000 make test` hunts longer; each disagreement found becomes a fixed test in test_engines.
"""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from asking import ids, partial_ids, request
from factories import issue
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.model import Entry, EventDate, Issue, KeyPoint, LabelledField, Source, Tag
from indexer.engine import Generation, SearchEngine
from indexer.engines import connect
from indexer.planning import Planner
from indexer.segmenter import Segmenter

PIECES = (
    *("千问", "飞鱼", "处理", "待处理", "用不上", "用上", "智能", "具身智能", "智能体", "灯", "的", "了", "一"),
    *("人大", "工人大规模", "結構", "结构", "AI", "OpenAI", "GPT-5.3", "GPT5", "ＧＰＴ", "C++", ".NET", "RT-2"),
    *("5.3", "2.5亿", "225亿", "5亿", "1,000台", "25%", "½", "①", "™", "2月8日", "é"),
)
SIGNS = ["", "", "", " ", "-", ".", "，", "“", "”", "（", "）", "、", "·", "：", "/", "\u200b", "&amp;", "**"]
DAYS = [datetime.date(2026, 2, day) for day in (1, 8, 9)]

texts = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(SIGNS)), min_size=1, max_size=5).map(
    lambda pairs: "".join(part for pair in pairs for part in pair)
)
tags = st.sampled_from(["千问", "飞鱼", "人工智能"]).map(lambda name: Tag(name, "产品", "名录", "title", name))
sources = st.builds(Source, texts, st.sampled_from(["", "https://news.example.com/1", "http://www.example.com/a?x=1"]))
entries = st.builds(
    Entry,
    title=texts,
    category=st.sampled_from(["政策与监管", "模型", ""]),
    summary=st.one_of(st.just(""), texts),
    background=st.one_of(st.just(""), texts),
    key_points=st.lists(st.builds(KeyPoint, texts), max_size=3).map(tuple),
    fields=st.lists(st.builds(LabelledField, st.just("影响"), texts), max_size=1).map(tuple),
    sources=st.lists(sources, max_size=2).map(tuple),
    event_date=st.one_of(st.none(), st.sampled_from(DAYS).map(lambda day: EventDate(day, "当日"))),
    tags=st.lists(tags, max_size=2, unique=True).map(tuple),
)
issues = st.builds(
    lambda held, day, taken: issue(*held, day=day, series=["甲 日报", "乙"][taken], taken=taken),
    st.lists(entries, max_size=4),
    st.sampled_from(DAYS),
    st.integers(0, 1),
)
FIELDS = ["标题", "说明", "背景", "要点", "来源", "类别", "标签", "系列", "期", "日期", "事件"]
VALUES = ["甲日报", "20260208", "2026-02-08..", "example.com", "Qwen", "模型"]
leaves = st.one_of(
    st.sampled_from(PIECES),
    texts.map(lambda text: f"「{text}」"),
    texts.map(lambda text: text.replace(" ", "")),
    st.sampled_from(["GP*", "Open*", "智能*", "2*", "*GP*", "*pen*", "*ai*", "https://news.example.com/1"]),
)
fields = st.builds("{}:{}".format, st.sampled_from(FIELDS), st.one_of(leaves, st.sampled_from(VALUES)))
queries = st.recursive(
    st.one_of(leaves, fields),
    lambda inner: st.one_of(
        st.builds("{} {}".format, inner, inner),
        st.builds("{}|{}".format, inner, inner),
        st.builds("-{}".format, inner),
        st.builds("({} {})".format, inner, inner),
        st.builds("{}:({} -{})".format, st.sampled_from(FIELDS[:6]), inner, inner),
    ),
    max_leaves=5,
)
options = st.fixed_dictionaries(
    {
        "aliases": st.sampled_from(["names", "names", "none", "all"]),
        "match": st.sampled_from(["any", "word"]),
        "scope": st.sampled_from(["entry", "point"]),
        "since": st.sampled_from([None, None, DAYS[1]]),
        "categories": st.sampled_from([(), (), ("模型", "")]),
        "tags": st.sampled_from([(), (), ("千问",)]),
        "sources": st.sampled_from([(), (), ("example.com",)]),
        "series": st.sampled_from([(), (), ("甲日报",)]),
    }
)


@settings(
    max_examples=int(os.environ.get("WANGQI_EXAMPLES", "200")), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(
    first=st.lists(issues, min_size=1, max_size=3, unique_by=lambda each: each.id),
    corrections=st.lists(issues, max_size=2, unique_by=lambda each: each.id),
    asked=st.lists(st.tuples(queries, options), min_size=1, max_size=4),
)
def test_every_engine_finds_what_looking_finds(
    segmenter: Segmenter, planner: Planner, first: list[Issue], corrections: list[Issue], asked: list[tuple[str, dict]]
) -> None:
    with TemporaryDirectory() as folder:
        looking, indexed = connect("memory:", segmenter), connect(f"whoosh:{Path(folder) / 'index'}", segmenter)
        for engine in (looking, indexed):
            _fill(engine, first, corrections)
        assert indexed.vocabulary() == looking.vocabulary()
        for query, chosen in asked:
            wanted = request(planner, query, **chosen)
            expected, found = looking.search(wanted), indexed.search(wanted)
            assert sorted(ids(found)) == sorted(ids(expected)), (query, wanted.query)
            assert (found.total, found.literal_total) == (expected.total, expected.literal_total)
            assert found.facets == expected.facets
            assert sorted(partial_ids(found)) == sorted(partial_ids(expected)), (query, wanted.query)
            assert [hit.partial for hit in found.hits] == sorted(hit.partial for hit in found.hits)


def _fill(engine: SearchEngine, first: list[Issue], corrections: list[Issue]) -> None:
    generation = engine.rebuild(first, Generation())
    if corrections:
        generation = engine.update(corrections, generation)
    engine.open(generation)
