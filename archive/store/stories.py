"""Pairs of entries that tell of one event -> kept, each both ways; and the story that pairs lead to."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from archive.ids import order
from archive.store.connection import immediate
from archive.store.counting import LISTED, Counting

if TYPE_CHECKING:
    from sqlite_utils import Database

_LIVE = " AND ".join(  # looked up pair by pair: as sets, SQLite would try every entry with every other
    f"EXISTS (SELECT 1 FROM entries JOIN issues ON issues.id = entries.issue WHERE entries.id = {each}"  # noqa: S608
    " AND withdrawn_revision IS NULL AND removed_at IS NULL)"
    for each in ("one", "other")
)


class StoryReading(Counting):
    """Reads pairs, as far as both entries are still there."""

    def story(self, identifier: str) -> tuple[str, ...]:
        """The entries that pairs lead to from this one, itself among them, by their days; of a withdrawn one too."""
        rows = self._all(
            "WITH RECURSIVE told (id) AS (SELECT ? UNION SELECT other FROM told CROSS JOIN joins ON one = told.id"
            " JOIN entries ON entries.id = other JOIN issues ON issues.id = entries.issue"
            " WHERE withdrawn_revision IS NULL AND removed_at IS NULL) SELECT id FROM told",
            identifier,
        )
        return tuple(sorted((row["id"] for row in rows), key=order))

    def joins(self) -> list[tuple[str, str]]:
        """Every pair, once."""
        rows = self._all(f"SELECT one, other FROM joins WHERE one < other AND {_LIVE}")  # noqa: S608
        return [(row["one"], row["other"]) for row in rows]

    def to_join(self) -> dict[str, datetime.date]:
        """issue -> its date, of those that changed since they were compared with others, removed ones too."""
        rows = self._all("SELECT id, date FROM issues WHERE joined != change")
        return {row["id"]: datetime.date.fromisoformat(row["date"]) for row in rows}


class StoryWriter:
    """Writes pairs, for the one writer."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, issues: Iterable[str], pairs: Iterable[tuple[str, str]]) -> None:
        """Put all pairs of these issues' entries in place of those before; a withdrawn entry keeps its last ones."""
        held = json.dumps(list(issues))
        of_them = f"(SELECT id FROM entries WHERE issue IN {LISTED})"  # noqa: S608
        with immediate(self._db):
            self._db.execute(
                f"DELETE FROM joins WHERE (one IN {of_them} OR other IN {of_them})"  # noqa: S608
                f" AND {_LIVE}",
                [held, held],
            )
            both = ((one, other) for pair in pairs for one, other in (pair, pair[::-1]))
            self._db.conn.executemany("INSERT INTO joins VALUES (?, ?)", both)
            self._db.execute(f"UPDATE issues SET joined = change WHERE id IN {LISTED}", [held])  # noqa: S608

    def compare_anew(self, issues: Iterable[str]) -> None:
        """Have these issues compared again."""
        self._db.execute(f"UPDATE issues SET joined = -1 WHERE id IN {LISTED}", [json.dumps(list(issues))])  # noqa: S608

    def forget(self, issue: str) -> None:
        """Drop the pairs of an issue's entries; inside a transaction of the caller's."""
        of_it = "(SELECT id FROM entries WHERE issue = ?)"
        self._db.execute(f"DELETE FROM joins WHERE one IN {of_it} OR other IN {of_it}", [issue, issue])  # noqa: S608
