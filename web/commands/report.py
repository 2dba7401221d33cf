"""`wangqi status`, `stats`, `log`: what the archive holds, what waits, and what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from web.commands.home import print_json, reading, with_services

if TYPE_CHECKING:
    from archive.store import LogLine, Reader
    from web.services import Services


@click.command()
@with_services
def status(services: Services) -> None:
    """资料库在哪里，收录了什么，有什么在等待。"""
    with reading(services) as reader:
        counts, coverage = reader.counts(), reader.coverage()
        click.echo(f"资料库    {services.home}")
        click.echo(f"收录      {counts['issues']} 期 · {counts['entries']} 条 · {counts['key_points']} 个要点")
        if coverage.issues:
            click.echo(f"日期      {coverage.since} 至 {coverage.until}，缺 {coverage.missing_days} 天")
        for series in reader.series():
            click.echo(f"系列      {series['name']}：{series['issues']} 期 · {series['entries']} 条")
        waiting = len({issue for _, issue in reader.waiting()})
        click.echo(f"索引      第 {reader.index_state().generation} 代，{waiting} 期等待")
        if mistake := services.names.in_force().mistake:
            click.echo(f"标签名录  {mistake}。{mistake.hint}")
        if behind := services.names.behind:
            click.echo(f"标签名录  {behind}")
        for line in reader.not_taken():
            click.echo(f"没有收下  {_told(line)}")
        for line in reader.log(5):
            click.echo(f"最近      {_told(line)}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="打印 JSON")
@with_services
def stats(services: Services, as_json: bool) -> None:
    """各种数目。"""
    with reading(services) as reader:
        document = _statistics(reader)
    if as_json:
        print_json(document)
    else:
        for name, value in document.items():
            if name != "series":
                click.echo(f"{name:12}{value}")


@click.command()
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, metavar="N", help="最近几行")
@with_services
def log(services: Services, limit: int) -> None:
    """发生过什么：每次收录、修订、搁置和拒收。"""
    with reading(services) as reader:
        for line in reversed(reader.log(limit)):
            click.echo(_told(line))


def _told(line: LogLine) -> str:
    """`2026-02-08 09:30  拒收  —  文件  原因`, in Shanghai's time."""
    import datetime

    from web.services import TIME_ZONE
    from web.wording import HAPPENINGS

    at = datetime.datetime.fromisoformat(line.at).astimezone(TIME_ZONE)
    what = HAPPENINGS.get(line.status, line.status)
    return f"{at:%Y-%m-%d %H:%M}  {what}  {line.issue or '—':9}  {line.path}  {line.reason}".rstrip()


def _statistics(reader: Reader) -> dict[str, Any]:
    coverage = reader.coverage()
    return {
        **reader.counts(),
        "series": reader.series(),
        "from": coverage.since.isoformat() if coverage.since else None,
        "to": coverage.until.isoformat() if coverage.until else None,
        "generation": reader.index_state().generation,
    }
