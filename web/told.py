"""A query's tree -> the sentence that says what it asks, for whoever wants to see how it was read."""

from __future__ import annotations

from indexer.query.lexing import CHINESE_NAMES
from indexer.query.tree import (
    WHOLE_FIELDS,
    Address,
    And,
    DateField,
    DateRange,
    Everything,
    Field,
    Inside,
    Node,
    Not,
    Or,
    Prefix,
    Quote,
    Term,
    Word,
)

_NAMES = {name: chinese for chinese, name in reversed(CHINESE_NAMES.items())} | {"date": "刊期", "event": "事件日期"}


def told(node: Node) -> str:
    """`含“千问”，且不含“免单”`; empty where nothing is asked."""
    return _told(node, "")


def _told(node: Node, where: str) -> str:
    match node:
        case Everything():
            return ""
        case And(nodes):
            return _joined(nodes, where, "和", "，且")
        case Or(nodes):
            return _joined(nodes, where, "或", "，或")
        case Not(inner):
            return _not(inner, where)
        case Field(name, Term(text) | Quote(text)) if name in WHOLE_FIELDS:
            return f"{_NAMES[name]}是“{text}”"
        case Field("point", inner):
            return _told(inner, "同一个要点里")
        case Field(name, inner):
            return _told(inner, _NAMES[name])
        case DateField(name, text):
            return f"{_NAMES[name]}在“{text}”"
        case DateRange(name, since, until):
            return f"{_NAMES[name]}从{since or '最早'}到{until or '最新'}"
        case Address(url):
            return f"引用了 {url}"
        case _:
            return f"{where}含{_text(node)}"


def _not(node: Node, where: str) -> str:
    match node:
        case Field(name, Term(text) | Quote(text)) if name in WHOLE_FIELDS:
            return f"{_NAMES[name]}不是“{text}”"
        case Field(name, Term() | Quote() as leaf):
            return f"{_NAMES[name]}不含{_text(leaf)}"
        case Term() | Word() | Quote() | Prefix() | Inside():
            return f"{where}不含{_text(node)}"
    return f"并非（{_told(node, where)}）"


def _joined(nodes: tuple[Node, ...], where: str, between: str, then: str) -> str:
    """Words first, in one clause; then a clause for each of the others."""
    words = [node for node in nodes if isinstance(node, Term | Word | Quote | Prefix | Inside)]
    clauses = [f"{where}含{between.join(map(_text, words))}"] if words else []
    for node in nodes:
        if node not in words:
            clause = _told(node, where)
            clauses.append(f"（{clause}）" if isinstance(node, And | Or) else clause)
    return then.join(clauses)


def _text(leaf: Node) -> str:
    match leaf:
        case Quote(text):
            return f"原样的“{text}”"
        case Prefix(text):
            return f"“{text}”开头的词"
        case Inside(text):
            return f"中间有“{text}”的词"
        case Term(text) | Word(text):
            return f"“{text}”"
    raise TypeError(leaf)
