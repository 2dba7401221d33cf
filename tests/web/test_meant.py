"""Did you mean: offered where hits are few, counted, never imposed."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator
from threading import Event
from urllib.parse import quote

import pytest
from factories import digest
from flask.testing import FlaskClient

from indexer.query import parse
from indexer.spelling import Speller
from indexer.vocabulary import known
from web.kept import Kept
from web.meant import Meant, meant

SPELLER = Speller(known({"智能": 9, "职能": 3, "模型": 4}, {"千问": 8}))
OFFERED = re.compile(r'<a href="([^"]+)">([^<]+)</a> <span class="count">(\d+) 条</span>')


def offered(client: FlaskClient, query: str) -> list[dict]:
    return client.get(f"/api/v1/search?q={quote(query)}").json["query"]["did_you_mean"]


@pytest.fixture
def client(holding) -> Iterator[FlaskClient]:
    """Twelve entries on 千问 and OpenAI, two on 具身智能, one on 人工只能."""
    return holding(
        digest(*(f"千问第{number}次与OpenAI合作上线" for number in range(1, 13))),
        digest("具身智能机器人", "具身智能大会", "人工只能", "科学人工智能", day="2026-02-09"),
    )


@pytest.mark.parametrize(
    ("query", "text", "total"),
    [
        ("千文", "千问", 12),
        ("千文 上线", "千问 上线", 12),
        ("具身只能", "具身智能", 2),
        ("具身智熊", "具身智能", 2),
        ("Opneai", "OpenAI", 12),
        ("qianwen shangxian", "千问 上线", 12),
        ("标题:千文", "标题:千问", 12),
    ],
)
def test_what_was_meant_is_offered_with_its_count(client: FlaskClient, query: str, text: str, total: int) -> None:
    assert offered(client, query)[0] == {"text": text, "total": total}


def test_the_offer_counts_under_the_same_filters(client: FlaskClient) -> None:
    assert offered(client, "千文&to=2026-02-07") == []
    answer = client.get("/api/v1/search?q=千文&scope=point").json
    assert answer["query"]["did_you_mean"] == [{"text": "千问", "total": 12}]


def test_of_a_pasted_paragraph_no_other_spelling_is_tried(client: FlaskClient) -> None:
    assert offered(client, "千文 " + "上线 " * 15)
    assert not offered(client, "千文 " + "上线 " * 16)


@pytest.mark.parametrize("query", ["千问", "千问 具身智能", "量子", "", "千文 量子"])
def test_what_finds_something_or_is_like_nothing_has_no_offer(client: FlaskClient, query: str) -> None:
    assert offered(client, query) == []


def test_whoever_wants_no_facets_is_offered_nothing(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=千文&facets=0").json["query"]["did_you_mean"] == []


def test_the_page_links_what_was_meant_and_shows_what_was_asked(client: FlaskClient) -> None:
    page = client.get("/search?q=千文").text
    address, text, count = OFFERED.search(page.partition("您是不是要找")[2]).groups()
    assert (text, count) == ("千问", "12")
    assert "没有找到“千文”" in page
    assert "<strong>12 条</strong>" in client.get(html.unescape(address)).text


def test_what_is_offered_knows_the_issue_that_came_last(client: FlaskClient, holding) -> None:
    assert offered(client, "飞于") == []
    holding(digest("飞鱼一号", "飞鱼二号", day="2026-02-10"))
    assert offered(client, "飞于")[0]["text"] == "飞鱼"


@pytest.mark.parametrize(("total", "needed"), [(0, 1), (1, 10), (2, 20)])
def test_an_offer_finds_ten_times_as_much(total: int, needed: int) -> None:
    tree = parse("千文").tree
    assert meant(tree, total, SPELLER, lambda _: needed) == (Meant("千问", needed),)
    assert meant(tree, total, SPELLER, lambda _: needed - 1) == ()


def test_only_the_likeliest_are_counted_and_three_are_offered() -> None:
    counted: list[str] = []
    found = meant(parse("只能 千文 末行").tree, 0, SPELLER, lambda text: counted.append(text) or 5)
    assert [each.text for each in found] == counted
    assert len(counted) == 3


def test_while_a_generation_is_being_made_the_one_before_is_given() -> None:
    kept = Kept[str]()
    kept.of(1, lambda: "before")
    assert kept.of(2, lambda: f"after {kept.of(2, str)}") == "after before"


def test_beside_its_readers_the_next_is_made_in_a_thread_and_not_at_once_again() -> None:
    kept, begin, done = Kept[str](), Event(), Event()

    def make(value: str) -> str:
        begin.wait(60)
        return value

    assert kept.beside(1, lambda: "first") == "first"
    assert kept.beside(2, lambda: make("second")) == "first"
    assert kept.beside(3, lambda: make("third")) == "first"  # one at a time
    begin.set()
    while kept.beside(2, lambda: done.set() or "again") == "first":
        pass
    kept._again = time.monotonic() + 3600
    assert kept.beside(3, lambda: "third") == "second"
    assert not done.is_set()


def test_what_is_kept_of_a_generation_is_made_once() -> None:
    kept, made = Kept[int](), []
    assert [kept.of(generation, lambda: made.append(0) or len(made)) for generation in (1, 1, 2)] == [1, 1, 2]
