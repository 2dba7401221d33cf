"""The word lists that searching goes by: texts of the data files -> frozen sets and groups of names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

from archive.errors import DataFileError
from archive.text import fold, same_name
from archive.text.atoms import IDEOGRAPHS

Aliases: TypeAlias = Literal["none", "names", "all"]
Group: TypeAlias = tuple[str, ...]  # forms of one name or concept, each as it is written

_RULES = 2  # of cutting by the same lists; the next rules get the next number
_WORD = re.compile(f"[{IDEOGRAPHS}]{{2,}}")


@dataclass(frozen=True)
class Lexicon:
    """What cutting and asking go by.

    `words` (Han only) and `stop_words` are folded; `names` leads from a tag's alias (by `same_name`) to its name;
    `aliases` and `concepts` lead from each form of a name or concept (by `same_name`) to its other forms, as written.
    """

    words: frozenset[str] = frozenset()
    stop_words: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, Group] = field(default_factory=dict)
    concepts: Mapping[str, Group] = field(default_factory=dict)

    @cached_property
    def fingerprint(self) -> str:
        """Changes when a word list or the rules of cutting do; it touches cutting and rank, never what is found."""
        return hashlib.sha256(repr((_RULES, sorted(self.words), sorted(self.stop_words))).encode()).hexdigest()

    def other_forms(self, word: str, asked: Aliases) -> Group:
        """What may stand for a folded word: names by default, concepts on wish (SEARCH 12)."""
        if asked == "none":
            return ()
        key = same_name(word)
        found = self.aliases.get(key, ())
        if asked == "all":
            found += self.concepts.get(key, ())
        return tuple(form for form in dict.fromkeys(map(fold, found)) if form != word)


def read_words(text: str) -> frozenset[str]:
    """One word a line, `#` begins a comment -> the folded words."""
    return frozenset(fold(line) for line in _lines(text))


def read_synonyms(text: str) -> tuple[Group, ...]:
    """`人工智能 = AI`, one group a line, `#` begins a comment -> the groups. Raises DataFileError."""
    groups = []
    for line in _lines(text):
        group = tuple(form for part in line.split("=") if (form := part.strip()))
        if len(group) < 2:
            raise DataFileError(f"synonyms.txt 里“{line}”只有一个词", "写成 人工智能 = AI，用等号隔开")
        groups.append(group)
    return tuple(groups)


def other_forms(groups: Iterable[Group]) -> dict[str, Group]:
    """Groups -> each form, by `same_name`, with all other forms of its groups."""
    found: dict[str, Group] = {}
    for group in groups:
        for form in group:
            others = (other for other in group if same_name(other) != same_name(form))
            found[same_name(form)] = tuple(dict.fromkeys((*found.get(same_name(form), ()), *others)))
    return found


def han_words(groups: Iterable[Group]) -> frozenset[str]:
    """The forms that the dictionary can take, which is those of ideographs alone, folded: they are cut whole."""
    return frozenset(form for group in groups for name in group if _WORD.fullmatch(form := fold(name)))


def _lines(text: str) -> list[str]:
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]
