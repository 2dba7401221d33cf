"""A tree -> the mask of documents that match it, by postings where they decide, by the text elsewhere."""

from __future__ import annotations

from functools import reduce
from itertools import pairwise
from typing import assert_never

import numpy as np

from archive.addresses import comparable
from archive.text import Phrase, atoms, is_single
from indexer.document import searchable
from indexer.engine import Request, Scope
from indexer.engines.whoosh.columns import FIELDS
from indexer.engines.whoosh.facets import Column
from indexer.engines.whoosh.grains import Mask, Numbers
from indexer.engines.whoosh.postings import PostingsReader
from indexer.engines.whoosh.segments import Part
from indexer.engines.whoosh.snapshot import NO_NUMBERS, Snapshot
from indexer.matching import cites, on_host, within
from indexer.query.tree import (
    Address,
    And,
    DateField,
    DateRange,
    Everything,
    Field,
    Inside,
    Leaf,
    Node,
    Not,
    Or,
    Prefix,
    Quote,
    Term,
    Word,
)
from indexer.sought import sought

SPARSE = 16  # how many times fewer numbers are looked up one by one
FEW = 48  # documents whose texts are sooner looked at than further terms decoded


class Executor:
    """Evaluates trees over one snapshot, each once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._known: dict[tuple[Node, Scope], Mask] = {}

    def mask(self, node: Node, scope: Scope) -> Mask:
        """The documents of a scope that match (the same set as `indexer.matching.matches` finds); not to be changed."""
        if (node, scope) not in self._known:
            self._known[node, scope] = self._mask(node, scope)
        return self._known[node, scope]

    def numbers(self, node: Node, scope: Scope) -> Numbers:
        """The same documents, ascending; for words alone, and all of several, no mask is made."""
        nodes = node.nodes if isinstance(node, And) else (node,)
        listed = [(each, self._listed(each, scope)) for each in nodes]
        known = sorted((numbers for _, numbers in listed if numbers is not None), key=len)
        if not known:
            return self.mask(node, scope).nonzero()[0]
        found = reduce(among, known)
        for each, numbers in listed:
            if numbers is None:
                found = found.compress(self.mask(each, scope)[found])
        return found

    def _listed(self, node: Node, scope: Scope) -> Numbers | None:
        """The documents of a leaf that is looked for in one form."""
        match node:
            case Term() | Word() | Quote() | Prefix() | Inside() if len(phrases := sought(node)) == 1:
                return self._standing_phrase(phrases[0][1], node, scope, "")
            case _:
                return None

    def _mask(self, node: Node, scope: Scope) -> Mask:
        match node:
            case And(nodes):
                return reduce(np.logical_and, (self.mask(each, scope) for each in nodes))
            case Or(nodes):
                return reduce(np.logical_or, (self.mask(each, scope) for each in nodes))
            case Not(inner):
                return ~self.mask(inner, scope)
            case Term() | Word() | Quote() | Prefix() | Inside():
                return self._standing(node, scope)
            case Field("point", inner):
                return self._of_points(inner, scope)
            case Field(name, inner):
                return self._from_entries(self._of_entries(name, inner), scope)
            case DateRange():
                return self._from_entries(self._dated(node), scope)
            case Address(url):
                return self._from_entries(self.snapshot.entries.mask(self.snapshot.citing(comparable(url))), scope)
            case Everything():
                return np.ones(len(self.snapshot.grain(scope)), dtype=np.bool_)
            case DateField():
                raise ValueError(f"not resolved: {node}")
        assert_never(node)

    def filters(self, request: Request) -> Mask:
        """The documents that the request's filters let through; none that was deleted."""
        entries = self.snapshot.entries.alive
        if request.since or request.until:
            entries = entries & self._dated(DateRange("date", request.since, request.until))
        column = self.snapshot.column
        for facet, wanted in (("category", request.categories), ("series", request.series)):
            if wanted:
                entries = entries & self._carrying(column[facet], wanted)
        for tag in request.tags:
            entries = entries & self._carrying(column["tag"], (tag,))
        if request.sources:
            entries = entries & (self._carrying(column["source"], request.sources) | self._on_hosts(request.sources))
        return self._from_entries(entries, request.scope)

    def inside(self, word: str, scope: Scope, numbers: Numbers) -> set[int]:
        """Those of these documents that hold a word of ideographs nowhere on the cuts of their texts."""
        if not all(map(is_single, atoms(word))):
            return set()
        standing = _held(numbers, self.numbers(Word(word), scope))
        on_cuts = _held(numbers, self.snapshot.postings.read("words", word, scope).documents)
        return set(numbers[standing & ~on_cuts].tolist())

    # ── texts ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _standing(self, leaf: Leaf, scope: Scope, field: str = "") -> Mask:
        """The documents in one of whose texts (or in that field) the leaf stands."""
        found = self.snapshot.grain(scope).mask(NO_NUMBERS)
        for _, wanted in sought(leaf):
            found[self._standing_phrase(wanted, leaf, scope, field)] = True
        return found

    def _standing_phrase(self, wanted: Phrase, leaf: Leaf, scope: Scope, field: str) -> Numbers:
        part: Part = "title" if field == "title" else scope
        key = (type(leaf).__name__, wanted.text, part, field)
        return self.snapshot.postings.kept(key, lambda: self._looked_up(wanted, leaf, part, field))

    def _looked_up(self, wanted: Phrase, leaf: Leaf, part: Part, field: str) -> Numbers:
        scope: Scope = "point" if part == "point" else "entry"
        candidates = self._candidates(wanted, leaf, part)
        if field and field != part:
            return self._read(wanted, candidates, scope, FIELDS[field])
        if _decided_by_terms(wanted):
            return candidates
        known = NO_NUMBERS
        if _is_run_of_singles(wanted):
            known = self.snapshot.postings.read("words", wanted.text, part).documents
        unread = candidates[~_held(candidates, known)]
        read = self._read(wanted, unread, scope, FIELDS.get(field))
        return np.sort(np.concatenate([known, read])) if len(known) else read

    def _candidates(self, wanted: Phrase, leaf: Leaf, part: Part) -> Numbers:
        """The documents that hold every term of the phrase, in any place; few may hold only the rarest."""
        postings = self.snapshot.postings
        *others, (field, last) = _terms(wanted)
        terms = [postings.read(field, term, part) for field, term in others]
        ends = [postings.read(field, term, part) for term in _going_on(leaf, last, postings)]
        if len(ends) == 1:
            rarest, *terms = sorted([*terms, *ends], key=lambda each: each.most)
            found = rarest.documents
        else:
            found = np.unique(np.concatenate([NO_NUMBERS, *(each.documents for each in ends)]))
        for each in terms:
            if len(found) > FEW:
                found = among(found, each.documents)
        return found

    def _read(self, wanted: Phrase, candidates: Numbers, scope: Scope, field: int | None = None) -> Numbers:
        """Those of the candidates in whose texts (or in that field) the phrase stands: they are looked at."""
        texts = self.snapshot.texts(scope, candidates, field)
        if all(map(is_single, wanted.atoms)):  # nothing in it is optional, so it stands there to the letter
            literally = wanted.text.encode()
            held = [number for number, text in texts if literally in text]
        else:
            held = [number for number, text in texts if wanted.search(text.decode()) is not None]
        return np.array(held, dtype=np.int64)

    # ── fields ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _of_points(self, node: Node, scope: Scope) -> Mask:
        points = self.mask(node, "point")
        return points if scope == "point" else self._holding(points)

    def _of_entries(self, name: str, node: Node) -> Mask:
        match name, node:
            case (("category" | "source"), _):
                return self._worded(name, node)
            case _, And(nodes):
                return reduce(np.logical_and, (self._of_entries(name, each) for each in nodes))
            case _, Or(nodes):
                return reduce(np.logical_or, (self._of_entries(name, each) for each in nodes))
            case _, Not(inner):
                return ~self._of_entries(name, inner)
            case (("title" | "summary" | "background"), (Term() | Word() | Quote() | Prefix() | Inside())):
                return self._standing(node, "entry", name)
            case _, (Term(text) | Word(text) | Quote(text) | Prefix(text) | Inside(text)):
                return self._carrying(self.snapshot.column[name], (text,))
            case _:
                return self.mask(node, "entry")

    def _holding(self, points: Mask) -> Mask:
        """The entries of these key points; no deleted point counts, whatever was negated."""
        held = self.snapshot.points
        return self.snapshot.entries.mask(held.parents[points & held.alive])

    def _worded(self, name: str, node: Node) -> Mask:
        """The entries with a category that holds, or a source that is, what the tree asks: each value is looked at."""
        if name == "source":
            sources, column = self.snapshot.places
            codes = [code for code, source in enumerate(sources) if cites(node, source)]
        else:
            column = self.snapshot.column["category"]
            codes = [code for code, value in enumerate(column.values) if within(node, searchable(value))]
        return self.snapshot.entries.mask(column.carrying(codes))

    def _carrying(self, column: Column, wanted: tuple[str, ...]) -> Mask:
        return self.snapshot.entries.mask(column.named(wanted))

    def _on_hosts(self, wanted: tuple[str, ...]) -> Mask:
        sources, column = self.snapshot.places
        codes = [code for code, source in enumerate(sources) if any(on_host(each, source.host) for each in wanted)]
        return self.snapshot.entries.mask(column.carrying(codes))

    def _dated(self, wanted: DateRange) -> Mask:
        days = self.snapshot.days if wanted.name == "date" else self.snapshot.events
        found = days > 0
        if wanted.since:
            found &= days >= wanted.since.toordinal()
        if wanted.until:
            found &= days <= wanted.until.toordinal()
        return found

    def _from_entries(self, entries: Mask, scope: Scope) -> Mask:
        return entries if scope == "entry" else entries[self.snapshot.points.parents]


def _terms(wanted: Phrase) -> list[tuple[str, str]]:
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


def _going_on(leaf: Leaf, term: str, postings: PostingsReader) -> list[str]:
    """The terms in which the last term of a leaf may stand."""
    match leaf:
        case Prefix() if not is_single(term):
            return postings.beginning(term)
        case Inside():
            return postings.holding(term)
        case _:
            return [term]


def _decided_by_terms(wanted: Phrase) -> bool:
    """Whether holding the terms is the same as holding the phrase: one word of letters, one or two ideographs."""
    if wanted.text != "".join(wanted.atoms):
        return False
    match wanted.atoms:
        case (atom,):
            return not atom.isdecimal()
        case (left, right):
            return is_single(left) and is_single(right)
        case _:
            return False


def _is_run_of_singles(wanted: Phrase) -> bool:
    """Whether the phrase is nothing but ideographs side by side, as a word of the index may be."""
    return all(map(is_single, wanted.atoms)) and wanted.text == "".join(wanted.atoms)


def among(few: Numbers, many: Numbers) -> Numbers:
    """Those of the few that are among the many; both ascend."""
    return few.compress(_held(few, many))


def _held(few: Numbers, many: Numbers) -> Mask:
    """Which of the few are among the many, which ascend."""
    if not len(few) or not len(many):
        return np.zeros(len(few), dtype=np.bool_)
    if len(few) * SPARSE < len(many):
        places = many.searchsorted(few)
        places[places == len(many)] = 0  # above all of them, so not the first
        return np.equal(many[places], few)
    held = np.zeros(int(max(few.max(), many[-1])) + 1, dtype=np.bool_)
    held[many] = True
    return held.take(few)
