"""The word lists that searching goes by: texts of the data files -> frozen sets."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.text import fold


@dataclass(frozen=True)
class Lexicon:
    """User words (Han only) and stop words, folded; `names` leads from a tag's alias (by `same_name`) to its name."""

    words: frozenset[str] = frozenset()
    stop_words: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Changes when a word list does; it touches cutting and rank, never what is found."""
        return hashlib.sha256(repr((sorted(self.words), sorted(self.stop_words))).encode()).hexdigest()


def read_words(text: str) -> frozenset[str]:
    """One word a line, `#` begins a comment -> the folded words."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return frozenset(fold(line) for line in lines if line)
