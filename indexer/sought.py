"""A leaf of the query tree -> the phrases that find it in folded texts."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from archive.text import Phrase, fold, inside, phrase
from indexer.query.tree import Inside, Leaf, Prefix, Word, forms


@lru_cache(maxsize=4096)
def sought(leaf: Leaf) -> tuple[tuple[str, Phrase], ...]:
    """Each form of a leaf that has anything to look for, with its phrase; asked anew for every text looked at."""
    if isinstance(leaf, Inside):
        return ((leaf.text, inside(fold(leaf.text))),)
    found = ((form, phrase(fold(form), isinstance(leaf, Prefix))) for form in forms(leaf))
    return tuple((form, _on_cuts(wanted, leaf)) for form, wanted in found if wanted)


def _on_cuts(wanted: Phrase, leaf: Leaf) -> Phrase:
    """The phrase of a word that is asked only on a text's own cuts. Letters and digits stand whole as it is."""
    if isinstance(leaf, Word) and leaf.on_cuts and wanted.is_literal:
        return replace(wanted, on_cuts=leaf.on_cuts)
    return wanted
