"""Inline Markdown -> the plain text that a reader sees (SEARCH 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MARKED = re.compile(r"[*_`\[\]!<>\\&]")


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt  # 20 ms, when a text is first met that has marks

    return MarkdownIt("commonmark", {"html": False})


@lru_cache(maxsize=4096)
def plain(markdown: str) -> str:
    """Inline Markdown -> what a reader sees; `**` goes also where CommonMark would leave it."""
    if not _MARKED.search(markdown):
        return markdown
    return "".join(_visible(_markdown().parseInline(markdown))).replace("**", "").strip()


def _visible(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.children:
            yield from _visible(token.children)
