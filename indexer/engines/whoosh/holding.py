"""A phrase -> the terms of the index that every text with it holds, and whether holding them is enough."""

from __future__ import annotations

from itertools import pairwise

from archive.text import Phrase, is_single
from indexer.engines.whoosh.postings import PostingsReader
from indexer.query.tree import Inside, Leaf, Prefix


def terms(wanted: Phrase) -> list[tuple[str, str]]:
    """(field, term) of what every text with the phrase holds: bigrams where ideographs touch, else atoms; the last atom
    comes last."""
    if wanted.is_unbroken and len(wanted.text) > 1:
        return [("bigrams", pair) for pair in dict.fromkeys(map("".join, pairwise(wanted.text)))]
    single = {atom for atom in wanted.atoms if is_single(atom)}
    pairs = [
        left + right
        for left, right in pairwise(wanted.atoms)
        if left in single and right in single and left + right in wanted.text
    ]
    paired = set("".join(pairs))
    terms = [("bigrams", pair) for pair in dict.fromkeys(pairs)]
    rest = [("atoms", atom) for atom in dict.fromkeys(wanted.atoms[:-1]) if atom not in paired]
    last = wanted.atoms[-1]
    if last in paired:
        return [*rest, *terms]
    return [*terms, *rest, ("atoms", last)]


def going_on(leaf: Leaf, term: str, postings: PostingsReader) -> list[str]:
    """The terms in which the last term of a leaf may stand."""
    match leaf:
        case Prefix() if not is_single(term):
            return postings.beginning(term)
        case Inside():
            return postings.holding(term)
        case _:
            return [term]


def decided_by_terms(wanted: Phrase) -> bool:
    """Whether holding the terms is the same as holding the phrase: one word of letters, one or two ideographs."""
    if wanted.on_cuts:
        return False
    if wanted.is_unbroken:
        return len(wanted.text) <= 2
    return wanted.atoms == (wanted.text,) and not wanted.text.isdecimal()
