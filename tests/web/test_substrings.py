"""What a search for Latin words leaves to others that hold them: counted, with an example and a link."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from factories import digest
from flask.testing import FlaskClient

from web.commands import wangqi

TITLES = ("GPT上线", "ChatGPT上线", "ＣｈａｔＧＰＴ更新", "MiniGPT与ChatGPT上线", "千问上线")


@pytest.fixture
def client(holding) -> FlaskClient:
    """Five entries on what has GPT in its name, and on what has not."""
    return holding(digest(*TITLES))


def told(client: FlaskClient, query: str, **parameters: str) -> list[dict]:
    return client.get("/api/v1/search", query_string={"q": query, **parameters}).json["query"]["substrings"]


def test_words_that_hold_the_letters_are_counted_with_an_example(client: FlaskClient) -> None:
    assert told(client, "GPT") == [{"term": "GPT", "more": 3, "example": "ChatGPT", "query": "*GPT*"}]


def test_the_offered_query_finds_so_many_more(client: FlaskClient) -> None:
    totals = [client.get("/api/v1/search", query_string={"q": query}).json["total"] for query in ("GPT", "*GPT*")]
    assert totals == [1, 4]


@pytest.mark.parametrize(
    ("query", "more"),
    [("gpt 上线", 2), ("标题:GPT 更新", 1), ("GPT -更新", 2), ("gpt上线", 2), ("GPT|千问", 3)],
)
def test_the_rest_of_the_query_stays(client: FlaskClient, query: str, more: int) -> None:
    assert [each["more"] for each in told(client, query)] == [more]


@pytest.mark.parametrize("query", ["千问", "ChatGPT", "*GPT*", "“GPT”", "千问 -GPT", "Claude", ""])
def test_what_has_nothing_more_is_not_told(client: FlaskClient, query: str) -> None:
    assert told(client, query) == []


def test_of_a_key_point_the_example_stands_in_it(client: FlaskClient) -> None:
    assert told(client, "GPT", scope="point")[0]["more"] == 3
    assert told(client, "GPT 更新", scope="point")[0]["example"] == "ＣｈａｔＧＰＴ"


def test_where_only_the_title_was_asked_the_example_is_the_entrys(client: FlaskClient, holding) -> None:
    holding(digest("Gemini上线", day="2026-02-09").replace("Gemini上线的要点", "另有要点"))
    (found,) = told(client, "标题:mini 另有", scope="point")
    assert (found["more"], found["example"]) == (1, "Gemini")


def test_three_words_of_a_query_are_tried(client: FlaskClient) -> None:
    assert [each["term"] for each in told(client, "标题:GPT|mini|hat|Cha")] == ["GPT", "mini", "hat"]


def test_whoever_wants_no_facets_is_told_nothing(client: FlaskClient) -> None:
    assert told(client, "GPT", facets="0") == []


def test_the_filters_hold_for_what_is_told(client: FlaskClient) -> None:
    assert told(client, "GPT", to="2026-02-07") == []


def test_the_page_links_what_it_tells(client: FlaskClient) -> None:
    page = client.get("/search?q=GPT").text
    address, text = re.search(r'另有 <a href="([^"]+)">([^<]+)</a>', page).groups()
    assert text == "3 条含 ChatGPT 等词"
    assert "<strong>4 条</strong>" in client.get(html.unescape(address)).text


def test_the_example_is_written_like_the_word_where_one_is(client: FlaskClient, holding) -> None:
    holding(digest("Gemini甲", "Gemini乙", "MINI丙", day="2026-02-09"))
    assert [told(client, word)[0]["example"] for word in ("mini", "Mini")] == ["Gemini", "MiniGPT"]


def test_the_command_tells_how_to_ask(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(digest(*TITLES), encoding="utf-8")
    for arguments in (["ingest", str(tmp_path / "a.md")], ["search", "GPT"]):
        done = CliRunner().invoke(wangqi, ["--home", str(tmp_path / "home"), *arguments])
    assert "另有 3 条含 ChatGPT 等词，检索式写作 *GPT*" in done.stdout
