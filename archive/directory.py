"""`tags.toml` -> the names that a tagger goes by: each with its kind, other spellings, and what it is not."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from archive.errors import DataFileError
from archive.text import same_name

KINDS = ("机构", "产品", "人物", "地区", "政策法规", "主题")
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*tag[ \t]*\]\]", re.MULTILINE)
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")


@dataclass(frozen=True, slots=True)
class Name:
    """One name of the list; `not_in` are longer words in which it does not count, `cased` counts only as written."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    parent: str = ""
    cased: bool = False
    place: str = field(default="", compare=False)  # in its file

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)


class _Text:
    """A list as it is written, and the name of its file."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> str:
        line = bisect_right(self._lines, offset)
        return f"{self.file} 第 {line} 行第 {offset - self._lines[line - 1] + 1} 列"


def read_names(text: str, file: str = "tags.toml") -> tuple[Name, ...]:
    """`tags.toml` -> names. Raises DataFileError, which tells file, line and column."""
    try:
        tables = tomllib.loads(text).get("tag", [])
    except tomllib.TOMLDecodeError as error:
        what = f"读不了：{_PLACE.sub('', str(error)).strip()}"
        raise _mistake(_syntax_place(_Text(text, file), str(error)), what) from error
    if not isinstance(tables, list):
        raise _mistake(f"{file} 第 1 行第 1 列", "每个标签以 [[tag]] 开头")
    headers = [match.start() for match in _HEADER.finditer(text)]
    # A header may also stand inside a text of several lines; then no place is better than a wrong one.
    bounds = [*headers, len(text)] if len(headers) == len(tables) else [0] * (len(tables) + 1)
    written = _Text(text, file)
    return tuple(_name(table, written, bounds[n], bounds[n + 1]) for n, table in enumerate(tables))


def merged(lists: Iterable[tuple[Name, ...]]) -> tuple[Name, ...]:
    """Several lists as one: a later entry of a name adds its aliases, and its kind and parent take the place."""
    found: dict[str, Name] = {}
    for name in (name for names in lists for name in names):
        key = same_name(name.name)
        found[key] = _added(found[key], name) if key in found else name
    return tuple(found.values())


def _added(before: Name, name: Name) -> Name:
    return replace(
        name,
        aliases=_once((*before.aliases, *name.aliases)),
        not_in=_once((*before.not_in, *name.not_in)),
        parent=name.parent or before.parent,
    )


def _name(table: Any, text: _Text, start: int, end: int) -> Name:
    def wrong(key: str, what: str) -> DataFileError:
        held = re.compile(rf"^[ \t]*{key}[ \t]*=[ \t]*", re.MULTILINE).search(text.text, start, end)
        return _mistake(text.place(held.end() if held else start), what)

    if not isinstance(table, dict):
        raise wrong("tag", f"每个标签以 [[tag]] 开头，而不是 {table}")
    name, kind = table.get("name"), table.get("kind")
    if not isinstance(name, str) or not name.strip():
        raise wrong("name", "有一个标签没有名字（name），或它不是文字")
    if len(name.strip()) < 2:
        raise wrong("name", f"“{name.strip()}”只有一个字，不能作标签")
    if kind not in KINDS:
        raise wrong("kind", f"“{name}”的类型“{kind}”不是 {'、'.join(KINDS)} 之一")
    aliases, not_in, parent = table.get("aliases", []), table.get("not_in", []), table.get("parent", "")
    for key, value in (("aliases", aliases), ("not_in", not_in)):
        if not _are_texts(value):
            raise wrong(key, f"“{name}”的 aliases 和 not_in 应是一列文字")
    for alias in aliases:
        if len(alias.strip()) < 2:
            raise wrong("aliases", f"“{name}”的别名“{alias}”只有一个字，会误中太多")
    if not isinstance(parent, str):
        raise wrong("parent", f"“{name}”的 parent 应是文字")
    if not isinstance(table.get("cased", False), bool):
        raise wrong("cased", f"“{name}”的 cased 应是 true 或 false")
    cased = table.get("cased", False)
    return Name(name, kind, _once(aliases), _once(not_in), parent, cased, text.place(start))


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value)


def _mistake(place: str, what: str) -> DataFileError:
    return DataFileError(f"{place}：{what}", "改好之前，原来的名录照旧")


def _syntax_place(text: _Text, told: str) -> str:
    if (match := _PLACE.search(told)) and match[1]:
        return f"{text.file} 第 {match[1]} 行第 {match[2]} 列"
    return text.place(len(text.text))
