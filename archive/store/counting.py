"""How much the archive holds, by series and day."""

from __future__ import annotations

import datetime
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from archive.store.rows import Row
from archive.store.values import Coverage, Days

Made = TypeVar("Made")
LISTED = "(SELECT value FROM json_each(?))"  # one parameter, where SQLite takes only so many


class Counting:
    """Counts over one connection, and the few ways in which every query is asked."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

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
        return self._mappings(
            "SELECT series AS name, count(DISTINCT issues.id) AS issues, count(entries.id) AS entries FROM issues"
            " LEFT JOIN entries ON entries.issue = issues.id AND withdrawn_revision IS NULL"
            " WHERE removed_at IS NULL GROUP BY series_key ORDER BY entries DESC, name"
        )

    def all_days(self) -> Days:
        """The days of all issues that are not removed."""
        rows = self._all("SELECT date FROM issues WHERE removed_at IS NULL ORDER BY date")
        dates = tuple(datetime.date.fromisoformat(row["date"]) for row in rows)
        return Days(dates, tuple(dict.fromkeys(dates)))

    def coverage(self) -> Coverage:
        """The days covered by everything there is."""
        return self.all_days().coverage()

    def fingerprint(self) -> str:
        """What identifies all that is kept now: a sha256 over (issue, revision, sha256 of its bytes) of every issue."""
        rows = self._all(
            "SELECT issues.id, number, sha256 FROM issues JOIN revisions ON issue = issues.id AND number = revision"
            " WHERE removed_at IS NULL ORDER BY issues.id"
        )
        lines = (f"{row['id']} {row['number']} {row['sha256']}\n" for row in rows)
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def last_change(self) -> int:
        """A number that grows whenever an issue is kept, removed or tagged anew."""
        return self._number("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")

    def received(self, issues: Iterable[str]) -> dict[tuple[str, int], datetime.datetime]:
        """(issue, revision) -> when it came in, of all revisions of these issues."""
        rows = self._all(
            f"SELECT issue, number, received_at FROM revisions WHERE issue IN {LISTED}",  # noqa: S608
            json.dumps(sorted(set(issues))),
        )
        return {(row["issue"], row["number"]): datetime.datetime.fromisoformat(row["received_at"]) for row in rows}

    def current_revisions(self) -> dict[str, int]:
        """issue -> the number of its current revision, of those that are not removed."""
        rows = self._all("SELECT id, revision FROM issues WHERE removed_at IS NULL ORDER BY date, id")
        return {row["id"]: row["revision"] for row in rows}

    def source_counts(self) -> list[dict[str, Any]]:
        """name (in Markdown), host, count of entries of each source, the most frequent first."""
        return self._mappings(
            "SELECT name, host, count(DISTINCT sources.entry) AS count FROM sources"
            " JOIN entries ON entries.id = sources.entry JOIN issues ON issues.id = entries.issue"
            " WHERE withdrawn_revision IS NULL AND removed_at IS NULL"
            " GROUP BY name, host ORDER BY count DESC, name, host"
        )

    def cited(self) -> list[tuple[str, str, str]]:
        """(entry, name in Markdown, host) of every source, by entry."""
        rows = self._all(
            "SELECT entry, name, host FROM sources JOIN entries ON entries.id = entry"
            " JOIN issues ON issues.id = entries.issue WHERE withdrawn_revision IS NULL AND removed_at IS NULL"
            " ORDER BY entry, sources.position"
        )
        return [(row["entry"], row["name"], row["host"]) for row in rows]

    def titles(self) -> list[str]:
        """The title of every entry, newest first, in Markdown."""
        rows = self._all(
            "SELECT entries.title FROM entries JOIN issues ON issues.id = entries.issue"
            " WHERE withdrawn_revision IS NULL AND removed_at IS NULL ORDER BY date DESC, issues.id, number"
        )
        return [str(row["title"]) for row in rows]

    def dated_titles(self) -> list[tuple[str, str]]:
        """(ISO date, title in Markdown) of every entry, oldest first."""
        rows = self._all(
            "SELECT date, entries.title FROM entries JOIN issues ON issues.id = entries.issue"
            " WHERE withdrawn_revision IS NULL AND removed_at IS NULL ORDER BY date, issues.id, number"
        )
        return [(row["date"], row["title"]) for row in rows]

    def days(self, since: str = "", until: str = "9999") -> list[dict[str, Any]]:
        """id, date, series, entries of every issue of some days, newest first."""
        return self._mappings(
            "SELECT issues.id, date, series, count(entries.id) AS entries FROM issues"
            " LEFT JOIN entries ON entries.issue = issues.id AND withdrawn_revision IS NULL"
            " WHERE removed_at IS NULL AND date BETWEEN ? AND ? GROUP BY issues.id ORDER BY date DESC, issues.id",
            since,
            until,
        )

    def _mappings(self, sql: str, *parameters: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in self._all(sql, *parameters)]

    def _of(
        self, entries: list[str], columns: str, make: Callable[..., Made], only: str = ""
    ) -> dict[str, tuple[Made, ...]]:
        """entry -> what is made of each of its rows of a table, in order; an entry without any is left out."""
        sql = f"SELECT entry, {columns} WHERE entry IN {LISTED} {only} ORDER BY entry, position"
        found: dict[str, list[Made]] = {}
        for entry, *values in self._connection.execute(sql, (json.dumps(entries),)):
            found.setdefault(entry, []).append(make(*values))
        return {entry: tuple(held) for entry, held in found.items()}

    def _all(self, sql: str, *parameters: Any) -> list[Row]:
        found = self._connection.cursor()
        found.row_factory = Row
        rows: list[Row] = found.execute(sql, parameters).fetchall()
        return rows

    def _one(self, sql: str, *parameters: Any) -> Row | None:
        return next(iter(self._all(sql, *parameters)), None)

    def _number(self, sql: str) -> int:
        row = self._one(sql)
        return int(row[0]) if row else 0
