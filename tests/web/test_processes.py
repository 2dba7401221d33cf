"""Several processes on one socket: begun again where one dies, gone with the first."""

from __future__ import annotations

import json
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from factories import digest
from serving import comes, printing, processes_of, read, served

from archive.store import Reader
from indexer.engine import Request
from web.commands import wangqi
from web.services import Services


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A server of two processes."""
    home = tmp_path_factory.mktemp("served") / "home"
    make_home(home, "千问")
    return [sys.executable, "-m", "web", "--home", str(home), "serve", "--port", "0", "--processes", "2"]


def make_home(home: Path, title: str) -> None:
    """A home with one entry."""
    ingested = CliRunner().invoke(wangqi, ["--home", str(home), "ingest", "-"], input=digest(title))
    assert ingested.exit_code == 0, ingested.output


def children(process: int) -> list[int]:
    """The processes that a process began."""
    held = Path(f"/proc/{process}/task/{process}/children")
    return [int(each) for each in held.read_text().split()] if held.exists() else []


def first_of(command: list[str]) -> int:
    """The first process of a server, once it has begun the others."""
    wanted = [word.encode() for word in command]
    assert comes(lambda: any(len(children(each)) == 2 for each in processes_of(wanted)))
    return next(each for each in processes_of(wanted) if children(each))


def is_alive(process: int) -> bool:
    """Whether a process runs, and is not merely waited for."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_process_that_dies_is_begun_again_and_the_others_answer(command: list[str]) -> None:
    with served(command) as base:
        first = first_of(command)
        before = children(first)
        os.kill(before[0], signal.SIGKILL)
        assert comes(lambda: not is_alive(before[0]))
        assert b'"ok"' in read(f"{base}healthz")
        assert comes(lambda: sum(map(is_alive, children(first))) == 2)
        assert set(children(first)) != set(before)


def test_where_all_have_died_those_begun_again_open_the_index_themselves(command: list[str]) -> None:
    with served(command) as base:
        first = first_of(command)
        before = set(children(first))
        for each in before:
            os.kill(each, signal.SIGKILL)
        assert comes(lambda: before.isdisjoint(children(first)) and len(children(first)) == 2)
        assert json.loads(read(f"{base}api/v1/search?q=%E5%8D%83%E9%97%AE"))["total"] == 1


def test_the_process_that_only_waits_has_let_go_of_the_index(command: list[str]) -> None:
    def maps(process: int) -> bool:
        return "/index/" in Path(f"/proc/{process}/maps").read_text()

    with served(command):
        first = first_of(command)
        assert comes(lambda: not maps(first))
        assert all(map(maps, children(first)))


def test_services_that_were_closed_open_the_index_again(tmp_path: Path) -> None:
    services = Services(tmp_path)
    make_home(tmp_path, "千问")
    with closing(Reader.open(tmp_path)) as reader:
        assert services.engine_for(reader).search(Request()).total == 1
        services.close()
        assert (services.generation, services.engine.search(Request()).total) == (0, 0)
        assert services.engine_for(reader).search(Request()).total == 1


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_however_the_first_process_ends_none_is_left(command: list[str], how: signal.Signals) -> None:
    with served(command) as base:
        first = first_of(command)
        others = children(first)
        assert b'"ok"' in read(f"{base}healthz")
        os.kill(first, how)
        assert comes(lambda: not any(map(is_alive, [first, *others])))


def test_a_server_that_is_told_to_end_says_that_it_did(command: list[str]) -> None:
    with printing(command) as lines:
        assert "等候" in next(lines)
        os.kill(first_of(command), signal.SIGTERM)
        assert "已结束" in "".join(lines)


def sockets(process: int) -> int:
    """How many sockets a process holds open."""
    return sum(str(each.readlink()).startswith("socket:") for each in Path(f"/proc/{process}/fd").iterdir())


def test_connections_that_stay_open_are_shared_out_evenly(command: list[str]) -> None:
    with served(command) as base, ExitStack() as opened:
        both = children(first_of(command))
        before = [sockets(process) for process in both]
        for _ in range(16):
            connection = opened.enter_context(closing(HTTPConnection(urlsplit(base).netloc, timeout=30)))
            connection.request("GET", "/healthz")
            assert b'"ok"' in connection.getresponse().read()
        held = [sockets(process) - already for process, already in zip(both, before, strict=True)]
        assert sum(held) == 16
        assert min(held) >= 6


def test_requests_that_wait_for_a_thread_write_no_lines(command: list[str]) -> None:
    waiting = [*command, "--threads", "1"]
    with printing(waiting) as lines:
        base = next(word for word in next(lines).split() if word.startswith("http"))
        with ThreadPoolExecutor(16) as clients:
            assert len([*clients.map(read, [f"{base}api/v1/search?q=%E5%8D%83"] * 64)]) == 64
        os.kill(first_of(waiting), signal.SIGTERM)
        assert "".join(lines) == "已结束\n"
