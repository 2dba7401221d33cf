"""What the archive holds, as values: issues, entries, counts. Reads only."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.errors import UnknownId
from archive.model import Diagnostic, Entry, Issue
from archive.store.connection import connect_reading
from archive.store.rows import Row, entry_from_rows, issue_from_json
from archive.store.values import Coverage, IndexState, LogLine, Record, Revision

_LISTED = "(SELECT value FROM json_each(?))"  # one parameter, where SQLite takes only so many


class Reader:
    """Answers from one connection; use one for each thread."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @classmethod
    def open(cls, home: Path) -> Reader:
        """Raises HomeError, NewerSchema."""
        return cls(connect_reading(home))

    def close(self) -> None:
        """Give the connection back."""
        self._db.close()

    # ── issues and entries ──────────────────────────────────────────────────────────────────────────────────────────

    def issue(self, identifier: str) -> Issue:
        """The current revision of an issue. Raises UnknownId."""
        with self._db.atomic():  # all of it from one moment
            row = self._one("SELECT * FROM issues WHERE id = ? AND removed_at IS NULL", identifier)
            if row is None:
                raise UnknownId(f"没有编号为 {identifier} 的期", "wangqi status 列出收录的范围")
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
        """An entry, withdrawn or not. Raises UnknownId."""
        found = self.records([identifier])
        if not found:
            raise UnknownId(f"没有编号为 {identifier} 的条目", "编号形如 20260208-03；用 wangqi search 查找")
        return found[identifier]

    def records(self, identifiers: Iterable[str]) -> dict[str, Record]:
        """id -> entry, for those that exist, in few queries however many are asked."""
        with self._db.atomic():
            rows = self._entries(f"entries.id IN {_LISTED}", json.dumps(list(identifiers)))
        return {
            entry.id: Record(
                entry,
                row["issue"],
                datetime.date.fromisoformat(row["date"]),
                row["series"],
                row["changed_revision"],
                row["withdrawn_revision"] is not None or row["removed_at"] is not None,
            )
            for row, entry in rows
        }

    def entries_with_rows(self, issue: str) -> list[tuple[Row, Entry]]:
        """Every entry of an issue, withdrawn ones too, with its row: what a new revision is compared with."""
        return self._entries("entries.issue = ?", issue)

    def find(self, identifier: str) -> list[str]:
        """The issues that an issue's id or a date (2026-02-08) names, none where there is none."""
        sql = "SELECT id FROM issues WHERE removed_at IS NULL AND (id = ? OR date = ?) ORDER BY id"
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

    # ── counts ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def counts(self) -> dict[str, int]:
        """How many issues, entries, key points, withdrawn entries and diagnostics there are."""
        live = "JOIN issues ON issues.id = entries.issue WHERE removed_at IS NULL AND entries.withdrawn_revision IS"
        return {
            "issues": self._number("SELECT count(*) FROM issues WHERE removed_at IS NULL"),
            "entries": self._number(f"SELECT count(*) FROM entries {live} NULL"),  # noqa: S608
            "key_points": self._number(
                "SELECT count(*) FROM key_points JOIN entries ON entries.id = key_points.entry "  # noqa: S608
                f"{live} NULL AND key_points.withdrawn_revision IS NULL"
            ),
            "withdrawn": self._number(f"SELECT count(*) FROM entries {live} NOT NULL"),  # noqa: S608
            "diagnostics": self._number(
                "SELECT coalesce(sum(json_array_length(diagnostics)), 0) FROM revisions JOIN issues"
                " ON issues.id = issue AND issues.revision = number WHERE removed_at IS NULL"
            ),
        }

    def series(self) -> list[dict[str, Any]]:
        """name, issues, entries of each series, the largest first."""
        return self._all(
            "SELECT series AS name, count(DISTINCT issues.id) AS issues, count(entries.id) AS entries FROM issues"
            " LEFT JOIN entries ON entries.issue = issues.id AND withdrawn_revision IS NULL"
            " WHERE removed_at IS NULL GROUP BY series_key ORDER BY entries DESC, name"
        )

    def coverage(self, since: str = "", until: str = "9999") -> Coverage:
        """The days covered, within a range."""
        row = self._one(
            "SELECT min(date) AS since, max(date) AS until, count(*) AS issues, count(DISTINCT date) AS days"
            " FROM issues WHERE removed_at IS NULL AND date BETWEEN ? AND ?",
            since,
            until,
        )
        if row is None or not row["issues"]:
            return Coverage()
        first, last = datetime.date.fromisoformat(row["since"]), datetime.date.fromisoformat(row["until"])
        return Coverage(first, last, row["issues"], (last - first).days + 1 - row["days"])

    def tag_counts(self, since: str = "", until: str = "9999") -> list[dict[str, Any]]:
        """name, kind, count of entries of each tag, the most frequent first."""
        return self._all(
            "SELECT name, kind, count(DISTINCT tags.entry) AS count FROM tags"
            " JOIN entries ON entries.id = tags.entry JOIN issues ON issues.id = entries.issue"
            " WHERE withdrawn_revision IS NULL AND removed_at IS NULL AND date BETWEEN ? AND ?"
            " GROUP BY name ORDER BY count DESC, name",
            since,
            until,
        )

    def days(self) -> list[dict[str, Any]]:
        """id, date, series, entries of every issue, newest first."""
        return self._all(
            "SELECT issues.id, date, series, count(entries.id) AS entries FROM issues"
            " LEFT JOIN entries ON entries.issue = issues.id AND withdrawn_revision IS NULL"
            " WHERE removed_at IS NULL GROUP BY issues.id ORDER BY date DESC, issues.id"
        )

    # ── the index and the log ───────────────────────────────────────────────────────────────────────────────────────

    def index_state(self) -> IndexState:
        """Which generation of the index is in force."""
        row = self._one("SELECT generation, manifest, dictionary FROM index_state")
        return IndexState(**row) if row else IndexState()

    def waiting(self) -> list[tuple[int, str]]:
        """(outbox number, issue) of what the index does not hold yet, in order."""
        return [(row["number"], row["issue"]) for row in self._all("SELECT number, issue FROM outbox ORDER BY number")]

    def log(self, newest: int = 20) -> list[LogLine]:
        """What happened, newest first."""
        sql = "SELECT at, path, status, issue, reason FROM log ORDER BY number DESC LIMIT ?"
        return [LogLine(**row) for row in self._all(sql, newest)]

    # ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _entries(self, where: str, parameter: str) -> list[tuple[Row, Entry]]:
        rows = self._all(
            "SELECT entries.*, date, series, removed_at FROM entries JOIN issues ON issues.id = entries.issue"  # noqa: S608
            f" WHERE {where} ORDER BY entries.issue, entries.position",
            parameter,
        )
        asked = [row["id"] for row in rows]
        points = self._of(asked, "key_points", "AND withdrawn_revision IS NULL")
        sources, tags = self._of(asked, "sources"), self._of(asked, "tags")
        return [
            (
                row,
                entry_from_rows(row, points.get(row["id"], []), sources.get(row["id"], []), tags.get(row["id"], [])),
            )
            for row in rows
        ]

    def _of(self, entries: list[str], table: str, only: str = "") -> dict[str, list[Row]]:
        """entry -> its rows of a table, in order."""
        rows = self._all(
            f"SELECT * FROM {table} WHERE entry IN {_LISTED} {only} ORDER BY entry, position",  # noqa: S608
            json.dumps(entries),
        )
        return {entry: list(group) for entry, group in groupby(rows, key=lambda row: row["entry"])}

    def _revision(self, issue: str, number: int) -> Row:
        row = self._one("SELECT bytes, content FROM revisions WHERE issue = ? AND number = ?", issue, number)
        if row is None:
            raise UnknownId(f"{issue} 没有第 {number} 版", f"wangqi show {issue} 显示现行的一版")
        return row

    def _all(self, sql: str, *parameters: Any) -> list[dict[str, Any]]:
        return list(self._db.query(sql, parameters))

    def _one(self, sql: str, *parameters: Any) -> dict[str, Any] | None:
        return next(iter(self._all(sql, *parameters)), None)

    def _number(self, sql: str) -> int:
        row = self._one(sql)
        return int(next(iter(row.values()))) if row else 0
