"""A paragraph outside any entry -> the entry that it is: its first sentence is the title, a link at its end the source.

Two forms are met: numbered paragraphs (`1. 某司发布新品。它更快。`), and lines with their category before and their
address behind them (`[工具] 某编辑器：<https://…>`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.parser.links import last_link
from archive.parser.names import Title, read_title

_TAG = re.compile(r"\[([^\[\]]{1,12})\]\s*(?=[^\s(])")
_SENTENCE_SIGNS = re.compile(r"\*\*|[\[(（“「『《]|[\])）”」』》]|[。！？]")
_ENDS = "。！？"
_OPENING = "[(（“「『《"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """An entry in one paragraph; `text` is what follows the title, `source` a link or an address."""

    title: Title
    text: str
    source: str


def read_paragraph(text: str) -> Paragraph | None:
    """The entry that a paragraph is; None where there is no title."""
    words, link = last_link(text)
    sentence, rest = _first_sentence(words or link.strip("<>"))
    title = read_title(sentence)
    return Paragraph(title, rest, "" if title.address else link) if title else None


def read_tag(text: str) -> tuple[str, str]:
    """`[类别] 文字：<网址>` -> the category and what stands behind it; no category for another text."""
    match = _TAG.match(text)
    return (match[1], text[match.end() :]) if match and last_link(text)[1] else ("", text)


def _first_sentence(text: str) -> tuple[str, str]:
    """A text -> its first sentence without full stop, and the rest; none ends inside brackets, quotes or bold."""
    depth, bold = 0, False
    for sign in _SENTENCE_SIGNS.finditer(text):
        if sign[0] == "**":
            bold = not bold
        elif sign[0] not in _ENDS:
            depth = depth + 1 if sign[0] in _OPENING else max(depth - 1, 0)
        elif not depth and not bold:
            return text[: sign.end()].rstrip("。"), text[sign.end() :].strip()
    return text, ""
