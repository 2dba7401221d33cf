"""What a search found -> the paragraph that a paper's methods section needs, and the link that repeats the search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata

from archive.store import Reader
from indexer.query import to_text
from web import filters, repeating
from web.asking import Found
from web.asof import SUM, AsOf
from web.services import Services
from web.templating import day, month

_ALIASES = {"none": "只按原词", "names": "名称的各种叫法都算", "all": "名称与概念的各种说法都算"}


@dataclass(frozen=True, slots=True)
class Methods:
    """The paragraph, and the address that repeats the search, below that of the pages."""

    text: str
    url: str


@cache
def _version() -> str:
    return metadata.version("wangqi")


def methods(found: Found, services: Services, reader: Reader, base: str) -> Methods:
    """All that is needed to make the search again and to see whether it is the same."""
    fingerprint = services.fingerprint(reader)
    as_of = AsOf(repeating.now(), found.answer.total, fingerprint)
    url = filters.address(replace(found.search, as_of=as_of, offset=0))
    told = "".join([*_asked(found), *_found(found)])
    engine = f"引擎 {services.engine_name}，wangqi {_version()}，词典 {services.lexicon.fingerprint[:SUM]}"
    archive = f"资料库指纹 {fingerprint[:SUM]}，索引第 {found.generation} 代"
    today = day(as_of.moment.astimezone(services.time_zone).date())
    return Methods(f"{today}在“往期”资料库（{archive}；{engine}）中检索。{told}重复检索：{base}{url}", url)


def _asked(found: Found) -> Iterator[str]:
    search = found.search
    if search.text:
        canonical = to_text(found.query.tree)
        plainly = f"（规范写法：{canonical}）" if canonical != search.text else ""
        yield f"检索式：{search.text}{plainly}，{_ALIASES[search.aliases]}；"
    yield f"检索单位：{'条目' if search.scope == 'entry' else '要点'}；"
    first, last = found.since and day(found.since), found.until and day(found.until)
    if first or last:
        yield f"刊期：{first or '最早'}至{last or '最新'}；"
    for kind, value, _ in filters.without_each(replace(search, since="", until="")):
        yield f"{kind}：{value}；"
    held = found.coverage
    if held.since and held.until:
        missing = f"，其间 {held.missing_days} 天没有" if held.missing_days else ""
        yield f"收录范围：{day(held.since)}至{day(held.until)}，{held.issues} 期{missing}。"


def _found(found: Found) -> Iterator[str]:
    unit = "条" if found.search.scope == "entry" else "个要点"
    literal = f"，其中原样相连 {found.answer.literal_total} {unit}" if found.search.text else ""
    yield f"共得 {found.answer.total} {unit}{literal}。"
    months = found.answer.facets.get("month", ())
    if months:
        yield f"按月：{'，'.join(f'{month(each.value)} {each.count} {unit}' for each in months)}。"
