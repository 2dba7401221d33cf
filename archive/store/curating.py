"""Derived tags and decisions on them -> the tags that are shown, kept beside what they were derived as."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, cast

from archive.curation import Curation, Decision
from archive.errors import RefusedDecision
from archive.model import Entry, Issue, Tag
from archive.store.reading import Reader
from archive.store.rows import rows_of_tags
from archive.text import same_name

if TYPE_CHECKING:
    from sqlite_utils import Database

_LISTED = "(SELECT value FROM json_each(?))"


class TagWriter:
    """Writes inside the transactions of the one writer; `tell_index` has an issue indexed anew."""

    def __init__(self, db: Database, reader: Reader, tell_index: Callable[[str], None]) -> None:
        self._db = db
        self._reader = reader
        self._tell_index = tell_index
        self._held: Curation | None = None

    def write(self, entry: Entry) -> None:
        """What was derived for an entry, and what is shown of it."""
        self._replace("derived_tags", entry.id, entry.tags)
        self._replace("tags", entry.id, self._curation.applied(entry.id, entry.tags))

    def retag(self, issue: Issue) -> None:
        """Replace the derived tags of an issue's entries; where that changes what is shown, the index waits for it."""
        derived = self._reader.derived_tags([entry.id for entry in issue.entries])
        changed = [entry for entry in issue.entries if derived.get(entry.id, ()) != entry.tags]
        before = {entry.id: entry.tags for entry in self._reader.issue(issue.id).entries}
        for entry in changed:
            self.write(entry)
        if any(self._curation.applied(entry.id, entry.tags) != before[entry.id] for entry in changed):
            self._tell_index(issue.id)

    def decide(self, decision: Decision, listed: Iterable[str]) -> int:
        """Keep a decision and do as it says; its number. Raises RefusedDecision, UnknownId.

        `listed` are the `same_name` of what the list has, though no entry may have it yet.
        """
        if decision.entry:
            entry = self._reader.record(decision.entry).entry
            if decision.action == "remove" and same_name(decision.name) not in map(same_name, entry.tag_names):
                raise RefusedDecision(
                    f"{entry.id} 没有标签“{decision.name}”", f"它有：{'、'.join(entry.tag_names) or '无'}"
                )
        shown = {same_name(each["name"]) for each in self._reader.tag_counts()}
        self._curation.check(decision, shown.union(listed))
        row = {"at": _now(), "action": decision.action, "name": decision.name, "target": decision.target}
        row |= {"kind": decision.kind, "entry": decision.entry}
        number = self._db.table("tag_decisions").insert(row).last_pk
        self._follow(decision)
        return cast(int, number)

    def undo(self, number: int | None) -> Decision:
        """Take a decision back, the last one where no number is given. Raises RefusedDecision."""
        held = [each for each in self._curation.decisions if number in (None, each.number)]
        if not held:
            what = f"没有第 {number} 号决定，或已撤销" if number is not None else "没有可撤销的决定"
            raise RefusedDecision(what, "wangqi tags --decisions 列出各项决定")
        self._db.execute("UPDATE tag_decisions SET undone_at = ? WHERE number = ?", [_now(), held[-1].number])
        self._follow(held[-1])
        return held[-1]

    @property
    def _curation(self) -> Curation:
        if self._held is None:
            self._held = self._reader.curation()
        return self._held

    def _follow(self, decision: Decision) -> None:
        """Show what follows from the decisions as they are now, wherever one that changed could matter."""
        before = self._curation.path(decision.name)
        self._held = None
        names = {same_name(name) for name in (*before, *self._curation.path(decision.name))}
        entries = [decision.entry] if decision.entry else self._concerned(names)
        derived, issues = self._reader.derived_tags(entries), set()
        for identifier, record in self._reader.records(entries).items():
            shown = self._curation.applied(identifier, derived.get(identifier, ()))
            if shown != record.entry.tags:
                self._replace("tags", identifier, shown)
                issues.add(record.issue)
        for issue in sorted(issues):
            self._tell_index(issue)

    def _concerned(self, names: set[str]) -> list[str]:
        """The entries that have, had or were given a tag of these names."""
        written = self._reader.spellings()
        spelled = json.dumps([name for name in written if same_name(name) in names], ensure_ascii=False)
        rows = self._db.query(
            f"SELECT entry FROM derived_tags WHERE name IN {_LISTED}"  # noqa: S608
            f" UNION SELECT entry FROM tags WHERE name IN {_LISTED}",
            [spelled, spelled],
        )
        given = (each.entry for each in self._curation.decisions if each.entry and same_name(each.name) in names)
        return list(dict.fromkeys((*(row["entry"] for row in rows), *given)))

    def _replace(self, table: str, entry: str, tags: Iterable[Tag]) -> None:
        rows: list[dict[str, Any]] = rows_of_tags(entry, tags)
        self._db.execute(f"DELETE FROM {table} WHERE entry = ?", [entry])  # noqa: S608
        self._db.table(table).insert_all(rows)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
