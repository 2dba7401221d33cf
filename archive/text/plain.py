"""Inline Markdown -> the plain text that a reader sees (SEARCH 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_MARKED = re.compile(r"[*_`\[\]!<>\\&]")


@lru_cache(maxsize=4096)
def plain(markdown: str) -> str:
    """Inline Markdown -> what a reader sees; `**` goes also where CommonMark would leave it."""
    if not _MARKED.search(markdown):
        return markdown
    return "".join(_visible(_MARKDOWN.parseInline(markdown))).replace("**", "").strip()


def _visible(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.children:
            yield from _visible(token.children)
