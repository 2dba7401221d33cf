"""`wangqi story`: the reports of the event that an entry tells of, from the first to the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from web.commands.home import print_json, reading, with_services

if TYPE_CHECKING:
    from web.services import Services


@click.command()
@click.argument("identifier", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="打印 JSON")
@with_services
def story(services: Services, identifier: str, as_json: bool) -> None:
    """列出与一个条目（20260208-03）同一事件的各篇报道，从首次到最近。"""
    from archive.errors import UnknownId
    from archive.text import plain
    from web import cited
    from web.stories import Story, story_document, story_of, tellers

    with reading(services) as reader:
        record, _ = cited.entry(reader, identifier)
        told = story_of(reader, record.entry.id)
        if told is None and record.withdrawn:
            raise UnknownId(
                f"{record.entry.id} 已撤下，别处没有同一事件的报道", f"wangqi show {record.entry.id} 显示撤下前的文字"
            )
        told = told or Story.of(record)
    if as_json:
        print_json({"story": story_document(told)})
        return
    click.echo(f"{plain(told.first.entry.title)}  {told.number} 篇，{told.first.date} 至 {told.last.date}")
    for each in told.reports:
        told_by = "、".join(tellers(each))
        click.echo(f"{each.date}  {each.entry.id}  {plain(each.entry.title)}  {each.series}  {told_by}".rstrip())
