"""Homes with the sample issues, or with issues that a test writes itself, and clients of the pages over them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive import lock
from archive.ingest import Options, find_files, ingest
from archive.store import Writer
from indexer.replaying import drain
from web import create_app

SAMPLES = Path(__file__).parents[2] / "data" / "issues"


def fill(client: FlaskClient, *paths: Path, force: bool = False) -> None:
    """Ingest files and folders into the client's home."""
    services = client.application.extensions["wangqi"]
    with lock.writing(services.home, "test"):
        writer = Writer.open(services.home)
        list(ingest(find_files(paths), writer, services.tagger, Options(force=force)))
        drain(writer, services.engine, services.lexicon.fingerprint)
        writer.close()


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client over the sample issues; tests only read."""
    client = create_app(tmp_path_factory.mktemp("samples"), TESTING=True).test_client()
    fill(client, SAMPLES)
    return client


@pytest.fixture
def empty(samples: FlaskClient, tmp_path: Path) -> FlaskClient:
    """A client over a home in which there is nothing yet; it shares the loaded dictionary of the samples."""
    return sharing(samples, tmp_path, ENGINE="memory:")


@pytest.fixture
def holding(empty: FlaskClient, tmp_path: Path) -> Callable[..., FlaskClient]:
    """Ingest texts, one file each, one after another, and give the client."""
    return ingesting(empty, tmp_path)


@pytest.fixture
def indexing(samples: FlaskClient, tmp_path: Path) -> Callable[..., FlaskClient]:
    """The same with an index on disk, as whoever installs the archive has it."""
    return ingesting(sharing(samples, tmp_path), tmp_path)


def sharing(samples: FlaskClient, folder: Path, **settings: str) -> FlaskClient:
    """A client over a new home, with the dictionary that is loaded already."""
    app = create_app(folder / "home", TESTING=True, **settings)
    app.extensions["wangqi"].segmenter = samples.application.extensions["wangqi"].segmenter
    return app.test_client()


def ingesting(client: FlaskClient, folder: Path) -> Callable[..., FlaskClient]:
    """What ingests texts, one file each, and gives the client."""

    def ingested(*texts: str, force: bool = False) -> FlaskClient:
        for number, text in enumerate(texts):
            path = folder / f"{number}.md"
            path.write_text(text, encoding="utf-8")
            fill(client, path, force=force)
        return client

    return ingested
