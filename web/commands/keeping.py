"""`wangqi remove`, `check`, `backup`, `restore`: what keeps an archive sound for years."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.commands.home import hint, indexing, print_json, reading, with_services, writing

if TYPE_CHECKING:
    from archive.checking import Fault
    from archive.store import Writer
    from web.services import Services

ANEW = ("index", "entry")  # faults after which everything is indexed anew
MENDABLE = ("waiting", "stories", *ANEW)


@click.command()
@click.argument("identifier", metavar="ID")
@click.option("--erase", is_flag=True, help="连同原文一起销毁，不可恢复")
@click.option("--wait", type=float, default=0.0, metavar="秒", help="等另一个写入者结束")
@with_services
def remove(services: Services, identifier: str, erase: bool, wait: float) -> None:
    """移除一期（编号或日期）：不再能检索到，原文仍在，再次收录即恢复原来的编号。"""
    from indexer.replaying import drain
    from web.commands.show import named_issue

    with writing(services, "remove", wait) as writer:
        drain(writer, services.engine, services.lexicon.fingerprint)  # an earlier removal may have been cut short
        issue = named_issue(writer.reader, identifier).id
        if not erase or writer.reader.find(issue):  # what is removed already may still be erased
            writer.remove(issue)
        drain(writer, services.engine, services.lexicon.fingerprint)
        if erase:
            writer.erase(issue)
    click.echo(f"{issue} {'已销毁' if erase else '已移除，原文仍在'}")


@click.command()
@click.option("--repair", is_flag=True, help="把能修的修好：补编或重建索引")
@click.option("--expect-latest", metavar="3d", help="近几天内没有新的一期也算错（3d、1w）")
@click.option("--wait", type=float, default=0.0, metavar="秒", help="修复时等另一个写入者结束")
@click.option("--json", "as_json", is_flag=True, help="打印 JSON")
@with_services
def check(services: Services, repair: bool, expect_latest: str | None, wait: float, as_json: bool) -> None:
    """逐项核对数据库、原文与索引；有错则退出状态为 1。"""
    days = _days(expect_latest)
    found = _faults(services, days)
    if repair and any(fault.code in MENDABLE for fault in found):
        with writing(services, "check", wait) as writer:
            _mend(services, writer, found, quiet=as_json)
        found = _faults(services, days)
    if as_json:
        print_json({"faults": [asdict(fault) for fault in found]})
    else:
        for fault in found:
            click.echo(f"{fault.code}  {fault.message}")
        click.echo(f"{len(found)} 处有误" if found else "完好")
    if services.names.behind:
        hint(f"标签{services.names.behind}")  # nothing is wrong with what is kept
    if found:
        raise SystemExit(1)


def _mend(services: Services, writer: Writer, found: list[Fault], *, quiet: bool) -> None:
    """Bring in what waits; index everything anew only where that is amiss while no other writer is at work."""
    from indexer.replaying import drain, rebuild_now

    watch, dictionary = indexing(services, quiet=quiet), services.lexicon.fingerprint
    if any(fault.code in ANEW for fault in found):
        found = _faults(services, None)
    mendable = [fault for fault in found if fault.code in MENDABLE]
    if any(fault.code in ANEW for fault in mendable):
        rebuild_now(writer, services.engine, dictionary, watch)
    elif mendable:
        drain(writer, services.engine, dictionary, watch)
    if mendable:
        writer.note_run(f"修复索引：{mendable[0].message}")


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@with_services
def backup(services: Services, file: Path) -> None:
    """把整个资料库（原文、各版、编号）备份成一个文件；可在使用中进行。"""
    from archive.backup import backup as copy

    copy(services.home, file)
    click.echo(f"已备份到 {file}（{file.stat().st_size:,} 字节）")


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@with_services
def restore(services: Services, file: Path) -> None:
    """从备份恢复到空的文件夹，并重建索引。"""
    from archive.backup import restore as copy
    from indexer.replaying import rebuild_now

    copy(services.home, file)
    with writing(services, "restore", 0) as writer:
        rebuild_now(writer, services.engine, services.lexicon.fingerprint, indexing(services, quiet=False))
        issues = len(writer.reader.issue_ids())
        writer.note_run(f"从 {file.name} 恢复 {issues} 期")
    click.echo(f"已恢复 {issues} 期到 {services.home}")


def _faults(services: Services, days: int | None) -> list[Fault]:
    from archive import checking
    from indexer.checking import faults
    from indexer.replaying import in_force

    with reading(services) as reader:
        while True:
            with reader.snapshot():  # an ingest that goes on meanwhile is no fault
                generation = in_force(reader)
                late = checking.overdue(reader, services.today(), days) if days is not None else None
                mistake = services.names.in_force().mistake
                names = [checking.Fault("names", str(mistake))] if mistake else []
                index = list(faults(reader, services.engine))
                found = [*checking.faults(reader), *index, *names, *([late] if late else [])]
            unusable = any(fault.code == "index" for fault in index)
            if not unusable or in_force(reader) == generation:  # else it was cleared away by writers meanwhile
                return found


def _days(text: str | None) -> int | None:
    """`3d`, `1w` or a bare number of days. Raises UsageError."""
    if text is None:
        return None
    number, weeks = text.removesuffix("d").removesuffix("w"), text.endswith("w")
    if not number.isdecimal() or len(number) > 4:
        raise click.UsageError(f"--expect-latest 的值“{text}”读不懂；写成 1d、3d 或 1w")
    return int(number) * (7 if weeks else 1)
