"""Markdown text -> its lines, each of one kind.

A line's kind is seen from itself alone, except within comments and code fences, whose ends are looked for first; one
that is never closed is none. A fence marked as Markdown is looked through.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from archive.parser.marks import BLANKS, NUMBER, Labelled, has_text, split_label, trim, unbold


@dataclass(frozen=True, slots=True)
class Line:
    """A line's number (from 1), the columns it is indented by, and its text without what makes its kind."""

    number: int
    indent: int
    text: str


class Blank(Line):
    """Nothing, or bullets and signs without a text."""

    __slots__ = ()


class Rule(Line):
    """`---`"""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Heading(Line):
    """`## 文字`"""

    level: int


class Bold(Line):
    """`**文字**`; the text is what is inside."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Field(Line):
    """`**标签**：文字`"""

    labelled: Labelled


@dataclass(frozen=True, slots=True)
class Bullet(Line):
    """`- 文字`, `1. 文字`"""

    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Quote(Line):
    """`> 文字`, with the line that is quoted."""

    inner: Kind


class Html(Line):
    """A line that begins with a tag and has a text for the reader."""

    __slots__ = ()


class Text(Line):
    """Anything else with words in it."""

    __slots__ = ()


class Table(Line):
    """`| 表格 |`; without a text, the line below its head."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Aside(Line):
    """What is left aside, with the code of its diagnostic."""

    code: str


Kind: TypeAlias = Blank | Rule | Heading | Bold | Field | Bullet | Quote | Html | Text | Table | Aside

_INDENTS = " \t\u3000\xa0"
_WIDTHS = {"\t": 4, "\u3000": 2}
_HEADING = re.compile(r"(#)\s+(?=\S)|(#{2,6})(?!#)\s*")
_CLOSING_MARKS = re.compile(r"(?<!\s)\s+#+$")
_BULLETS = "-*+•●▪◦‣·"
_BULLET = re.compile(rf"[-*+]\s+|[•●▪◦‣·]\s*|{NUMBER}")
_RULE_SIGNS = "-=─━═"
_RULE = re.compile(r"(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,}")
_IMAGES = re.compile(r"(?:!\[[^\]]*\]\([^)]*\)\s*)+")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?=[\s/>])")
_TAGS = re.compile(r"<[^<>]*>")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CELLS = re.compile(r"(?<!\\)\|")
_MARKED = frozenset("#>|!<*-_=+•●▪◦‣·~`（(0123456789─━═🔟①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")


def split_lines(text: str) -> list[str]:
    """The lines of a text, however they end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")


def without_controls(lines: Sequence[str]) -> list[str]:
    """The lines without control characters other than the tab."""
    return [_CONTROL.sub("", line) if _CONTROL.search(line) else line for line in lines]


def read_lines(lines: Sequence[str], skip: int = 0) -> Iterator[Kind]:
    """The lines from `skip` on, which must hold no control characters, by kind."""
    asides = _asides(lines, skip)
    for number, raw in enumerate(lines[skip:], skip + 1):
        code = asides.get(number)
        text = raw.strip(BLANKS)
        if code is None:
            yield classify(number, _indent(raw), text)
        else:
            yield Aside(number, 0, text, code) if code and text else Blank(number, 0, "")


def _indent(raw: str) -> int:
    white = raw[: len(raw) - len(raw.lstrip(_INDENTS))]
    return sum(_WIDTHS.get(character, 1) for character in white) if white else 0


def _asides(lines: Sequence[str], skip: int) -> dict[int, str]:
    """Line number -> the code of the comment or fence that holds it; no code for the marks of a Markdown fence."""
    if not any("```" in line or "~~~" in line or "<!--" in line for line in lines):
        return {}
    closers = {
        "```": [number for number, line in enumerate(lines, 1) if set(trim(line)) == {"`"} and "```" in line],
        "~~~": [number for number, line in enumerate(lines, 1) if set(trim(line)) == {"~"} and "~~~" in line],
        "<!--": [number for number, line in enumerate(lines, 1) if "-->" in line],
    }
    held: dict[int, str] = {}
    number = skip
    while (number := number + 1) <= len(lines):
        number = _hold(number, trim(lines[number - 1]), closers, held)
    return held


def _hold(number: int, text: str, closers: dict[str, list[int]], held: dict[int, str]) -> int:
    """Note the comment or fence that begins on a line, if one does, and return the last line it takes."""
    opener = next((opener for opener in closers if text.startswith(opener)), None)
    if opener is None or number in held:
        return number
    ends = closers[opener]
    place = bisect_right(ends, number - (opener == "<!--"))
    if place == len(ends):
        return number
    if text.strip("`~").strip().lower() in ("markdown", "md"):
        held |= {number: "", ends[place]: ""}
        return number
    code = "comment" if opener == "<!--" else "code-block"
    held.update(dict.fromkeys(range(number, ends[place] + 1), code))
    return ends[place]


def classify(number: int, indent: int, text: str) -> Kind:
    """One trimmed line -> its kind."""
    if not text:
        return Blank(number, indent, "")
    if text[0] in _MARKED:
        return _marked(number, indent, text)
    return _worded(number, indent, text)


def _marked(number: int, indent: int, text: str) -> Kind:
    """A line that begins with a sign, which may be a mark."""
    if not has_text(text):
        return Rule(number, indent, "") if _RULE.fullmatch(text) else Blank(number, indent, "")
    if heading := _HEADING.match(text):
        inner = trim(_CLOSING_MARKS.sub("", text[heading.end() :]))
        return Heading(number, indent, inner, len(heading[1] or heading[2])) if inner else Blank(number, indent, "")
    if text[0] in ">|!<":
        return _aside_or_text(number, indent, text)
    if ruled := _ruled(text):
        return Heading(number, indent, ruled, 2)
    if bullet := _BULLET.match(text):
        inner = trim(text[bullet.end() :])
        numbered = bullet[0][0] not in _BULLETS
        return Bullet(number, indent, inner, numbered) if has_text(inner) else Blank(number, indent, "")
    return _worded(number, indent, text)


def _ruled(text: str) -> str:
    """The words between two rules: `─── 【文字】 ───`."""
    rules = set(text[:3]) | set(text[-3:])
    return (
        trim(trim(text.strip(_RULE_SIGNS)).removeprefix("【").removesuffix("】")) if rules <= set(_RULE_SIGNS) else ""
    )


def _aside_or_text(number: int, indent: int, text: str) -> Kind:
    """A line that begins like a quote, a table, an image or HTML."""
    if text[0] == ">":
        inner = text.lstrip(f">{BLANKS}")
        return Quote(number, indent, inner, classify(number, indent, inner))
    if text[0] == "|":
        cells = (trim(cell) for cell in _CELLS.split(text))
        return Table(number, indent, "；".join(cell for cell in cells if has_text(cell.replace(":", ""))))
    if _IMAGES.fullmatch(text):
        return Aside(number, indent, text, "image")
    if _TAG.match(text):
        seen = trim(_TAGS.sub("", text))
        return Html(number, indent, text) if seen else Aside(number, indent, text, "html")
    return _worded(number, indent, text)


def _worded(number: int, indent: int, text: str) -> Kind:
    """A label with its text, a bold line, or a text."""
    if labelled := split_label(text):
        return Field(number, indent, text, labelled)
    bold = unbold(text) if text.startswith("**") else None
    if bold is not None and "**" not in bold:
        return Bold(number, indent, bold)
    return Text(number, indent, text)
