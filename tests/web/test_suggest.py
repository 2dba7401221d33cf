"""GET /api/v1/suggest: completions, whatever was typed."""

from __future__ import annotations

import pytest
from factories import digest
from flask.testing import FlaskClient


@pytest.fixture
def client(holding) -> FlaskClient:
    return holding(digest("千问上线", "千问开源", "量子计算"))


def test_completions_are_told_with_their_kind_and_count(client: FlaskClient) -> None:
    assert client.get("/api/v1/suggest?q=qw&limit=1").json == {
        "query": "qw",
        "suggestions": [{"text": "千问", "kind": "tag", "count": 2}],
    }


@pytest.mark.parametrize("query", ["", "q=", "q=%20", "q=zzzz", "q=%00", "q=千&limit=0", "q=" + "千" * 4096])
def test_what_is_unknown_has_an_empty_list(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/v1/suggest?{query}")
    assert (answer.status_code, answer.json["suggestions"]) == (200, [])


@pytest.mark.parametrize("query", ["q=千&limit=-1", "q=千&limit=51", "q=千&limit=x", "q=" + "千" * 4097])
def test_a_parameter_out_of_its_range_is_told(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/v1/suggest?{query}")
    assert (answer.status_code, answer.json["error"]["code"]) == (400, "bad-request")


def test_where_there_is_no_archive_yet_the_answer_says_so(empty: FlaskClient) -> None:
    assert empty.get("/api/v1/suggest?q=千").status_code == 503


def test_what_was_withdrawn_is_not_offered(client: FlaskClient, holding) -> None:
    holding(digest("量子计算"), force=True)
    found = client.get("/api/v1/suggest?q=千问").json["suggestions"]
    assert found == []
