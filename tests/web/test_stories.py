"""Stories: their pages, their list, an entry's other reports, the API and the command."""

from __future__ import annotations

import html
import json
import re
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from factories import digest

from archive import lock
from archive.store import Writer
from web.commands import wangqi

TOLD = "示例公司发布语音模型 Sample Voice"


def told(day, *titles, page="https://one.example.com/news/1", series="示例动态"):
    """A digest whose first entry cites the page."""
    return digest(*titles, day=day, series=series).replace(f"https://news.example.com/{day}/1", page)


def get(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, response.text
    return html.unescape(response.text)


@pytest.fixture
def client(holding):
    """Three reports of one event, two of another, and one that stands alone."""
    return holding(
        told("2026-02-08", TOLD, "只此一篇"),
        told("2026-02-09", "语音模型 Sample Voice 来了", series="<b>第二</b>日报"),
        told("2026-02-12", "再谈 Sample Voice"),
        told("2026-03-01", "另一件事", page="https://two.example.org/x/2"),
        told("2026-03-02", "另一件事的后续", page="https://two.example.org/x/2"),
    )


def home(client):
    return str(client.application.extensions["wangqi"].home)


def run(client, *arguments):
    return CliRunner().invoke(wangqi, ["--home", home(client), *arguments])


# ── a story ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_story_leads_to_the_tags_of_more_than_one_report_and_to_their_trend(holding):
    one = told("2026-02-08", "百度与腾讯谈千问")
    client = holding(one, told("2026-02-09", "千问之后，百度"), told("2026-02-12", "百度再谈 OpenAI"))
    page = get(client, "/stories/20260208-01")
    tags = page.partition('aria-label="这些报道的标签"')[2].partition("</ul>")[0]
    assert re.findall(r">([^<]+)</a>", tags) == ["百度", "千问"]
    assert unquote(re.search(r'href="(/trends\?[^"]+)">走势', page)[1]) == '/trends?term=标签:"百度"&term=标签:"千问"'


def test_whom_a_report_cites_is_told_once(holding):
    again = told("2026-02-08", TOLD).replace(
        "/news/1)", "/news/1)、[示例日报](https://news.example.com/2)、<https://a.example/3>"
    )
    client = holding(again, told("2026-02-09", TOLD))
    page = get(client, "/stories/20260208-01")
    assert "<span>示例日报</span><span>a.example</span></p>" in page
    assert "  示例动态  示例日报、a.example" in run(client, "story", "20260208-01").stdout


def test_a_report_that_stands_alone_leads_to_no_trend(client):
    assert "/trends?" not in get(client, "/stories/20260208-02")


def test_a_story_tells_its_reports_from_the_first_to_the_last(client):
    page = get(client, "/stories/20260208-01")
    ids = re.findall(r'<li id="([^"]+)">', page)
    assert ids == ["20260208-01", "20260209-01", "20260212-01"]
    assert f"<h1>{TOLD}</h1>" in page
    assert "3 篇报道" in page
    assert "，5 天" in page
    assert "<span>示例日报</span>" in page
    assert "<b>第二</b>" not in client.get("/stories/20260208-01").text


@pytest.mark.parametrize("identifier", ["20260209-01", "20260212-01", "20260212-01.1", "20260208-01.1"])
def test_any_report_leads_to_the_first(client, identifier):
    response = client.get(f"/stories/{identifier}")
    assert (response.status_code, response.headers["Location"]) == (301, "/stories/20260208-01")
    assert response.headers["Cache-Control"] == "no-cache"


def test_what_nobody_else_tells_is_a_story_of_one(client):
    page = get(client, "/stories/20260208-02")
    assert "目前只有这一篇报道" in page
    assert 'content="noindex"' in page


def test_a_withdrawn_first_report_leads_to_the_next(client, tmp_path):
    file = tmp_path / "again.md"
    file.write_text(digest("只此一篇", day="2026-02-08"), encoding="utf-8")
    assert run(client, "ingest", str(file)).exit_code == 0
    assert client.get("/stories/20260208-01").headers["Location"] == "/stories/20260209-01"
    assert "20260208-01" not in get(client, "/stories/20260209-01")
    assert "同一事件的其他报道" not in get(client, "/entries/20260208-01", 410)


@pytest.mark.parametrize("identifier", ["20260208-99", "没有", "20260208", "x" * 3000, "20260208-01.9", "%00"])
def test_an_unknown_id_is_told_in_words(client, identifier):
    assert "<h1>" in get(client, f"/stories/{identifier}", 404)


# ── the list ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_has_every_story_once_by_news_or_by_size(client):
    def listed(address):
        return re.findall(r'<p class="told"><a href="/stories/([^"]+)">', get(client, address))

    assert listed("/stories/") == ["20260301-01", "20260208-01"]
    assert listed("/stories/?sort=largest") == ["20260208-01", "20260301-01"]
    assert "2 个事件" in get(client, "/stories/")


def test_without_stories_the_list_says_so(holding):
    assert "还没有哪一件事" in get(holding(digest("甲")), "/stories/")


@pytest.mark.parametrize(("query", "status"), [("sort=x", 400), ("page=x", 400), ("page=0", 400), ("page=9", 404)])
def test_a_mistake_is_answered_in_words(client, query, status):
    assert "<h1>" in get(client, f"/stories/?{query}", status)


def test_long_lists_have_pages(client, monkeypatch):
    monkeypatch.setattr("web.rooms.stories.A_PAGE", 1)
    page = get(client, "/stories/?sort=largest&page=2")
    assert "/stories/20260301-01" in page
    assert 'href="/stories/?sort=largest"' in page


def test_the_reports_of_a_long_story_have_pages(client, monkeypatch):
    monkeypatch.setattr("web.rooms.stories.A_PAGE", 2)
    reports = [re.findall(r'<li id="([^"]+)">', get(client, f"/stories/20260208-01?page={n}")) for n in (1, 2)]
    assert reports == [["20260208-01", "20260209-01"], ["20260212-01"]]
    assert 'href="/stories/20260208-01?page=2#20260212-01"' in get(client, "/stories/20260208-01")
    assert "共 3 篇报道，2 页" in get(client, "/stories/20260208-01?page=3", 404)


# ── an entry ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_entry_shows_its_other_reports(client):
    page = get(client, "/entries/20260209-01")
    part = page[page.index("同一事件的其他报道") :]
    assert re.findall(r'<p class="told"><a href="/entries/([^"]+)">', part) == ["20260208-01", "20260212-01"]
    assert '<a href="/stories/20260208-01">按时间看全部 3 篇</a>' in part


def test_more_reports_than_an_entry_shows_are_told(client, monkeypatch):
    monkeypatch.setattr("web.rooms.entries.MOST_OTHERS", 1)
    assert "另有 1 篇，按时间看全部 3 篇" in get(client, "/entries/20260209-01")


@pytest.mark.parametrize("address", ["/entries/20260208-02", "/entries/20260208-01?revision=1"])
def test_alone_or_as_it_was_it_shows_none(client, address):
    assert "同一事件的其他报道" not in get(client, address)


# ── the API and the command ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_api_and_the_command_tell_the_same(client):
    story = client.get("/api/v1/entries/20260212-01").json["entry"]["story"]
    assert (story["id"], story["url"], story["title"]) == ("20260208-01", "/stories/20260208-01", TOLD)
    assert (story["first"], story["last"]) == ("2026-02-08", "2026-02-12")
    assert [each["id"] for each in story["entries"]] == ["20260208-01", "20260209-01", "20260212-01"]
    assert story["entries"][0]["sources"] == [{"name": "示例日报", "url": "https://one.example.com/news/1"}]
    assert json.loads(run(client, "story", "20260209-01", "--json").stdout) == {"story": story}
    assert json.loads(run(client, "show", "20260209-01", "--json").stdout)["entry"]["story"] == story
    assert client.get("/api/v1/entries/20260208-02").json["entry"]["story"] is None


def test_the_command_lists_the_reports(client):
    lines = run(client, "story", "20260212-01").stdout.splitlines()
    assert lines[0] == f"{TOLD}  3 篇，2026-02-08 至 2026-02-12"
    assert lines[1] == f"2026-02-08  20260208-01  {TOLD}  示例动态  示例日报"
    assert len(lines) == 4
    assert "1 篇" in run(client, "story", "20260208-02").stdout


def test_the_command_knows_what_it_does_not_know(client):
    done = run(client, "story", "20260208-99")
    assert done.exit_code == 1
    assert "没有编号为 20260208-99 的条目" in done.stderr


def test_a_withdrawn_entry_that_nobody_else_tells_is_gone(client):
    assert run(client, "remove", "20260208").exit_code == 0
    assert "已撤下" in get(client, "/stories/20260208-02", 410)
    done = run(client, "story", "20260208-02")
    assert (done.exit_code, "已撤下" in done.stderr) == (1, True)
    assert client.get("/stories/20260208-01").headers["Location"] == "/stories/20260209-01"


def test_reindexing_compares_anew_and_a_check_finds_what_waits(client):
    services = client.application.extensions["wangqi"]
    with lock.writing(services.home, "test"):
        writer = Writer.open(services.home)
        writer._db.execute("DELETE FROM joins")
        writer.stories.compare_anew(writer.reader.issue_ids())
        writer.close()
    assert "5 期还没有与前后各期比对" in run(client, "check").stdout
    assert run(client, "reindex", "--quiet").exit_code == 0
    assert "3 篇" in run(client, "story", "20260208-01").stdout
