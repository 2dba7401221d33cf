"""What the system refuses while a page is made, and an index that changes meanwhile."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from factories import digest
from flask.testing import FlaskClient

from archive.store import Reader
from indexer.engine import Generation
from indexer.errors import IndexUnusable
from web.services import Services


@pytest.fixture
def client(holding: Callable[..., FlaskClient]) -> FlaskClient:
    made = holding(digest("千问"))
    made.application.config["TESTING"] = False
    return made


@pytest.mark.parametrize("address", ["/search?q=千问", "/api/v1/search?q=千问", "/healthz"])
def test_a_page_that_the_system_refuses_says_so(
    client: FlaskClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    with monkeypatch.context() as patch:
        patch.setattr(Services, "engine_for", refused)
        answer = client.get(address)
        assert (answer.status_code, "打开的文件太多" in answer.get_data(as_text=True)) == (503, True)
    assert client.get(address).status_code == 200


def test_a_generation_that_is_cleared_while_it_is_opened_gives_way_to_the_next(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database names another one by then; the reader asks it again."""
    services: Services = client.application.extensions["wangqi"]
    reader = Reader.open(services.home)
    named = iter([Generation(98, "gone")])
    monkeypatch.setattr("indexer.replaying.in_force", lambda _: next(named, Generation(1, "held")))
    tried = []

    def opened(generation: Generation) -> None:
        tried.append(generation.number)
        if generation.number == 98:
            raise IndexUnusable("gone")

    monkeypatch.setattr(services.engine, "open", opened)
    services.engine_for(reader)
    reader.close()
    assert tried == [98, 1]


def test_an_index_that_stays_unusable_is_no_endless_loop(client: FlaskClient, tmp_path: Path) -> None:
    services = Services(tmp_path / "home")
    services.segmenter = client.application.extensions["wangqi"].segmenter
    shutil.rmtree(tmp_path / "home" / "index", ignore_errors=True)
    reader = Reader.open(services.home)
    with pytest.raises(IndexUnusable):
        services.engine_for(reader)
    reader.close()
