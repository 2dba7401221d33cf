"""Lines of known kinds -> entries under their categories, the banner and the headings that name the issue.

The state is small: the category, the entry that is open with its open field, a category that has no entry yet, and
whether a blank line came before. What is only known afterwards is put right when it is: a `###` heading without a text
of its own before a bullet in bold was a category; a bold line with a label directly below was an entry's title.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from archive.model import Diagnostic
from archive.parser.categories import Categories
from archive.parser.drafts import BULLETED, HEADED, EntryDraft
from archive.parser.headings import heading_label, is_second_date, names_issue
from archive.parser.lines import Aside, Blank, Bold, Bullet, Field, Heading, Html, Kind, Line, Quote, Rule, Table, Text
from archive.parser.links import whole_link
from archive.parser.marks import Labelled, Role, split_label, unbold
from archive.parser.names import Title, category_name, read_title
from archive.parser.notices import notice


class Builder:
    """Takes line after line; `entries`, `headings`, `banner` and `notices` are what it made of them."""

    def __init__(self) -> None:
        self.entries: list[EntryDraft] = []
        self.headings: list[Heading] = []
        self.notices: list[Diagnostic] = []
        self.banner = ""
        self._entry: EntryDraft | None = None
        self._categories = Categories()
        self._after_blank = False

    def build(self, lines: Iterable[Kind]) -> Builder:
        """Take all lines of an issue."""
        for line in lines:
            self._take(line)
            self._after_blank = isinstance(line, Blank)
        self.notices += self._categories.notices()
        return self

    def _take(self, line: Kind) -> None:
        match line:
            case Text():
                self._text(line)
            case Blank():
                pass
            case Bullet():
                self._bullet(line)
            case Field():
                self._field(line, line.labelled)
            case Bold():
                self._bold(line)
            case Heading():
                self._heading(line)
            case Rule():
                self._entry = None
            case Aside():
                self._note(line, line.code)
            case Html():
                self._html(line)
            case Quote():
                self._quote(line)
            case Table():
                self._note(line, "unknown-line")
            case _:
                assert_never(line)

    def _note(self, line: Line, code: str) -> None:
        self.notices.append(notice(line.number, code, line.text))

    def _open(self, line: Line, title: Title, level: int) -> EntryDraft:
        self._entry = EntryDraft(title, self._categories.enter(), line.number, line.indent, level)
        self.entries.append(self._entry)
        return self._entry

    def _try_open(self, line: Line, title: Title | None, level: int) -> EntryDraft | None:
        """A new entry, or a diagnostic where its title is empty."""
        if title is None:
            self._note(line, "unknown-line")
            return None
        return self._open(line, title, level)

    def _open_category(self, line: Line) -> bool:
        if not self._categories.open(line):
            return False
        self._entry = None
        return True

    def _heading(self, line: Heading) -> None:
        if not self.entries and not self._categories and names_issue(line, self.headings):
            self.headings.append(line)
        elif is_second_date(line, self.headings):
            self._entry = None
            self._note(line, "second-date")
        elif labelled := heading_label(line):
            self._field(line, labelled)
        elif line.level >= 3:
            self._title_heading(line)
        elif not self._open_category(line):
            self._try_open(line, read_title(line.text), line.level)

    def _title_heading(self, line: Heading) -> None:
        """An entry's title; below a heading entry perhaps the title of a part of it."""
        title = read_title(line.text)
        entry = self._entry
        if entry and BULLETED < entry.level < line.level and not self._was_category(entry):
            labelled = split_label(f"**{line.text}**：")
            if line.level >= 4 and title and title.address is None and labelled and labelled.label == line.text:
                entry.label(line, labelled)
                return
        self._try_open(line, title, line.level)

    def _was_category(self, entry: EntryDraft) -> bool:
        """Turn the heading that began the last entry in vain into a category, where it can be one."""
        line = Line(entry.line, 0, entry.title.text)
        if not entry.is_bare_heading or category_name(line.text) is None:
            return False
        self.entries.pop()
        self._categories.leave()
        return self._open_category(line)

    def _bold(self, line: Bold) -> None:
        """A category; deeper than the entry's bullet, a text or a label."""
        entry = self._entry
        labelled = split_label(f"**{line.text}：**")
        known = labelled and labelled.role is not Role.OTHER
        if entry and labelled and known and (entry.level > BULLETED or not entry.is_level_with(line.indent)):
            self._field(line, labelled)
        elif entry and line.indent > 1 and not entry.is_level_with(line.indent):
            self._text(Text(line.number, line.indent, f"**{line.text}**"))
        elif not self._open_category(line):
            title = read_title(line.text)
            self._try_open(line, title if title and title.address is not None else None, HEADED)

    def _field(self, line: Line, labelled: Labelled, bulleted: bool = False) -> None:
        """A labelled text of the open entry, or of the one whose title has just been taken for a category."""
        entry = self._entry or self._promoted(labelled)
        if self._is_category(line, labelled, entry) and self._open_category(line):
            return
        if entry is None:
            self._note(line, "unknown-line")
            return
        if entry.is_repeated(labelled):
            self._note(line, "duplicate-field")
        entry.label(line, labelled, bulleted)

    def _is_category(self, line: Line, labelled: Labelled, entry: EntryDraft | None) -> bool:
        """Whether `**文字：**` without a text and with a label that is none of ours stands where categories do."""
        if labelled.role is not Role.OTHER or labelled.text or labelled.one_line or isinstance(line, Heading):
            return False
        return entry is None or entry.is_level_with(line.indent)

    def _promoted(self, labelled: Labelled) -> EntryDraft | None:
        """The entry whose title the last category was, as one of our labels says that comes directly below it."""
        line = None if labelled.role is Role.OTHER else self._categories.take_back()
        return self._try_open(line, read_title(line.text), HEADED) if line else None

    def _bullet(self, line: Bullet) -> None:
        entry = self._entry
        opened = entry.open if entry else None
        listed = opened is not None and opened.listing and line.indent >= opened.indent
        if entry and opened and listed and line.indent > opened.indent:
            entry.item(line)
        elif unbold(line.text) is not None and self._begins_entry(line):
            self._try_open(line, read_title(line.text), BULLETED)
        elif not self._bulleted_field(line, listed):
            self._loose_bullet(line, listed)

    def _begins_entry(self, line: Bullet) -> bool:
        """Whether a bullet in bold stands where an entry's title does."""
        entry = self._entry
        return entry is None or entry.is_level_with(line.indent) or self._was_category(entry)

    def _bulleted_field(self, line: Bullet, listed: bool) -> bool:
        """`- **背景**：文字`: a field of the entry; beside the entry's own bullet, an entry with its summary."""
        labelled = split_label(line.text)
        if labelled is None:
            return False
        if labelled.role is not Role.OTHER or self._is_like_its_neighbours(line):
            self._field(line, labelled, bulleted=True)
            return True
        entry = self._entry
        beside = entry is None or (entry.is_level_with(line.indent) and not listed)
        title = read_title(labelled.label)
        if beside and labelled.text and title:
            self._open(line, title, BULLETED).label(line, Labelled(Role.SUMMARY.value, Role.SUMMARY, labelled.text))
            return True
        return False

    def _is_like_its_neighbours(self, line: Bullet) -> bool:
        opened = self._entry.open if self._entry else None
        return opened is not None and opened.bulleted and line.indent == opened.indent

    def _loose_bullet(self, line: Bullet, listed: bool) -> None:
        entry = self._entry
        if entry is None:
            self._note(line, "unknown-line")
        elif listed:
            entry.item(line)
        elif whole_link(line.text):
            entry.source(line)
        else:
            entry.point(line)

    def _quote(self, line: Quote) -> None:
        if isinstance(line.inner, Blank | Rule):
            return
        if self._entry is None or isinstance(line.inner, Aside | Table):
            self._note(line, "quote")
        else:
            self._take(line.inner)

    def _html(self, line: Html) -> None:
        if self._entry:
            self._text(Text(line.number, line.indent, line.text))
        elif self.banner or self._categories:
            self._note(line, "html")
        else:
            self.banner = line.text

    def _text(self, line: Text) -> None:
        """A line without a mark: of the open field, of the summary, or of nothing."""
        entry = self._entry
        if entry is None or (self._after_blank and entry.fields and entry.is_level_with(line.indent)):
            self._entry = None
            self._note(line, "unknown-line")
        elif whole_link(line.text):
            entry.source(line)
        else:
            self._go_on(entry, line)

    def _go_on(self, entry: EntryDraft, line: Text) -> None:
        opened = entry.open
        below = opened is not None and (not self._after_blank or line.indent > opened.indent)
        if opened is None or opened.role not in (Role.POINTS, Role.SOURCES, Role.LABELS) or not below:
            entry.paragraph(line)
        elif opened.role is Role.POINTS:
            opened.go_on(line.number, line.text)
        elif opened.listing or "http" in line.text:
            opened.add(line.number, line.text)
        else:
            entry.paragraph(line)
