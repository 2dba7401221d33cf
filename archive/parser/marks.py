"""A stretch of Markdown -> what its marks say: its label and role, the text in bold, the text without its number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from archive.text.atoms import IDEOGRAPHS

BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\u200b\u2060\ufeff"
COLONS = ":："
_PARTING = re.compile("[:：→]")
_INDEX = re.compile(r"`#(\d{1,3})`$")
_EMPHASIS = re.compile(r"[*_]+")
_SIGN = re.compile(r"(\W\ufe0f?)\s*")
_LONGEST_LABEL = 40
_BLANK = rf"[\s{BLANKS}]*"
NUMBER = rf"(?:\d{{1,3}}[.．、)）](?!\d)|[（(]\d{{1,3}}[）)]|\d\ufe0f?\u20e3|[\u2460-\u2473\U0001f51f]){_BLANK}"
_NUMBERS = re.compile(f"(?:{NUMBER})+")
_MARKS_ONLY = re.compile(rf"[-*_=+•●▪◦‣·~{BLANKS}]*")
_WIDE = re.compile(rf"[{IDEOGRAPHS}\u3001-\u303f\u3041-\u30ff\uff01-\uff65]")


class Role(Enum):
    """What a label's text is to its entry."""

    SUMMARY = "说明"
    BACKGROUND = "背景"
    POINTS = "要点"
    SOURCES = "来源出处"
    LABELS = "标签"
    OTHER = "其他"


_SYNONYMS = {
    Role.SUMMARY: "说明 一句话说明 摘要 概要 概述 简介 核心 核心内容 核心价值 核心观点 核心观点/方案",
    Role.BACKGROUND: "背景 背景/问题 背景信息 背景介绍 事件背景 新闻背景",
    Role.POINTS: "要点 关键点 关键要点 核心要点 主要要点 核心亮点 核心看点 亮点 看点 今日要点 今日看点",
    Role.SOURCES: "来源出处 来源 出处 参考来源 消息来源 信息来源 新闻来源 资料来源 链接 相关链接 参考链接 原文链接 原文"
    " 阅读原文 查看原文 readmore source sources link",
    Role.LABELS: "标签 tags tag",
}
_ROLES = {word: role for role, words in _SYNONYMS.items() for word in words.split()}
_SIGNS = {"🔗": "来源", "📎": "来源", "📝": "说明", "🏷": "标签", "⏰": "发布时间", "🕐": "发布时间"}
_ONE_LINERS = frozenset(["发布时间", "发布日期", "更新时间", "作者"])  # met without bold; a label of ours never
_IN_ITALICS = re.compile(r"([*_])(?![*_])(.+)(?<![*_])\1")
_SIGNATURE_DOT = re.compile(r"\s+·\s+")
_AROUND_A_WORD = re.compile(r"^[\W_]+|[\W_]+$|\s+")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text behind a label; `one_line` where the label is known to have no text on further lines.

    `tags` are those of a signature, which ends its entry.
    """

    label: str
    role: Role
    text: str
    one_line: bool = False
    tags: str = ""


def trim(text: str) -> str:
    """A text without the white space and invisible characters at its ends."""
    return text.strip(BLANKS)


def has_text(text: str) -> bool:
    """Whether there is more than bullets, rules and emphasis."""
    return not _MARKS_ONLY.fullmatch(text)


def role_of(label: str) -> Role | None:
    """The role of a label in any of its spellings (`📌 来源`, `Read more →`), or None where it is not one of ours."""
    if len(label) > _LONGEST_LABEL:
        return None
    return _ROLES.get(word(label))


def word(label: str) -> str:
    """A label's letters and digits, without the signs around them, white space and case."""
    return _AROUND_A_WORD.sub("", label).lower()


def split_label(text: str) -> Labelled | None:
    """`**标签**：文字`, `**标签：**文字`, `来源：文字`, `🔗 文字` -> label and text; without bold only what we know."""
    if text.startswith("**"):
        return _split_bold_label(text)
    parting = _PARTING.search(text, 0, _LONGEST_LABEL)
    if parting and (role_of(text[: parting.start()]) or word(text[: parting.start()]) in _ONE_LINERS):
        return _labelled(text[: parting.start()], text[parting.end() :])
    sign = _SIGN.match(text)
    label = _SIGNS.get(sign[1].rstrip("\ufe0f")) if sign else None
    if sign and label and has_text(text[sign.end() :]):
        return _labelled(label, text[sign.end() :])
    return _signature(text)


def _signature(text: str) -> Labelled | None:
    """`*栏目 · 某报 · 02-07 · #芯片 · #机器人*`: a note and tags."""
    match = _IN_ITALICS.fullmatch(text)
    parts = _SIGNATURE_DOT.split(trim(match[2])) if match else []
    tags = [part for part in parts if part.startswith("#") and has_text(part[1:])]
    words = " · ".join(part for part in parts if part not in tags)
    return Labelled("附注", Role.OTHER, words, one_line=True, tags=" ".join(tags)) if tags and has_text(words) else None


def _labelled(head: str, text: str) -> Labelled:
    role = role_of(head)
    return Labelled(trim(head), role or Role.OTHER, without_colon(_closed(head, text)), one_line=role is None)


def _closed(head: str, text: str) -> str:
    """A text without the end of an emphasis that begins with its label: `*来源：某报*`."""
    mark = _EMPHASIS.search(head)
    text = trim(text)
    if mark is None or head.endswith(mark[0]):
        return text
    return text.removeprefix(mark[0]) if text.startswith(mark[0]) else text.removesuffix(mark[0])


def _split_bold_label(text: str) -> Labelled | None:
    end = text.find("**", 2, _LONGEST_LABEL + 8)
    if end < 0:
        return None
    inside, behind = trim(text[2:end]), text[end + 2 :].lstrip(BLANKS)
    label = inside.strip(f"{BLANKS}{COLONS}*")
    if not has_text(label) or not (inside.endswith(tuple(COLONS)) or behind.startswith(tuple(COLONS))):
        return None
    return Labelled(label, role_of(label) or Role.OTHER, without_colon(_closed(inside, behind)))


def without_colon(text: str) -> str:
    """A text without the (perhaps doubled) colon that parts it from its label."""
    return text.lstrip(BLANKS + COLONS).rstrip(BLANKS)


def unbold(text: str) -> str | None:
    """The text inside `**…**` where the whole of it is bold and not a label with its text."""
    if len(text) < 5 or not text.startswith("**") or not text.endswith("**"):
        return None
    label = _split_bold_label(text)
    if label and label.text:
        return None
    return trim(text[2:-2]) or None


def without_index(text: str) -> str:
    """A title without the number behind it that the digest's overview names: `标题 `#6``."""
    return trim(_INDEX.sub("", text)) or text


def index_of(text: str) -> str:
    """That number, or nothing."""
    match = _INDEX.search(text)
    return match[1] if match else ""


def without_number(text: str) -> str:
    """A title without `1.`, `1、`, `（1）`, `1️⃣` before it."""
    match = _NUMBERS.match(text)
    return (text[match.end() :] if match else text) or text


def joined(pieces: Iterable[str]) -> str:
    """The lines of one text, none empty -> one line, with a space between two of them unless both sides are Chinese."""
    result: list[str] = []
    for piece in pieces:
        if result and not (_WIDE.match(result[-1][-1]) and _WIDE.match(piece)):
            result.append(" ")
        result.append(piece)
    return trim("".join(result))
