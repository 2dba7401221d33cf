"""An entry -> its story: all reports of the same event, from the first to the last; and the list of all stories."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from archive import joining
from archive.addresses import host
from archive.ids import order
from archive.store import Reader, Record
from archive.text import plain
from web.documents import entry_document
from web.services import Services

SORTS = ("newest", "largest")
_TOLD = ("id", "issue", "series", "date", "title", "sources", "url")  # of each report


@dataclass(frozen=True, slots=True)
class Line:
    """A story in a list: its first and its last report, and how many there are; its id is the first one's."""

    first: Record
    last: Record
    number: int

    @property
    def id(self) -> str:
        """`20260208-03`."""
        return self.first.entry.id

    @property
    def days(self) -> int:
        """From the first report to the last, both included."""
        return (self.last.date - self.first.date).days + 1


@dataclass(frozen=True, slots=True)
class Story(Line):
    """Reports of one event, the first of them first."""

    reports: tuple[Record, ...]

    @classmethod
    def of(cls, *reports: Record) -> Story:
        """The story of some reports, which come by days."""
        return cls(reports[0], reports[-1], len(reports), reports)

    @property
    def shared(self) -> list[str]:
        """The tags of more than one report, those of most reports first."""
        counts = Counter(name for each in self.reports for name in dict.fromkeys(tag.name for tag in each.entry.tags))
        return [name for name, number in counts.most_common() if number > 1]

    def others(self, identifier: str) -> tuple[Record, ...]:
        """The reports besides one."""
        return tuple(each for each in self.reports if each.entry.id != identifier)


def tellers(record: Record) -> list[str]:
    """Whom a report cites, each once."""
    return list(dict.fromkeys(plain(each.name) or host(each.url) or "未署名" for each in record.entry.sources))


def story_of(reader: Reader, identifier: str) -> Story | None:
    """The story that an entry belongs to, or belonged to before it was withdrawn; None where nobody else tells it."""
    told = _story(reader, reader.story(identifier))
    return told if told and told.others(identifier) else None


def stories_in(services: Services, reader: Reader, sort: str) -> list[tuple[str, ...]]:
    """The entries of each story, in an order of `SORTS`."""
    return services.kept(f"stories {sort}", reader, lambda: _sorted(joining.stories(reader.joins()), sort))


def lines(reader: Reader, told: list[tuple[str, ...]]) -> list[Line]:
    """These stories as they are listed."""
    records = reader.records(identifier for each in told for identifier in (each[0], each[-1]))
    return [Line(records[each[0]], records[each[-1]], len(each)) for each in told]


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
    return Story.of(*there) if there else None


def _sorted(told: list[tuple[str, ...]], sort: str) -> list[tuple[str, ...]]:
    newest = sorted(told, key=lambda each: order(each[-1]), reverse=True)
    return newest if sort == "newest" else sorted(newest, key=len, reverse=True)
