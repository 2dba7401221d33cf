"""Markdown of a source line <-> the sources it names.

Links may hold brackets in name and address as long as they pair up; names stand also without an address, addresses
without a name. Everything is read from left to right in linear time: pairs of brackets are found once for the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from archive.addresses import host, is_http
from archive.model import Source
from archive.parser.marks import BLANKS, Role, role_of, trim
from archive.text.atoms import IDEOGRAPHS

_BRACKETS = re.compile(r"\\.|[\[\]()]")
_START = re.compile(r"\[|<?(?=https?://)", re.IGNORECASE)
_IN_ANGLES = re.compile(r"\(<([^<>]*)>\)")
_ADDRESS = re.compile(rf"https?://[^\s{BLANKS}<>\"“”‘’|｜·\u3001-\u303f\uff01-\uff65{IDEOGRAPHS}]+", re.IGNORECASE)
_SEPARATOR = re.compile(r"[|｜、；;]|\s[·•/／]\s")
_LISTING = re.compile("[、；;]")
_SIGNS = BLANKS + ":：,，;；.。!！·•|｜/／、-–—→>*_"
_WORDS = re.compile(r"\w")
_PARTING = ":：。！？!?（(→|｜"
_OPENING, _CLOSING = "(（[【<", ")）]】>"


@dataclass(frozen=True, slots=True)
class Link:
    """`[name](address)`; `end` is the place behind it."""

    name: str
    address: str
    end: int


@dataclass(frozen=True, slots=True)
class SourceLine:
    """The sources of a line, and the addresses on it that are not absolute http(s)."""

    sources: tuple[Source, ...]
    bad_addresses: tuple[str, ...] = ()


def whole_link(text: str) -> Link | None:
    """The link that a text consists of, if it does."""
    if not text.startswith("[") or not text.endswith(")"):
        return None
    link = _link_at(text, 0, _pairs(text))
    return link if link and link.end == len(text) else None


def is_only_links(text: str) -> bool:
    """Whether a text has no words but those of links and addresses."""
    done = 0
    for start, link in _links(text) if "](" in text or "://" in text else ():
        if _WORDS.search(text, done, start) or text[start - 1 : start] == "!":
            return False
        done = link.end
    return done > 0 and not _WORDS.search(text, done)


def last_link(text: str) -> tuple[str, str]:
    """A text -> what stands before the address or link that ends it, and that link; the link empty where none does.

    A link whose words go on with a sentence (发布了[新模型](…)) is part of the text.
    """
    links = list(_links(text))
    if not links or text[links[-1][1].end :].strip(_SIGNS + _CLOSING):
        return text, ""
    start, link = links[-1]
    if link.name and start and text[start - 1] not in _PARTING:
        return text, ""
    return text[:start].rstrip(_SIGNS + _OPENING), text[start:]


def _pairs(text: str) -> dict[int, int]:
    """The place of each opening bracket -> the place of the one that closes it."""
    pairs: dict[int, int] = {}
    open_at: dict[str, list[int]] = {"]": [], ")": []}
    for match in _BRACKETS.finditer(text):
        match match[0]:
            case "[":
                open_at["]"].append(match.start())
            case "(":
                open_at[")"].append(match.start())
            case "]" | ")" as closing if open_at[closing]:
                pairs[open_at[closing].pop()] = match.start()
    return pairs


def _link_at(text: str, start: int, pairs: dict[int, int]) -> Link | None:
    name_end = pairs.get(start)
    if name_end is None or text[name_end + 1 : name_end + 2] != "(":
        return None
    name = trim(text[start + 1 : name_end])
    if angles := _IN_ANGLES.match(text, name_end + 1):
        return Link(name, trim(angles[1]), angles.end())
    end = pairs.get(name_end + 1)
    return None if end is None else Link(name, _without_title(text[name_end + 2 : end]), end + 1)


def _without_title(destination: str) -> str:
    """`address "title"` -> address; spaces within it are written as they should have been."""
    address, *title = trim(destination).split(maxsplit=1)[:2] or [""]
    return address if title and title[0][0] in "\"'(" else "%20".join(destination.split())


def read_sources(text: str, *, one: bool = False) -> SourceLine:
    """Links, addresses and names, one after the other or parted by `·`, `|`, `/`, `、`.

    With `one`, where a title has its own link, a text without any is one name: `热榜 · 某站`; `、` and `；` part it.
    """
    sources: list[Source] = []
    bad: list[str] = []
    done = 0
    links = list(_links(text))
    separator = _LISTING if one and not links else _SEPARATOR
    for start, link in links:
        link = replace(link, name=_own_name(link.name))  # noqa: PLW2901
        names = _names(text[done:start], separator)
        if not link.name and names[-1] and link_text(Source(names[-1], link.address)):
            link = replace(link, name=names.pop())  # noqa: PLW2901
        sources += [Source(name) for name in names if name]
        if link.address and not is_http(link.address):
            bad.append(link.address)
        if source := _source(link):
            sources.append(source)
        done = link.end
    sources += [Source(name) for name in _names(text[done:], separator) if name]
    return SourceLine(tuple(sources), tuple(bad))


def _links(text: str) -> Iterator[tuple[int, Link]]:
    """Links and bare addresses (links without a name), each with its start."""
    pairs = _pairs(text)
    place = 0
    while match := _START.search(text, place):
        link = _link_at(text, match.start(), pairs) if match[0] == "[" else _bare(text, match.end())
        place = link.end if link else match.end() + (match[0] != "[")
        if link:
            yield match.start(), link


def _bare(text: str, start: int) -> Link | None:
    """An address in running text: it ends before a bracket that it has not opened and before a closing sign."""
    match = _ADDRESS.match(text, start)
    if not match:
        return None
    end, depth = match.end(), 0
    for bracket in re.finditer(r"[()\[\]]", match[0]):
        depth += 1 if bracket[0] in "([" else -1
        if depth < 0:
            end = start + bracket.start()
            break
    address = text[start:end].rstrip(".,;:!?'*_~…")
    return Link("", address, start + len(address))


def _own_name(words: str) -> str:
    """Words that name a source, not only say that there is one, as 阅读原文 does."""
    return "" if role_of(words) is Role.SOURCES or not _WORDS.search(words) else words


def _source(link: Link) -> Source | None:
    if is_http(link.address):
        return Source(link.name or host(link.address) or link.address, link.address)
    return Source(link.name) if link.name else None


def _names(text: str, separator: re.Pattern[str]) -> list[str]:
    """The names in a text without links; the last is empty where a separator ends it."""
    pieces = separator.split(text)
    return [_own_name(piece.lstrip(_SIGNS + _CLOSING).rstrip(_SIGNS + _OPENING)) for piece in pieces]


def link_text(source: Source) -> str | None:
    """A source as a Markdown link that reads back as the same source, or None where there is none."""
    candidates = (f"[{source.name}]({source.url})", f"[{source.name}](<{source.url}>)")
    return next((text for text in candidates if _is_link_to(text, source)), None)


def _is_link_to(text: str, source: Source) -> bool:
    link = whole_link(text)
    return link is not None and (link.name, link.address) == (source.name, source.url)


def source_text(source: Source) -> str:
    """A source as it stands on a source line: `[name](url)`, or its name alone."""
    if not source.url and read_sources(source.name).sources == (source,):
        return source.name
    return link_text(source) or source.name


def sources_text(sources: Iterable[Source]) -> str | None:
    """Sources on one line, or None where they would run into one another there."""
    wanted = tuple(sources)
    line = " · ".join(source_text(source) for source in wanted)
    return line if read_sources(line).sources == wanted else None
