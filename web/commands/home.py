"""`--home` -> the services of that home, for every command; and how commands print."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from archive.model import Issue
    from archive.store import Reader, Writer
    from web.services import Services

MANY_ISSUES = 500  # from which on writing takes seconds, a third of the whole
TOLD_SECONDS = 1.0  # between two words about the progress of a writer
Each = TypeVar("Each")


def with_services(function: Callable[..., Any]) -> Callable[..., Any]:
    """Hand the command the services of the home that was named."""

    @click.pass_obj
    @wraps(function)
    def wrapped(home: Path | None, *args: Any, **kwargs: Any) -> Any:
        from web.config import default_home
        from web.services import Services

        services = Services(home or default_home())
        services.tell = hint
        return function(services, *args, **kwargs)

    return wrapped


@contextmanager
def reading(services: Services) -> Iterator[Reader]:
    """A reader for one command; says on stderr what the index does not hold yet."""
    from archive.store import Reader

    held = Reader.open(services.home)
    try:
        waiting = len({issue for _, issue in held.waiting()})
        if waiting:
            hint(f"有 {waiting} 期还没有进入索引；运行 wangqi reindex 或再次 ingest")
        yield held
    finally:
        held.close()


@contextmanager
def writing(services: Services, what: str, wait: float) -> Iterator[Writer]:
    """The one writer for one command, under the home's lock."""
    from archive import lock
    from archive.store import Writer

    with lock.writing(services.home, what, wait):
        services.names.keep()
        held = Writer.open(services.home)
        try:
            yield held
        finally:
            held.close()


def watched(things: Iterable[Each], total: int, what: str, *, quiet: bool, home: Path | None = None) -> Iterator[Each]:
    """The same things, with a progress bar on a terminal, and in the note of the lock of `home`, which we hold."""
    from rich.console import Console
    from rich.progress import track

    from archive import lock

    console = Console(stderr=True)
    told = time.monotonic()
    shown = track(
        things, description=what, total=total, console=console, disable=quiet or not console.is_terminal, transient=True
    )
    for number, each in enumerate(shown):
        if home and time.monotonic() - told > TOLD_SECONDS:
            lock.tell(home, f"{what} {number}/{total}")
            told = time.monotonic()
        yield each


def indexing(services: Services, *, quiet: bool) -> Callable[[Iterator[Issue], int], Iterator[Issue]]:
    """How the holder of the lock watches issues on their way into the index."""
    return lambda issues, total: read_in(issues, total, "编制索引", quiet=quiet, home=services.home)


def read_in(
    issues: Iterator[Issue], total: int, what: str, *, quiet: bool, home: Path | None = None
) -> Iterator[Issue]:
    """The issues watched on their way into the index, which is written once they are read: of many that is told."""
    yield from watched(issues, total, what, quiet=quiet, home=home)
    if total >= MANY_ISSUES and not quiet:
        click.echo("正在写入索引……", err=True)


def hint(what: str) -> None:
    """Tell what a person should know, beside the answer."""
    click.echo(f"提示：{what}", err=True)


def print_json(document: object) -> None:
    """One document on stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
