"""The words under which entries are ranked, and the names of tags -> the words worth offering to whoever types."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from sys import intern
from typing import TypeVar

from archive.text import fold
from archive.text.atoms import IDEOGRAPHS, LETTER, LETTERS
from indexer.pinyin import Sounds, sounds

Key = TypeVar("Key")
LEAST_ENTRIES = 2  # what stands in one entry only is as often a slip as a word
LONGEST = 40  # characters
_LATIN = rf"(?=..)(?={LETTER})(?:[-.]?(?:{LETTERS}|\d+))+"


@cache
def _latin() -> re.Pattern[str]:
    """Compiled when asked for: that takes 15 ms, which most searches from the command line have no use for."""
    return re.compile(_LATIN)


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"[{IDEOGRAPHS}]{{2,}}|{_LATIN}")


@dataclass(frozen=True, slots=True)
class Known:
    """A word of the archive: as it is shown, folded, how many entries hold it, and its syllables if it is Han."""

    text: str
    folded: str
    count: int
    is_name: bool = False
    sounds: Sounds = ()


def in_letters(word: Known) -> tuple[str, str]:
    """qianwen and qw for 千问: of each word the same strings, whoever asks."""
    return intern("".join(word.sounds)), intern("".join(syllable[0] for syllable in word.sounds))


def grouped(pairs: Iterable[tuple[Key, Known]]) -> dict[Key, tuple[Known, ...]]:
    """The words under each key, in their order; most keys have one word, for which a list would take twice the room."""
    found: dict[Key, tuple[Known, ...]] = {}
    for key, word in pairs:
        found[key] = (*found.get(key, ()), word)
    return found


def is_offered(word: str) -> bool:
    """Whether a folded word may be offered: two ideographs or more, or Latin that begins with a letter."""
    return len(word) <= LONGEST and _word().fullmatch(word) is not None


def written(texts: Iterable[str]) -> dict[str, str]:
    """Latin words, folded -> as they are mostly written in these texts (swiftui -> SwiftUI)."""
    forms = Counter(form for text in texts for form in _latin().findall(text))
    return {fold(form): form for form, _ in reversed(forms.most_common())}


def known(
    words: Mapping[str, int], names: Mapping[str, int], forms: Mapping[str, str] | None = None
) -> tuple[Known, ...]:
    """Words (folded) and names (as written), each with its entries -> each once, as its name where it has one, else in
    the form that `written` found; the more frequent first."""
    shown = forms or {}
    named = {fold(name): (name, count) for name, count in names.items() if count}
    made = [Known(name, key, count, is_name=True, sounds=sounds(key)) for key, (name, count) in named.items()]
    made += [Known(shown.get(key, key), key, n, sounds=sounds(key)) for key, n in words.items() if key not in named]
    return tuple(sorted(made, key=lambda each: (-each.count, each.folded)))
