"""Any search can be followed: its feed is read by a feed library, and what was read stays known for good."""

from __future__ import annotations

import datetime
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from click.testing import CliRunner
from factories import digest

from web import create_app
from web.commands import wangqi

SAMPLE = Path(__file__).parents[2] / "data" / "issues" / "2026" / "2026-02-08.md"
SPACE = "{http://a9.com/-/spec/opensearch/1.1/}"
HOSTILE = '<script>alert("甲")</script>乙&\''


def feed(client, address):
    response = client.get(f"/feed?{address}")
    assert response.status_code == 200, response.text
    read = feedparser.parse(response.data)
    assert not read.bozo, read.get("bozo_exception")
    return read


def total(response):
    return int(ElementTree.fromstring(response.data).find(f"{SPACE}totalResults").text)


def hits(client, address):
    return client.get(f"/api/v1/search?{address}&sort=newest&limit=50").json


# ── what is in it ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "address", ["", "q=模型", "tag=大模型", "category=政策与监管", "source=央视网", "q=千问&scope=point", "q=无此一词"]
)
def test_a_feed_has_the_whole_matches_newest_first_and_their_total(samples, address):
    found = hits(samples, address)
    read = feed(samples, address)
    assert [each.link.removeprefix("http://localhost") for each in read.entries] == [
        hit["url"] for hit in found["hits"]
    ]
    assert total(samples.get(f"/feed?{address}")) == found["total"]


def test_an_order_and_partial_matches_change_nothing(samples):
    assert samples.get("/feed?q=千问 海洋&sort=relevance").data == samples.get("/feed?q=千问 海洋").data
    assert feed(samples, "q=千问 海洋").entries == []


def test_an_entry_has_its_texts_sources_and_tags(samples):
    (read,) = feed(samples, "q=飞鱼-1.0 广州").entries
    assert read.title == "我国发布首个海洋预报AI大模型“飞鱼-1.0”"
    assert read.summary.startswith("2月7日，我国在广州发布了")
    assert "<li>标志着AI技术在海洋科学领域的应用取得重要突破。</li>" in read.content[0].value
    assert any(link.rel == "related" and link.href.startswith("https://tv.cctv.com/") for link in read.links)
    assert {"模型与技术进展", "飞鱼"} <= {tag.term for tag in read.tags}
    assert read.published == "2026-02-08T00:00:00+08:00"


def test_a_key_point_is_told_by_its_text(samples):
    read = feed(samples, "q=奥委会内部系统&scope=point").entries[0]
    assert read.summary == "“千问”还将被部署于奥委会内部系统，协助奥运知识管理和内容创作。"
    assert read.link.endswith("/entries/20260208-08#p2")


def test_a_feed_names_itself_and_its_page(samples):
    read = feed(samples, "q=模型&tag=大模型").feed
    links = {link.rel: link.href for link in read.links}
    assert links["self"] == "http://localhost/feed?q=%E6%A8%A1%E5%9E%8B&tag=%E5%A4%A7%E6%A8%A1%E5%9E%8B"
    assert links["alternate"].startswith("http://localhost/search?q=")
    assert read.title == "往期：模型"


def test_no_text_breaks_a_feed_or_becomes_markup(holding):
    (read,) = feed(holding(digest(f"{HOSTILE}\x0b\ufffe丙")), "").entries
    assert "<script>" not in read.content[0].value
    assert ElementTree.fromstring(holding().get("/feed").data).findtext(
        "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title"
    ) == f"{HOSTILE}丙"  # fmt: skip


def test_a_reader_asks_for_more_entries(samples):
    assert len(feed(samples, "limit=100").entries) == 100
    assert len(feed(samples, "").entries) == 50


def test_a_mistake_in_the_address_is_named(samples):
    assert samples.get("/feed?from=x").status_code == 400


# ── what stays ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_ids_stay_when_everything_is_ingested_again_elsewhere(samples, tmp_path):
    home = tmp_path / "second"
    assert CliRunner().invoke(wangqi, ["--home", str(home), "ingest", str(SAMPLE)]).exit_code == 0
    other = create_app(home, TESTING=True, PUBLIC_URL="https://other.example").test_client()
    for scope in ("entry", "point"):
        address = f"from=2026-02-08&to=2026-02-08&scope={scope}"
        ids = {each.id for each in feed(samples, address).entries}
        assert ids == {each.id for each in feed(other, address).entries}
        assert len(ids) == total(samples.get(f"/feed?{address}"))


def test_a_revision_keeps_the_id_and_changes_the_day(holding):
    client = holding(digest("甲事"))
    before = feed(client, "").entries[0]
    holding(digest("甲事").replace("甲事的说明", "甲事的说明，更正"))
    after = feed(client, "").entries[0]
    assert after.id == before.id
    assert after.updated >= before.updated
    assert "更正" in after.summary


def test_series_of_one_day_have_ids_of_their_own(holding):
    client = holding(digest("甲事"), digest("甲事", series="另一个"))
    assert len({each.id for each in feed(client, "").entries}) == 2


# ── asking again ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_has_not_changed_is_not_sent_again(samples):
    first = samples.get("/feed?q=模型")
    again = samples.get("/feed?q=模型", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    later = samples.get("/feed?q=模型", headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert later.status_code == 304


def test_what_has_changed_is_sent(holding):
    client = holding(digest("甲事"))
    tag = client.get("/feed").headers["ETag"]
    holding(digest("甲事", "乙事"))
    assert client.get("/feed", headers={"If-None-Match": tag}).status_code == 200


def test_an_empty_feed_was_last_changed_long_ago(samples):
    assert feed(samples, "q=无此一词").feed.updated == datetime.datetime.fromtimestamp(0, datetime.UTC).isoformat()


# ── where it is found ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("/search?q=千问&scope=point&sort=newest", "/feed?q=%E5%8D%83%E9%97%AE&amp;scope=point"),
        ("/tags/千问", "/feed?tag=%E5%8D%83%E9%97%AE"),
        ("/categories/政策与监管", "/feed?category="),
        ("/", "/feed"),
    ],
)
def test_a_page_names_its_feed(samples, page, address):
    text = samples.get(page).text
    assert f'<link rel="alternate" href="{address}' in text
    assert text.count('type="application/atom+xml"') == 1
    assert f'<link rel="alternate" href="{address.replace("/feed", "/feed.json")}' in text
    assert text.count('type="application/feed+json"') == 1


def test_a_browser_can_add_the_archive(samples):
    assert '<link rel="search" href="/opensearch.xml"' in samples.get("/help").text
    response = samples.get("/opensearch.xml")
    assert response.mimetype == "application/opensearchdescription+xml"
    root = ElementTree.fromstring(response.data)
    assert root.findtext(f"{SPACE}ShortName") == "往期"
    templates = {each.get("type"): each.get("template") for each in root.findall(f"{SPACE}Url")}
    assert templates["text/html"] == "http://localhost/search?q={searchTerms}"
    assert templates["application/atom+xml"] == "http://localhost/feed?q={searchTerms}"


# ── as a JSON Feed ──────────────────────────────────────────────────────────────────────────────────────────────────


def json_feed(client, address=""):
    response = client.get(f"/feed.json?{address}")
    assert (response.status_code, response.mimetype) == (200, "application/feed+json")
    return response.json


@pytest.mark.parametrize("address", ["", "q=模型", "tag=大模型", "q=千问&scope=point", "q=无此一词"])
def test_both_forms_tell_the_same(samples, address):
    atom, told = feed(samples, address), json_feed(samples, address)
    assert (told["version"], told["title"]) == ("https://jsonfeed.org/version/1.1", atom.feed.title)
    assert told["_wangqi"] == {"total": total(samples.get(f"/feed?{address}"))}
    for item, each in zip(told["items"], atom.entries, strict=True):
        assert (item["id"], item["url"], item["title"]) == (each.id, each.link, each.title)
        assert (item["date_published"], item["date_modified"]) == (each.published, each.updated)
        assert item.get("summary", "") == each.summary
        assert item.get("content_html", "") == each.content[0].value
        assert item.get("tags", []) == [tag.term for tag in each.get("tags", [])]


def test_a_json_feed_names_itself_its_page_and_where_an_entry_comes_from(samples):
    told = json_feed(samples, "q=飞鱼-1.0 广州")
    assert told["feed_url"].startswith("http://localhost/feed.json?q=")
    assert told["home_page_url"].startswith("http://localhost/search?q=")
    assert told["items"][0]["external_url"].startswith("https://tv.cctv.com/")


def test_an_item_has_nothing_empty(holding):
    (item,) = json_feed(holding("# AI 行业动态 (2026-02-08)\n\n**甲**\n\n- **甲事**\n"))["items"]
    assert set(item) == {"id", "url", "title", "date_published", "date_modified", "tags"}


def test_no_text_breaks_a_json_feed_or_becomes_markup(holding):
    (item,) = json_feed(holding(digest(HOSTILE)))["items"]
    assert item["title"] == HOSTILE
    assert "<script>" not in item["content_html"]


def test_a_json_feed_that_has_not_changed_is_not_sent_again(samples):
    first = samples.get("/feed.json?q=模型")
    assert samples.get("/feed.json?q=模型", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
