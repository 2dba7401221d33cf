"""An entry -> its tags, each with the words that gave it: names of a list, found on atom boundaries."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from archive.errors import DataFileError
from archive.model import Entry, Tag
from archive.text import Phrase, fold, folded, phrase, plain, same_name
from archive.text.atoms import ATOM

KINDS = ("机构", "产品", "人物", "地区", "政策法规", "主题")
BY_NAME, BY_LABEL = "名录", "标签行"  # the rules


@dataclass(frozen=True, slots=True)
class Name:
    """One name of the list; `not_in` are longer words in which it does not count."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    parent: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class Tagger:
    """A list of names, ready to be looked for."""

    names: tuple[Name, ...] = ()
    _by_atom: Mapping[str, tuple[tuple[Phrase, Name | None], ...]] = field(default_factory=dict, repr=False)
    _by_spelling: Mapping[str, Name] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, names: tuple[Name, ...]) -> Tagger:
        """A tagger for these names. Raises DataFileError where two claim one spelling or a parent is missing."""
        by_spelling: dict[str, Name] = {}
        by_atom: dict[str, list[tuple[Phrase, Name | None]]] = {}
        for name in names:
            for spelling in name.spellings:
                owner = by_spelling.setdefault(same_name(spelling), name)
                if owner is not name:
                    raise DataFileError(f"“{spelling}”同时属于“{owner.name}”和“{name.name}”")
            for spelling in (*name.spellings, *name.not_in):
                if wanted := phrase(fold(spelling)):
                    counts = name if spelling in name.spellings else None
                    by_atom.setdefault(wanted.atoms[0], []).append((wanted, counts))
        for name in names:
            if name.parent and same_name(name.parent) not in by_spelling:
                raise DataFileError(f"“{name.name}”的上级“{name.parent}”不在名录里")
        return cls(names, {atom: tuple(held) for atom, held in by_atom.items()}, by_spelling)

    @property
    def aliases(self) -> dict[str, str]:
        """`same_name` of every spelling -> the tag's name."""
        return {spelling: name.name for spelling, name in self._by_spelling.items()}

    def name(self, spelling: str) -> Name | None:
        """The name that a spelling belongs to."""
        return self._by_spelling.get(same_name(spelling))

    def tags(self, entry: Entry) -> tuple[Tag, ...]:
        """The entry's tags, one for each name and field: those of an explicit label line, then those found."""
        found = [*self._labelled(entry), *(tag for where, text in _texts(entry) for tag in self._found(where, text))]
        first: dict[tuple[str, str], Tag] = {}
        for tag in found:
            first.setdefault((tag.name, tag.field), tag)
        return tuple(first.values())

    def _labelled(self, entry: Entry) -> Iterator[Tag]:
        for label in entry.labels:
            known = self.name(label)
            yield Tag(known.name if known else label, known.kind if known else "主题", BY_LABEL, "labels", label)

    def _found(self, where: str, text: str) -> Iterator[Tag]:
        spans = list(self._spans(fold(text)))
        if not spans:
            return
        original = folded(text).original  # dearer than the search, so only where there is something to place
        for name, start, end in spans:
            first, last = original(start, end)
            yield Tag(name.name, name.kind, BY_NAME, where, text[first:last], first)

    def _spans(self, text: str) -> Iterator[tuple[Name, int, int]]:
        """The names in a folded text, from left to right, at each place the longest."""
        after = 0
        for atom in ATOM.finditer(text):
            if atom.start() < after:
                continue
            found = [
                (end, start, name)
                for wanted, name in self._by_atom.get(atom.group(), ())
                if (start := atom.start() - wanted.leading) >= after and (end := wanted.end_at(text, start))
            ]
            if found:
                after, start, name = max(found, key=lambda each: each[0])
                if name:
                    yield name, start, after


def _texts(entry: Entry) -> Iterator[tuple[str, str]]:
    """(field, plain text) of what may hold a tag; a source is where an entry comes from, not what it is about."""
    yield from (
        ("title", plain(entry.title)),
        ("summary", plain(entry.summary)),
        ("background", plain(entry.background)),
    )
    yield from ((f"key_points.{n}", plain(point.text)) for n, point in enumerate(entry.key_points, 1))
    yield from ((f"fields.{n}", plain(other.text)) for n, other in enumerate(entry.fields, 1))


def read_names(text: str) -> tuple[Name, ...]:
    """`tags.toml` -> names. Raises DataFileError."""
    try:
        tables = tomllib.loads(text).get("tag", [])
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(f"tags.toml 读不了：{error}") from error
    if not isinstance(tables, list):
        raise DataFileError("tags.toml 里每个标签以 [[tag]] 开头")
    return tuple(_name(table) for table in tables)


def merged(lists: Iterable[tuple[Name, ...]]) -> tuple[Name, ...]:
    """Several lists as one: a later entry of a name adds its aliases, and its kind and parent take the place."""
    found: dict[str, Name] = {}
    for name in (name for names in lists for name in names):
        before = found.get(same_name(name.name), name)
        found[same_name(name.name)] = replace(
            name,
            aliases=tuple(dict.fromkeys((*before.aliases, *name.aliases))),
            not_in=tuple(dict.fromkeys((*before.not_in, *name.not_in))),
            parent=name.parent or before.parent,
        )
    return tuple(found.values())


def _name(table: Any) -> Name:
    if not isinstance(table, dict):
        raise DataFileError(f"tags.toml 里每个标签以 [[tag]] 开头，而不是 {table}")
    name, kind = table.get("name"), table.get("kind")
    if not isinstance(name, str) or len(name.strip()) < 2:
        raise DataFileError(f"tags.toml 里有一个标签没有名字，或名字只有一个字：{table}")
    if kind not in KINDS:
        raise DataFileError(f"tags.toml 里“{name}”的类型“{kind}”不是 {'、'.join(KINDS)} 之一")
    aliases, not_in, parent = table.get("aliases", []), table.get("not_in", []), table.get("parent", "")
    if not (_are_texts(aliases) and _are_texts(not_in) and isinstance(parent, str)):
        raise DataFileError(f"tags.toml 里“{name}”的 aliases 和 not_in 应是一列文字，parent 应是文字")
    return Name(name, kind, tuple(aliases), tuple(not_in), parent)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value)
