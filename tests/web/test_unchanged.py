"""A page that a reader already has is answered in one line, and only as long as it would be the same."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from factories import digest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from web import create_app
from web.commands import wangqi
from web.services import Services

ADDRESSES = ["/", "/search?q=千问", "/api/v1/search?q=千问", "/issues/20260208", "/entries/20260208-01", "/issues/"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one issue."""
    take_in(tmp_path, digest("千问"))
    return tmp_path / "home"


def take_in(folder: Path, text: str) -> None:
    """Ingest an issue, as from another process."""
    (folder / "issue.md").write_text(text, encoding="utf-8")
    arguments = ["--home", str(folder / "home"), "ingest", str(folder / "issue.md")]
    assert CliRunner().invoke(wangqi, arguments).exit_code == 0


def again(client: FlaskClient, address: str, before: TestResponse) -> TestResponse:
    """The answer to a reader who has the one before."""
    return client.get(address, headers={"If-None-Match": before.headers["ETag"]})


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_same_page_is_not_sent_twice(home: Path, address: str) -> None:
    client = create_app(home).test_client()
    before = client.get(address)
    after = again(client, address, before)
    assert (before.status_code, after.status_code, after.data) == (200, 304, b"")
    assert after.headers["ETag"] == before.headers["ETag"]
    assert before.headers["ETag"].startswith("W/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_sent_anew_once_another_issue_is_in(home: Path, address: str) -> None:
    client = create_app(home).test_client()
    before = client.get(address)
    take_in(home.parent, digest("飞鱼", day="2026-02-09"))
    assert again(client, address, before).status_code == 200


def test_a_page_is_sent_anew_on_the_next_day(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = create_app(home).test_client()
    before = client.get("/search?q=日期:近7天")
    tomorrow = Services.today() + datetime.timedelta(1)
    monkeypatch.setattr(Services, "today", staticmethod(lambda: tomorrow))
    assert again(client, "/search?q=日期:近7天", before).status_code == 200


def test_another_page_or_program_has_another_tag(home: Path) -> None:
    client = create_app(home).test_client()
    tags = [client.get(each).headers["ETag"] for each in ("/search?q=千问", "/search?q=千问&page=1", "/search?q=问")]
    tags.append(create_app(home).test_client().get("/search?q=千问").headers["ETag"])
    assert len(set(tags)) == 4


@pytest.mark.parametrize("address", ["/healthz", "/status", "/export?q=千问&format=csv", "/nothing", "/entries/1-01"])
def test_what_tells_of_more_than_the_archive_has_no_tag(home: Path, address: str) -> None:
    assert "ETag" not in create_app(home).test_client().get(address).headers


def test_a_home_that_is_not_there_is_told_as_ever(tmp_path: Path) -> None:
    client = create_app(tmp_path / "none").test_client()
    assert client.get("/search?q=千问", headers={"If-None-Match": "*"}).status_code == 503
