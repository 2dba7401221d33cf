"""`wangqi search`: the same engine and language as the page, as a table or as JSON; or all it finds as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from web.commands.home import print_json, reading, with_services
from web.wording import why

if TYPE_CHECKING:
    from rich.text import Text

    from archive.store import Reader
    from web.asking import Search
    from web.services import Services

REFERENCES = (
    "gbt7714",
    "gbt7714-2015",
    "apa",
    "mla",
    "bibtex",
    "ris",
    "csl-json",
)  # of `web.citing`, not loaded for help
WHOLE = ("csv", "ndjson", "md", *REFERENCES)  # these hand on a result whole
FORMATS = ("table", "json", *WHOLE)


@click.command(context_settings={"ignore_unknown_options": False})
@click.argument("query", metavar="QUERY")
@click.option("--scope", default="entry", metavar="entry|point", help="按条目，或按要点")
@click.option("--from", "since", default="", metavar="日期", help="从这天起（2026-02、近30天……）")
@click.option("--to", "until", default="", metavar="日期", help="到这天为止")
@click.option("--category", multiple=True, help="类别，可多次")
@click.option("--tag", multiple=True, help="标签，可多次，须都有")
@click.option("--source", multiple=True, help="来源或域名，可多次")
@click.option("--series", multiple=True, help="系列，可多次")
@click.option("--sort", default="relevance", metavar="relevance|newest|oldest", help="相关度、最新、最早")
@click.option("--aliases", default="names", metavar="none|names|all", help="别名：不用、名称、连同概念")
@click.option("--limit", default="20", metavar="N", help="最多几条（至多 500）")
@click.option("--offset", default="0", metavar="N", help="从第几条起")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", help="输出格式；table 与 json 是一页，其余是全部"
)
@click.option("--sample", default="0", metavar="N", help="从全部中随机抽取 N 个，带空的编码栏")
@click.option("--seed", default="0", metavar="N", help="随机种子；同一个种子抽出同样的")
@click.option("--bom", is_flag=True, help="CSV 以 BOM 开头（给某些版本的 Excel）")
@click.option("--json", "as_json", is_flag=True, help="即 --format json")
@with_services
def search(services: Services, query: str, form: str, as_json: bool, **options: Any) -> None:
    """检索条目与要点；写法见 /help。以减号开头的检索式写在 -- 之后。"""
    from web.asking import ask, read_search
    from web.documents import search_document

    names = {"since": "from", "until": "to"}
    parameters = {
        names.get(name, name): [str(int(value))]
        if isinstance(value, bool)
        else [value]
        if isinstance(value, str)
        else value
        for name, value in options.items()
    }
    asked = read_search({"q": [query], **parameters})
    with reading(services) as reader:
        if form in WHOLE and not as_json:
            _print_whole(asked, parameters | {"format": [form]}, services, reader)
            return
        document = search_document(ask(asked, services, reader))
    if as_json or form == "json":
        print_json(document)
    else:
        _print_table(document, "个要点" if options["scope"] == "point" else "条")


def _print_whole(asked: Search, parameters: dict[str, Any], services: Services, reader: Reader) -> None:
    """Every whole match, or a sample, as a file on stdout."""
    from web.config import public_url
    from web.exporting import collected, read_wanted, records
    from web.tables import written

    with reader.snapshot():
        result = collected(asked, read_wanted(parameters), services, reader)
        for piece in written(result, records(result, reader), public_url(services.home), services.today()):
            click.echo(piece, nl=False)


def _print_table(document: dict[str, Any], unit: str) -> None:
    from rich.console import Console
    from rich.table import Table

    for notice in document["query"]["notices"]:
        click.echo(f"检索说明：{notice}", err=True)
    console = Console()
    table = Table(box=None, pad_edge=False, show_header=False, expand=True)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for hit in document["hits"]:
        table.add_row(hit["id"], _cell(hit))
    if document["hits"]:
        console.print(table)
    shown, total = len(document["hits"]) - document["partial_total"], document["total"]
    part = f"，显示 {shown} {unit}" if shown < total else ""
    part += f"，另有部分符合的 {document['partial_total']} {unit}" if document["partial_total"] else ""
    for meant in document["query"]["did_you_mean"]:
        console.print(f"您是不是要找：{meant['text']}（{meant['total']} {unit}）", markup=False)
    for beyond in document["query"]["substrings"]:
        told = f"另有 {beyond['more']} {unit}含 {beyond['example']} 等词，检索式写作 {beyond['query']}"
        console.print(told, markup=False, highlight=False)
    console.print(
        f"共 {total} {unit}，其中原样相连 {document['literal_total']} {unit}{part}；{document['took_ms']} 毫秒"
    )


def _cell(hit: dict[str, Any]) -> Text:
    """Title, then every key point with something to show (or the key point itself)."""

    spans = {(each["field"], each.get("n")): each["spans"] for each in hit["highlights"]}
    cell = _marked(hit["title"], spans.get(("title", None), []), "bold")
    told = "；".join(
        filter(None, (why(each["how"], each["term"], each.get("text", each["term"])) for each in hit["why"]))
    )
    cell.append(f"\n{hit['date']} · {hit['category']}{' · 部分符合' if hit['partial'] else ''}", "dim")
    if told:
        cell.append(f"\n命中原因：{told}", "dim")
    if "text" in hit:
        found = [spans_ for (field, _), spans_ in spans.items() if field == "key_points"]
        return cell.append("\n· ").append_text(_marked(hit["text"], found[0] if found else [], ""))
    for n, point in enumerate(hit["key_points"], 1):
        if held := spans.get(("key_points", n)):
            cell.append("\n· ").append_text(_marked(point["text"], held, ""))
    return cell


def _marked(text: str, spans: list[list[int]], style: str) -> Text:
    from rich.text import Text

    marked = Text(text, style)
    for start, end in spans:
        marked.stylize("black on yellow", start, end)
    return marked
