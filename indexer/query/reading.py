"""Query text -> tree, with a notice for each thing that was read otherwise than typed (SEARCH 13 to 17, 21).

Nothing is folded and no term is cut into words. What SEARCH leaves open:

- A bar is an OR only directly between two operands; ` | ` is a space, any other bar too, with a notice.
- OR, AND and NOT may touch quotes and brackets. From right to left, one that lacks an operand is a word, so the second
  one of `a OR OR b` is the operator. NOT binds tighter than OR, OR tighter than the space; AND is a space.
- What is negated twice stands as it is.
- The name of a field without a value of its kind is a word, and so is a term with it (`期：跳过` is one term). White
  space in a date or an issue (in quotes) goes. Inside a field's bracket no further fields are read.
- The limits count what is asked (terms, quotes, values), not spaces and signs, so that the canonical text of a query is
  never cut where the query was not. Of signs that stand for a whole sentence (ﷺ) fewer fit, since each is looked for.
  A term or quote over the limit is cut, the value of a field that equals is left
  out, an address as the whole query kept.
- Half a surrogate pair becomes U+FFFD: no text holds one, and nothing that follows could encode it.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate

from archive.addresses import is_http
from indexer.errors import BadRequest
from indexer.query import lexing
from indexer.query.dates import is_date, is_issue, is_upside_down
from indexer.query.lexing import LEAVES, Kind, Notice, Token, has_atom, shown
from indexer.query.tree import (
    DATE_FIELDS,
    TEXT_FIELDS,
    Address,
    DateField,
    Everything,
    Field,
    Inside,
    Node,
    Not,
    Prefix,
    Quote,
    Term,
    all_of,
    any_of,
)

MOST_TYPED = 4096
MOST_WORDS = 64
MOST_SPELLED_OUT = 2 * lexing.MOST_CHARACTERS  # as NFKC has them: ﷺ is 18, … is 3

_BEGIN = (*LEAVES, Kind.FIELD, Kind.OPEN, Kind.NOT)
_END = (*LEAVES, Kind.CLOSE, Kind.OPERATOR)


@dataclass(frozen=True, slots=True)
class Query:
    """A query as typed (up to the limit), its tree, and what was read otherwise than typed."""

    text: str
    tree: Node
    notices: tuple[str, ...]


def parse(text: str) -> Query:
    """The query that a text asks; only beyond MOST_TYPED characters it raises `BadRequest`."""
    if len(text) > MOST_TYPED:
        raise BadRequest(f"查询超过 {MOST_TYPED} 字", "请缩短查询")
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    stripped = text.strip()
    if is_http(stripped):
        return Query(text, Address(stripped), ())
    tokens, notices = lexing.scan(text)
    tokens = _with_operators(_with_fields(tokens, notices), notices)
    tokens, end = _within_limit(tokens, len(text))
    if end < len(text):
        limits = f"{lexing.MOST_CHARACTERS} 字或 {MOST_WORDS} 个词"
        notices.append(Notice(end, f"查询超过 {limits}，“{shown(text[end:].strip())}”未检索"))
    tree = _Builder(tokens).sequence()
    sentences = [notice.text for notice in sorted(notices, key=lambda notice: notice.start) if notice.start <= end]
    if tree == Everything() and stripped and not sentences:
        sentences = ["没有可检索的词"]
    return Query(text[:end], tree, tuple(dict.fromkeys(sentences)))


def _with_fields(tokens: list[Token], notices: list[Notice]) -> list[Token]:
    """Each field followed by a value of its kind; the others as words."""
    settled: list[Token] = []
    brackets = [False]  # for each open one, whether it or one around it is a field's
    coming = iter([*zip(tokens, [*tokens[1:], None], strict=False)])
    for token, after in coming:
        read = [token]
        if token.kind is Kind.FIELD:
            value = after if _touch(token, after) and after and after.kind in (*LEAVES, Kind.OPEN) else None
            read, notice = _field(token, value, nested=brackets[-1])
            if value:
                next(coming)
            if notice:
                notices.append(Notice(token.start, notice))
        if read[-1].kind is Kind.OPEN:
            brackets.append(brackets[-1] or read[0].kind is Kind.FIELD)
        elif token.kind is Kind.CLOSE:
            brackets.pop()
        settled += read
    return settled


def _field(field: Token, value: Token | None, nested: bool) -> tuple[list[Token], str]:
    """What a field's name and the value that touches it are read as, and a notice."""
    word = replace(field, kind=Kind.TERM, text=field.text[:-1])
    if value is None:
        return [word], f"“{field.text}”后面没有紧接内容，已按普通词检索"
    wanted = {"date": "日期", "event": "日期", "issue": "期号或日期"}.get(_field_name(field))
    plain = "".join(value.text.split())
    if nested:
        notice = f"括号内的“{field.text}”不能再限定字段，已按普通词检索"
    elif not wanted:
        return [field, value], ""
    elif value.kind in (Kind.TERM, Kind.QUOTE) and (is_date(plain) or (wanted != "日期" and is_issue(plain))):
        notice = "日期范围写反了，已对调" if is_upside_down(plain) else ""
        return [field, replace(value, kind=Kind.TERM, text=plain)], notice
    else:
        notice = f"“{field.text}”后面不是{wanted}，已按普通词检索"
    if value.kind in (Kind.TERM, Kind.PREFIX):
        return [replace(value, text=field.text + value.text, start=field.start)], notice
    return [word, value], notice


def _field_name(field: Token) -> str:
    return lexing.FIELD_NAMES[field.text[:-1].lower()]


def _with_operators(tokens: list[Token], notices: list[Notice]) -> list[Token]:
    """The tokens without minuses and bars that lack an operand, each OR, AND and NOT as an operator or a word."""
    settled: list[Token] = []  # from the last to the first
    for before, token in reversed([*zip([None, *tokens], tokens, strict=False)]):
        kind, notice = _role(before, token, settled[-1] if settled else None)
        if notice:
            notices.append(Notice(token.start, notice))
        if kind:
            settled.append(token if kind is token.kind else replace(token, kind=kind))
    return settled[::-1]


def _role(before: Token | None, token: Token, after: Token | None) -> tuple[Kind | None, str]:
    """What a token is between its neighbours (None: nothing), and a notice if it was meant otherwise."""
    has_left = before is not None and before.kind in _END
    has_right = after is not None and after.kind in _BEGIN
    match token.kind:
        case Kind.NOT if not (has_right and _touch(token, after)):
            return None, f"“{token.text}”后面没有可排除的词，已忽略"
        case Kind.OR if not (has_left and has_right and _touch(before, token) and _touch(token, after)):
            return None, f"“{token.text}”两侧须紧接检索词才表示“或”，已按空格处理"
        case Kind.OPERATOR:
            is_not = token.text == "NOT"
            if has_right and (not (before and before.kind is Kind.NOT) if is_not else has_left):
                return Kind[token.text], ""
            return Kind.TERM, f"“{token.text}”{'后面' if is_not else '两侧'}缺少检索词，已按普通词检索"
        case kind:
            return kind, ""


def _touch(left: Token | None, right: Token | None) -> bool:
    return left is not None and right is not None and left.end == right.start


def _within_limit(tokens: list[Token], end: int) -> tuple[list[Token], int]:
    """The tokens within the limit, and where the text, which ends at `end`, is cut."""
    room, spelled_out, words = lexing.MOST_CHARACTERS, MOST_SPELLED_OUT, MOST_WORDS
    for position, token in enumerate(tokens):
        if token.kind in LEAVES:
            sizes = [len(unicodedata.normalize("NFKC", each)) for each in token.text]
            fitting = bisect_right([*accumulate(sizes)], spelled_out, hi=min(room, len(sizes))) if words else 0
            if fitting < len(sizes) or not words:
                return _cut(tokens[:position], token, fitting)
            room, spelled_out, words = room - len(sizes), spelled_out - sum(sizes), words - 1
    return tokens, end


def _cut(kept: list[Token], token: Token, room: int) -> tuple[list[Token], int]:
    """The tokens before this one with as much of it as may be asked, and where that ends."""
    beginning, is_quote = token.text[:room], token.kind is Kind.QUOTE
    end = token.start
    if kept and kept[-1].kind is Kind.FIELD and _field_name(kept[-1]) not in TEXT_FIELDS:
        end = kept[-1].start
    elif has_atom(beginning) and (is_quote or not lexing.FIELD.match(beginning)):
        kept.append(replace(token, kind=Kind.QUOTE if is_quote else Kind.TERM, text=beginning))
        end += len(beginning) + is_quote
    while kept and kept[-1].kind not in (*LEAVES, Kind.CLOSE):
        kept.pop()
    return kept, end


@dataclass(slots=True)
class _Builder:
    """Settled tokens -> a tree; a bracket may lack its end where the query was cut."""

    tokens: list[Token]
    position: int = 0

    def sequence(self) -> Node:
        nodes: list[Node] = []
        while self.position < len(self.tokens) and not self._take(Kind.CLOSE):
            if not self._take(Kind.AND):
                nodes.append(self._alternatives())
        return all_of(nodes)

    def _alternatives(self) -> Node:
        nodes = [self._operand()]
        while self._take(Kind.OR):
            nodes.append(self._operand())
        return any_of(nodes)

    def _operand(self) -> Node:
        negated = False
        while self._take(Kind.NOT):
            negated = not negated
        node = self._node()
        if not negated:
            return node
        return node.node if isinstance(node, Not) else Not(node)

    def _node(self) -> Node:
        token = self.tokens[self.position]
        self.position += 1
        match token.kind:
            case Kind.OPEN:
                return self.sequence()
            case Kind.FIELD:
                return self._field(_field_name(token))
            case Kind.QUOTE:
                return Quote(token.text)
            case Kind.PREFIX:
                return Prefix(token.text)
            case Kind.INSIDE:
                return Inside(token.text)
            case _:
                return Term(token.text)

    def _field(self, name: str) -> Node:
        if name not in DATE_FIELDS:
            return Field(name, self._node())
        self.position += 1
        return DateField(name, self.tokens[self.position - 1].text)

    def _take(self, kind: Kind) -> bool:
        found = self.position < len(self.tokens) and self.tokens[self.position].kind is kind
        self.position += found
        return found
