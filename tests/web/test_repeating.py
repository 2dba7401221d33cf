"""A search for a paper can be told in a paragraph, made again later, and says what has become of it."""

from __future__ import annotations

import datetime
import html
import re
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from factories import digest

from archive import lock
from archive.store import Reader, Writer
from archive.store.connection import FILE
from indexer.replaying import drain
from web import repeating
from web.asof import AsOf, read_as_of

THEN = datetime.datetime(2026, 2, 10, 12, tzinfo=datetime.UTC)


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, response.text
    return html.unescape(re.sub("</?mark>", "", response.text))


def text(client, address):
    return re.search(r'aria-label="研究方法" data-copy>(.*?)</textarea>', page(client, address), re.DOTALL)[1]


def link(client, address):
    return re.search(r"重复检索：http://localhost(\S+)", text(client, address))[1]


@pytest.fixture
def before(holding):
    """Ingest texts as of some days before THEN; give the client and the link of a search made at THEN."""

    def ingested(*texts, query="q=模型"):
        client = holding(*texts)
        home = client.application.extensions["wangqi"].home
        with sqlite3.connect(home / FILE) as db:
            db.execute("UPDATE revisions SET received_at = '2026-02-09T00:00:00+00:00'")
            db.execute("UPDATE issues SET removed_at = '2026-02-09T00:00:00+00:00' WHERE removed_at IS NOT NULL")
        db.close()
        reader = Reader.open(home)
        fingerprint = reader.fingerprint()
        reader.close()
        total = client.get(f"/api/v1/search?{query}&limit=0").json["total"]
        return client, f"/search?{query}&as_of={AsOf(THEN, total, fingerprint)}"

    return ingested


# ── the paragraph ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_paragraph_tells_all_that_the_search_depends_on(samples):
    told = text(samples, "/search?q=模型 OR 智能&from=2026-02&to=2026-03&category=产品与应用发布&scope=point")
    answer = samples.get(
        "/api/v1/search?q=模型 OR 智能&from=2026-02&to=2026-03&category=产品与应用发布&scope=point"
    ).json
    assert "检索式：模型 OR 智能（规范写法：模型|智能），名称的各种叫法都算；检索单位：要点" in told
    assert "刊期：2026年2月1日至2026年3月31日；类别：产品与应用发布；" in told
    assert f"共得 {answer['total']} 个要点，其中原样相连 {answer['literal_total']} 个要点。" in told
    months = [
        f"{each['value'][:4]}年{int(each['value'][5:])}月 {each['count']} 个要点" for each in answer["facets"]["month"]
    ]
    assert f"按月：{'，'.join(months)}。" in told
    assert re.search(
        r"资料库指纹 [0-9a-f]{12}，索引第 1 代；引擎 whoosh，wangqi \d\S*，词典 [0-9a-f]{12}）中检索。", told
    )


def test_the_paragraph_names_the_archive_that_the_files_name(samples):
    named = re.search("资料库指纹 ([0-9a-f]{12})", text(samples, "/search?q=千问"))[1]
    assert samples.get("/export?q=千问&format=json").json["archive"]["fingerprint"].startswith(named)


def test_a_search_without_words_or_hits_has_a_paragraph_too(samples):
    assert "检索式" not in text(samples, "/search?tag=千问")
    assert "标签：千问；" in text(samples, "/search?tag=千问")
    assert "共得 0 条，其中原样相连 0 条。" in text(samples, "/search?q=无此一词")


def test_an_open_range_of_days_is_told_as_one(samples):
    assert "刊期：2026年3月1日至最新；" in text(samples, "/search?q=模型&from=2026-03-01")
    assert "刊期：最早至2026年3月1日；" in text(samples, "/search?q=模型&to=2026-03-01")


# ── the link ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_link_followed_at_once_says_that_nothing_has_changed(samples):
    total = samples.get("/api/v1/search?q=千问&scope=point").json["total"]
    told = page(samples, link(samples, "/search?q=千问&scope=point"))
    assert f"当时 {total} 个要点，现在 {total} 个要点。资料库没有变过。" in told


@pytest.mark.parametrize("kept", ["page=2", "sort=newest"])
def test_the_link_keeps_the_search_and_leaves_the_page(samples, kept):
    address = link(samples, f"/search?q=模型&{kept}")
    assert "page=" not in address
    assert ("sort=newest" in address) == (kept == "sort=newest")


def test_entries_that_came_and_went_are_named(before, holding):
    client, address = before(digest("模型甲", "模型乙", "别的"), digest("模型丁", day="2026-02-09"))
    holding(digest("模型甲", "别的"), digest("模型戊", "模型己", day="2026-02-10"))
    told = page(client, address)
    assert "当时 3 条，现在 4 条。新增 2 条，撤下或不再符合 1 条。" in told
    assert "其余的差别" not in told
    added, gone = re.search(r"新增的</summary>(.*?)撤下或不再符合的</summary>(.*?)</section>", told, re.DOTALL).groups()
    assert re.findall("/entries/([0-9-]+)", added) == ["20260210-01", "20260210-02"]
    assert re.findall("/entries/([0-9-]+)", gone) == ["20260208-02"]
    assert "模型乙" in gone


def test_an_entry_whose_text_no_longer_matches_is_gone_and_one_that_now_does_is_added(before, holding):
    client, address = before(digest("模型甲", "别的乙"), query="q=“模型甲的说明”")
    holding(digest("模型甲", "别的乙").replace("模型甲的说明", "说明").replace("别的乙的说明", "模型甲的说明"))
    assert "当时 1 条，现在 1 条。新增 1 条，撤下或不再符合 1 条。" in page(client, address)


def test_key_points_are_compared_as_such(before, holding):
    client, address = before(digest("模型甲"), query="q=模型&scope=point")
    holding(digest("模型甲", "模型乙"))
    told = page(client, address)
    assert "新增 1 个要点，撤下或不再符合 0 个要点。" in told
    assert "/entries/20260208-02.1" in told


def remove(client, issue, *, erase=False):
    services = client.application.extensions["wangqi"]
    with lock.writing(services.home, "test"), closing(Writer.open(services.home)) as writer:
        (writer.erase if erase else writer.remove)(issue)
        drain(writer, services.engine, services.lexicon.fingerprint)


def test_a_removed_issue_is_gone_and_an_erased_one_is_not_told_apart(before):
    client, address = before(digest("模型甲"), digest("模型乙", day="2026-02-09"))
    remove(client, "20260209")
    assert "当时 2 条，现在 1 条。新增 0 条，撤下或不再符合 1 条。" in page(client, address)
    remove(client, "20260209", erase=True)
    told = page(client, address)
    assert "新增 0 条，撤下或不再符合 0 条。其余的差别来自标签、别名或程序的变动，或销毁的各期。" in told


def test_a_long_list_is_cut(before, holding):
    client, address = before(digest("模型甲"))
    holding(digest(*(f"模型{number}号" for number in range(60)), day="2026-02-10"))
    told = page(client, address)
    assert "新增 60 条" in told
    assert "……共 60 条" in told


def test_where_too_much_has_changed_only_the_totals_are_told(before, holding, monkeypatch):
    client, address = before(digest("模型甲"))
    holding(digest("模型乙", day="2026-02-10"))
    monkeypatch.setattr(repeating, "MOST_ISSUES", 0)
    told = page(client, address)
    assert "当时 1 条，现在 2 条。资料库变动很多，不逐个列出。" in told


def test_another_total_of_the_same_archive_is_explained(samples):
    address = link(samples, "/search?q=千问").replace(".2.", ".7.")
    assert "总数不同，是因为标签、别名或程序变过" in page(samples, address)


def test_relative_days_go_by_the_day_of_the_search(samples):
    as_of = AsOf(datetime.datetime(2026, 2, 9, 1, tzinfo=datetime.UTC), 10, "0" * 12)
    found = samples.get(f"/api/v1/search?q=日期:近7天&as_of={as_of}").json
    assert (found["total"], found["query"]["resolved"]["to"]) == (10, "2026-02-09")
    assert samples.get(f"/api/v1/search?from=近7天&as_of={as_of}").json["query"]["resolved"]["from"] == "2026-02-03"


def test_pages_and_filters_keep_the_comparison_and_it_can_be_ended(samples):
    address = link(samples, "/search?q=模型")
    told = page(samples, address)
    as_of = address.partition("as_of=")[2]
    assert f"as_of={as_of}&page=2" in told
    assert '<a href="/search?q=%E6%A8%A1%E5%9E%8B">不再比较</a>' in told


@pytest.mark.parametrize(
    "value", ["x", "20260230T000000Z.1.aaaaaaaaaaaa", "20260209T120000Z.1", "20260209T120000Z.1.zz"]
)
def test_a_mistake_in_the_link_is_named(samples, value):
    assert "as_of 的值" in page(samples, f"/search?q=千问&as_of={value}", 400)


def test_a_moment_is_written_as_it_is_read():
    held = AsOf(THEN, 12, "4617d5fe8eef")
    assert str(held) == "20260210T120000Z.12.4617d5fe8eef"
    assert read_as_of(str(held)) == held
    assert read_as_of(str(replace(held, fingerprint="4617d5fe8eef" + "0" * 52))) == held
