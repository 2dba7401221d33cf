"""Two revisions of an issue -> what differs, by entry and field, as plain text; two texts -> the spans that differ.

Tags are left out: the archive derives them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from archive.ids import order
from archive.model import Entry, Issue, KeyPoint
from archive.text import plain
from archive.text.atoms import ATOM

Change: TypeAlias = Literal["added", "withdrawn", "moved", "changed"]
Span: TypeAlias = tuple[int, int]
Spans: TypeAlias = tuple[Span, ...]

NEAR = 2  # changes with fewer unchanged characters than this between them are one
MOST_COMPARED = 1_000_000  # pairs of pieces; beyond, comparing takes seconds and everything in between is marked
_PIECE = re.compile(rf"{ATOM.pattern}|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field before and after, empty where there was none.

    Of an issue, `field` is series, banner or entries.order (of those on both sides, by the numbers of their ids); of an
    entry it is title, category, event_date, summary, background, key_points.<number of its id>, key_points.order (of
    those on both sides, by the numbers of their ids), fields.<label>, sources (a line each) or labels.
    The texts are Markdown where only its marks differ.
    """

    field: str
    before: str
    after: str

    @property
    def change(self) -> Change:
        """Whether the field is new, gone, or says something else; `moved` where things changed places."""
        if self.field.endswith(".order"):
            return "moved"
        if not self.before:
            return "added"
        return "changed" if self.after else "withdrawn"


@dataclass(frozen=True, slots=True)
class EntryDifference:
    """What became of an entry; `moved` is to another category with nothing else changed. The title is the later one."""

    id: str
    change: Change
    title: str
    fields: tuple[FieldDifference, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Revision `before` against revision `after`: entries as the later one orders them, then the withdrawn ones.

    `fields` are the issue's own.
    """

    issue: str
    before: int
    after: int
    entries: tuple[EntryDifference, ...] = ()
    fields: tuple[FieldDifference, ...] = ()


def difference(before: Issue, after: Issue) -> Difference:
    """What differs between two revisions of one issue, both with permanent ids."""
    held = {entry.id: entry for entry in before.entries}
    kept = {entry.id for entry in after.entries}
    found = [_entry(entry, held.get(entry.id), entry) for entry in after.entries]
    found += [_entry(entry, entry, None) for entry in before.entries if entry.id not in kept]
    differing = tuple(each for each in found if each.fields or each.change != "changed")
    return Difference(after.id, before.revision, after.revision, differing, tuple(_issue_fields(before, after)))


def _issue_fields(before: Issue, after: Issue) -> Iterator[FieldDifference]:
    """What differs in an issue beside its entries' own texts."""
    orders = _shared(before.entries, after.entries, 1), _shared(after.entries, before.entries, 1)
    texts = {
        "series": (before.series, after.series),
        "banner": (before.banner, after.banner),
        "entries.order": ("、".join(orders[0]), "、".join(orders[1])),
    }
    for field, (old, new) in texts.items():
        if old != new:
            yield FieldDifference(field, old, new)


def _entry(entry: Entry, before: Entry | None, after: Entry | None) -> EntryDifference:
    fields = tuple(_fields(before, after))
    change: Change = "changed"
    if before is None:
        change = "added"
    elif after is None:
        change = "withdrawn"
    elif [each.field for each in fields] == ["category"]:
        change = "moved"
    return EntryDifference(entry.id, change, plain(entry.title), fields)


def _fields(before: Entry | None, after: Entry | None) -> Iterator[FieldDifference]:
    written = _texts(before, str), _texts(after, str)
    if written[0] == written[1] and _shared_points(before, after) == _shared_points(after, before):
        return
    seen = _texts(before, plain), _texts(after, plain)
    for field in dict.fromkeys((*written[1], *written[0])):
        if field == "sources":
            yield from _order(before, after)
        old, new = written[0].get(field, ""), written[1].get(field, "")
        if old != new:
            shown = seen[0].get(field, ""), seen[1].get(field, "")
            yield FieldDifference(field, *(shown if shown[0] != shown[1] else (old, new)))


def _texts(entry: Entry | None, read: Callable[[str], str]) -> dict[str, str]:
    """field -> its text, read as Markdown or as plain text."""
    if entry is None:
        return {}
    event = entry.event_date
    texts = {
        "title": read(entry.title),
        "category": entry.category,
        "event_date": f"{event.date}（{event.words}）" if event else "",
        "summary": read(entry.summary),
        "background": read(entry.background),
    }
    texts |= {f"key_points.{order(point.id)[2]}": read(point.text) for point in entry.key_points}
    for other in entry.fields:  # a label may stand twice
        name = f"fields.{other.label}"
        texts[name] = f"{texts[name]}\n{read(other.text)}" if name in texts else read(other.text)
    texts["sources"] = "\n".join(f"{read(source.name)} {source.url}".strip() for source in entry.sources)
    return texts | {"labels": "、".join(entry.labels)}


def _order(before: Entry | None, after: Entry | None) -> Iterator[FieldDifference]:
    """The order of the key points on both sides, where it changed."""
    old, new = _shared_points(before, after), _shared_points(after, before)
    if old != new:
        yield FieldDifference("key_points.order", "、".join(old), "、".join(new))


def _shared_points(entry: Entry | None, other: Entry | None) -> list[str]:
    """The numbers of the key points of an entry that the other has too, in its order."""
    return _shared(entry.key_points, other.key_points, 2) if entry and other else []


def _shared(things: Sequence[Entry | KeyPoint], others: Sequence[Entry | KeyPoint], part: int) -> list[str]:
    """The numbers, which are this part of their ids, of the things that are among the others too, in their order."""
    shared = {each.id for each in others}
    return [str(order(each.id)[part]) for each in things if each.id in shared]


def spans(before: str, after: str) -> tuple[Spans, Spans]:
    """The spans (code points) of each text that the other lacks; without them, both read the same.

    Words and numbers differ as a whole; of Chinese, each character does.
    """
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    changes: list[tuple[int, int, int, int]] = []  # as difflib's, in characters
    at = _starts(old), _starts(new)
    for old_start, old_end, new_start, new_end in _changes(old, new):
        change = at[0][old_start], at[0][old_end], at[1][new_start], at[1][new_end]
        if changes and change[0] - changes[-1][1] < NEAR:
            change = changes[-1][0], change[1], changes[-1][2], change[3]
            changes.pop()
        changes.append(change)
    return (
        tuple((start, end) for start, end, _, _ in changes if start < end),
        tuple((start, end) for _, _, start, end in changes if start < end),
    )


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """(start, end) of the old and (start, end) of the new pieces, for each change."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    one, other = old[start : len(old) - end], new[start : len(new) - end]
    if len(one) * len(other) > MOST_COMPARED:
        yield start, start + len(one), start, start + len(other)
        return
    for kind, *places in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind != "equal":
            old_start, old_end, new_start, new_end = (start + place for place in places)
            yield old_start, old_end, new_start, new_end


def _common(one: list[str], other: list[str]) -> int:
    """How many pieces the two begin with alike."""
    return next(
        (n for n, (left, right) in enumerate(zip(one, other, strict=False)) if left != right),
        min(len(one), len(other)),
    )


def _starts(pieces: list[str]) -> list[int]:
    """Where each piece begins, and where the last one ends."""
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    return starts
