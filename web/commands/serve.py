"""`wangqi serve`, `wangqi demo`: the pages and the API from a production server, on loopback by default."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from collections.abc import MutableSequence
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.commands.home import hint, with_services, writing
from web.config import PORT

if TYPE_CHECKING:
    import socket

    from flask import Flask

    from web.services import Services

MOST_BYTES = 4 * 1024 * 1024
COLLECTED_AFTER = (10_000, 20, 20)  # objects: with 700 a twentieth of a page went into looking for cycles
WAITING_BYTES = 2 * 1024**3  # of one answer, in a temporary file: a slow line keeps no thread and no reader


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="端口；0 为任一空闲的")
@click.option("--threads", type=click.IntRange(1, 64), default=3, show_default=True, help="每个进程同时处理几个请求")
@click.option(
    "--processes",
    type=click.IntRange(1, 16),
    default=lambda: min(os.cpu_count() or 1, 4),
    help="几个进程；默认每核一个",
)
@with_services
def serve(services: Services, host: str, port: int, threads: int, processes: int) -> None:
    """启动网页与 API。"""
    run(services.home, _listening(host, port), threads, processes)


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="端口；被占用时换一个")
def demo(port: int) -> None:
    """在临时的资料库里收录示例，启动网页；结束即清除。"""
    import tempfile  # here, since every command loads this module

    from archive.errors import HomeError
    from archive.ingest import Options, find_files, ingest
    from indexer.replaying import drain
    from web.config import shipped_data
    from web.services import Services

    try:
        listening = _listening("127.0.0.1", port)
    except HomeError:
        listening = _listening("127.0.0.1", 0)
    with tempfile.TemporaryDirectory(prefix="wangqi-demo-") as folder:
        services = Services(Path(folder))
        with writing(services, "demo", 0) as writer:
            for _ in ingest(find_files([shipped_data() / "issues"]), writer, services.tagger, Options()):
                pass
            drain(writer, services.engine, services.lexicon.fingerprint)
        run(services.home, listening, threads=3)


def run(home: Path, listening: socket.socket, threads: int, processes: int = 1) -> None:
    """Serve until interrupted; slow clients cannot hold it up (connection limit, short channel time-out)."""
    import ipaddress

    from web import create_app
    from web.memory import use_one_heap
    from web.mending import Mender
    from web.processes import run_in_processes, shared_numbers

    address, port = listening.getsockname()[:2]
    app = create_app(home)
    if not ipaddress.ip_address(address).is_loopback:
        app.config["TRUSTED_HOSTS"] = [*app.config["TRUSTED_HOSTS"], address]
    services: Services = app.extensions["wangqi"]
    services.mender = Mender(services.home)
    services.tell = hint
    services.processes = processes
    use_one_heap()
    _warm(services)
    click.echo(f"往期在 http://{address}:{port}/ 等候，Ctrl+C 结束")
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):
        answer = partial(_answer, app, listening, threads, shared_numbers(processes))
        run_in_processes(answer, processes, services.close)
    click.echo("已结束")


def _answer(app: Flask, listening: socket.socket, threads: int, held: MutableSequence[int], number: int) -> None:
    """Answer on a socket that others share; each notes at its number how many connections it holds."""
    from web.memory import keep_small
    from web.sharing import SharingServer

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # else a line for each request that waits
    server = SharingServer(
        app,
        listening,
        held,
        number,
        threads=threads,
        connection_limit=1000,
        channel_timeout=20,
        max_request_body_size=MOST_BYTES,
        outbuf_high_watermark=WAITING_BYTES,
        ident=None,
    )
    gc.set_threshold(*COLLECTED_AFTER)
    services: Services = app.extensions["wangqi"]
    for beside in (services.keep_up, partial(_warm_language, services), partial(keep_small, services.engine)):
        threading.Thread(target=beside, daemon=True).start()
    server.run()


def _warm(services: Services) -> None:
    """Load the dictionaries and open the index before the first reader waits for them, and before the processes part,
    so that all share them; say what is not ready."""
    from archive.errors import ArchiveError
    from archive.store import Reader
    from indexer.engine import Request
    from indexer.errors import SearchError
    from indexer.pinyin import sounds
    from indexer.query.tree import Quote
    from web.filters import HELD_AS
    from web.memory import give_back

    try:
        services.segmenter.cut("预热")
        sounds("预热")
        with closing(Reader.open(services.home)) as reader:
            engine = services.engine_for(reader)
            counts = engine.search(Request(limit=0)).facets
            first = {held: tuple(each.value for each in counts[name][:1]) for name, held in HELD_AS.items()}
            engine.search(replace(Request(Quote("预热")), **first))  # type: ignore[arg-type]
            give_back(engine)  # what is freed here would be written to there, and so be held twice
    except (ArchiveError, SearchError) as error:
        hint(f"{error}。{error.hint}")


def _warm_language(services: Services) -> None:
    """Make the words of the months, the sources and what helps while typing (seconds), while readers are served; what
    fails is told to whoever asks for it. What needs much memory for a moment comes first, and leaves it to the rest."""
    from archive.errors import ArchiveError
    from archive.store import Reader
    from indexer.errors import SearchError
    from web.months import headlines
    from web.sources import sources_in

    with suppress(ArchiveError, SearchError), closing(Reader.open(services.home)) as reader:
        sources_in(services, reader)
        headlines(services, reader)
        services.language_for(reader)


def _listening(host: str, port: int) -> socket.socket:
    """A bound socket. Raises HomeError where the address is taken or not ours."""
    import socket

    from archive.errors import HomeError

    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        raise HomeError(f"不能监听 {host}:{port}：{error.strerror}", "换一个 --port，或结束占用它的程序") from error
