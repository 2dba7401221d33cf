"""The lines of one entry, as they come -> the entry.

A draft is a title and its fields in the order of the file; a field is a label and its items, an item the lines that
make one text. What a field's items mean is decided once, at the end, by its role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from archive.addresses import host, is_http
from archive.model import Diagnostic, Entry, KeyPoint, LabelledField, Source
from archive.parser.lines import Bullet, Heading, Line
from archive.parser.links import link_text, read_sources
from archive.parser.marks import BLANKS, COLONS, Labelled, Role, has_text, joined, without_colon
from archive.parser.names import Title, read_title
from archive.parser.notices import notice
from archive.text.atoms import IDEOGRAPHS

BULLETED, NUMBERED, HEADED = 0, 1, 2  # an entry's level: made by a bullet, a numbered paragraph, a bold line or `##`
_SINGLE = (Role.SUMMARY, Role.BACKGROUND)
_PARTING = tuple("；;。！？!?，,、：:")
_HAN = re.compile(f"[{IDEOGRAPHS}]")
_ENGLISH = re.compile(r"[A-Za-z]{2,20}\W{1,3}[A-Za-z]{2}")
_LABEL_SIGNS = f"{COLONS}#"
_LABEL_SEPARATORS = str.maketrans(dict.fromkeys(f"、，,;；/{BLANKS}", " "))


@dataclass(slots=True)
class Item:
    """One text of a field, and the line it begins on."""

    line: int
    pieces: list[str]

    @property
    def text(self) -> str:
        """The lines as one."""
        return joined(self.pieces)


@dataclass(slots=True)
class FieldDraft:
    """A label, where it stood, and its items; `listing` where these are expected on the lines below the label."""

    labelled: Labelled
    indent: int
    bulleted: bool = False
    listing: bool = False
    items: list[Item] = field(default_factory=list)

    @property
    def role(self) -> Role:
        """What the label says that the text is."""
        return self.labelled.role

    def add(self, line: int, text: str) -> None:
        """A text of its own: a key point, a source."""
        self.items.append(Item(line, [text]))

    def go_on(self, line: int, text: str) -> None:
        """A further line of the last text."""
        if self.items:
            self.items[-1].pieces.append(text)
        else:
            self.add(line, text)


@dataclass(slots=True)
class EntryDraft:
    """An entry in the making; `open` is the field that the next line may go on with."""

    title: Title
    category: str
    line: int
    indent: int
    level: int
    fields: list[FieldDraft] = field(default_factory=list)
    open: FieldDraft | None = None

    @property
    def is_bare_heading(self) -> bool:
        """Whether this is an unlinked heading with nothing of its own yet, perhaps a category's."""
        return self.level >= HEADED and self.title.address is None and not self.fields

    def is_level_with(self, indent: int) -> bool:
        """Whether a bullet or bold line of this indent stands beside the entry's own bullet."""
        return self.level == BULLETED and indent <= self.indent + 1

    def ends_at(self, indent: int) -> bool:
        """Whether a text of this indent, after a blank line, is none of the entry's any more."""
        return bool(self.fields) and (self.is_level_with(indent) or bool(self.fields[-1].labelled.tags))

    def is_listed_with(self, line: Bullet) -> bool:
        """Whether a bullet stands beside the entry's own, or a number beside its number."""
        numbered = self.level == NUMBERED and line.numbered and line.indent <= self.indent + 1
        return numbered or self.is_level_with(line.indent)

    def is_translated_by(self, line: Heading, title: Title) -> bool:
        """Whether a heading of this title, directly below the entry's own, says the same in Chinese, or in English."""
        if self.fields or self.level != line.level or self.line + 1 != line.number:
            return False
        if self.title.address and title.address not in (None, self.title.address):
            return False
        others = [text for text in (self.title.text, title.text) if not _HAN.search(text)]
        return len(others) == 1 and _ENGLISH.search(others[0]) is not None

    def also_titled(self, title: Title) -> None:
        """A second title: one entry with both."""
        both = read_title(f"{self.title.text} / {title.text}") or self.title
        self.title = replace(both, address=title.address if self.title.address is None else self.title.address)

    def is_repeated(self, labelled: Labelled) -> bool:
        """Whether the entry has such a field already, of which there should be one."""
        return labelled.role in _SINGLE and any(each.role == labelled.role for each in self.fields)

    def label(self, line: Line, labelled: Labelled, bulleted: bool = False) -> None:
        """A new field."""
        if labelled.tags:
            self.label(line, Labelled(Role.LABELS.value, Role.LABELS, labelled.tags))
        draft = FieldDraft(labelled, line.indent, bulleted, listing=not labelled.text)
        self.fields.append(draft)
        self.open = draft
        if labelled.text:
            draft.add(line.number, labelled.text)
            if labelled.one_line:
                self.open = None

    def _role(self, role: Role) -> FieldDraft:
        """The last field of a role, opened again or made."""
        found = next((each for each in reversed(self.fields) if each.role == role), None)
        if found is None:
            found = FieldDraft(Labelled(role.value, role, ""), self.indent)
            self.fields.append(found)
        self.open = found
        return found

    def point(self, line: Line) -> None:
        """A key point, under its label or without one."""
        self._role(Role.POINTS).add(line.number, line.text)

    def source(self, line: Line) -> None:
        """A source, under its label or without one."""
        self._role(Role.SOURCES).add(line.number, line.text)

    def item(self, line: Line) -> None:
        """A bullet below the open label."""
        if self.open is None or self.open.role in _SINGLE:
            self.paragraph(line)
        else:
            self.open.add(line.number, line.text)

    def paragraph(self, line: Line) -> None:
        """A further line of the open text, or of the summary."""
        draft = self.open if self.open and (self.open.role in _SINGLE or self.open.role is Role.OTHER) else None
        (draft or self._role(Role.SUMMARY)).go_on(line.number, line.text)

    def text(self, line: Line, after_blank: bool) -> None:
        """A line without a mark: of the open list where it stands directly or deeper below it, else a paragraph."""
        opened = self.open
        below = opened is not None and (not after_blank or line.indent > opened.indent)
        if opened is None or opened.role not in (Role.POINTS, Role.SOURCES, Role.LABELS) or not below:
            self.paragraph(line)
        elif opened.role is Role.POINTS:
            opened.go_on(line.number, line.text)
        elif opened.listing or "http" in line.text:
            opened.add(line.number, line.text)
        else:
            self.paragraph(line)

    def finish(self) -> tuple[Entry, list[Diagnostic]]:
        """The entry, without its event date, and what was wrong with its addresses."""
        items: dict[Role, list[Item]] = {role: [] for role in Role}
        for each in self.fields:
            items[each.role] += each.items
        sources, notices = self._sources(items[Role.SOURCES])
        entry = Entry(
            title=self.title.text,
            category=self.category,
            summary=_one_text(items[Role.SUMMARY]),
            background=_one_text(items[Role.BACKGROUND]),
            key_points=tuple(KeyPoint(text) for item in items[Role.POINTS] if has_text(text := item.text)),
            fields=tuple(
                LabelledField(each.labelled.label, _listed(each.items))
                for each in self.fields
                if each.role is Role.OTHER
            ),
            sources=tuple(sources),
            labels=tuple(_labels(items[Role.LABELS])),
        )
        return entry, notices

    def _sources(self, items: list[Item]) -> tuple[list[Source], list[Diagnostic]]:
        """The sources of the fields; the title's own link lends its address to a first source that has none."""
        sources: list[Source] = []
        notices: list[Diagnostic] = []
        for item in items:
            read = read_sources(item.text, one=bool(self.title.address))
            sources += read.sources
            notices += [notice(item.line, "bad-url", address) for address in read.bad_addresses]
        address = self.title.address or ""
        if address and not is_http(address):
            notices.append(notice(self.line, "bad-url", address))
        elif address and all(source.url != address for source in sources):
            lent = Source(sources[0].name, address) if sources and not sources[0].url else None
            if lent and link_text(lent):
                sources[0] = lent
            else:
                sources.insert(0, Source(host(address) or address, address))
        return sources, notices


def _one_text(items: list[Item]) -> str:
    return without_colon(joined(item.text for item in items)) if items else ""


def _listed(items: list[Item]) -> str:
    """Items as one text, parted by semicolons where they have no sign of their own."""
    texts = [item.text for item in items]
    parted = [text if text.endswith(_PARTING) else f"{text}；" for text in texts[:-1]]
    return without_colon(joined(parted + texts[-1:]))


def _labels(items: list[Item]) -> Iterator[str]:
    for item in items:
        for word in item.text.translate(_LABEL_SEPARATORS).split():
            if label := word.strip(_LABEL_SIGNS):
                yield label
