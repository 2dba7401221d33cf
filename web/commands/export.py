"""`wangqi export`: every original as a file again, byte for byte."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.commands.home import reading, with_services

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.store import Reader
    from web.services import Services


@click.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    default="wangqi-export",
    show_default=True,
    metavar="文件夹",
    help="写到哪里",
)
@click.option("--force", is_flag=True, help="已有的同名文件内容不同时，也写")
@with_services
def export(services: Services, folder: Path, force: bool) -> None:
    """写出每一份原文件，一个字节不差；从前的各版与移除的各期写在其中的 revisions 里。"""
    from archive.errors import HomeError

    written = unchanged = 0
    with reading(services) as reader, reader.snapshot():
        for name, data in _originals(reader):
            path = folder / name
            try:
                held = path.read_bytes() if path.exists() else None
                if held is not None and held != data and not force:
                    raise HomeError(f"{path} 已经存在，内容不同", "换一个空的 --to 文件夹，或用 --force 覆盖")
                if held != data:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(data)
            except OSError as error:
                raise HomeError(f"写不了 {path}：{error.strerror}", "检查文件夹的权限和磁盘空间") from error
            written, unchanged = written + (held != data), unchanged + (held == data)
    click.echo(f"写出 {written} 份，未变 {unchanged} 份：{folder}", err=True)


def _originals(reader: Reader) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every revision: `2026/2026-02-08.md`, `revisions/2026/2026-02-08.1.md`."""
    current = reader.current_revisions()
    for issue, number, _, data in reader.stored_bytes():
        day = f"{issue[:4]}-{issue[4:6]}-{issue[6:8]}{f'.{issue[8:]}' if issue[8:] else ''}"
        if current.get(issue) == number:
            yield f"{issue[:4]}/{day}.md", data
        else:
            yield f"revisions/{issue[:4]}/{day}.{number}.md", data
