"""A plain text -> the names in it that marks or a version tell: “…”, 《…》, GPT-5.3-Codex.

Nothing is looked up: a name in marks may be any words that somebody set apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.query.lexing import has_atom

NAME, VERSION = "名称", "版本"

_IN_MARKS = re.compile("“([^“”#\n]{2,24})”|「([^「」#\n]{2,24})」|『([^『』#\n]{2,24})』|《([^《》#\n]{2,24})》")
_SENTENCE = re.compile("[，。！？；：、…,!?;:]")
_NUMBER = r"[vV]?(?!(?:19|20)\d\d(?!\d))\d{1,4}(?:\.\d{1,3}){0,3}"
_VERSION = re.compile(
    rf"(?<![A-Za-z0-9._/@-])(?![vV]\d)[A-Za-z]{{1,20}}(?:-[A-Za-z]{{1,20}}){{0,3}}[- ]?{_NUMBER}[A-Za-z]{{0,3}}"
    r"(?:-[A-Za-z0-9]{1,12}(?:\.\d{1,2})?){0,3}(?: (?:[A-Z][a-z]{1,9})){0,2}(?![A-Za-z0-9/@-]|\.[A-Za-z0-9])"
)
_ENDS_IN_VERSION = re.compile(rf".*[^\W\d_][- ]?{_NUMBER}[A-Za-z]{{0,3}}", re.DOTALL)


def named(text: str) -> Iterator[tuple[str, str]]:
    """(name, kind) of each name in a text."""
    for match in _IN_MARKS.finditer(text):
        name = next(filter(None, match.groups())).strip()
        if len(name) > 1 and name.isprintable() and has_atom(name) and not _SENTENCE.search(name):
            yield name, VERSION if _ENDS_IN_VERSION.fullmatch(name) else NAME
    for match in _VERSION.finditer(text):
        if not (" " in match[0] and match[0].islower()):  # “in 2 days”
            yield match[0], VERSION
