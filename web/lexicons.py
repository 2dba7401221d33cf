"""The word lists of a home and its names -> the lexicon that searching goes by."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from archive.tagger import Tagger
from web.config import data_texts

if TYPE_CHECKING:
    from indexer.lexicon import Group, Lexicon

CONCEPTS = "主题"  # tags of this kind are topics: what is called so elsewhere is no name for it


def lexicon_of(home: Path, tagger: Tagger) -> Lexicon:
    """User words, stop words, names and concepts with their other forms. Raises DataFileError."""
    from indexer.lexicon import Lexicon, han_words, other_forms, read_synonyms, read_words

    def words(name: str) -> frozenset[str]:
        return frozenset[str]().union(*map(read_words, data_texts(home, name)))

    concepts = [group for text in data_texts(home, "synonyms.txt") for group in read_synonyms(text)]
    return Lexicon(
        words("words.txt") | han_words(_groups(tagger)),
        words("stopwords.txt"),
        tagger.aliases,
        names_of(tagger),
        other_forms(concepts),
    )


def names_of(tagger: Tagger) -> Mapping[str, Group]:
    """Each form of a name, by `same_name`, with its other forms."""
    from indexer.lexicon import other_forms

    return other_forms(_groups(tagger))


def _groups(tagger: Tagger) -> list[Group]:
    return [name.spellings for name in tagger.names if name.kind != CONCEPTS]
