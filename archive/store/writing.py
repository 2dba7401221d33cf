"""Issues into the archive: one transaction keeps the bytes, the revision, the entries and a row in the outbox."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive import ids
from archive.curation import Decision
from archive.errors import ArchiveError
from archive.identity import HeldIssue, identified
from archive.model import Entry, Issue
from archive.series import series_key
from archive.store.connection import connect_writing, immediate
from archive.store.curating import TagWriter
from archive.store.reading import Reader
from archive.store.rows import (
    Row,
    diagnostics_to_json,
    entry_row,
    issue_row,
    issue_to_json,
    source_rows,
)
from archive.store.stories import StoryWriter
from archive.store.values import Happening, Incoming, IndexState, Kept

if TYPE_CHECKING:
    from sqlite_utils import Database

LEAST_HELD = 3  # a revision is held when it would withdraw at least so many entries, and more than half


class Writer:
    """The one writer; the caller holds the home's lock."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.reader = Reader(db.conn)
        self._tags = TagWriter(db, self.reader, self._tell_index)
        self.stories = StoryWriter(db)

    @classmethod
    def open(cls, home: Path) -> Writer:
        """Raises HomeError, NewerSchema."""
        return cls(connect_writing(home))

    def close(self) -> None:
        """Give the connection back."""
        self._db.close()

    def held(self, issue: Issue) -> str | None:
        """The id under which the archive has an issue of this series and date."""
        row = self._row(issue)
        return row["id"] if row else None

    def keep(self, incoming: Incoming, *, force: bool = False) -> Kept:
        """Keep an issue: new, as a revision, or not at all where nothing changed or too much would go."""
        with immediate(self._db):
            row = self._row(incoming.reading.issue)
            if row is None:
                kept = self._add(incoming)
            elif row["removed_at"] is None and self._has_bytes(row, incoming.data):
                return Kept("unchanged", self.reader.issue(row["id"]))
            else:
                kept = self._revise(row, incoming, force=force)
            self._log(incoming.path, kept.status, kept.issue.id, kept.reason)
            return kept

    def reject(self, path: str, reason: str) -> None:
        """Record that a file was not taken."""
        with immediate(self._db):
            self._log(path, "rejected", None, reason)

    def note_run(self, what: str) -> None:
        """Record that a run ended, and what it did."""
        with immediate(self._db):
            self._log("", "run", None, what)

    def commit_index(self, state: IndexState, drained: int) -> None:
        """The index's commit point: put a generation in force and drop what it holds from the outbox."""
        with immediate(self._db):
            self._db.execute(
                "UPDATE index_state SET generation = ?, manifest = ?, dictionary = ?",
                [state.generation, state.manifest, state.dictionary],
            )
            self._db.execute("DELETE FROM outbox WHERE number <= ?", [drained])

    def remove(self, issue: str) -> None:
        """Withdraw an issue: out of search, its bytes kept; ingesting it again restores its ids. Raises UnknownId."""
        with immediate(self._db):
            self.reader.issue(issue)
            self._db.table("issues").update(issue, {"removed_at": _now()})
            self._tell_index(issue)
            self._log("", "removed", issue, "已移除，原文仍在")

    def erase(self, issue: str) -> None:
        """Destroy what a removed issue said; its ids stay taken, and the log tells of it."""
        with immediate(self._db):
            if self.reader.find(issue):
                raise ArchiveError(f"{issue} 还没有移除", "先移除，再销毁")
            entries = "(SELECT id FROM entries WHERE issue = ?)"
            self._db.execute("DELETE FROM revisions WHERE issue = ?", [issue])
            for table in ("sources", "tags", "derived_tags", "tag_decisions"):
                self._db.execute(f"DELETE FROM {table} WHERE entry IN {entries}", [issue])  # noqa: S608
            self._db.execute(f"UPDATE key_points SET text = '' WHERE entry IN {entries}", [issue])  # noqa: S608
            self._db.execute(
                "UPDATE entries SET title = '', summary = '', background = '', category = '', fields = '[]',"
                " labels = '[]', event_date = NULL, event_words = NULL WHERE issue = ?",
                [issue],
            )
            self.stories.forget(issue)
            self._log("", "erased", issue, "已销毁，原文不再可得")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # a server's open readers keep the log that still has it

    def retag(self, issue: Issue) -> None:
        """Replace the tags of an issue's entries; where that changes any, the index waits for it."""
        with immediate(self._db):
            self._tags.retag(issue)

    def decide(self, decision: Decision, listed: Iterable[str] = ()) -> int:
        """Keep a decision on tags and do as it says; its number. Raises RefusedDecision, UnknownId."""
        with immediate(self._db):
            return self._tags.decide(decision, listed)

    def undo(self, number: int | None = None) -> Decision:
        """Take a decision on tags back, the last one where no number is given. Raises RefusedDecision."""
        with immediate(self._db):
            return self._tags.undo(number)

    # ── inside one transaction ──────────────────────────────────────────────────────────────────────────────────────

    def _row(self, issue: Issue) -> dict[str, Any] | None:
        held = self._db.table("issues").rows_where(
            "date = ? AND series_key = ?", [issue.date.isoformat(), series_key(issue.series)]
        )
        return next(iter(held), None)

    def _has_bytes(self, row: Mapping[str, Any], data: bytes) -> bool:
        held = self._db.table("revisions").get((row["id"], row["revision"]))
        return bool(held["sha256"] == _sha256(data))

    def _add(self, incoming: Incoming) -> Kept:
        issue = incoming.reading.issue
        taken = self._db.table("issues").count_where("date = ?", [issue.date.isoformat()])
        issue = identified(replace(issue, id=ids.issue_id(issue.date, taken), revision=1), HeldIssue())
        self._db.table("issues").insert(issue_row(issue))
        self._write(issue, incoming, [])
        return Kept("added", issue)

    def _revise(self, row: Mapping[str, Any], incoming: Incoming, *, force: bool) -> Kept:
        held = self._held(row["id"], current=row["removed_at"] is None)
        issue = identified(replace(incoming.reading.issue, id=row["id"], revision=row["revision"] + 1), held)
        before = self.reader.entries_with_rows(row["id"])
        gone = {entry.id for entry in held.current} - {entry.id for entry in issue.entries}
        if len(gone) >= LEAST_HELD and 2 * len(gone) > len(held.current) and not force:
            reason = f"这一版会撤下 {len(held.current)} 条中的 {len(gone)} 条，已搁置；确认无误后用 --force 收录"
            return Kept("held", replace(issue, revision=row["revision"]), reason)
        self._db.table("issues").upsert(issue_row(issue), pk="id")
        self._withdraw(issue, held)
        self._write(issue, incoming, before)
        return Kept("revised", issue)

    def _held(self, issue: str, *, current: bool) -> HeldIssue:
        rows = self.reader.entries_with_rows(issue)
        return HeldIssue(
            tuple(entry for row, entry in rows if row["withdrawn_revision"] is None and current),
            tuple(entry for row, entry in rows if row["withdrawn_revision"] is not None or not current),
            tuple(self.reader.withdrawn_points(issue)),
        )

    def _withdraw(self, issue: Issue, held: HeldIssue) -> None:
        """Mark what the revision no longer has."""
        points = {point.id for entry in issue.entries for point in entry.key_points}
        present = {entry.id for entry in issue.entries}
        self._db.execute(
            "UPDATE entries SET withdrawn_revision = ? WHERE issue = ? AND withdrawn_revision IS NULL"
            " AND id NOT IN (SELECT value FROM json_each(?))",
            [issue.revision, issue.id, json.dumps(list(present))],
        )
        for entry in (*held.current, *held.withdrawn):
            for point in entry.key_points:
                if entry.id in present and point.id not in points:
                    self._db.table("key_points").update(point.id, {"withdrawn_revision": issue.revision})

    def _write(self, issue: Issue, incoming: Incoming, before: Sequence[tuple[Row, Entry]]) -> None:
        """The revision and its entries; `before` are those the archive had, as the last revision left them."""
        self._db.table("revisions").insert(
            {
                "issue": issue.id,
                "number": issue.revision,
                "received_at": _now(),
                "path": incoming.path,
                "sha256": _sha256(incoming.data),
                "bytes": incoming.data,
                "content": issue_to_json(issue),
                "diagnostics": diagnostics_to_json(incoming.reading.diagnostics),
            }
        )
        known = {entry.id for _, entry in before}
        unchanged = {_content(entry) for row, entry in before if row["withdrawn_revision"] is None}
        for position, entry in enumerate(issue.entries):
            row = entry_row(entry, issue, ids.order(entry.id)[1], position) | {"withdrawn_revision": None}
            if _content(entry) not in unchanged:
                row["changed_revision"] = issue.revision
            if entry.id in known:
                self._db.table("entries").update(entry.id, row)
            else:
                self._db.table("entries").insert(row | {"first_revision": issue.revision})
            self._write_parts(entry)
        self._tell_index(issue.id)

    def _write_parts(self, entry: Entry) -> None:
        """The key points, sources and tags of an entry."""
        for place, point in enumerate(entry.key_points):
            self._db.table("key_points").upsert(
                {
                    "id": point.id,
                    "entry": entry.id,
                    "number": ids.order(point.id)[2],
                    "position": place,
                    "text": point.text,
                    "withdrawn_revision": None,
                },
                pk="id",
            )
        self._replace("sources", entry.id, source_rows(entry))
        self._tags.write(entry)

    def _tell_index(self, issue: str) -> None:
        """Put the issue into the outbox; `issues.change` remembers it when the outbox is long drained."""
        number = self._db.table("outbox").insert({"issue": issue}).last_pk
        self._db.execute("UPDATE issues SET change = ? WHERE id = ?", [number, issue])

    def _replace(self, table: str, entry: str, rows: Sequence[dict[str, Any]]) -> None:
        self._db.execute(f"DELETE FROM {table} WHERE entry = ?", [entry])  # noqa: S608
        self._db.table(table).insert_all(rows)

    def _log(self, path: str, status: Happening, issue: str | None, reason: str) -> None:
        self._db.table("log").insert({"at": _now(), "path": path, "status": status, "issue": issue, "reason": reason})


def _content(entry: Entry) -> Entry:
    """What a reader sees of an entry: all but its tags, which the archive derives."""
    return replace(entry, tags=())


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
