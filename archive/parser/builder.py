"""Lines of known kinds -> an issue's draft: entries under their categories, the banner, the headings that name it.

The state is small: the draft with the entry that is open and its open field, the section whose lines are left aside,
and the line before.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from archive.parser.drafts import BULLETED, HEADED, NUMBERED, EntryDraft
from archive.parser.headings import heading_label, is_aside, is_second_date, names_issue
from archive.parser.issue_draft import IssueDraft
from archive.parser.lines import Aside, Blank, Bold, Bullet, Field, Heading, Html, Kind, Line, Quote, Rule, Table, Text
from archive.parser.links import is_only_links
from archive.parser.marks import Labelled, Role, split_label, unbold, without_index
from archive.parser.names import read_title
from archive.parser.paragraphs import read_paragraph, read_tag


def build(lines: Iterable[Kind]) -> IssueDraft:
    """All lines of an issue -> its draft."""
    builder = _Builder()
    for line in lines:
        builder.take(line)
    builder.issue.notices += builder.issue.categories.notices()
    return builder.issue


class _Builder:
    """Takes line after line into `issue`."""

    def __init__(self) -> None:
        self.issue = IssueDraft()
        self._aside_level = 0
        self._before: Kind = Blank(0, 0, "")

    def take(self, line: Kind) -> None:
        """The next line."""
        if not self._is_aside(line):
            self._take(line)
        elif not isinstance(line, Blank):
            self.issue.note(line, "section")
        self._before = line

    def _is_aside(self, line: Kind) -> bool:
        """Whether a section without entries goes on: to a rule, a bold line or a heading of its level."""
        if isinstance(line, Rule | Bold) or (isinstance(line, Heading) and line.level <= self._aside_level):
            self._aside_level = 0
        return self._aside_level > 0

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
                self.issue.entry = None
            case Aside():
                self.issue.note(line, line.code)
            case Html():
                self._html(line)
            case Quote():
                self._quote(line)
            case Table():
                self._table(line)
            case _:
                assert_never(line)

    def _heading(self, line: Heading) -> None:
        issue = self.issue
        if not issue.entries and not issue.categories and names_issue(line, issue.headings):
            issue.headings.append(line)
        elif is_second_date(line, issue.headings):
            issue.entry = None
            issue.note(line, "second-date")
        elif is_aside(line):
            issue.entry = None
            self._aside_level = line.level
            issue.note(line, "section")
        elif labelled := heading_label(line):
            self._field(line, labelled)
        elif line.level >= 3:
            self._title_heading(line)
        elif not issue.open_category(line):
            issue.try_open(line, read_title(line.text), line.level)

    def _title_heading(self, line: Heading) -> None:
        """An entry's title, or its translation; below a heading entry perhaps the title of a part of it."""
        title = read_title(line.text)
        entry = self.issue.entry
        if entry and title and entry.is_translated_by(line, title):
            entry.also_titled(title)
            return
        if entry and HEADED <= entry.level < line.level and not self.issue.was_category(entry):
            labelled = split_label(f"**{line.text}**：")
            if line.level >= 4 and title and title.address is None and labelled and labelled.label == line.text:
                entry.label(line, labelled)
                return
        self.issue.try_open(line, title, line.level)

    def _bold(self, line: Bold) -> None:
        """A category; deeper than the entry's bullet, a text or a label."""
        entry = self.issue.entry
        labelled = split_label(f"**{line.text}：**")
        known = labelled and labelled.role is not Role.OTHER
        if entry and labelled and known and (entry.level > BULLETED or not entry.is_level_with(line.indent)):
            self._field(line, labelled)
        elif entry and line.indent > 1 and not entry.is_level_with(line.indent):
            self._text(Text(line.number, line.indent, f"**{line.text}**"))
        elif not self.issue.open_category(line):
            title = read_title(line.text)
            self.issue.try_open(line, title if title and title.address is not None else None, HEADED)

    def _field(self, line: Line, labelled: Labelled, bulleted: bool = False) -> None:
        """A labelled text of the open entry, or of the one whose title has just been taken for a category."""
        known = labelled.role is not Role.OTHER
        entry = self.issue.entry or (self.issue.was_title(labelled=True) if known else None)
        if self._is_category(line, labelled, entry) and self.issue.open_category(line):
            return
        if entry is None:
            self.issue.note(line, "unknown-line")
            return
        if entry.is_repeated(labelled):
            self.issue.note(line, "duplicate-field")
        entry.label(line, labelled, bulleted)

    def _is_category(self, line: Line, labelled: Labelled, entry: EntryDraft | None) -> bool:
        """Whether `**文字：**` without a text and with a label that is none of ours stands where categories do."""
        if labelled.role is not Role.OTHER or labelled.text or labelled.one_line or isinstance(line, Heading):
            return False
        return entry is None or entry.is_level_with(line.indent)

    def _bullet(self, line: Bullet) -> None:
        entry = self.issue.entry
        opened = entry.open if entry else None
        listed = self.issue.is_listed(line)
        if entry and opened and listed and line.indent > opened.indent:
            entry.item(line)
        elif unbold(without_index(line.text)) is not None and self._begins_entry(line):
            self.issue.try_open(line, read_title(line.text), BULLETED)
        elif not (
            self.issue.took_as_overview(line) or self._bulleted_field(line, listed) or self._numbered(line, listed)
        ):
            self._loose_bullet(line, listed)

    def _begins_entry(self, line: Bullet) -> bool:
        """Whether a bullet in bold stands where an entry's title does."""
        entry = self.issue.entry
        return entry is None or entry.is_listed_with(line) or self.issue.was_category(entry)

    def _bulleted_field(self, line: Bullet, listed: bool) -> bool:
        """`- **背景**：文字`: a field of the entry; beside the entry's own bullet, an entry with its summary."""
        labelled = split_label(line.text)
        if labelled is None:
            return False
        if labelled.role is not Role.OTHER or self.issue.is_like_its_neighbours(line):
            self._field(line, labelled, bulleted=True)
            return True
        entry = self.issue.entry
        beside = entry is None or (entry.is_listed_with(line) and not listed)
        title = read_title(labelled.label)
        if beside and labelled.text and title:
            summary = Labelled(Role.SUMMARY.value, Role.SUMMARY, labelled.text)
            self.issue.open_entry(line, title, BULLETED).label(line, summary)
            return True
        return False

    def _numbered(self, line: Bullet, listed: bool) -> bool:
        """A numbered paragraph outside any entry; several sentences below a bare heading show it a category."""
        entry = self.issue.entry
        paragraph = read_paragraph(line.text) if line.numbered and not listed else None
        if paragraph is None:
            return False
        beside = entry is None or (entry.level == NUMBERED and entry.is_listed_with(line))
        if not beside and not (paragraph.text and entry and self.issue.was_category(entry)):
            return False
        self.issue.open_paragraph(line, paragraph, NUMBERED)
        return True

    def _loose_bullet(self, line: Line, listed: bool) -> None:
        entry = self.issue.entry or self.issue.was_title()
        if entry is None:
            self.issue.note(line, "unknown-line")
        elif listed:
            entry.item(line)
        elif is_only_links(line.text):
            entry.source(line)
        else:
            entry.point(line)

    def _table(self, line: Table) -> None:
        """In an entry the first row is the table's head, and the others are like bullets."""
        if self.issue.entry and not isinstance(self._before, Table):
            self.issue.note(line, "table-header")
        elif line.text:
            self._loose_bullet(line, self.issue.is_listed(line))

    def _quote(self, line: Quote) -> None:
        if isinstance(line.inner, Blank | Rule):
            return
        if self.issue.entry is None or isinstance(line.inner, Aside | Table):
            self.issue.note(line, "quote")
        else:
            self._take(line.inner)

    def _html(self, line: Html) -> None:
        issue = self.issue
        if issue.entry:
            self._text(Text(line.number, line.indent, line.text))
        elif issue.banner or issue.categories:
            issue.note(line, "html")
        else:
            issue.banner = line.text

    def _text(self, line: Text) -> None:
        """A line without a mark: an entry of its own, or of the open field, of the summary, or of nothing."""
        issue, after_blank = self.issue, isinstance(self._before, Blank)
        level = issue.entry is None or issue.entry.is_level_with(line.indent)
        if level and self._tagged(line):
            return
        entry = issue.entry or issue.was_title()
        if entry is None or (after_blank and entry.ends_at(line.indent)):
            issue.entry = None
            issue.note(line, "unknown-line")
        elif is_only_links(line.text):
            entry.source(line)
        else:
            entry.text(line, after_blank)

    def _tagged(self, line: Text) -> bool:
        """`[类别] 文字：<网址>` is an entry."""
        tag, behind = read_tag(line.text)
        paragraph = read_paragraph(behind) if tag else None
        if paragraph is None:
            return False
        if not self.issue.categories.tag(line, tag):
            paragraph = read_paragraph(line.text) or paragraph
        self.issue.open_paragraph(line, paragraph, BULLETED)
        return True
