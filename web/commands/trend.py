"""`wangqi trend`: how often terms were in the news, by day, week or month; or a codebook of many queries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from web.commands.home import print_json, reading, with_services

if TYPE_CHECKING:
    from web.services import Services
    from web.trends import Trends

FORMATS = ("table", "csv", "json", "svg")


@click.command()
@click.argument("terms", nargs=-1, metavar="TERM…")
@click.option(
    "--terms", "codebook", type=click.Path(path_type=Path), metavar="文件", help="每行一个检索式的文件；# 开头的行不算"
)
@click.option("--by", default="", metavar="day|week|month", help="按天、周或月；不写就看日子多少")
@click.option("--from", "since", default="", metavar="日期", help="从这天起（2026-02、近30天……）")
@click.option("--to", "until", default="", metavar="日期", help="到这天为止")
@click.option("--category", multiple=True, help="只数这个类别，可多次")
@click.option("--tag", multiple=True, help="只数有这个标签的，可多次，须都有")
@click.option("--source", multiple=True, help="只数这个来源或域名的，可多次")
@click.option("--series", multiple=True, help="只数这个系列，可多次")
@click.option("--aliases", default="names", metavar="none|names|all", help="别名：不用、名称、连同概念")
@click.option("--share", is_flag=True, help="svg 画占全部条目的比例，而不是条数")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", help="输出格式")
@click.option("--json", "as_json", is_flag=True, help="即 --format json")
@with_services
def trend(
    services: Services, terms: tuple[str, ...], codebook: Path | None, form: str, as_json: bool, **options: Any
) -> None:
    """比较几个词在各天、各周或各月的条数；词是检索式，标签写作 标签:名称。以减号开头的写在 -- 之后。"""
    from indexer.errors import BadRequest
    from web.trendforms import csv_table, trend_document
    from web.trends import MOST_OF_FILE, MOST_TERMS, read_trend, trends

    held = [*terms, *(_read(codebook) if codebook else ())]
    if not any(each.strip() for each in held):
        raise BadRequest("没有要比较的词", "写成 wangqi trend 千问 智能体，或用 --terms 文件")
    names = {"since": "from", "until": "to"}
    parameters = {
        names.get(name, name): [each] if isinstance(each, str) else each
        for name, each in options.items()
        if name != "share"
    }
    asked = read_trend({"term": held, **parameters}, MOST_OF_FILE if codebook else MOST_TERMS)
    with reading(services) as reader:
        found = trends(asked, services, reader)
    for notice in found.notices:
        click.echo(f"检索说明：{notice}", err=True)
    match "json" if as_json else form:
        case "json":
            print_json(trend_document(found))
        case "csv":
            click.echo("".join(csv_table(found)), nl=False)
        case "svg":
            click.echo(_svg(found, services, share=options["share"]), nl=False)
        case _:
            _print_table(found)


def _read(path: Path) -> list[str]:
    """The queries of a codebook."""
    from archive.errors import DataFileError

    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataFileError(f"读不了 {path}：{error}", "每行写一个检索式，存为 UTF-8") from error
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _svg(found: Trends, services: Services, *, share: bool) -> str:
    from indexer.errors import BadRequest
    from web.charts import MOST_COURSES, chart_file
    from web.config import public_url
    from web.trendforms import courses

    if len(found.terms) > MOST_COURSES:
        raise BadRequest(f"一张图至多画 {MOST_COURSES} 个词，这里有 {len(found.terms)} 个", "换成 --format csv")
    lines = courses(found, "share" if share else "count", f"{public_url(services.home)}/search")
    return chart_file(lines, "走势", unit="%" if share else "")


def _print_table(found: Trends) -> None:
    """A row for each period, a column for each term."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from web.trendforms import EVERYTHING, name, percent

    table = Table(box=None, pad_edge=False)
    table.add_column({"day": "日", "week": "周", "month": "月"}[found.by], style="dim", no_wrap=True)
    for term in found.terms:
        table.add_column(Text(name(term)), justify="right", overflow="fold")
    table.add_column(EVERYTHING, justify="right", style="dim")
    for place, period in enumerate(found.periods):
        counts = [
            "—" if count is None else f"{count} {percent(found.share(term, place))}"
            for term in found.terms
            for count in [term.counts[place]]
        ]
        table.add_row(period.name, *counts, str(period.entries) if period.issues else "没有期")
    table.add_row("共", *(str(term.total) for term in found.terms), str(found.everything.total))
    Console().print(table)
