"""Clients on real connections who read an export slowly, or go away in the middle; the server goes on for others."""

from __future__ import annotations

import csv
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from factories import digest
from serving import comes, found, processes_of, read, served

from web.commands import wangqi

DAYS, A_DAY = 20, 150
EXPORT = "export?q=%E6%A8%A1%E5%9E%8B&format=csv"  # 模型


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A server of one process with three thousand entries."""
    folder = tmp_path_factory.mktemp("large")
    for day in range(DAYS):
        titles = (f"第 {day * A_DAY + n} 个模型" + "的消息" * 30 for n in range(A_DAY))
        (folder / f"{day}.md").write_text(digest(*titles, day=f"2026-03-{day + 1:02}"), encoding="utf-8")
    home = ["--home", str(folder / "home")]
    assert CliRunner().invoke(wangqi, [*home, "ingest", str(folder), "--quiet"]).exit_code == 0
    return [sys.executable, "-m", "web", *home, "serve", "--port", "0", "--processes", "1"]


@pytest.fixture(scope="module")
def base(command: list[str]) -> Iterator[str]:
    with served(command) as address:
        yield address


def begun(base: str) -> socket.socket:
    """A connection with small buffers that asked for the export and has its first byte."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(60)
    to = urlsplit(base)
    connection.connect((to.hostname, to.port))
    connection.sendall(f"GET /{EXPORT} HTTP/1.0\r\nHost: {to.netloc}\r\n\r\n".encode())
    assert connection.recv(1) == b"H"
    return connection


def gone(connection: socket.socket) -> None:
    """The client is away without a word: its system refuses whatever comes."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def is_free(base: str) -> bool:
    """Whether an export is begun, and not told to wait."""
    try:
        return bool(read(base + EXPORT))
    except HTTPError as error:
        if error.code != 503:
            raise
        return False


def readers(command: list[str]) -> int:
    """How often the server's processes have the database open."""
    database = Path(command[command.index("--home") + 1]) / "wangqi.db"
    (process,) = processes_of([word.encode() for word in command])
    return sum(each.exists() and each.samefile(database) for each in Path(f"/proc/{process}/fd").iterdir())


def test_an_export_that_is_read_slowly_comes_whole_and_holds_nobody_up(base: str) -> None:
    with closing(begun(base)) as slow:
        assert len(found(base, "模型")) == 20  # a page of hits, while nobody reads the file
        assert comes(lambda: is_free(base))  # nor does it hold another's export up
        text = bytearray()
        while piece := slow.recv(1000):
            text += piece
    assert text.startswith(b"TTP/1.0 200 ")
    rows = list(csv.DictReader(text.partition(b"\r\n\r\n")[2].decode().splitlines()))
    assert len({row["id"] for row in rows}) == len(rows) == DAYS * A_DAY


def test_clients_that_go_away_in_the_middle_leave_the_server_as_it_was(base: str, command: list[str]) -> None:
    assert comes(lambda: is_free(base))
    before = readers(command)
    for _ in range(8):
        gone(begun(base))
    assert comes(lambda: is_free(base))
    assert comes(lambda: readers(command) <= before)
    assert len(found(base, "模型")) == 20
