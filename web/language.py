"""The generation in force -> what helps while typing: its words and names, and the titles of its entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from archive.store import Reader
from archive.text import plain
from indexer.engine import SearchEngine
from indexer.spelling import Speller
from indexer.suggesting import Completer
from indexer.vocabulary import Known, known, written


@dataclass(frozen=True)
class Language:
    """The words and names, the more frequent first; titles as a reader sees them, the newest first."""

    words: tuple[Known, ...]
    titles: tuple[str, ...]

    @classmethod
    def of(cls, engine: SearchEngine, reader: Reader, is_stop_word: Callable[[str], bool]) -> Language:
        """What the open generation and the archive hold."""
        counts = {word: count for word, count in engine.vocabulary().items() if not is_stop_word(word)}
        names = {tag["name"]: tag["count"] for tag in reader.tag_counts()}
        titles = tuple(map(plain, reader.titles()))
        return cls(known(counts, names, written(titles)), titles)

    def ready(self) -> Language:
        """The same with all that is made when first asked for."""
        self.completer.completions("a", 1)
        self.speller.spellings("a")
        return self

    @cached_property
    def speller(self) -> Speller:
        """What a typed text may have meant."""
        return Speller(self.words)

    @cached_property
    def completer(self) -> Completer:
        """What may be typed."""
        return Completer(self.words, self.titles)
