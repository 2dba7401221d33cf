"""A leaf of the query tree -> the phrases that find it in folded texts."""

from __future__ import annotations

from collections.abc import Iterator

from archive.text import Phrase, fold, inside, phrase
from indexer.query.tree import Inside, Leaf, Prefix, forms


def sought(leaf: Leaf) -> Iterator[tuple[str, Phrase]]:
    """Each form of a leaf that has anything to look for, with its phrase."""
    if isinstance(leaf, Inside):
        yield leaf.text, inside(fold(leaf.text))
        return
    for form in forms(leaf):
        if wanted := phrase(fold(form), isinstance(leaf, Prefix)):
            yield form, wanted
