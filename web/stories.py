"""An entry -> its story: all reports of the same event, from the first to the last; and the list of all stories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive import joining
from archive.ids import order
from archive.store import Reader, Record
from archive.text import plain
from web.documents import entry_document
from web.services import Services

SORTS = ("newest", "largest")
_TOLD = ("id", "issue", "series", "date", "title", "sources", "url")  # of each report


@dataclass(frozen=True, slots=True)
class Story:
    """Reports of one event, the first of them first; its id is the first one's."""

    reports: tuple[Record, ...]

    @property
    def id(self) -> str:
        """`20260208-03`."""
        return self.first.entry.id

    @property
    def first(self) -> Record:
        """The first report."""
        return self.reports[0]

    @property
    def last(self) -> Record:
        """The last report so far."""
        return self.reports[-1]

    @property
    def days(self) -> int:
        """From the first report to the last, both included."""
        return (self.last.date - self.first.date).days + 1

    def others(self, identifier: str) -> tuple[Record, ...]:
        """The reports besides one."""
        return tuple(each for each in self.reports if each.entry.id != identifier)


def story_of(reader: Reader, identifier: str) -> Story | None:
    """The story that an entry belongs to, or belonged to before it was withdrawn; None where nobody else tells it."""
    told = _story(reader, reader.story(identifier))
    return told if told and told.others(identifier) else None


def stories_in(services: Services, reader: Reader, sort: str) -> list[tuple[str, ...]]:
    """The entries of each story, in an order of `SORTS`."""
    return services.kept(f"stories {sort}", reader, lambda: _sorted(joining.stories(reader.joins()), sort))


def read_stories(reader: Reader, told: list[tuple[str, ...]]) -> list[Story]:
    """These stories with their reports."""
    records = reader.records(identifier for each in told for identifier in each)
    return [Story(tuple(records[identifier] for identifier in each)) for each in told]


def story_document(story: Story) -> dict[str, Any]:
    """A story as the API and `story --json` give it."""
    reports = [entry_document(each) for each in story.reports]
    return {
        "id": story.id,
        "url": f"/stories/{story.id}",
        "title": plain(story.first.entry.title),
        "first": story.first.date.isoformat(),
        "last": story.last.date.isoformat(),
        "entries": [{name: each[name] for name in _TOLD} for each in reports],
    }


def entry_with_story(reader: Reader, record: Record) -> dict[str, Any]:
    """An entry's document with its story, null where nobody else tells it."""
    story = None if record.withdrawn else story_of(reader, record.entry.id)
    return entry_document(record) | {"story": story_document(story) if story else None}


def _story(reader: Reader, identifiers: tuple[str, ...]) -> Story | None:
    records = reader.records(identifiers)
    there = tuple(records[each] for each in identifiers if each in records and not records[each].withdrawn)
    return Story(there) if there else None


def _sorted(told: list[tuple[str, ...]], sort: str) -> list[tuple[str, ...]]:
    newest = sorted(told, key=lambda each: order(each[-1]), reverse=True)
    return newest if sort == "newest" else sorted(newest, key=len, reverse=True)
