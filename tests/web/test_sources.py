"""Who is cited, how often, and of what kind; each source's number is that of its search."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

import pytest
from factories import digest

from archive.outlets import Outlet, Outlets
from web.sources import UNKNOWN, sources_of

LISTED = Outlets(
    (
        Outlet("示例局", "政府", ("ju.gov.example",)),
        Outlet("示例公司", "企业", ("gongsi.example", "blog.example")),
        Outlet("示例日报", "媒体", ("ribao.example",)),
        Outlet("没人引用", "学术", ("none.example",)),
    )
)
CITED = [
    ("1", "**局**", "ju.gov.example"),
    ("1", "日报", "news.ribao.example"),
    ("2", "示例日报", ""),
    ("3", "公司", "gongsi.example"),
    ("3", "公司博客", "x.blog.example"),
    ("4", "小站", "small.example"),
    ("5", "小站", "a.small.example"),
    ("6", "口头", ""),
    ("6", "", ""),
]


def get(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, response.text
    return html.unescape(response.text)


def total(client, page):
    """What the search that a source's page links to finds."""
    address = re.search(r'<a href="/search\?([^"]+)">检索其中', page)[1]
    return client.get(f"/api/v1/search?{address}&limit=0").json["total"]


@pytest.fixture(scope="module")
def made():
    return sources_of(CITED, LISTED)


# ── counting ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_outlet_has_the_entries_of_its_hosts_and_of_its_name(made):
    assert [(each.name, each.kind, each.entries) for each in made.outlets] == [
        ("small.example", "", 2),
        ("示例日报", "媒体", 2),
        ("a.small.example", "", 1),
        ("口头", "", 1),
        ("示例公司", "企业", 1),
        ("示例局", "政府", 1),
    ]


def test_a_host_counts_its_subdomains_and_knows_its_outlet(made):
    by_host = {each.name: (each.entries, each.outlet) for each in made.hosts}
    assert by_host == {
        "ju.gov.example": (1, "示例局"),
        "news.ribao.example": (1, "示例日报"),
        "gongsi.example": (1, "示例公司"),
        "x.blog.example": (1, "示例公司"),
        "small.example": (2, ""),
        "a.small.example": (1, ""),
    }


def test_an_entry_counts_once_for_each_kind_that_it_cites(made):
    assert made.shares == {"政府": 1, "企业": 1, "媒体": 2, "学术": 0, "社区": 0, UNKNOWN: 3}
    assert (made.primary, made.entries) == (2, 6)


def test_a_source_is_told_by_the_names_it_is_cited_under(made):
    assert made.named("示例公司").names == ("公司", "公司博客")
    assert made.named("WWW.small.example").names == ("小站",)
    assert made.named("没人引用") is None


def test_nothing_cited_makes_no_sources():
    held = sources_of([], LISTED)
    assert (held.outlets, held.hosts, held.entries, held.primary) == ((), (), 0, 0)


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("by", ["outlet", "host"])
def test_every_number_is_that_of_the_sources_own_page_and_search(samples, by):
    page = get(samples, f"/sources/?by={by}")
    rows = re.findall(r'<tr><th scope="row"><a href="/sources/([^"]+)">.*?<td class="number">(\d+)</td></tr>', page)
    assert len(rows) > 30
    for name, count in rows:
        own = get(samples, f"/sources/{name}")
        assert f'<p class="about">{count} 条' in own, name
        assert total(samples, own) == int(count), name


@pytest.mark.parametrize(
    "name",
    ["国家数据局", "nda.gov.cn", "www.nda.gov.cn", quote("国家数据局"), "人民网", "people.com.cn", "sh.people.com.cn"],
)
def test_a_source_is_reached_by_its_name_or_a_host(samples, name):
    page = get(samples, f"/sources/{name}")
    assert "检索其中" in page
    assert 'type="application/atom+xml"' in page


def test_a_source_has_its_kind_categories_months_and_hosts(samples):
    page = get(samples, "/sources/人民网")
    assert "<span>媒体</span>" in page
    assert 'href="/sources/finance.people.com.cn"' in page
    assert "<svg" in page
    assert f'href="/sources/{quote("人民网")}">人民网</a>' in get(samples, "/sources/sh.people.com.cn")
    linked = re.search(r'<a href="/search\?(source=[^"]+category=[^"]+)">[^<]+</a> <span class="count">(\d+)', page)
    assert samples.get(f"/api/v1/search?{linked[1]}&limit=0").json["total"] == int(linked[2])


def test_kinds_narrow_the_list_and_shares_are_told(samples):
    page = get(samples, "/sources/?kind=政府")
    assert "国家数据局" in page
    assert ">人民网<" not in page
    assert re.search(r"一手来源（政府、企业）\d+ 条，占 \d+\.\d%；媒体 \d+ 条，占 \d+\.\d%", page)
    assert "没有这一类的来源" in get(samples, "/sources/?kind=学术")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/sources/?by=x", 400),
        ("/sources/?kind=x", 400),
        ("/sources/?page=x", 400),
        ("/sources/?page=99", 404),
        ("/sources/人民网?page=99", 404),
        ("/sources/人民网?page=0", 400),
        ("/sources/没有这家", 404),
        ("/sources/" + "长" * 3000, 404),
    ],
)
def test_a_mistake_is_answered_in_words(samples, address, status):
    assert "<h1>" in get(samples, address, status)


def test_an_unknown_source_is_told_near_names(samples):
    assert ">国家数据局</a>" in get(samples, "/sources/国家数据中心局", 404)


def test_a_home_has_outlets_of_its_own(holding):
    client = holding(digest("甲", "乙"))
    home = client.application.extensions["wangqi"].home
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "outlets.toml").write_text(
        '[[outlet]]\nname = "本地日报"\nkind = "媒体"\nhosts = ["news.example.com"]', encoding="utf-8"
    )
    assert "<span>媒体</span>" in get(client, "/sources/本地日报")
    assert '<p class="about">2 条' in get(client, "/sources/本地日报")


def test_entries_without_sources_have_no_sources_page(holding):
    text = "\n".join(line for line in digest("甲").splitlines() if "来源" not in line)
    assert "还没有带来源的条目" in get(holding(text), "/sources/")
