"""Query text -> tokens, each with the place where it was typed, their brackets in pairs (SEARCH 13 to 15).

A term starts at the beginning, after white space, an opening bracket or a bar; only there a minus is a NOT and a field
name a field. Elsewhere (`“甲”-乙`, `“甲”标题:乙`) that minus is left out and that field name is a term of its own.
Whatever is dropped (a mark without its partner, a star) ends a term and changes nothing about where the next starts.
`(OR)`, `(AND)` and `(NOT)` are those words themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from archive.text import atoms, fold
from archive.text.atoms import some_letters
from indexer.query.tree import DATE_FIELDS, TEXT_FIELDS, WHOLE_FIELDS

MOST_CHARACTERS = 512
DEEPEST_BRACKET = 16
CHINESE_NAMES = {
    "标题": "title",
    **dict.fromkeys(("说明", "摘要"), "summary"),
    "背景": "background",
    "要点": "point",
    **dict.fromkeys(("来源", "出处"), "source"),
    **dict.fromkeys(("类别", "分类", "栏目"), "category"),
    "标签": "tag",
    "系列": "series",
    "期": "issue",
    "日期": "date",
    "事件": "event",
}
FIELD_NAMES = CHINESE_NAMES | {name: name for name in (*TEXT_FIELDS, *WHOLE_FIELDS, *DATE_FIELDS)}
QUOTE_PAIRS = {'"': '"', "“": "”", "「": "」", "『": "』", "＂": "＂", "《": "》"}
OPERATORS = ("OR", "AND", "NOT")

_OPENERS = "".join(QUOTE_PAIRS)
_PLAIN = rf"[^\s()（）|｜*{_OPENERS}]"
_INSIDE = rf"\*{_PLAIN}++\*(?!\*|{_PLAIN})"
_PIECE = re.compile(
    rf"""(?P<space>(?:\s|(?<!\S)[|｜](?!\S))+) | (?P<open>[(（]) | (?P<close>[)）]) | (?P<bar>[|｜])
    | (?P<mark>[{_OPENERS}]) | (?P<inside>{_INSIDE})
    | (?P<starred>{_PLAIN}++)\*(?!\*|{_PLAIN}) | (?P<run>{_PLAIN}++) | (?P<stars>\*+)""",
    re.VERBOSE,
)
_BRACKETED_OPERATOR = re.compile(rf"[(（]({'|'.join(OPERATORS)})[)）]")
FIELD = re.compile(rf"(?:{'|'.join(FIELD_NAMES)})[:：]", re.IGNORECASE)
_MINUS = re.compile("[-－]")
_STAR = "“*”只能用在两个字以上的词尾，或一个英文词的两边，已按空格处理"
_GROUP = re.compile(f"[(（{_OPENERS}]")
_BETWEEN_STARS = re.compile(_INSIDE)


class Kind(Enum):
    """What a token is; OPERATOR is a bare OR, AND or NOT that may still turn out to be a word, OR also a bar."""

    TERM = "term"
    PREFIX = "prefix"
    INSIDE = "inside"
    QUOTE = "quote"
    FIELD = "field"
    OPEN = "("
    CLOSE = ")"
    OPERATOR = "operator"
    OR = "or"
    AND = "and"
    NOT = "not"


LEAVES = (Kind.TERM, Kind.PREFIX, Kind.INSIDE, Kind.QUOTE)


@dataclass(frozen=True, slots=True)
class Token:
    """One token, with the text that it asks and the span in which it was typed."""

    kind: Kind
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Notice:
    """A Chinese sentence on what was read otherwise than typed, and where."""

    start: int
    text: str


class _Place(Enum):
    """Where the scanner stands."""

    START = "a term may start here"
    INSIDE = "directly after a part of a term"
    VALUE = "directly after a field's colon"


def scan(text: str) -> tuple[list[Token], list[Notice]]:
    """The tokens of a text, and what was dropped of it."""
    scanner = _Scanner(text)
    position = 0
    while piece := _PIECE.match(text, position):
        position = scanner.read(piece)
    return _paired(scanner.tokens, scanner.notices), scanner.notices


def has_atom(text: str) -> bool:
    """Whether there is anything to look for in a text, within the limit of a query."""
    return bool(atoms(text) or atoms(fold(text[:MOST_CHARACTERS])))


def begins_with_atom(text: str) -> bool:
    """Whether a minus before this text would be a NOT."""
    return has_atom(text[:1])


def shown(text: str) -> str:
    """The beginning of a text, for a notice."""
    return text if len(text) <= 20 else f"{text[:20]}…"


@dataclass(slots=True)
class _Scanner:
    text: str
    tokens: list[Token] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    place: _Place = _Place.START

    def read(self, piece: re.Match[str]) -> int:
        """Read one piece; where the next begins."""
        start, end = piece.span()
        match piece.lastgroup:
            case "space":
                self.place = _Place.START
            case "open":
                if word := _BRACKETED_OPERATOR.match(self.text, start):
                    return self._add(Kind.TERM, word[1], start, word.end())
                self._add(Kind.OPEN, piece[0], start, end)
                self.place = _Place.START
            case "close":
                self._add(Kind.CLOSE, piece[0], start, end)
            case "bar":
                self._add(Kind.OR, piece[0], start, end)
                self.place = _Place.START
            case "mark":
                return self._quote(start)
            case "inside" if self.place is not _Place.INSIDE and _is_inside(piece[0]):
                return self._add(Kind.INSIDE, piece[0][1:-1], start, end)
            case "inside" | "stars":
                self._drop(start, _STAR)
                return start + len(piece[0]) - len(piece[0].lstrip("*"))
            case _:
                starred = piece.lastgroup == "starred"
                self._run(start, end - starred, starred)
        return end

    def _add(self, kind: Kind, text: str, start: int, end: int) -> int:
        self.tokens.append(Token(kind, text, start, end))
        self.place = _Place.INSIDE
        return end

    def _drop(self, start: int, notice: str) -> None:
        self.notices.append(Notice(start, notice))
        if self.place is _Place.VALUE:
            self.place = _Place.INSIDE

    def _quote(self, start: int) -> int:
        mark = self.text[start]
        end = self.text.find(QUOTE_PAIRS[mark], start + 1)
        if end < 0:
            self._drop(start, f"引号“{mark}”没有配对，已按普通词检索")
            return start + 1
        content = self.text[start + 1 : end]
        if has_atom(content):
            return self._add(Kind.QUOTE, content, start, end + 1)
        self._drop(start, f"引号“{shown(self.text[start : end + 1])}”中没有可检索的文字，已忽略")
        return end + 1

    def _run(self, start: int, end: int, starred: bool) -> None:
        """Characters of terms up to `end`, and perhaps a star after them."""
        start = self._leading(start) if self.place is _Place.START else self._inner(start)
        content = self.text[start:end]
        end += starred
        if starred and _may_go_on(content):
            self._add(Kind.PREFIX, content, start, end)
            return
        if starred:
            self._drop(end - 1, _STAR)
        if self.place is not _Place.VALUE and content in OPERATORS:
            self._add(Kind.OPERATOR, content, start, end)
        elif has_atom(content):
            self._add(Kind.TERM, content, start, end)
        elif content:
            if self.place is _Place.VALUE:
                self._drop(start, f"“{shown(content)}”中没有可检索的文字，已忽略")
            self.place = _Place.INSIDE  # signs that stand alone (a dash, a dot, an emoji) go without a word

    def _leading(self, start: int) -> int:
        """The NOT and the field name at the start of a term; where what follows them begins."""
        if _MINUS.match(self.text, start) and (self._is_atom(start + 1) or self._is_group(start + 1)):
            start = self._add(Kind.NOT, self.text[start], start, start + 1)
            self.place = _Place.START
        if name := FIELD.match(self.text, start):
            start = self._add(Kind.FIELD, name[0], start, name.end())
            self.place = _Place.VALUE
        return start

    def _inner(self, start: int) -> int:
        """Directly after a quote or a bracket: past what would be a NOT or a field at the start of a term."""
        while True:
            if _MINUS.match(self.text, start) and self._is_atom(start + 1):
                start += 1
            elif name := FIELD.match(self.text, start):
                self._drop(start, f"“{name[0]}”前面没有空格，已按普通词检索")
                start = self._add(Kind.TERM, name[0][:-1], start, name.end())
            else:
                return start

    def _is_group(self, position: int) -> bool:
        """Whether a bracket, a quote or letters between stars begin here."""
        starred = _BETWEEN_STARS.match(self.text, position)
        return _is_inside(starred[0]) if starred else _GROUP.match(self.text, position) is not None

    def _is_atom(self, position: int) -> bool:
        return begins_with_atom(self.text[position : position + 1])


def _may_go_on(text: str) -> bool:
    """Whether a star may stand after this text: two characters or more, the last one of an atom."""
    folded_text = fold(text[:MOST_CHARACTERS])
    found = atoms(folded_text)
    return len(text) > 1 and bool(found) and folded_text.endswith(found[-1])


def _is_inside(starred: str) -> bool:
    """Whether this is one run of two letters or more between its stars."""
    content = starred[1:-1]
    return len(content) <= MOST_CHARACTERS and some_letters().fullmatch(fold(content)) is not None


def _paired(tokens: list[Token], notices: list[Notice]) -> list[Token]:
    """The tokens without brackets that have no partner, hold nothing or stand too deep."""
    dropped: dict[int, str] = {}
    opened: list[tuple[int, bool]] = []  # where, and whether it holds anything so far
    for position, token in enumerate(tokens):
        match token.kind:
            case Kind.OPEN:
                opened.append((position, False))
            case Kind.CLOSE if not opened:
                dropped[position] = f"括号“{token.text}”没有配对，已忽略"
            case Kind.CLOSE:
                partner, holds = opened.pop()
                if not holds:
                    dropped |= dict.fromkeys((partner, position), "空括号已忽略")
                elif len(opened) >= DEEPEST_BRACKET:
                    dropped |= dict.fromkeys((partner, position), f"括号超过 {DEEPEST_BRACKET} 层，更深的已忽略")
                if holds and opened:
                    opened[-1] = (opened[-1][0], True)
            case Kind.OR | Kind.NOT:
                pass
            case _ if opened:
                opened[-1] = (opened[-1][0], True)
    dropped |= {position: f"括号“{tokens[position].text}”没有配对，已忽略" for position, _ in opened}
    notices += [Notice(tokens[position].start, sentence) for position, sentence in dropped.items()]
    return [token for position, token in enumerate(tokens) if position not in dropped]
