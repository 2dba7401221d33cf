"""A leaf of the query tree -> the phrases that find it in folded texts."""

from __future__ import annotations

from functools import lru_cache

from archive.text import Phrase, fold, inside, phrase
from indexer.query.tree import Inside, Leaf, Prefix, forms


@lru_cache(maxsize=4096)
def sought(leaf: Leaf) -> tuple[tuple[str, Phrase], ...]:
    """Each form of a leaf that has anything to look for, with its phrase; asked anew for every text looked at."""
    if isinstance(leaf, Inside):
        return ((leaf.text, inside(fold(leaf.text))),)
    found = ((form, phrase(fold(form), isinstance(leaf, Prefix))) for form in forms(leaf))
    return tuple((form, wanted) for form, wanted in found if wanted)
