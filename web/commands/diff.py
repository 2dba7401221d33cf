"""`wangqi diff`: what a revision of an issue changed, by entry and field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from web.commands.home import print_json, reading, with_services

if TYPE_CHECKING:
    from archive.difference import Difference, FieldDifference
    from web.services import Services


@click.command()
@click.argument("identifier", metavar="ID")
@click.argument("numbers", metavar="[N M]", nargs=-1, type=click.IntRange(1))
@click.option("--json", "as_json", is_flag=True, help="打印 JSON")
@with_services
def diff(services: Services, identifier: str, numbers: tuple[int, ...], as_json: bool) -> None:
    """一期的两版有何不同；默认是现行的一版与前一版。条目的编号只看那一条。"""
    from dataclasses import replace

    from archive import ids
    from archive.difference import difference
    from web.commands.show import named_issue
    from web.differences import difference_document, revision

    if len(numbers) not in (0, 2):
        raise click.UsageError("版次写两个，如 wangqi diff 20260208 1 3")
    named = ids.parts(identifier)
    with reading(services) as reader:
        if named and named[1]:
            reader.record(identifier.partition(".")[0])  # an entry that never was is no entry without a difference
        issue = named_issue(reader, named[0] if named else identifier)
        before, after = sorted(numbers) if numbers else (max(1, issue.revision - 1), issue.revision)
        found = difference(revision(reader, issue.id, before), revision(reader, issue.id, after))
    if named and named[1]:
        entry = ids.entry_id(named[0], named[1])
        found = replace(found, entries=tuple(each for each in found.entries if each.id == entry), fields=())
    if issue.revision == 1:
        click.echo(f"{issue.id} 只有一版", err=as_json)
    if as_json:
        print_json(difference_document(found))
    elif issue.revision > 1:
        _print(found)


def _print(found: Difference) -> None:
    from web.differences import CHANGES, totals

    click.echo(f"{found.issue}：第 {found.before} 版 → 第 {found.after} 版，{totals(found)}")
    _print_fields(found.fields)
    for entry in found.entries:
        click.echo(f"\n{entry.id}  {CHANGES[entry.change]}  {entry.title}")
        _print_fields(entry.fields)


def _print_fields(fields: tuple[FieldDifference, ...]) -> None:
    from web.differences import label

    for field in fields:
        click.echo(f"  {label(field.field)}")
        for sign, text, colour in (("−", field.before, "red"), ("+", field.after, "green")):
            for line in text.split("\n") if text else ():  # a source a line
                click.secho(f"    {sign} {line}", fg=colour)
