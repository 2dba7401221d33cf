"""A search that was made before -> what it finds now and did not then, and the other way round.

Every revision is kept, so the issues that changed since are searched once more as they were, by the engine that looks.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from archive.errors import UnknownId
from archive.model import Issue
from archive.store import Reader
from archive.text import plain
from indexer.engine import Generation, Hit, Request
from indexer.engines import connect
from web.asking import Found, understood
from web.asof import AsOf
from web.exporting import EVERY
from web.services import Services

MOST_ISSUES = 300  # changed since; beyond, only the totals are told
MOST_LISTED = 50  # of each kind


@dataclass(frozen=True, slots=True)
class Change:
    """One hit that came or went: its id and its entry's title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Repeated:
    """What a search has become: `added` and `gone` in numbers, and the first of them; None where too much changed."""

    before: AsOf
    total: int
    same_archive: bool
    added: int | None = 0
    gone: int | None = 0
    first_added: tuple[Change, ...] = ()
    first_gone: tuple[Change, ...] = ()

    @property
    def explained(self) -> bool:
        """Whether texts explain the difference of the totals; else tags or names were changed as well."""
        known = self.added is not None and self.gone is not None
        return known and self.before.total + (self.added or 0) - (self.gone or 0) == self.total


def repeated(found: Found, services: Services, reader: Reader) -> Repeated | None:
    """Compare with the moment that the search names; None where it names none. Raises IndexUnusable."""
    before = found.search.as_of
    if before is None:
        return None
    total = found.answer.total
    if services.fingerprint(reader).startswith(before.fingerprint):
        return Repeated(before, total, same_archive=True)
    changed = reader.changed_since(before.moment)
    if len(changed) > MOST_ISSUES:
        return Repeated(before, total, same_archive=False, added=None, gone=None)
    request = replace(
        understood(found.search, services, reader).request,
        literal=None,
        limit=EVERY,
        offset=0,
        facets=(),
        sort="newest",
    )
    old = {issue.id: issue for issue in _as_they_were(changed, reader)}
    then = _ids(_looking(old, request, services))
    now = {name for name in _ids(services.engine_for(reader).search(request).hits) if _issue(name) in changed}
    added, gone = sorted(now - then), sorted(then - now)
    titles = {entry.id: entry.title for issue in old.values() for entry in issue.entries}
    records = reader.records(name.partition(".")[0] for name in added[:MOST_LISTED])
    titles |= {name: record.entry.title for name, record in records.items()}
    return Repeated(
        before,
        total,
        same_archive=False,
        added=len(added),
        gone=len(gone),
        first_added=tuple(_change(name, titles) for name in added[:MOST_LISTED]),
        first_gone=tuple(_change(name, titles) for name in gone[:MOST_LISTED]),
    )


def now() -> datetime.datetime:
    """The moment, to the second."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def _as_they_were(changed: dict[str, int], reader: Reader) -> Iterator[Issue]:
    """The revisions in force then; what has been erased since says nothing any more."""
    for issue, number in changed.items():
        if number:
            with suppress(UnknownId):
                yield reader.revision(issue, number)


def _looking(issues: dict[str, Issue], request: Request, services: Services) -> tuple[Hit, ...]:
    engine = connect("memory:", services.segmenter)
    engine.open(engine.rebuild(issues.values(), Generation()))
    return engine.search(request).hits


def _ids(hits: tuple[Hit, ...]) -> set[str]:
    return {hit.id for hit in hits if not hit.partial}


def _issue(name: str) -> str:
    return name.partition("-")[0]


def _change(name: str, titles: dict[str, str]) -> Change:
    return Change(name, plain(titles.get(name.partition(".")[0], "")))
