"""The words, names and titles of an archive -> completions of what has been typed so far."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, TypeAlias

from archive.text import fold
from indexer.vocabulary import Known, in_letters

Kind: TypeAlias = Literal["tag", "word", "title"]

LONGEST_TYPED = 128  # characters; what goes on longer is no beginning
_LAST = "\U0010ffff"  # sorts behind whatever follows a beginning
_PINYIN = re.compile("[a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Completion:
    """What may be typed; `count` entries hold the word, carry the tag or have the title."""

    text: str
    kind: Kind
    count: int


class Completer:
    """Made once for a vocabulary and the titles of entries (plain, newest first); completing changes nothing."""

    def __init__(self, words: Sequence[Known] = (), titles: Iterable[str] = ()) -> None:
        self._spelled = _Beginnings((word.folded, word) for word in words)
        self._heard = _Beginnings((key, word) for word in words if word.sounds for key in in_letters(word))
        self._titles = [(fold(title), title, count) for title, count in Counter(titles).items()]

    def completions(self, typed: str, limit: int) -> list[Completion]:
        """At most so many, in three groups that share the room: names and words that begin so, those whose pinyin or
        initials do, titles that hold it."""
        begun = fold(typed).strip()
        if not begun or len(typed) > LONGEST_TYPED:
            return []
        pinyin = begun.replace(" ", "").replace("'", "")
        heard = self._heard.of(pinyin) if _PINYIN.fullmatch(pinyin) else []
        words = (list(map(_completion, group[:limit])) for group in (self._spelled.of(begun), heard))
        return _shared([*words, list(islice(self._titled(begun), limit))], limit)

    def _titled(self, begun: str) -> Iterator[Completion]:
        """The titles that begin so, then those that hold it further on, the newest first."""
        holding = [row for row in self._titles if begun in row[0]]  # at once, which takes half as long as one by one
        for at_start in (True, False):
            rows = (row for row in holding if row[0].startswith(begun) is at_start)
            yield from (Completion(title, "title", count) for _, title, count in rows)


class _Beginnings:
    """Words under keys, found by how a key begins."""

    def __init__(self, pairs: Iterable[tuple[str, Known]]) -> None:
        ordered = sorted(pairs, key=lambda pair: pair[0])
        self._keys = [key for key, _ in ordered]
        self._words = [word for _, word in ordered]  # apart: a pair each would take as much again

    def of(self, begun: str) -> list[Known]:
        """The words with such a key: where it is the whole key first, then names, then the more frequent."""
        found = slice(bisect_left(self._keys, begun), bisect_left(self._keys, begun + _LAST))
        rows = list(zip(self._keys[found], self._words[found], strict=True))
        rows.sort(key=lambda row: (row[0] != begun, not row[1].is_name, -row[1].count))
        return list(dict.fromkeys(word for _, word in rows))


def _completion(word: Known) -> Completion:
    return Completion(word.text, "tag" if word.is_name else "word", word.count)


def _shared(groups: Sequence[Sequence[Completion]], limit: int) -> list[Completion]:
    """Of each group as many as of the others while they last, in the groups' order, each text once."""
    in_turns = sorted((place, number) for number, group in enumerate(groups) for place in range(len(group)))
    shown = [groups[number][place] for number, place in sorted((n, place) for place, n in in_turns[:limit])]
    return list({each.text: each for each in reversed(shown)}.values())[::-1]
