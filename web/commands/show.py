"""`wangqi show`: an issue, an entry or a key point by its id, or an issue by its date; its exact bytes with --raw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from web.commands.home import print_json, reading, with_services
from web.commands.search import REFERENCES

if TYPE_CHECKING:
    from archive.model import Issue, KeyPoint
    from archive.store import Reader
    from web.services import Services


@click.command()
@click.argument("identifier", metavar="ID")
@click.option("--raw", is_flag=True, help="原文件的字节，一个不差")
@click.option("--revision", type=click.IntRange(1), metavar="N", help="第几版；默认现行的一版")
@click.option("--json", "as_json", is_flag=True, help="打印 JSON")
@click.option("--format", "form", type=click.Choice(REFERENCES), help="打印引文（条目或要点）")
@with_services
def show(services: Services, identifier: str, raw: bool, revision: int | None, as_json: bool, form: str | None) -> None:
    """显示一期（20260208 或 2026-02-08）、一个条目（20260208-03）或一个要点（20260208-03.2）。"""
    from archive import ids
    from web.documents import issue_document

    with reading(services) as reader:
        named = ids.parts(identifier)
        if form:
            _print_reference(services, reader, identifier, revision, form)
            return
        if named and named[1] and not raw:
            document, gone = _entry_document(reader, identifier, revision)
            if as_json:
                print_json({"entry": document})
            else:
                _print_entry(document, gone)
            return
        issue = named_issue(reader, named[0] if named else identifier, revision)
        if raw:
            click.echo(reader.raw(issue.id, issue.revision), nl=False)
            return
        records = {} if revision else reader.records(entry.id for entry in issue.entries)
        if as_json:
            print_json({"issue": issue_document(issue, records)})
        else:
            _print_issue(issue_document(issue, records), removed=not reader.find(issue.id))


def _entry_document(reader: Reader, identifier: str, revision: int | None) -> tuple[dict[str, Any], list[KeyPoint]]:
    """An entry as it is, withdrawn or not, with its withdrawn key points; or as a revision had it. Raises UnknownId."""
    from web import cited
    from web.documents import entry_document
    from web.stories import entry_with_story

    if revision:
        return entry_document(cited.as_of(reader, identifier, revision)), []
    record, gone = cited.entry(reader, identifier)
    return entry_with_story(reader, record), gone


def _print_reference(services: Services, reader: Reader, identifier: str, revision: int | None, form: str) -> None:
    """How to cite an entry or key point. Raises UnknownId."""
    from web import cited
    from web.citing import of_record, written
    from web.config import public_url

    record = cited.as_of(reader, identifier, revision) if revision else cited.entry(reader, identifier)[0]
    point = identifier if "." in identifier else ""
    reference = of_record(record, public_url(services.home), services.today(), point)
    click.echo("".join(written(form, [reference])), nl=False)


def named_issue(reader: Reader, identifier: str, revision: int | None = None) -> Issue:
    """The one issue that an id or a date names, removed or not.

    Raises UnknownId, also where a date names several; Erased.
    """
    from archive.errors import UnknownId
    from web import cited
    from web.services import Services

    found = cited.issues(reader, identifier, Services.today())
    if len(found) > 1:
        listed = "，".join(f"{each}（{reader.last(each).series}）" for each in found)
        raise UnknownId(f"{identifier} 有 {len(found)} 期：{listed}", "请用其中一个编号")
    held = reader.last(found[0] if found else identifier)
    return reader.revision(held.id, revision) if revision else held


def _print_issue(document: dict[str, Any], *, removed: bool) -> None:
    told = f"{document['id']}，第 {document['revision']} 版{'，已移除' if removed else ''}"
    click.echo(f"{document['series']}  {document['date']}  （{told}）")
    for category in document["categories"]:
        click.echo(f"\n{category['name']}")
        for entry in category["entries"]:
            click.echo(f"  {entry['id']}  {entry['title']}")


def _print_entry(document: dict[str, Any], gone: list[KeyPoint]) -> None:
    from archive.text import plain

    withdrawn = "  已撤下" if document["withdrawn"] else ""
    click.echo(f"{document['title']}{withdrawn}")
    event = f"，事件日期 {document['event_date']}" if document["event_date"] else ""
    click.echo(f"{document['id']} · {document['series']} · 刊期 {document['date']}{event} · {document['category']}")
    for label, text in (("说明", document["summary"]), ("背景", document["background"])):
        if text:
            click.echo(f"\n{label}：{text}")
    if document["key_points"]:
        click.echo("\n要点：")
    for point in document["key_points"]:
        click.echo(f"  · {point['text']}")
    if gone:
        click.echo("\n已撤下的要点：")
    for each in gone:
        click.echo(f"  · {plain(each.text)}  {each.id}")
    for other in document["fields"]:
        click.echo(f"\n{other['label']}：{other['text']}")
    for source in document["sources"]:
        click.echo(f"\n来源：{source['name']}  {source['url']}")
    if document["tags"]:
        click.echo(f"\n自动标签：{'、'.join(document['tags'])}")
