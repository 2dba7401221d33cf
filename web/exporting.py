"""A search -> all its whole matches, or a reproducible sample of them, read in chunks from one moment."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, TypeAlias

from archive.store import Reader, Record
from indexer.errors import BadRequest
from web.asking import Search, understood
from web.citing import FORMS
from web.documents import entry_document, holds, point_document
from web.services import Services

CHUNK = 200  # records in memory at a time
EVERY = 2**31 - 1  # hits
LARGEST_SAMPLE = 1_000_000
LARGEST_SEED = 10**9
FORMATS = ("csv", "json", "ndjson", "md", *FORMS)

Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a result is handed on: of a `sample` each row has an empty `code`, for whoever codes it by hand."""

    form: str = "csv"
    sample: int = 0  # rows; 0 is all of them
    seed: int = 0
    bom: bool = False  # what some versions of Excel need to see that a CSV file is UTF-8


@dataclass(frozen=True, slots=True)
class Result:
    """The ids of a result, in its order or as they were drawn, and what identifies the archive that gave it."""

    search: Search
    wanted: Wanted
    ids: tuple[str, ...]
    total: int  # before anything was drawn
    fingerprint: str
    generation: int


def read_wanted(parameters: Mapping[str, Sequence[str]]) -> Wanted:
    """name -> values, as a URL has them. Raises BadRequest, naming the parameter."""

    def one(name: str, default: str) -> str:
        return (parameters.get(name) or [""])[-1].strip() or default

    form = one("format", "csv")
    if form not in FORMATS:
        raise BadRequest(f"format 的值“{form[:40]}”不认识", f"可用的有 {'、'.join(FORMATS)}")
    return Wanted(
        form=form,
        sample=_number("sample", one("sample", "0"), LARGEST_SAMPLE),
        seed=_number("seed", one("seed", "0"), LARGEST_SEED),
        bom=one("bom", "0") != "0",
    )


def collected(search: Search, wanted: Wanted, services: Services, reader: Reader) -> Result:
    """Ask for every whole match. Raises BadRequest, IndexUnusable."""
    request = replace(understood(search, services, reader).request, literal=None, limit=EVERY, offset=0, facets=())
    answer = services.engine_for(reader).search(request)
    ids = tuple(hit.id for hit in answer.hits if not hit.partial)
    if wanted.sample:
        ids = drawn(ids, wanted.sample, wanted.seed)
    return Result(search, wanted, ids, answer.total, services.fingerprint(reader), services.generation)


def drawn(ids: Sequence[str], size: int, seed: int) -> tuple[str, ...]:
    """A random sample: the least sums of seed and id, so that any program draws it again, a grown archive nearly so."""
    return tuple(sorted(ids, key=lambda name: hashlib.sha256(f"{seed} {name}".encode()).digest())[:size])


def records(result: Result, reader: Reader) -> Iterator[tuple[str, Record]]:
    """(id of the entry or key point, its entry) of a result, in its order."""
    left = iter(result.ids)
    while chunk := list(islice(left, CHUNK)):
        held = reader.records({name.partition(".")[0] for name in chunk})
        pairs = ((name, held.get(name.partition(".")[0])) for name in chunk)
        yield from ((name, record) for name, record in pairs if record and holds(name, record))


def row(name: str, record: Record, result: Result, base: str) -> Row:
    """An entry, or a key point with its entry's columns and the points beside it; `url` is absolute."""
    entry = entry_document(record)
    made = entry if "." not in name else _point_row(name, record, entry)
    code = {"code": ""} if result.wanted.sample else {}
    return made | {"url": base + made["url"], "archive": result.fingerprint} | code


def _point_row(name: str, record: Record, entry: Row) -> Row:
    point = point_document(name, record)
    texts = [each["text"] for each in entry["key_points"]]
    place = [each["id"] for each in entry["key_points"]].index(name)
    beside = {"before": "".join(texts[place - 1 : place]), "after": "".join(texts[place + 1 : place + 2])}
    shared = {key: value for key, value in entry.items() if key not in point and key not in ("key_points", "withdrawn")}
    return point | beside | shared


def _number(name: str, value: str, most: int) -> int:
    if not (value.isascii() and value.isdecimal()) or len(value) > 12 or int(value) > most:
        raise BadRequest(f"{name} 的值“{value[:40]}”不在 0 到 {most} 之间", "改成范围内的整数")
    return int(value)
