"""The headings between entries, as they come -> the category of the next entry, and those that stayed empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive.model import Diagnostic
from archive.parser.lines import Bold, Heading, Line, Text
from archive.parser.marks import without_number
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
        self._indexed: dict[str, _Category] = {}
        self._headed = False

    def __bool__(self) -> bool:
        return bool(self._all)

    def open(self, line: Line) -> bool:
        """Begin a category, unless the line's text can be no name of one."""
        name = category_name(line.text)
        if name is None:
            return False
        self._all.append(_Category(line, name))
        self._headed = self._headed or isinstance(line, Heading)
        return True

    def tag(self, line: Text, tag: str) -> bool:
        """Begin the category that stands before a line, unless headings tell the categories."""
        if self._all and not isinstance(self._all[-1].line, Text):
            return False
        return bool(self._all and self._all[-1].name == tag) or self.open(replace(line, text=tag))

    def remember(self, index: str) -> None:
        """Let the entry of this index belong to the last category."""
        if self._all:
            self._indexed[index] = self._all[-1]

    def recall(self, index: str) -> None:
        """Go back to the category that an entry of this index belongs to, if one was told."""
        if told := self._indexed.get(index):
            self._all.append(told)

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

    def take_back_title(self) -> Line | None:
        """The same of a bold line that has a number, or stands where headings are the categories."""
        line = self._all[-1].line if self._all else None
        if not isinstance(line, Bold) or not (self._headed or without_number(line.text) != line.text):
            return None
        return self.take_back()

    def notices(self) -> Iterator[Diagnostic]:
        """A diagnostic for each category without entries."""
        for each in self._all:
            if not each.entries:
                yield notice(each.line.number, "empty-category", each.name)
