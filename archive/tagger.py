"""An entry -> its tags, each with the words that gave it: names of a list, and those that the text itself tells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from archive.directory import KINDS, Name, merged, read_names
from archive.errors import DataFileError
from archive.model import Entry, Tag
from archive.text import Phrase, fold, folded, phrase, plain, same_name
from archive.text.atoms import ATOM, is_single

if TYPE_CHECKING:
    from archive.telling import Told

__all__ = ["BY_LABEL", "BY_NAME", "KINDS", "Name", "Tagger", "merged", "read_names", "surroundings"]

BY_NAME, BY_LABEL = "名录", "标签行"  # the rules; `archive.telling` has more
_TELLING = re.compile("[是为：:“「《]|[-–—|] |\\d\\.\\d")  # without any of these a text tells no names
_VERSION = re.compile(
    r"(?:[ -][A-Z][a-z]{1,12})?[ -]?[vV]?\d+(?:\.\d+){0,3}[a-z]?(?![A-Za-z0-9%])"
    r"(?:[ -](?:Pro|Max|[Mm]ini|Flash|Turbo|Ultra|Lite|Plus|Air|Sonnet|Opus|Haiku|Preview|Coder)(?![A-Za-z0-9]))*"
)
_NUMBER = re.compile(r"[ -]?v?\d")


@dataclass(frozen=True)
class Tagger:
    """A list of names, ready to be looked for, and how names outside it were written first."""

    names: tuple[Name, ...] = ()
    _by_spelling: Mapping[str, Name] = field(default_factory=dict, repr=False)
    _written: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, names: tuple[Name, ...]) -> Tagger:
        """A tagger for these names. Raises DataFileError where two claim one spelling or a parent is missing."""
        by_spelling: dict[str, Name] = {}
        for name in names:
            for spelling in name.spellings:
                owner = by_spelling.setdefault(same_name(spelling), name)
                if owner is not name:
                    raise DataFileError(
                        f"{name.place}：“{spelling}”同时属于“{name.name}”和“{owner.name}”（{owner.place}）",
                        "一个别名只能属于一个标签；改好之前，原来的名录照旧",
                    )
        for name in names:
            if name.parent and same_name(name.parent) not in by_spelling:
                what = f"{name.place}：“{name.name}”的上级“{name.parent}”不在名录里"
                raise DataFileError(what, "给上级也写一个 [[tag]]；改好之前，原来的名录照旧")
        return cls(names, by_spelling)

    def knowing(self, written: Iterable[str]) -> Tagger:
        """The same that writes names outside the list as these are written, and else as it meets them first."""
        return replace(self, _written={same_name(name): name for name in written})

    @property
    def aliases(self) -> dict[str, str]:
        """`same_name` of every spelling -> the tag's name."""
        return {spelling: name.name for spelling, name in self._by_spelling.items()}

    def name(self, spelling: str) -> Name | None:
        """The name that a spelling belongs to."""
        return self._by_spelling.get(same_name(spelling))

    @cached_property
    def _by_start(self) -> Mapping[str, tuple[tuple[Phrase, Name | None], ...]]:
        """What a text has where a name begins -> names, and None for words that are not one; only tagging needs it."""
        found: dict[str, list[tuple[Phrase, Name | None]]] = {}
        for name in self.names:
            for spelling in (*name.spellings, *name.not_in):
                if wanted := phrase(fold(spelling)):
                    counts = name if spelling in name.spellings else None
                    found.setdefault(_start(wanted), []).append((wanted, counts))
        return {start: tuple(held) for start, held in found.items()}

    def tags(self, entry: Entry) -> tuple[Tag, ...]:
        """The entry's tags, one for each name and field: those of an explicit label line, then those found."""
        found = [*self._labelled(entry), *(tag for where, text in _texts(entry) for tag in self._found(where, text))]
        kinds = {tag.name: tag.kind for tag in reversed(found)}
        first: dict[tuple[str, str], Tag] = {}
        for tag in found:
            first.setdefault((tag.name, tag.field), replace(tag, kind=kinds[tag.name]))
        return tuple(first.values())

    def _labelled(self, entry: Entry) -> Iterator[Tag]:
        for label in entry.labels:
            yield self._tag(label, "主题", BY_LABEL, "labels", label, 0)

    def _tag(self, name: str, kind: str, rule: str, where: str, words: str, start: int) -> Tag:
        """A tag of a name as it stands in a text: of the list where it is there."""
        known = self.name(name)
        if known:
            return Tag(known.name, known.kind, rule, where, words, start)
        return Tag(self._written.setdefault(same_name(name), name), kind, rule, where, words, start)

    def _found(self, where: str, text: str) -> Iterator[Tag]:
        listed = list(self._listed(where, text))
        if not _TELLING.search(text):
            yield from listed
            return
        spans = {(tag.start, tag.start + len(tag.words)): tag for tag in listed}
        from archive.telling import told  # 8 ms, which nobody waits for who only reads

        for each in told(text, is_title=where == "title"):
            if tag := self._told(each, where, text):
                spans = _with(spans, tag)
        yield from (spans[span] for span in sorted(spans))

    def _told(self, each: Told, where: str, text: str) -> Tag | None:
        """Claude Opus 4.6 is a version of Claude where the list has no longer name; OpenAI Codex is two names."""
        words = text[each.start : each.end]
        if self.name(each.name):
            return self._tag(each.name, each.kind, each.rule, where, words, each.start)
        from archive.telling import BY_VERSION

        folded_words = fold(words)
        inside = list(self._spans(folded_words))
        begun = inside[0][0] if inside and inside[0][1] == 0 else None
        versioned = begun and (each.rule == BY_VERSION or _NUMBER.match(folded_words, inside[0][2]))
        if begun and versioned and begun.kind == "产品":
            return Tag(begun.name, begun.kind, each.rule, where, words, each.start)
        if begun and begun.kind == "机构" and len(inside) > 1 and inside[-1][2] == len(folded_words):
            return None
        return self._tag(each.name, each.kind, each.rule, where, words, each.start)

    def _listed(self, where: str, text: str) -> Iterator[Tag]:
        spans = list(self._spans(fold(text)))
        if not spans:
            return
        original = folded(text).original  # dearer than the search, so only where there is something to place
        for name, start, end in spans:
            first, last = original(start, end)
            words = text[first:last]
            if name.cased and unicodedata.normalize("NFKC", words) not in name.spellings:
                continue
            if name.kind == "产品" and (version := _VERSION.match(text, last)):
                words += version[0]
            yield Tag(name.name, name.kind, BY_NAME, where, words, first)

    def _spans(self, text: str) -> Iterator[tuple[Name, int, int]]:
        """The names in a folded text, from left to right, at each place the longest."""
        after, by_start = 0, self._by_start
        for atom in ATOM.finditer(text):
            place = atom.start()
            held = by_start.get(atom.group(), ()) + by_start.get(text[place : place + 2], ())
            if not held or place < after:
                continue
            found = [
                (end, start, name)
                for wanted, name in held
                if (start := place - wanted.leading) >= after and (end := wanted.end_at(text, start))
            ]
            if found:
                after, start, name = max(found, key=lambda each: each[0])
                if name:
                    yield name, start, after


def _start(wanted: Phrase) -> str:
    """What a text has where a phrase begins: its first atom, or two where nothing can stand between them."""
    first, *others = wanted.atoms
    if others and is_single(first) and is_single(others[0]) and wanted.text.startswith(first + others[0]):
        return first + others[0]
    return first


def surroundings(entry: Entry, tag: Tag, most: int = 16) -> str:
    """What stands around the words that gave a tag, so many characters before and after them."""
    text = dict(_texts(entry)).get(tag.field, tag.words)
    start, end = max(0, tag.start - most), tag.start + len(tag.words) + most
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _with(spans: dict[tuple[int, int], Tag], tag: Tag) -> dict[tuple[int, int], Tag]:
    """The spans with one more, without those inside it; unchanged where another is as long or crosses it."""
    start, end = tag.start, tag.start + len(tag.words)
    touching = [each for each in spans if each[0] < end and start < each[1]]
    if any(each[0] < start or each[1] > end or each == (start, end) for each in touching):
        return spans
    return {span: held for span, held in spans.items() if span not in touching} | {(start, end): tag}


def _texts(entry: Entry) -> Iterator[tuple[str, str]]:
    """(field, plain text) of what may hold a tag; a source is where an entry comes from, not what it is about."""
    yield from (
        ("title", plain(entry.title)),
        ("summary", plain(entry.summary)),
        ("background", plain(entry.background)),
    )
    yield from ((f"key_points.{n}", plain(point.text)) for n, point in enumerate(entry.key_points, 1))
    yield from ((f"fields.{n}", plain(other.text)) for n, other in enumerate(entry.fields, 1))
