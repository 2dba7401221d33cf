"""A folder -> a small archive to do harm to: made, copied, written to by the real commands, and proved sound."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest import mock

from click.testing import CliRunner
from flask.testing import FlaskClient

from archive.store import Reader
from indexer.segmenter import Segmenter
from tests.factories import digest
from web import create_app
from web.commands import wangqi
from web.services import Services

ONE, TWO, NEXT = "2026-02-08", "2026-02-09", "2026-02-10"
PAGES = ("/", "/status", "/issues/2026-02-09", "/healthz", "/search?q=动态", "/api/v1/search?q=动态&limit=500")
QUERY = "动态"  # in every title: what it finds is how much is searchable


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended; `crash` is the exception that nobody turned into a sentence."""

    status: int
    out: str
    err: str
    crash: str


@cache
def segmenter() -> Segmenter:
    """One loaded dictionary, which every child inherits."""
    with tempfile.TemporaryDirectory() as folder:
        made = Segmenter(Services(Path(folder)).lexicon, Path(folder) / "cache")
        made.cut("预热")
    return made


def text(*titles: str, day: str) -> str:
    """An issue's Markdown; every title holds the query."""
    return digest(*(f"{title}动态" for title in titles), day=day)


class House:
    """A home and the files that go into it, side by side in one folder. Its methods belong into a child."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home, self.files = folder, folder / "home", folder / "files"

    def write(self, name: str, content: str) -> Path:
        """A file that may be ingested."""
        self.files.mkdir(parents=True, exist_ok=True)
        path = self.files / name
        path.write_text(content, encoding="utf-8")
        return path

    def run(self, *arguments: str) -> Done:
        """A command as a person gives it."""
        with mock.patch.object(Services, "segmenter", segmenter()):
            done = CliRunner().invoke(wangqi, ["--home", str(self.home), *arguments])
        crashed = done.exception is not None and not isinstance(done.exception, SystemExit)
        return Done(done.exit_code, done.stdout, done.stderr, repr(done.exception) if crashed else "")

    def ingest(self, name: str, *arguments: str) -> Done:
        """A file into the archive."""
        return self.run("ingest", str(self.files / name), *arguments)

    def faults(self) -> list[str]:
        """What `check` finds."""
        done = self.run("check", "--json")
        return [fault["message"] for fault in json.loads(done.out)["faults"]] if done.out else [done.err]

    def found(self, query: str = QUERY) -> list[str]:
        """The ids that a search finds."""
        done = self.run("search", query, "--json", "--limit", "500")
        return [hit["id"] for hit in json.loads(done.out)["hits"]] if done.out else [done.err or done.crash]

    def lost(self, acknowledged: dict[str, bytes]) -> list[str]:
        """The issues of which no revision has these bytes any more."""
        with suppress(Exception), _reader(self.home) as reader:
            return [issue for issue, data in acknowledged.items() if data not in _all_bytes(reader, issue)]
        return list(acknowledged)

    def copied(self, folder: Path) -> House:
        """The same in another folder."""
        shutil.copytree(self.folder, folder)
        return House(folder)

    def client(self) -> FlaskClient:
        """The pages over it, as the server runs them: an exception is a 500."""
        app = create_app(self.home)
        app.extensions["wangqi"].segmenter = segmenter()
        return app.test_client()


@contextmanager
def temporary() -> Iterator[Path]:
    """A folder in memory where the system has one, gone afterwards; every module that children need is loaded."""
    _warm()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="wangqi-faults-", dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@cache
def _warm() -> None:
    """Give every command once, so that children import nothing: an import is no I/O of the archive."""
    segmenter()
    with tempfile.TemporaryDirectory(prefix="wangqi-faults-") as folder:
        house = House(Path(folder))
        furnish(house)
        kept = str(house.folder / "kept.db")
        given = (["search", QUERY, "--json"], ["search", QUERY], ["check", "--json"], ["stats"], ["reindex"])
        for arguments in (*given, ["remove", "20260208"], ["backup", kept], ["restore", kept]):
            house.run(*arguments)
        for address in PAGES:
            house.client().get(address)


def furnish(house: House) -> dict[str, bytes]:
    """Two issues, the first corrected once, and the file of a third; issue -> the bytes acknowledged for it."""
    house.write("one.md", text("千问", day=ONE))
    house.write("two.md", text("青鸾", "麒麟", day=TWO))
    assert house.run("ingest", str(house.files)).status == 0
    house.write("one.md", text("千问", "飞鱼", day=ONE))
    assert house.ingest("one.md").status == 0
    house.write("next.md", text("玄武", day=NEXT))
    names = {"20260208": "one.md", "20260209": "two.md"}
    return {issue: (house.files / name).read_bytes() for issue, name in names.items()}


@contextmanager
def _reader(home: Path) -> Iterator[Reader]:
    reader = Reader.open(home)
    try:
        yield reader
    finally:
        reader.close()


def _all_bytes(reader: Reader, issue: str) -> list[bytes]:
    return [reader.raw(issue, revision.number) for revision in reader.revisions(issue)]
