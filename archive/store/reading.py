"""What the archive holds, as values: issues, entries, counts. Reads only."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from archive.errors import Erased, UnknownId
from archive.model import Diagnostic, Entry, Issue, KeyPoint, Source, Tag
from archive.store.connection import connect_reading
from archive.store.counting import LISTED
from archive.store.rows import Row, entry_from_row, issue_from_json
from archive.store.stories import StoryReading
from archive.store.tagging import TAG, TagReading
from archive.store.values import IndexState, LogLine, Record, Revision

_LARGEST = 2**63 - 1  # an integer of SQLite


class Reader(TagReading, StoryReading):
    """Answers from one connection; use one for each thread."""

    @classmethod
    def open(cls, home: Path) -> Reader:
        """Raises HomeError, NewerSchema."""
        return cls(connect_reading(home))

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def shape(self) -> int:
        """A number that grows when a migration changes the tables."""
        return self._number("PRAGMA schema_version")

    @property
    def in_snapshot(self) -> bool:
        """Whether a snapshot is held, which keeps what has been written since from being folded in."""
        return bool(self._connection.in_transaction)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Within it every answer is of one moment, whatever is written meanwhile."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.rollback()

    @contextmanager
    def _one_moment(self) -> Iterator[None]:
        """A snapshot, or the transaction that is under way."""
        if self.in_snapshot:
            yield
            return
        with self.snapshot():
            yield

    # ── issues and entries ──────────────────────────────────────────────────────────────────────────────────────────

    def issue(self, identifier: str) -> Issue:
        """The current revision of an issue. Raises UnknownId."""
        with self._one_moment():
            row = self._one("SELECT * FROM issues WHERE id = ? AND removed_at IS NULL", identifier)
            if row is None:
                raise UnknownId(f"没有编号为 {identifier} 的期", "编号形如 20260208；先看这一天有没有收录")
            entries = self._entries("entries.issue = ? AND withdrawn_revision IS NULL", identifier)
        return Issue(
            date=datetime.date.fromisoformat(row["date"]),
            series=row["series"],
            entries=tuple(entry for _, entry in entries),
            banner=row["banner"],
            id=row["id"],
            revision=row["revision"],
        )

    def removed(self, identifier: str) -> Issue:
        """A removed issue, empty: what an index must hold of it. Raises UnknownId."""
        row = self._one("SELECT * FROM issues WHERE id = ?", identifier)
        if row is None:
            raise UnknownId(f"没有编号为 {identifier} 的期")
        return Issue(datetime.date.fromisoformat(row["date"]), row["series"], id=identifier, revision=row["revision"])

    def last(self, identifier: str) -> Issue:
        """An issue as it is, or was when it was removed. Raises UnknownId, Erased."""
        if self.find(identifier) == [identifier]:
            return self.issue(identifier)
        removed = self.removed(identifier)
        with suppress(UnknownId):
            return self.revision(identifier, removed.revision)
        raise Erased(identifier)

    def issues(self) -> Iterator[Issue]:
        """Every issue that is not removed, oldest first."""
        for row in self._all("SELECT id FROM issues WHERE removed_at IS NULL ORDER BY date, id"):
            yield self.issue(row["id"])

    def issue_ids(self, since: str = "", until: str = "9999", newest: int = -1) -> list[str]:
        """The ids of the issues of some days, newest first."""
        sql = "SELECT id FROM issues WHERE removed_at IS NULL AND date BETWEEN ? AND ? ORDER BY date DESC, id LIMIT ?"
        return [row["id"] for row in self._all(sql, since, until, newest)]

    def neighbours(self, issue: Issue) -> tuple[str | None, str | None]:
        """The ids of the issues of the same series before and after this one."""
        same = "removed_at IS NULL AND series_key = (SELECT series_key FROM issues WHERE id = ?)"
        day = issue.date.isoformat()
        before = self._one(f"SELECT id FROM issues WHERE {same} AND date < ? ORDER BY date DESC", issue.id, day)  # noqa: S608
        after = self._one(f"SELECT id FROM issues WHERE {same} AND date > ? ORDER BY date", issue.id, day)  # noqa: S608
        return (before["id"] if before else None, after["id"] if after else None)

    def record(self, identifier: str) -> Record:
        """An entry, withdrawn or not. Raises UnknownId, Erased."""
        found = self.records([identifier]).get(identifier)
        if not found:
            raise UnknownId(f"没有编号为 {identifier} 的条目", "编号形如 20260208-03；记不清就用标题里的词检索")
        if not found.entry.title:  # what is read always has one
            raise Erased(identifier)
        return found

    def records(self, identifiers: Iterable[str], *, tags: bool = True) -> dict[str, Record]:
        """id -> entry, for those that exist, in few queries however many are asked; without their `tags` on wish."""
        with self._one_moment():
            rows = self._entries(f"entries.id IN {LISTED}", json.dumps(list(identifiers)), tags=tags)
        return {
            entry.id: Record(
                entry,
                row["issue"],
                datetime.date.fromisoformat(row["date"]),
                row["series"],
                row["first_revision"],
                row["changed_revision"],
                row["withdrawn_revision"] is not None or row["removed_at"] is not None,
            )
            for row, entry in rows
        }

    def entries_with_rows(self, issue: str) -> list[tuple[Row, Entry]]:
        """Every entry of an issue, withdrawn ones too, with its row: what a new revision is compared with."""
        return self._entries("entries.issue = ?", issue)

    def withdrawn_points(self, issue: str) -> list[KeyPoint]:
        """The key points of an issue that a revision dropped while their entry stayed, with their last text."""
        sql = (
            "SELECT key_points.id, text FROM key_points JOIN entries ON entries.id = entry"
            " WHERE issue = ? AND key_points.withdrawn_revision IS NOT NULL ORDER BY key_points.number"
        )
        return [KeyPoint(row["text"], row["id"]) for row in self._all(sql, issue)]

    def find(self, identifier: str, *, removed: bool = False) -> list[str]:
        """The issues, or the removed ones, that an issue's id or a date (2026-02-08) names."""
        which = "NOT NULL" if removed else "NULL"
        sql = f"SELECT id FROM issues WHERE removed_at IS {which} AND (id = ? OR date = ?) ORDER BY id"  # noqa: S608
        return [row["id"] for row in self._all(sql, identifier, identifier)]

    def revisions(self, issue: str) -> list[Revision]:
        """All revisions of an issue, the first first."""
        sql = "SELECT number, received_at, path, sha256, diagnostics FROM revisions WHERE issue = ? ORDER BY number"
        return [
            Revision(
                row["number"],
                row["received_at"],
                row["path"],
                row["sha256"],
                tuple(Diagnostic(**each) for each in json.loads(row["diagnostics"])),
            )
            for row in self._all(sql, issue)
        ]

    def revision(self, issue: str, number: int) -> Issue:
        """An issue as a revision had it. Raises UnknownId."""
        return issue_from_json(self._revision(issue, number)["content"])

    def raw(self, issue: str, number: int) -> bytes:
        """The exact bytes of a revision. Raises UnknownId."""
        return bytes(self._revision(issue, number)["bytes"])

    # ── the index and the log ───────────────────────────────────────────────────────────────────────────────────────

    def index_state(self) -> IndexState:
        """Which generation of the index is in force."""
        row = self._one("SELECT generation, manifest, dictionary FROM index_state")
        return IndexState(**row) if row else IndexState()

    def waiting(self) -> list[tuple[int, str]]:
        """(outbox number, issue) of what the index does not hold yet, in order."""
        return [(row["number"], row["issue"]) for row in self._all("SELECT number, issue FROM outbox ORDER BY number")]

    def integrity(self) -> list[str]:
        """What SQLite finds wrong with the file and with references between tables."""
        told = [str(row["integrity_check"]) for row in self._all("SELECT * FROM pragma_integrity_check")]
        broken = self._all('SELECT "table", rowid, parent FROM pragma_foreign_key_check')
        return [
            *(sentence for sentence in told if sentence != "ok"),
            *(f"{row['table']} 第 {row['rowid']} 行在 {row['parent']} 里没有所指" for row in broken),
        ]

    def stored_bytes(self) -> Iterator[tuple[str, int, str, bytes]]:
        """issue, revision, sha256 as recorded, bytes as they are: one revision after another."""
        rows = self._connection.execute("SELECT issue, number, sha256, bytes FROM revisions ORDER BY issue, number")
        for issue, number, sha256, held in rows:
            yield issue, number, sha256, bytes(held)

    def changes(self) -> dict[str, int]:
        """issue -> the number of its last change, removed ones too: what differs between two looks has changed."""
        return {row["id"]: row["change"] for row in self._all("SELECT id, change FROM issues")}

    def changed_since(self, moment: datetime.datetime) -> dict[str, int]:
        """issue -> the revision in force at a moment, 0 where there was none: of those that changed since then."""
        at = moment.astimezone(datetime.UTC).isoformat(timespec="seconds")
        rows = self._all(
            "SELECT id, (SELECT max(number) FROM revisions WHERE issue = issues.id AND received_at <= ?) AS number"
            " FROM issues WHERE removed_at > ? OR EXISTS"
            " (SELECT 1 FROM revisions WHERE issue = issues.id AND received_at > ?) ORDER BY id",
            at,
            at,
            at,
        )
        return {row["id"]: row["number"] or 0 for row in rows}

    def log(self, newest: int = 20) -> list[LogLine]:
        """What happened, newest first."""
        sql = "SELECT at, path, status, issue, reason FROM log ORDER BY number DESC LIMIT ?"
        return [LogLine(**row) for row in self._all(sql, newest)]

    def not_taken(self, most: int = 50) -> list[LogLine]:
        """What was held or rejected and is still waiting for someone: neither its file nor its issue came later."""
        sql = (
            "SELECT at, path, status, issue, reason FROM log AS bad WHERE status IN ('held', 'rejected') AND NOT EXISTS"
            " (SELECT 1 FROM log AS later WHERE later.number > bad.number AND (later.path = bad.path"
            " OR (later.issue = bad.issue AND later.status != 'held'))) ORDER BY number DESC LIMIT ?"
        )
        return [LogLine(**row) for row in self._all(sql, most)]

    # ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _entries(self, where: str, parameter: str, *, tags: bool = True) -> list[tuple[Row, Entry]]:
        rows = self._all(
            "SELECT entries.*, date, series, removed_at FROM entries JOIN issues ON issues.id = entries.issue"  # noqa: S608
            f" WHERE {where} ORDER BY entries.issue, entries.position",
            parameter,
        )
        asked = [row["id"] for row in rows]
        points = self._of(asked, "text, id FROM key_points", KeyPoint, "AND withdrawn_revision IS NULL")
        sources = self._of(asked, "name, url FROM sources", Source)
        tagged = self._of(asked, f"{TAG} FROM tags", Tag) if tags else {}
        return [
            (row, entry_from_row(row, points.get(name, ()), sources.get(name, ()), tagged.get(name, ())))
            for row, name in zip(rows, asked, strict=True)
        ]

    def _revision(self, issue: str, number: int) -> Row:
        sql = "SELECT bytes, content FROM revisions WHERE issue = ? AND number = ?"
        row = self._one(sql, issue, min(number, _LARGEST))
        if row is None:
            raise UnknownId(f"{issue} 没有第 {number} 版", "去掉版次就是现行的一版")
        return row
