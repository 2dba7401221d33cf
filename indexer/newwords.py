"""Texts of entries -> candidates for new words: names in marks, Latin names with versions, Han words by statistics.

Nothing is decided here and nothing written: a person accepts or refuses (`wangqi words`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from archive.model import Entry
from archive.text import fold, folded, phrase, same_name
from archive.text.atoms import IDEOGRAPHS
from indexer.highlighting import texts
from indexer.names import NAME, VERSION, named
from indexer.segmenter import Segmenter
from indexer.wordstatistics import words_by_statistics

WORD = "新词"
KINDS = (NAME, VERSION, WORD)
FEWEST_ENTRIES = 3  # of a name; for words by statistics see there
MOST_EXAMPLES = 3
AROUND = 14  # characters on either side of a word in its example

_USER_WORD = re.compile(f"[{IDEOGRAPHS}]{{2,8}}")
# Words of one character: a string that has one of them as a piece of its own is a phrase.
_GRAMMATICAL = frozenset(
    "该它他她这那其此某各每更最较很太可能会要需应须将已仍正再又还也都只仅均皆曾即就才却且因使令给至到得地着过们您你我"
    "一两几多个种款名位项次时后前下内外间里等来去起出入不无倍率以上轮"
)


@dataclass(frozen=True, slots=True)
class EntryTexts:
    """The plain texts of an entry, as a reader sees them."""

    id: str
    texts: tuple[str, ...]

    @classmethod
    def of(cls, entry: Entry) -> EntryTexts:
        """All but the names of the sources, which are where it comes from, not what it is about."""
        return cls(entry.id, tuple(text for field, _, text in texts(entry) if field != "sources"))


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of an entry's text in which a candidate stands."""

    entry: str
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible word: how many entries hold it, a score that orders its kind, up to MOST_EXAMPLES examples."""

    text: str
    kind: str
    entries: int
    score: float
    examples: tuple[Example, ...]

    @property
    def becomes(self) -> str:
        """`word` where jieba can take it, else `tag`."""
        return "word" if is_user_word(self.text) else "tag"


def is_user_word(text: str) -> bool:
    """Whether a text can be a user word of jieba: two to eight ideographs. Anything else can only name a tag."""
    return _USER_WORD.fullmatch(fold(text)) is not None


@dataclass(frozen=True, slots=True)
class _Found:
    text: str
    kind: str
    score: float
    entries: tuple[int, ...]


def candidates(
    entries: Sequence[EntryTexts], segmenter: Segmenter, known: Collection[str], limit: int
) -> tuple[Candidate, ...]:
    """At most `limit` candidates of each kind, the best first. `known` holds what is not offered, by `same_name`."""
    names = _names(entries, lambda text: same_name(text) in known or _is_in_dictionary(text, segmenter))
    offered = {same_name(each.text) for each in names}
    words = words_by_statistics(
        ([fold(text) for text in entry.texts] for entry in entries),
        lambda text: same_name(text) not in known and _is_broken_up(text, segmenter),
    )
    statistical = [
        _Found(each.text, WORD, each.score, each.entries) for each in words if same_name(each.text) not in offered
    ]
    kept = [each for kind in KINDS for each in islice((f for f in [*names, *statistical] if f.kind == kind), limit)]
    return tuple(
        Candidate(each.text, each.kind, len(each.entries), each.score, _examples(each, entries)) for each in kept
    )


# ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _is_in_dictionary(text: str, segmenter: Segmenter) -> bool:
    return segmenter.knows(fold(text))


def _is_broken_up(word: str, segmenter: Segmenter) -> bool:
    """Whether the dictionary cuts a string into pieces of which some are single characters, none of them grammatical.

    What it cuts into longer words (视频/生成) is found and ranked by those: a compound, not a new word.
    """
    pieces = segmenter.dictionary_cut(word)
    singles = {piece for piece in pieces if len(piece) == 1}
    return (
        bool(singles)
        and not segmenter.knows(word)
        and not any(map(segmenter.is_stop_word, pieces))
        and (not singles & _GRAMMATICAL)
    )


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _names(entries: Sequence[EntryTexts], is_known: Callable[[str], bool]) -> list[_Found]:
    """The names in marks and those with versions, each under its most frequent spelling, the most frequent first."""
    spellings: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    holders: dict[str, dict[int, None]] = defaultdict(dict)
    for number, entry in enumerate(entries):
        for text, kind in (each for each_text in entry.texts for each in named(each_text)):
            key = same_name(text)
            spellings[key][text, kind] += 1
            holders[key][number] = None
    found = []
    for key, numbers in holders.items():
        (text, kind), _ = spellings[key].most_common(1)[0]
        if len(numbers) >= FEWEST_ENTRIES and not is_known(text):
            found.append(_Found(text, kind, float(len(numbers)), tuple(numbers)))
    return sorted(found, key=lambda each: (-each.score, each.text))


# ── examples ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _examples(found: _Found, entries: Sequence[EntryTexts]) -> tuple[Example, ...]:
    holders = (entries[number] for number in found.entries)
    shown = (Example(each.id, text) for each in holders if (text := _first_place(found.text, each.texts)))
    return tuple(islice(shown, MOST_EXAMPLES))


def _first_place(word: str, texts: Iterable[str]) -> str:
    return next(filter(None, (_place(word, text) for text in texts)), "")


def _place(word: str, text: str) -> str:
    """A word in a text with what stands around, empty where it does not stand there."""
    wanted, searched = phrase(fold(word)), folded(text)
    span = wanted and wanted.search(searched.text)
    if not span:
        return ""
    start, end = searched.original(*span)
    before, after = "…" if start > AROUND else "", "…" if end + AROUND < len(text) else ""
    return _printable(f"{before}{text[max(0, start - AROUND) : end + AROUND]}{after}")


def _printable(text: str) -> str:
    """Nothing in it commands a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
