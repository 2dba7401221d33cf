"""A tree -> the mask of documents that match it, by postings where they decide, by the text elsewhere."""

from __future__ import annotations

from functools import reduce
from itertools import chain, pairwise
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from archive.addresses import comparable
from archive.text import Phrase, atoms, is_single, same_name
from indexer.document import searchable
from indexer.engine import Request, Scope
from indexer.engines.whoosh.postings import PostingsReader
from indexer.engines.whoosh.snapshot import Mask, Snapshot
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
                return self._from_entries(self._citing(comparable(url)), scope)
            case Everything():
                return np.ones(len(self.snapshot.grain(scope)), dtype=np.bool_)
            case DateField():
                raise ValueError(f"not resolved: {node}")
        assert_never(node)

    def filters(self, request: Request) -> Mask:
        """The documents that the request's filters let through."""
        entries = self._dated(DateRange("date", request.since, request.until))
        values = self.snapshot.values
        for facet, wanted in (("category", request.categories), ("series", request.series)):
            if wanted:
                entries &= self._carrying(values[facet], wanted)
        for tag in request.tags:
            entries &= self._carrying(values["tag"], (tag,))
        if request.sources:
            entries &= self._carrying(values["source"], request.sources) | self._on_hosts(request.sources)
        return self._from_entries(entries, request.scope)

    def inside(self, word: str, scope: Scope) -> Mask:
        """The documents that hold a word of ideographs nowhere on the cuts of their texts."""
        grain, postings = self.snapshot.grain(scope), self.snapshot.postings
        if postings is None or not all(map(is_single, atoms(word))):
            return grain.mask([])
        cut = grain.mask(grain.only(postings.read("words", word).documents))
        return self.mask(Word(word), scope) & ~cut

    # ── texts ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _standing(self, leaf: Leaf, scope: Scope, field: str = "") -> Mask:
        """The documents in one of whose texts (or in that field) the leaf stands."""
        found = [self._standing_phrase(wanted, leaf, scope, field) for _, wanted in sought(leaf)]
        return reduce(np.logical_or, found, self.snapshot.grain(scope).mask([]))

    def _standing_phrase(self, wanted: Phrase, leaf: Leaf, scope: Scope, field: str) -> Mask:
        grain = self.snapshot.grain(scope)
        candidates = grain.only(self._candidates(wanted, leaf))
        if _decided_by_terms(wanted) and not field:
            return grain.mask(candidates)
        return grain.mask([number for number in candidates.tolist() if self._holds(wanted, number, scope, field)])

    def _candidates(self, wanted: Phrase, leaf: Leaf) -> NDArray[np.int64]:
        """Whoosh's documents that hold every term of the phrase, in any place."""
        postings = self.snapshot.postings
        if postings is None:
            return np.empty(0, dtype=np.int64)
        *others, (field, last) = _terms(wanted)
        found = [postings.read(field, term).documents for field, term in others]
        ends = _union([postings.read(field, term).documents for term in _going_on(leaf, last, postings)])
        return reduce(_intersection, sorted([*found, ends], key=len))

    def _holds(self, wanted: Phrase, number: int, scope: Scope, field: str) -> bool:
        if scope == "point":
            return wanted.search(self.snapshot.point_texts[number]) is not None
        document = self.snapshot.documents[number]
        texts = (getattr(document, field),) if field else document.texts()
        return any(wanted.search(text) is not None for text in texts)

    # ── fields ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _of_points(self, node: Node, scope: Scope) -> Mask:
        points = self.mask(node, "point")
        return points if scope == "point" else self.snapshot.entries.mask(self.snapshot.points.parents[points])

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
                return self._carrying(self.snapshot.values[name], (text,))
            case _:
                return self.mask(node, "entry")

    def _worded(self, name: str, node: Node) -> Mask:
        """The entries with a category that holds, or a source that is, what the tree asks: each value is looked at."""
        entries = self.snapshot.entries
        if name == "source":
            places = self.snapshot.cited_places
            return entries.mask(_union([numbers for source, numbers in places.items() if cites(node, source)]))
        categories = self.snapshot.values["category"]
        return entries.mask(
            _union([numbers for value, numbers in categories.items() if within(node, searchable(value))])
        )

    def _carrying(self, column: dict[str, NDArray[np.int64]], wanted: tuple[str, ...]) -> Mask:
        names = set(map(same_name, wanted))
        return self.snapshot.entries.mask(_union([held for value, held in column.items() if same_name(value) in names]))

    def _on_hosts(self, wanted: tuple[str, ...]) -> Mask:
        cited = self.snapshot.cited.items()
        found = [numbers for source, numbers in cited if any(on_host(each, source.host) for each in wanted)]
        return self.snapshot.entries.mask(list(chain.from_iterable(found)))

    def _citing(self, address: str) -> Mask:
        found = [numbers for source, numbers in self.snapshot.cited.items() if source.address == address]
        return self.snapshot.entries.mask(list(chain.from_iterable(found)))

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
            return postings.expanded("atoms", term)
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


def _intersection(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.intersect1d(left, right, assume_unique=True)


def _union(arrays: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    match arrays:
        case []:
            return np.empty(0, dtype=np.int64)
        case [only]:
            return only
        case _:
            return np.unique(np.concatenate(arrays))
