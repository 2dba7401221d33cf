"""Tags in the browser: their index, their pages, what comes together with what."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import pytest
from factories import digest
from flask.testing import FlaskClient

from archive.curation import Decision
from archive.store import Writer
from archive.tagger import read_names
from indexer.pinyin import initial, letter
from web.services import Services
from web.tagging import Shown, Tags

TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"


def ask(client: FlaskClient, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.text


def tags_on(page: str) -> dict[str, int]:
    """The tags of a page that lead to their own pages or narrow this one, with their counts."""
    found = re.findall(r'<a href="/tags/[^"?][^"]*"[^>]*>([^<]+?) <span class="count">(\d+)</span>', page)
    return {html.unescape(name): int(count) for name, count in found}


def services(client: FlaskClient) -> Services:
    return client.application.extensions["wangqi"]


@pytest.fixture
def named(holding) -> FlaskClient:
    """百度 in three entries of two months, 千问 in two of these, 阿里巴巴 in one; 腾讯 apart."""
    return holding(
        digest("百度与千问", "阿里巴巴、百度与千问", "腾讯"),
        digest("百度降价", day="2026-04-01"),
    )


@pytest.fixture
def decided(named) -> Iterator[Writer]:
    with closing(Writer.open(services(named).home)) as writer:
        yield writer


# ── totals ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_page_facet_api_feed_and_export_say_the_same_number_of_every_tag(samples):
    counts = {each["name"]: each["count"] for each in samples.get("/api/v1/tags").json["tags"]}
    assert len(counts) > 100
    facet = samples.get("/api/v1/search?limit=0").json["facets"]["tag"]
    assert {each["value"]: each["count"] for each in facet}.items() <= counts.items()
    for name, count in counts.items():
        found = samples.get("/api/v1/search", query_string={"tag": name, "limit": 0}).json
        feed = ElementTree.fromstring(samples.get("/feed", query_string={"tag": name, "limit": 1}).data)
        exported = samples.get("/export", query_string={"tag": name, "format": "ndjson"}).text.splitlines()
        numbers = {
            "page": int(re.search(r'<p class="about">(\d+) 条', ask(samples, f"/tags/{quote(name, safe='')}"))[1]),
            "facet": {each["value"]: each["count"] for each in found["facets"]["tag"]}[name],
            "search": found["total"],
            "feed": int(feed.findtext(TOTAL)),
            "export": len({json.loads(line)["id"] for line in exported}),
        }
        assert set(numbers.values()) == {count}, (name, numbers)


def test_a_narrowed_page_holds_what_the_link_said(samples):
    beside = tags_on(ask(samples, "/tags/OpenAI"))
    for name, count in list(beside.items())[:5]:
        assert f'<p class="about">{count} 条' in ask(samples, f"/tags/OpenAI?with={quote(name)}")


# ── a tag's page ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_tag_tells_when_it_was_seen_first_and_last(named):
    page = ask(named, "/tags/百度")
    assert '首见 <a href="/issues/2026-02-08">' in page
    assert '最近 <a href="/issues/2026-04-01">' in page


def test_a_timeline_has_its_months_and_every_month_opens_its_entries(named):
    page = html.unescape(ask(named, "/tags/百度"))
    assert "百度：各月条数" in page
    address = next(each for each in re.findall(r'href="(/search\?[^"]+)"', page) if "from=2026-02-01" in each)
    assert ask(named, address).count("<article>") == 2


def test_a_tag_tells_its_other_names_its_parent_and_what_is_below(named):
    assert "又作 " in ask(named, "/tags/千问")
    assert "Qwen" in ask(named, "/tags/千问")
    assert f'<a href="/tags/{quote("阿里巴巴")}">阿里巴巴</a>' in ask(named, "/tags/千问")
    below = ask(named, "/tags/阿里巴巴").partition("<h2>下属</h2>")[2].partition("</section>")[0]
    assert f'<a href="/tags/{quote("千问")}">千问</a>' in below


def test_a_tag_has_categories_sources_and_a_feed(named):
    page = ask(named, "/tags/百度")
    assert '>模型与技术进展</a> <span class="count">3</span>' in page
    assert re.search(r'source=[^"]+">[^<]*</a> <span class="count">3</span>', page)
    feed = html.unescape(re.search(r'rel="alternate" href="([^"]+)"', page)[1])
    assert named.get(feed).text.count("<entry>") == 3


def test_a_tag_is_narrowed_by_those_beside_it_and_broadened_again(named):
    page = ask(named, "/tags/百度")
    assert tags_on(page) == {"千问": 2, "阿里巴巴": 1}
    narrowed = ask(named, f"/tags/百度?with={quote('千问')}")
    assert '<p class="about">2 条' in narrowed
    assert tags_on(narrowed) == {"阿里巴巴": 1}
    twice = ask(named, f"/tags/百度?with={quote('千问')}&with={quote('阿里巴巴')}")
    assert '<p class="about">1 条' in twice
    broader = re.search(r'<a href="([^"]+)" aria-label="去掉 千问"', twice)[1]
    assert '<p class="about">1 条' in ask(named, html.unescape(broader))
    assert unquote(broader) == "/tags/百度?with=阿里巴巴"


def test_tags_that_never_come_together_lead_back(named):
    page = ask(named, f"/tags/百度?with={quote('腾讯')}")
    assert "没有同时有这些标签的条目" in page
    assert "只看“百度”" in page


def test_who_comes_with_whom_is_counted(named):
    table = ask(named, "/tags/百度").partition("<h2>共现</h2>")[2]
    assert re.findall(r'<th scope="col" class="number">([^<]+)</th>', table) == ["千问", "阿里巴巴"]
    assert re.findall(r">(\d+)<", table.partition("<tbody>")[2]) == ["2", "1", "1", "1"]


def numbers(page: str) -> list[str]:
    return re.findall(r">(\d+|·)<", page.partition("<tbody>")[2])


def test_who_comes_with_whom_is_counted_in_what_a_search_finds(named):
    page = html.unescape(ask(named, "/together?q=百度"))
    assert re.findall(r'<th scope="row">([^<]+)</th>', page) == ["百度", "千问", "阿里巴巴"]
    assert numbers(page) == ["3", "2", "1", "2", "2", "1", "1", "1", "1"]
    assert numbers(ask(named, "/together?q=百度&to=2026-03&tag=阿里巴巴")) == ["1", "1", "1", "1"]
    for address, told in re.findall(r'<a href="(/search[^"]+)" rel="nofollow">(?:<b>)?(\d+)', page):
        assert ask(named, address).count("<article>") == int(told)


def test_a_search_leads_to_who_comes_with_whom_in_it_and_back(named):
    there = html.unescape(
        re.search(r'href="(/together[^"]+)"', ask(named, "/search?q=百度&from=2026-02&to=2026-03"))[1]
    )
    page = ask(named, there)
    assert "“百度” 2 条" in page
    assert f'<a href="/search{there.removeprefix("/together")}">检索结果</a>' in html.unescape(page)


def test_who_comes_with_whom_is_counted_over_everything_and_over_key_points(named):
    everything = ask(named, "/together")
    assert " 4 条" in everything
    assert numbers(everything)[0] == "3"
    assert " 3 个要点" in ask(named, "/together?q=百度&scope=point")


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/together?q=没有的词", 200, "这里没有两个以上的机构、产品或人物"),
        ("/together?from=鱼", 400, "from 的值“鱼”不是日期"),
        ("/together?scope=鱼", 400, "scope 的值“鱼”不认识"),
    ],
)
def test_where_nobody_comes_with_anybody_it_says_so(named, address, status, told):
    assert told in ask(named, address, status)


def test_a_tag_leads_to_its_trend(named):
    trend = re.search(r'<a href="(/trends[^"]+)">走势</a>', ask(named, f"/tags/百度?with={quote('千问')}"))[1]
    page = ask(named, html.unescape(trend))
    assert re.findall(r'<th scope="col" class="number c\d">([^<]+)</th>', html.unescape(page)) == [
        '标签:"百度"',
        '标签:"千问"',
    ]
    assert re.findall(r'<td class="number"><a href="[^"]+">(\d+)</a></td>', page) == ["3", "2"]


def test_other_names_lead_to_the_tags_own_and_keep_the_rest(named):
    response = named.get("/tags/Baidu?with=Qwen&with=千问&page=1")
    assert response.status_code == 302
    assert unquote(response.headers["Location"]) == "/tags/百度?with=千问&page=1"


@pytest.mark.parametrize("typed", ["千问", quote("千问"), "%20千问%20", "ＱＷＥＮ", "qwen"])
def test_a_name_is_typed_pasted_or_encoded(named, typed):
    assert "<h1>千问</h1>" in named.get(f"/tags/{typed}", follow_redirects=True).text


# ── why an entry has a tag ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Claude", "名录：标题中的“Claude Opus 4.6”"),
        ("千问", '名录：<a href="#p1">要点 1</a> 中的“通義千問”'),
        ("百度", "名录：影响中的“ＢＡＩＤＵ”"),
        ("飞鱼管理办法", "书名号：背景中的“飞鱼管理办法”"),
        ("测试中", "标签行：标签行中的“测试中”"),
    ],
)
def test_an_entry_tells_rule_field_and_words_of_each_tag(holding, name, reason):
    client = holding(
        "# 示例动态 (2026-02-08)\n\n**模型**\n\n- **Claude Opus 4.6 发布**\n  **背景**：此前有《飞鱼管理办法》。\n"
        "  **要点**：\n    - 通義千問也来了。\n  **影响**：ＢＡＩＤＵ表示欢迎。\n  **标签**：测试中\n"
    )
    told = html.unescape(ask(client, "/entries/20260208-01")).partition('<details class="why">')[2]
    assert f"<dt>{name}</dt><dd>{reason}</dd>" in told.partition("</details>")[0]


def test_an_entry_with_ten_thousand_tags_is_shown(crowded):
    page = ask(crowded, "/entries/20260208-01")
    assert page.count("<dt>名目") == 10_000


# ── more than a page can show ───────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def crowded(holding) -> FlaskClient:
    """One entry with ten thousand tags of a label line."""
    labels = "、".join(f"名目{n:04}" for n in range(10_000))
    return holding(digest("百度发布").replace("  **要点**", f"  **标签**：{labels}\n  **要点**"))


def test_of_ten_thousand_tags_a_search_lists_ten_and_leads_to_all(crowded):
    facet = crowded.get("/api/v1/search?limit=0").json["facets"]["tag"]
    assert len(facet) == 50
    page = html.unescape(ask(crowded, "/search?q=百度"))
    assert len(re.findall(r'<li><a href="[^"]*">名目', page)) == 10
    everything = re.search('<a href="([^"]+)" rel="nofollow">全部标签</a>', page)[1]
    last = html.unescape(ask(crowded, f"{everything}&page=51"))
    assert "标签 10001 个" in last
    assert "第 51 页，共 51 页" in last
    assert re.findall(r'<li><a href="[^"]*">([^<]+)</a> <span class="count">', last) == ["百度"]


def test_a_tag_with_ten_thousand_beside_it_shows_some_and_says_so(crowded):
    page = ask(crowded, "/tags/百度")
    assert '<h2>同时出现 <span class="dates">最多的 30 个</span></h2>' in page
    assert len(tags_on(page)) == 30


def test_a_tags_page_waits_for_no_speller(named, monkeypatch):
    monkeypatch.delattr(Services, "language_for")
    ask(named, "/tags/腾讯")


# ── what people decided ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_merged_tag_leads_to_the_other_which_names_it(named, decided):
    decided.decide(Decision("merge", "腾讯", "百度"))
    assert unquote(named.get("/tags/腾讯").headers["Location"]) == "/tags/百度"
    assert "腾讯" in re.search("又作 ([^·<]+)", ask(named, "/tags/百度"))[1]


def test_a_hidden_tag_has_no_page(named, decided):
    number = decided.decide(Decision("hide", "腾讯"))
    ask(named, "/tags/腾讯", 404)
    decided.undo(number)
    ask(named, "/tags/腾讯")


def test_a_tag_by_hand_says_so_on_the_entry(named, decided):
    decided.decide(Decision("add", "测试中", kind="主题", entry="20260208-01"))
    assert "<dt>测试中</dt><dd>手工</dd>" in ask(named, "/entries/20260208-01")


# ── bad input ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "meant"), [("百渡", "百度"), ("千文", "千问"), ("腾迅", "腾讯"), ("tengxun", "腾讯")]
)
def test_an_unknown_tag_names_those_that_sound_or_look_like_it(named, typed, meant):
    page = ask(named, f"/tags/{typed}", 404)
    assert f"没有叫“{typed}”的标签" in page
    assert f'<a href="/tags/{quote(meant)}">' in page


def test_an_unknown_second_tag_is_told(named):
    assert "没有叫“没有的”的标签" in ask(named, "/tags/百度?with=没有的", 404)


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/tags/百度?" + "&".join(f"with={n}" for n in range(9)), 400, "with 有 9 个"),
        ("/tags/百度?page=99", 404, "没有第 99 页：“百度”共 3 条"),
        ("/tags/?kind=鱼", 400, "kind 的值“鱼”不认识"),
        ("/tags/?by=鱼", 400, "by 的值“鱼”不认识"),
        ("/tags/?letter=鱼", 400, "没有以“鱼”开头的标签"),
        ("/tags/?kind=机构&page=9", 404, "没有第 9 页：共 3 个标签，1 页"),
        ("/tags/?page=2", 404, "没有第 2 页：总览只有 1 页"),
        ("/tags/" + "长" * 3000, 404, "没有叫“"),
    ],
)
def test_what_cannot_be_shown_says_why(named, address, status, told):
    assert told in ask(named, address, status)


def test_an_empty_with_is_nothing(named):
    assert '<p class="about">3 条' in ask(named, "/tags/百度?with=&with=%20")


# ── the index ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_tags_are_listed_by_kind(named):
    assert tags_on(ask(named, "/tags/?kind=机构")) == {"百度": 3, "阿里巴巴": 1, "腾讯": 1}
    assert ask(named, "/tags/").count("<h2>") == 2


@pytest.mark.parametrize(("letter", "held"), [("B", ["百度"]), ("q", ["千问"]), ("A", ["阿里巴巴"])])
def test_tags_are_listed_as_they_are_said(named, letter, held):
    assert list(tags_on(ask(named, f"/tags/?letter={letter}"))) == held


def test_the_index_by_pinyin_begins_with_the_first_letter(named):
    page = ask(named, "/tags/?by=pinyin")
    assert re.findall(r'aria-label="([A-Z#])，', page) == ["A", "B", "Q", "T"]
    assert "阿里巴巴" in tags_on(page)


@pytest.mark.parametrize(("name", "begins"), [("千问2", "qian wen"), ("OpenAI", "openai"), ("360智脑", ""), ("", "")])
def test_a_name_begins_as_it_is_said_or_written(name, begins):
    assert initial(name) == begins
    assert letter(name) == begins[:1]


@pytest.mark.parametrize("name", ["重庆大学", "重量级", "长城", "行业协会", "曾国藩", "Ａ股"])
def test_a_name_stands_under_the_letter_of_how_it_is_said(name):
    assert letter(name) == initial(name)[:1]


def test_every_listed_name_stands_under_the_letter_of_how_it_is_said():
    names = read_names((Path(__file__).parents[2] / "data" / "tags.toml").read_text(encoding="utf-8"))
    assert len(names) > 200
    assert [each.name for each in names if letter(each.name) != initial(each.name)[:1]] == []


# ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_cloud_has_the_most_frequent_in_order_with_sizes():
    tags = Tags(
        (Shown("千问", "产品", 100), Shown("百度", "机构", 10), Shown("阿里", "机构", 1), Shown("腾讯", "机构", 1))
    )
    assert [(each.name, size) for each, size in tags.cloud(3)] == [("阿里", 1), ("百度", 3), ("千问", 5)]
    assert tags.cloud(1) == [(tags.all[0], 1)]
    assert Tags(()).cloud(3) == []


def test_what_is_no_letter_comes_last():
    tags = Tags(tuple(Shown(name, "产品", 1) for name in ("360", "Zoom", "千问", "Qwen", "清华")))
    assert {letter: [each.name for each in tags.under(letter)] for letter in tags.by_letter} == {
        "Q": ["千问", "清华", "Qwen"],
        "Z": ["Zoom"],
        "#": ["360"],
    }


def test_near_names_are_those_of_a_speller_first_and_never_unknown():
    tags = Tags(tuple(Shown(name, "产品", 1) for name in ("飞鱼", "飞鸟", "青鸾")))
    near = tags.near("飞渔", ["青鸾", "没有的"])
    assert near[0] == "青鸾"
    assert sorted(near) == ["青鸾", "飞鱼", "飞鸟"]


def test_fifty_thousand_tags_are_paged(named, monkeypatch):
    many = Tags(tuple(Shown(f"名{n}", "产品", 50_000 - n) for n in range(50_000)))
    monkeypatch.setattr("web.rooms.browse.tags_in", lambda *_: many)
    assert len(tags_on(ask(named, "/tags/?kind=产品&page=250"))) == 200
    assert "全部 50000 个" in ask(named, "/tags/")
    assert len(ask(named, "/tags/")) < 60_000
    assert "名1" in many.near("名1x", ())
