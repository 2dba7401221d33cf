"""`match=word` on every face: only words that the texts are cut into."""

from __future__ import annotations

import csv
import html
import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from factories import digest
from flask.testing import FlaskClient

from web.commands import wangqi

TITLES = ("规模缩减", "机器人大规模减少", "机器人大战规模")
BEYOND = "机器人大规模应用"
NAMED = "人大立法"


@pytest.fixture
def client(indexing) -> FlaskClient:
    """人大 once as a word, twice across two words."""
    return indexing(digest(NAMED, *TITLES))


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.text)


@pytest.mark.parametrize(("asked", "total"), [("", 3), ("&match=any", 3), ("&match=", 3), ("&match=word", 1)])
def test_every_face_finds_the_same(client: FlaskClient, asked: str, total: int) -> None:
    address = f"q=人大{asked}"
    answer = client.get(f"/api/v1/search?{address}").json
    rows = list(csv.DictReader(io.StringIO(client.get(f"/export?{address}").text)))
    feed = ElementTree.fromstring(client.get(f"/feed?{address}").data)
    assert (answer["total"], len(rows)) == (total, total)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == total
    assert f"<strong>{total} 条</strong>" in page(client, f"/search?{address}")
    assert answer["query"]["match"] == ("word" if total == 1 else "any")


@pytest.mark.parametrize("room", ["search", "api/v1/search", "export", "feed"])
def test_another_value_answers_400_and_names_those_there_are(client: FlaskClient, room: str) -> None:
    answer = client.get(f"/{room}?q=人大&match=words")
    told = answer.json["error"]["message"] + answer.json["error"]["hint"] if answer.is_json else answer.text
    assert answer.status_code == 400
    assert "match 的值“words”不认识" in told
    assert "any、word" in told


def test_the_page_says_what_counts_and_leads_back(client: FlaskClient) -> None:
    shown = page(client, "/search?q=人大&match=word")
    assert "只算成词的" in shown
    assert '<a href="/search?q=人大">在别的词里的也算</a> <span class="count">3</span>' in _decoded(shown)


def test_where_a_word_stands_inside_others_the_page_leads_to_those_that_are_words(client: FlaskClient) -> None:
    shown = _decoded(page(client, "/search?q=人大"))
    assert '<a href="/search?q=人大&match=word">只算成词的</a> <span class="count">1</span>' in shown
    assert "只算成词的" not in page(client, "/search?q=规模")


def test_every_link_of_the_page_keeps_it(client: FlaskClient) -> None:
    shown = page(client, "/search?q=人大&match=word")
    kept = [
        address
        for address in re.findall(r'href="(/(?:search|export|feed)\?[^"]*)"(?!>在别的词里的也算)', shown)
        if parse_qs(urlsplit(address).query)["q"] == ["人大"]
    ]
    assert len(kept) > 10
    assert {tuple(parse_qs(urlsplit(address).query).get("match", ())) for address in kept} == {("word",)}
    hidden = '<input type="hidden" name="match" value="word">'
    assert shown.count(hidden) == 3  # the form's, the sample's and that of a search within


def test_an_empty_page_offers_what_stands_inside_other_words(client: FlaskClient, indexing) -> None:
    indexing(digest(*TITLES))
    shown = _decoded(page(client, "/search?q=人大&match=word"))
    assert '<a href="/search?q=人大">在别的词里的也算</a> <span class="count">2</span>' in shown.split("可以找到")[1]


def test_the_method_says_so(client: FlaskClient) -> None:
    assert "只算成词的匹配；检索单位" in page(client, "/search?q=人大&match=word")
    assert "成词的匹配；检索单位" not in page(client, "/search?q=人大")


def test_a_search_repeated_later_is_compared_alike(client: FlaskClient, indexing) -> None:
    address = re.search(r'<a href="(/search\?[^"]*as_of=[^"]*)">这个链接', page(client, "/search?q=人大&match=word"))
    indexing(digest(BEYOND, day="2026-02-09"))
    assert "当时 1 条，现在 1 条。新增 0 条" in page(client, address[1])


def test_exports_name_it(client: FlaskClient) -> None:
    assert client.get("/export?q=人大&match=word&format=json").json["query"]["match"] == "word"


def test_trends_count_words(client: FlaskClient) -> None:
    terms = [client.get(f"/api/v1/trend?term=人大{asked}").json["terms"] for asked in ("", "&match=word")]
    assert [each[0]["total"] for each in terms] == [3, 1]


def test_the_command_takes_it(client: FlaskClient) -> None:
    home = str(Path(client.application.extensions["wangqi"].home))
    run = CliRunner().invoke(wangqi, ["--home", home, "search", "人大", "--match", "word"])
    refused = CliRunner().invoke(wangqi, ["--home", home, "search", "人大", "--match", "words"])
    assert "共 1 条" in run.output
    assert refused.exit_code == 2
    assert "any、word" in refused.output


def _decoded(shown: str) -> str:
    return re.sub("(?:%[0-9A-F]{2})+", lambda found: bytes.fromhex(found[0].replace("%", "")).decode(), shown)
