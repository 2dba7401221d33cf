"""`--home` -> the services of that home, for every command; and how commands print."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from archive.store import Reader, Writer
    from web.services import Services


def with_services(function: Callable[..., Any]) -> Callable[..., Any]:
    """Hand the command the services of the home that was named."""

    @click.pass_obj
    @wraps(function)
    def wrapped(home: Path | None, *args: Any, **kwargs: Any) -> Any:
        from web.config import default_home
        from web.services import Services

        return function(Services(home or default_home()), *args, **kwargs)

    return wrapped


@contextmanager
def reading(services: Services) -> Iterator[Reader]:
    """A reader for one command; says on stderr what the index does not hold yet."""
    from archive.store import Reader

    held = Reader.open(services.home)
    try:
        waiting = len({issue for _, issue in held.waiting()})
        if waiting:
            click.echo(f"提示：有 {waiting} 期还没有进入索引；运行 wangqi reindex 或再次 ingest", err=True)
        yield held
    finally:
        held.close()


@contextmanager
def writing(services: Services, what: str, wait: float) -> Iterator[Writer]:
    """The one writer for one command, under the home's lock."""
    from archive import lock
    from archive.store import Writer

    with lock.writing(services.home, what, wait):
        held = Writer.open(services.home)
        try:
            yield held
        finally:
            held.close()


def print_json(document: object) -> None:
    """One document on stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
