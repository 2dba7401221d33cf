"""A result and its records -> the pieces of a file: CSV, JSON, NDJSON, Markdown or references, made when asked for."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from archive.store import Record
from web import citing
from web.exporting import Result, Row, row

_TYPES = {
    "csv": ("text/csv", "csv"),
    "json": ("application/json", "json"),
    "ndjson": ("application/x-ndjson", "ndjson"),
    "md": ("text/markdown", "md"),
    **{form: (held.media_type, held.suffix) for form, held in citing.FORMS.items()},
}
_ENTRY_COLUMNS = (
    *("id", "issue", "series", "date", "event_date", "revision", "category", "title", "summary", "background"),
    *("key_points", "fields", "source_names", "source_urls", "tags", "url", "archive"),
)
_POINT_COLUMNS = (
    *("id", "entry", "issue", "series", "date", "event_date", "revision", "category", "title", "before", "text"),
    *("after", "summary", "background", "fields", "source_names", "source_urls", "tags", "url", "archive"),
)
BOM = "\ufeff"
# What a spreadsheet reads as the beginning of a formula, in either width (OWASP, CSV Injection).
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r]")
_MARKS = re.compile(r"([\\`*_\[\]<>#|])")


def written(result: Result, held: Iterable[tuple[str, Record]], base: str, today: datetime.date) -> Iterator[str]:
    """The file, piece by piece; `base` is where the pages are, `today` the day of a reference."""
    if result.wanted.form in citing.FORMS:
        references = (citing.of_record(record, base, today, name if "." in name else "") for name, record in held)
        yield from citing.written(result.wanted.form, references)
        return
    rows = (row(name, record, result, base) for name, record in held)
    match result.wanted.form:
        case "csv":
            yield from _csv(result, rows)
        case "json":
            yield from _json(result, rows)
        case "ndjson":
            yield from (json.dumps(each, ensure_ascii=False) + "\n" for each in rows)
        case _:
            yield from _markdown(result, rows)


def file_name(result: Result) -> str:
    """`wangqi-1a2b3c4d5e6f.csv`, with the beginning of the archive's fingerprint."""
    return f"wangqi-{result.fingerprint[:12]}.{_TYPES[result.wanted.form][1]}"


def media_type(result: Result) -> str:
    """`text/csv`."""
    return _TYPES[result.wanted.form][0]


def _csv(result: Result, rows: Iterable[Row]) -> Iterator[str]:
    columns: tuple[str, ...] = _POINT_COLUMNS if result.search.scope == "point" else _ENTRY_COLUMNS
    columns += ("code",) if result.wanted.sample else ()
    yield (BOM if result.wanted.bom else "") + csv_line(columns)
    yield from (csv_line([_cell(name, each) for name in columns]) for each in rows)


def csv_line(cells: Iterable[str]) -> str:
    """As RFC 4180 has it; what could be a formula is text, by an apostrophe before it."""
    held = io.StringIO()
    csv.writer(held, quoting=csv.QUOTE_ALL).writerow(f"'{cell}" if _FORMULA.match(cell) else cell for cell in cells)
    return held.getvalue()


def _cell(name: str, held: Row) -> str:
    """Lists one item a line."""
    match name:
        case "source_names" | "source_urls":
            return "\n".join(each[name[7:-1]] for each in held["sources"])
        case "key_points":
            return "\n".join(each["text"] for each in held[name])
        case "fields":
            return "\n".join(f"{each['label']}：{each['text']}" for each in held[name])
        case "tags":
            return "；".join(held[name])
        case _:
            return _plain(held[name])


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _json(result: Result, rows: Iterable[Row]) -> Iterator[str]:
    head = json.dumps(about(result), ensure_ascii=False)
    yield f'{head[:-1]}, "rows": ['
    for number, each in enumerate(rows):
        yield (",\n" if number else "\n") + json.dumps(each, ensure_ascii=False)
    yield "\n]}\n"


def about(result: Result) -> dict[str, Any]:
    """What was asked, of which archive, and what of it is here."""
    search, wanted = result.search, result.wanted
    drawn = {"size": len(result.ids), "seed": wanted.seed} if wanted.sample else None
    asked = {
        "text": search.text,
        "scope": search.scope,
        "from": search.since,
        "to": search.until,
        "category": list(search.categories),
        "tag": list(search.tags),
        "source": list(search.sources),
        "series": list(search.series),
        "sort": search.sort,
        "aliases": search.aliases,
    }
    archive = {"fingerprint": result.fingerprint, "generation": result.generation}
    return {"archive": archive, "query": asked, "total": result.total, "sample": drawn}


def _markdown(result: Result, rows: Iterable[Row]) -> Iterator[str]:
    unit = "个要点" if result.search.scope == "point" else "条"
    drawn = f"，从中随机抽取 {len(result.ids)} {unit}（种子 {result.wanted.seed}）" if result.wanted.sample else ""
    yield f"# 检索结果：{_escaped(result.search.text) or '全部'}\n\n"
    yield f"共 {result.total} {unit}{drawn}。资料库指纹 {result.fingerprint}。\n"
    for each in rows:
        yield "".join(_markdown_item(each))


def _markdown_item(held: Row) -> Iterator[str]:
    yield f"\n- **{_escaped(held['title'])}**（{held['date']}，[{held['id']}]({held['url']})）\n"
    for label, name in (("要点", "text"), ("说明", "summary"), ("背景", "background")):
        if held.get(name):
            yield f"  - {label}：{_escaped(held[name])}\n"
    yield from (f"  - 要点：{_escaped(each['text'])}\n" for each in held.get("key_points", ()))
    yield from (f"  - {_escaped(each['label'])}：{_escaped(each['text'])}\n" for each in held["fields"])
    for each in held["sources"]:
        address = f" <{each['url']}>" if each["url"] else ""
        yield f"  - 来源：{_escaped(each['name'])}{address}\n"
    if "code" in held:
        yield "  - 编码：\n"


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
