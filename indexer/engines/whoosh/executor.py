"""A tree -> the mask of documents that match it, by postings where they decide, by the text elsewhere."""

from __future__ import annotations

from functools import reduce
from typing import assert_never

import numpy as np

from archive.addresses import comparable
from archive.text import Phrase, atoms, is_single
from indexer.document import searchable
from indexer.engine import Request, Scope
from indexer.engines.whoosh.columns import FIELDS
from indexer.engines.whoosh.facets import Column
from indexer.engines.whoosh.grains import Mask, Numbers, among, held_among
from indexer.engines.whoosh.holding import decided_by_terms, going_on, terms
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
    conjuncts,
)
from indexer.segmenter import Segmenter
from indexer.sought import sought

FEW = 24  # documents whose texts are sooner looked at than further terms decoded


class Executor:
    """Evaluates trees over one snapshot, each once."""

    def __init__(self, snapshot: Snapshot, segmenter: Segmenter) -> None:
        self.snapshot = snapshot
        self._segmenter = segmenter
        self._known: dict[tuple[Node, Scope], Mask] = {}

    def mask(self, node: Node, scope: Scope) -> Mask:
        """The documents of a scope that match (the same set as `indexer.matching.matches` finds); not to be changed."""
        if (node, scope) not in self._known:
            self._known[node, scope] = self._mask(node, scope)
        return self._known[node, scope]

    def numbers(self, node: Node, scope: Scope) -> Numbers:
        """The same documents, ascending; for words alone, and all of several, no mask is made."""
        listed = [(each, self._listed(each, scope)) for each in conjuncts(node)]
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

    def filters(self, request: Request) -> Mask | None:
        """The documents that the request's filters let through, none that was deleted; None where that is all."""
        whole = self.snapshot.entries
        if whole.is_whole and not request.is_filtered:
            return None
        entries = whole.alive
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
        unknown = numbers.compress(~held_among(numbers, self.snapshot.postings.read("words", word, scope).documents))
        if not len(unknown):
            return set()
        unread = np.sort(unknown.compress(held_among(unknown, self.numbers(Word(word), scope))))
        ((_, wanted),) = sought(Word(word, on_cuts=self._segmenter.on_cuts))
        return set(unread.tolist()).difference(self._read(wanted, unread, scope).tolist())

    # ── texts ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _standing(self, leaf: Leaf, scope: Scope, field: str = "") -> Mask:
        """The documents in one of whose texts (or in that field) the leaf stands."""
        found = self.snapshot.grain(scope).mask(NO_NUMBERS)
        for _, wanted in sought(leaf):
            found[self._standing_phrase(wanted, leaf, scope, field)] = True
        return found

    def _standing_phrase(self, wanted: Phrase, leaf: Leaf, scope: Scope, field: str) -> Numbers:
        part: Part = "title" if field == "title" else scope
        key = (type(leaf).__name__, "on cuts" if wanted.on_cuts else "", wanted.text, part, field)
        return self.snapshot.postings.kept(key, lambda: self._looked_up(wanted, leaf, part, field))

    def _looked_up(self, wanted: Phrase, leaf: Leaf, part: Part, field: str) -> Numbers:
        scope: Scope = "point" if part == "point" else "entry"
        candidates = self._candidates(wanted, leaf, part)
        if field and field != part:
            return self._read(wanted, candidates, scope, FIELDS[field])
        if decided_by_terms(wanted):
            return candidates
        if not wanted.is_unbroken or (len(candidates) <= FEW and not wanted.on_cuts):
            return self._read(wanted, candidates, scope, FIELDS.get(field))
        known = self.snapshot.postings.read("words", wanted.text, part).documents
        if wanted.on_cuts and len(wanted.atoms) == 1:
            return known  # cut where it begins and ends, it is a word of the index
        read = self._read(wanted, candidates[~held_among(candidates, known)], scope, FIELDS.get(field))
        return np.sort(np.concatenate([known, read])) if len(known) else read

    def _candidates(self, wanted: Phrase, leaf: Leaf, part: Part) -> Numbers:
        """The documents that hold every term of the phrase, in any place; few may hold only the rarest."""
        postings = self.snapshot.postings
        *others, (field, last) = terms(wanted)
        held = []
        for other, term in others:
            held.append(postings.read(other, term, part))
            if held[-1].most <= FEW:
                return held[-1].documents
        ends = [postings.read(field, term, part) for term in going_on(leaf, last, postings)]
        if len(ends) == 1:
            rarest, *held = sorted([*held, *ends], key=lambda each: each.most)
            found = rarest.documents
        else:
            found = np.unique(np.concatenate([NO_NUMBERS, *(each.documents for each in ends)]))
        for each in held:
            if len(found) > FEW:
                found = among(found, each.documents)
        return found

    def _read(self, wanted: Phrase, candidates: Numbers, scope: Scope, field: int | None = None) -> Numbers:
        """Those of the candidates in whose texts (or in that field) the phrase stands: they are looked at."""
        texts = self.snapshot.texts(scope, candidates, field)
        if wanted.is_literal:  # so it stands there to the letter
            literally = wanted.text.encode()
            if not wanted.on_cuts:
                return np.array([number for number, text in texts if literally in text], dtype=np.int64)
            texts = ((number, text) for number, text in texts if literally in text)
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
