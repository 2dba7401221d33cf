"""What is known of an issue while its lines come: its entries so far, the one that is open, categories and notices.

What is only known afterwards is put right here: a heading without a text of its own before deeper titles was a
category; a category with a text or a label of ours directly below was an entry's title.
"""

from __future__ import annotations

from dataclasses import replace

from archive.model import Diagnostic
from archive.parser.categories import Categories
from archive.parser.drafts import HEADED, EntryDraft
from archive.parser.lines import Heading, Line
from archive.parser.marks import index_of
from archive.parser.names import Title, category_name, read_title
from archive.parser.notices import notice
from archive.parser.paragraphs import Paragraph


class IssueDraft:
    """`entries`, `headings` (those that name the issue), `banner` and `notices` are what came of the lines."""

    def __init__(self) -> None:
        self.entries: list[EntryDraft] = []
        self.headings: list[Heading] = []
        self.notices: list[Diagnostic] = []
        self.banner = ""
        self.categories = Categories()
        self.entry: EntryDraft | None = None

    def is_listed(self, line: Line) -> bool:
        """Whether a line stands below a label that a list is expected of."""
        opened = self.entry.open if self.entry else None
        return opened is not None and opened.listing and line.indent >= opened.indent

    def is_like_its_neighbours(self, line: Line) -> bool:
        """Whether a bullet stands in a row of bulleted labels."""
        opened = self.entry.open if self.entry else None
        return opened is not None and opened.bulleted and line.indent == opened.indent

    def note(self, line: Line, code: str) -> None:
        """A diagnostic about a line."""
        self.notices.append(notice(line.number, code, line.text))

    def open_entry(self, line: Line, title: Title, level: int) -> EntryDraft:
        """A new entry, in the category that is open or that the overview tells."""
        self.categories.recall(title.index)
        self.entry = EntryDraft(title, self.categories.enter(), line.number, line.indent, level)
        self.entries.append(self.entry)
        return self.entry

    def try_open(self, line: Line, title: Title | None, level: int) -> EntryDraft | None:
        """A new entry, or a diagnostic where its title is empty."""
        if title is None:
            self.note(line, "unknown-line")
            return None
        return self.open_entry(line, title, level)

    def open_paragraph(self, line: Line, paragraph: Paragraph, level: int) -> None:
        """An entry that is one paragraph."""
        entry = self.open_entry(line, paragraph.title, level)
        if paragraph.text:
            entry.paragraph(replace(line, text=paragraph.text))
        if paragraph.source:
            entry.source(replace(line, text=paragraph.source))

    def open_category(self, line: Line) -> bool:
        """A new category, unless the line's text can name none."""
        if not self.categories.open(line):
            return False
        self.entry = None
        return True

    def was_category(self, entry: EntryDraft) -> bool:
        """Turn the heading that began the last entry in vain into a category, where it can be one."""
        line = Line(entry.line, 0, entry.title.text)
        if not entry.is_bare_heading or category_name(line.text) is None:
            return False
        self.entries.pop()
        self.categories.leave()
        return self.open_category(line)

    def took_as_overview(self, line: Line) -> bool:
        """Learn from `- 标题 `#3`` before the entries which category the one of this index has."""
        index = index_of(line.text)
        if not index or (self.entry and not self.was_category(self.entry)):
            return False
        self.categories.remember(index)
        self.note(line, "overview")
        return True

    def was_title(self, labelled: bool = False) -> EntryDraft | None:
        """The entry whose title the last category was, as a label of ours or else a text says that comes below it."""
        line = self.categories.take_back() if labelled else self.categories.take_back_title()
        return self.try_open(line, read_title(line.text), HEADED) if line else None
