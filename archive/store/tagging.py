"""What is kept on tags -> their counts, and what people decided on them."""

from __future__ import annotations

from typing import Any

from archive.curation import Curation, Decision
from archive.model import Tag
from archive.store.counting import Counting

TAG = ", ".join(Tag.__dataclass_fields__)  # the columns that make one


class TagReading(Counting):
    """Reads tags as they are shown, as they were derived, and the decisions between the two."""

    def tag_counts(self, since: str = "", until: str = "9999") -> list[dict[str, Any]]:
        """name, kind, count of entries of each tag, the most frequent first."""
        return self._mappings(  # by days first: left to choose, SQLite would look at every tag for one month's
            "SELECT name, max(kind) AS kind, count(DISTINCT tags.entry) AS count FROM issues"
            " CROSS JOIN entries ON entries.issue = issues.id CROSS JOIN tags ON tags.entry = entries.id"
            " WHERE withdrawn_revision IS NULL AND removed_at IS NULL AND date BETWEEN ? AND ?"
            " GROUP BY name ORDER BY count DESC, name",
            since,
            until,
        )

    def told_tags(self) -> list[dict[str, Any]]:
        """count, name, kind, and an entry with the words, of each tag that a text itself told, most frequent first."""
        return self._mappings(
            "SELECT count(DISTINCT tags.entry) AS count, name, kind, min(tags.entry) AS entry, words FROM tags"
            " JOIN entries ON entries.id = tags.entry JOIN issues ON issues.id = entries.issue"
            " WHERE withdrawn_revision IS NULL AND removed_at IS NULL AND rule NOT IN ('名录', '手工')"
            " GROUP BY name ORDER BY count DESC, name"
        )

    def derived_tags(self, entries: list[str]) -> dict[str, tuple[Tag, ...]]:
        """entry -> its tags before any decision; an entry without tags is left out."""
        return self._of(entries, f"{TAG} FROM derived_tags", Tag)

    def decisions(self) -> list[dict[str, Any]]:
        """Every decision on tags, also those that were undone, the newest first."""
        return self._mappings("SELECT * FROM tag_decisions ORDER BY number DESC")

    def curation(self) -> Curation:
        """What people decided on tags, as far as it was not undone."""
        columns = "action, name, target, kind, entry, number"
        rows = self._all(f"SELECT {columns} FROM tag_decisions WHERE undone_at IS NULL ORDER BY number")  # noqa: S608
        return Curation(Decision(**row) for row in rows)

    def decided(self) -> tuple[int, ...]:
        """Differs whenever a decision on tags was made, undone or erased: the last number, how many, undone ones."""
        (row,) = self._all(
            "SELECT max(number) AS last, count(*) AS made, count(undone_at) AS undone FROM tag_decisions"
        )
        return tuple(count or 0 for count in row)

    def spellings(self) -> list[str]:
        """Every name of a tag, derived or shown, as it is written."""
        return [row["name"] for row in self._all("SELECT name FROM derived_tags UNION SELECT name FROM tags")]
