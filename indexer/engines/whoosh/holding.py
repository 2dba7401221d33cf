"""A phrase -> the terms of the index that every text with it holds, and whether holding them is enough."""

from __future__ import annotations

from itertools import pairwise

from archive.text import Phrase, is_single
from indexer.engines.whoosh.postings import PostingsReader
from indexer.query.tree import Inside, Leaf, Prefix


def terms(wanted: Phrase) -> list[tuple[str, str]]:
    """(field, term) of what every text with the phrase holds: bigrams where ideographs touch, else atoms; the last atom
    comes last."""
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
    if wanted.on_cuts or wanted.text != "".join(wanted.atoms):
        return False
    match wanted.atoms:
        case (atom,):
            return not atom.isdecimal()
        case (left, right):
            return is_single(left) and is_single(right)
        case _:
            return False


def is_run_of_singles(wanted: Phrase) -> bool:
    """Whether the phrase is nothing but ideographs side by side, as a word of the index may be."""
    return all(map(is_single, wanted.atoms)) and wanted.text == "".join(wanted.atoms)
