"""Inline Markdown, and plain text with spans -> HTML that is safe to put into a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from archive.addresses import is_http
from archive.text import plain

Span = tuple[int, int]

EXCERPT = 160  # characters
BEFORE = 30  # of them at most before the first mark
_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_SIMPLE = {"strong_open": "<strong>", "strong_close": "</strong>", "em_open": "<em>", "em_close": "</em>"}


@lru_cache(maxsize=4096)
def inline(markdown: str) -> Markup:
    """Inline Markdown with its links, code and emphasis; an image is its alternative text. Reads as `plain` does."""
    html = "".join(_html(_MARKDOWN.parseInline(markdown))).strip()
    return Markup(  # noqa: S704 (this is what makes it safe)
        nh3.clean(
            html,
            tags={"a", "code", "strong", "em", "br"},
            attributes={"a": {"href"}},
            url_schemes={"http", "https"},
            link_rel="noopener noreferrer nofollow",
            set_tag_attribute_values={"a": {"referrerpolicy": "no-referrer"}},
        )
    )


def _html(tokens: Sequence[Token]) -> Iterator[str]:
    links: list[bool] = []  # whether each link that is open here was written
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                yield _text(token.content)
            case "code_inline":
                yield f"<code>{_text(token.content)}</code>"
            case "softbreak" | "hardbreak":
                yield " " if token.type == "softbreak" else "<br> "
            case "link_open":
                address = str(token.attrGet("href") or "")
                links.append(is_http(address))
                yield f'<a href="{escape(address)}">' if links[-1] else ""
            case "link_close":
                yield "</a>" if links.pop() else ""
            case "image":
                yield _text(plain(token.content))
            case "inline":
                yield from _html(token.children or ())
            case kind:
                yield _SIMPLE.get(kind, "")


def _text(text: str) -> str:
    return str(escape(text.replace("**", "")))


def marked(text: str, spans: Sequence[Span] = (), tag: str = "mark") -> Markup:
    """Plain text with its spans (code points, sorted, none overlapping) in <mark>, or in another element."""
    if not spans:
        return escape(text)
    pieces, position = [], 0
    for start, end in spans:
        pieces += [str(escape(text[position:start])), f"<{tag}>", str(escape(text[start:end])), f"</{tag}>"]
        position = end
    return Markup("".join([*pieces, str(escape(text[position:]))]))  # noqa: S704 (each part is escaped)


def excerpt(text: str, spans: Sequence[Span] = ()) -> Markup:
    """`marked`, but of a long text only the part around its first span."""
    if len(text) <= EXCERPT:
        return marked(text, spans)
    first = spans[0][0] if spans else 0
    start = max(0, min(first - BEFORE, len(text) - EXCERPT)) if first > EXCERPT - BEFORE else 0
    end = start + EXCERPT
    kept = [(max(begin, start) - start, min(stop, end) - start) for begin, stop in spans if start <= begin < end]
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return Markup(f"{before}{marked(text[start:end], kept)}{after}")  # noqa: S704 (escaped by `marked`)
