"""The headings between entries, as they come -> the category of the next entry, and those that stayed empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.model import Diagnostic
from archive.parser.lines import Line
from archive.parser.names import category_name
from archive.parser.notices import notice


@dataclass(slots=True)
class _Category:
    line: Line
    name: str
    entries: int = 0


class Categories:
    """The categories of an issue so far; the last is the one that entries go to."""

    def __init__(self) -> None:
        self._all: list[_Category] = []

    def __bool__(self) -> bool:
        return bool(self._all)

    def open(self, line: Line) -> bool:
        """Begin a category, unless the line's text can be no name of one."""
        name = category_name(line.text)
        if name is None:
            return False
        self._all.append(_Category(line, name))
        return True

    def enter(self) -> str:
        """Count an entry, and say which category it belongs to."""
        if not self._all:
            return ""
        self._all[-1].entries += 1
        return self._all[-1].name

    def leave(self) -> None:
        """Take the last entry back."""
        if self._all:
            self._all[-1].entries -= 1

    def take_back(self) -> Line | None:
        """Undo the last category, if it has no entry, and return its line."""
        return self._all.pop().line if self._all and not self._all[-1].entries else None

    def notices(self) -> Iterator[Diagnostic]:
        """A diagnostic for each category without entries."""
        for each in self._all:
            if not each.entries:
                yield notice(each.line.number, "empty-category", each.name)
