"""The default engine: a Whoosh index on disk, answered from by numpy over its postings."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import reduce
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh import index

from archive.model import Issue
from indexer.document import documents
from indexer.engine import Answer, FacetCount, Generation, Hit, Request, ranked
from indexer.engines.whoosh import generations
from indexer.engines.whoosh.building import BlockWriter
from indexer.engines.whoosh.executor import Executor
from indexer.engines.whoosh.ranking import Ranker
from indexer.engines.whoosh.schema import SCHEMA, index_documents
from indexer.engines.whoosh.snapshot import Mask, Snapshot
from indexer.engines.whoosh.words import words
from indexer.loosening import Loosened, loosened, room_for_partial
from indexer.query.tree import Word, asked_leaves
from indexer.segmenter import Segmenter


class WhooshEngine:
    """Writes generations below `root`; answers from the open one, which is swapped in one assignment."""

    def __init__(self, root: Path, segmenter: Segmenter) -> None:
        self._root = root
        self._segmenter = segmenter
        self._open = Snapshot(None)
        self._making: generations.Making | None = None

    def rebuild(self, issues: Iterable[Issue], base: Generation) -> Generation:
        """Index these issues and nothing else."""
        made = self._begin(base, linked=False)
        return self._write(made, issues, known=False)

    def update(self, issues: Iterable[Issue], base: Generation) -> Generation:
        """Replace what is known of each issue."""
        if not base.number:
            return self.rebuild(issues, base)
        self.verify(base)
        made = self._begin(base, linked=True)
        return self._write(made, issues, known=True)

    def verify(self, generation: Generation) -> None:
        """Every byte as sealed; the empty generation has none."""
        if generation.number:
            generations.verified(self._root, generation)

    def open(self, generation: Generation) -> None:
        """Answer from this generation; the open one stays in force where that fails."""
        if not generation.number:
            self._open = Snapshot(None)
            return
        held = generations.verified(self._root, generation)
        with generations.readable(held):
            self._open = Snapshot(held)

    def digests(self) -> dict[str, str]:
        """entry -> the digest of what is indexed of it."""
        return {document.id: document.digest for document in self._open.documents}

    def vocabulary(self) -> dict[str, int]:
        """word -> the entries that hold it."""
        return words(self._open)

    def search(self, request: Request) -> Answer:
        """Answer from the open generation."""
        snapshot = self._open
        executor = Executor(snapshot)
        allowed = executor.filters(request)
        found = executor.mask(request.query, request.scope) & allowed
        literal = found if request.literal is None else executor.mask(request.literal, request.scope) & allowed
        return Answer(
            total=int(found.sum()),
            hits=tuple(self._hits(executor, found, request)),
            literal_total=int(literal.sum()),
            facets=_facets(snapshot, found, request),
        )

    def _begin(self, base: Generation, *, linked: bool) -> Path:
        """A new folder, held until this engine begins another: it may take long until the database names it."""
        before, self._making = self._making, generations.Making(self._root, base, linked=linked)
        if before:
            before.release()
        return self._making.folder

    def _write(self, made: Path, issues: Iterable[Issue], *, known: bool) -> Generation:
        with generations.discarded_on_error(made), generations.readable(made):
            opened = index.open_dir(str(made)) if known else index.create_in(str(made), SCHEMA)
            writer = BlockWriter(opened)
            try:
                self._add(writer, issues, known=known)
            except BaseException:
                with suppress(OSError):  # a full disk refuses this as well
                    writer.cancel()
                raise
            writer.finish()
            return generations.seal(made)

    def _add(self, writer: BlockWriter, issues: Iterable[Issue], *, known: bool) -> None:
        for issue in issues:
            if known:
                writer.delete_by_term("issue", issue.id)
            for document in documents(issue):
                for stored, terms in index_documents(document, self._segmenter):
                    writer.add(stored, terms)

    def _hits(self, executor: Executor, found: Mask, request: Request) -> list[Hit]:
        if not request.limit:
            return []  # only counts are asked
        if request.sort == "relevance":
            ranker = Ranker(executor, self._segmenter, request)
            numbers, scores = ranker.best(found, request.offset + request.limit)
        else:
            ranker = None
            numbers = _by_date(executor.snapshot, found, request)
            scores = np.zeros(len(numbers))
        page = slice(request.offset, request.offset + request.limit)
        hits = _as_hits(executor, request, numbers[page], scores[page])
        loose = loosened(request.query)
        if ranker and loose and (room := room_for_partial(request, len(hits), loose)):
            numbers, scores = ranker.best(_partial(executor, found, loose, request), room)
            hits += _as_hits(executor, request, numbers[:room], scores[:room], partial=True)
        return hits


def _by_date(snapshot: Snapshot, found: Mask, request: Request) -> NDArray[np.int64]:
    """Documents by date, those of one day by id."""
    numbers = np.flatnonzero(found)
    places = snapshot.places[request.scope][numbers]
    if request.sort == "oldest":
        return numbers[np.argsort(places)]
    return numbers[np.lexsort((places, -snapshot.days[snapshot.grain(request.scope).parents[numbers]]))]


def _partial(executor: Executor, whole: Mask, loose: Loosened, request: Request) -> Mask:
    """The documents that hold some of the words."""
    held = executor.mask(loose.required, request.scope) & executor.filters(request)
    quotes = [executor.mask(quote, request.scope) for quote in loose.quotes]
    kept = [mask for mask in quotes if (mask & held).any()]
    some = kept or [reduce(np.logical_or, (executor.mask(word, request.scope) for word in loose.parts))]
    return reduce(np.logical_and, some, held) & ~whole


def _as_hits(
    executor: Executor,
    request: Request,
    numbers: NDArray[np.int64],
    scores: NDArray[np.float64],
    *,
    partial: bool = False,
) -> list[Hit]:
    identifiers = executor.snapshot.grain(request.scope).ids
    words = list(dict.fromkeys(leaf.text for leaf, _ in asked_leaves(request.query) if isinstance(leaf, Word)))
    inside = {word: executor.inside(word, request.scope) for word in words if len(word) > 1}
    return [
        Hit(
            identifiers[number],
            round(float(score), 4),
            partial,
            tuple(word for word, mask in inside.items() if mask[number]),
        )
        for number, score in zip(numbers.tolist(), scores, strict=True)
    ]


def _facets(snapshot: Snapshot, found: Mask, request: Request) -> dict[str, tuple[FacetCount, ...]]:
    if request.scope == "entry":
        weights = found.astype(np.int64)
    else:
        weights = np.bincount(snapshot.points.parents[found], minlength=len(snapshot.entries))
    return {
        facet: ranked(facet, {value: int(weights[numbers].sum()) for value, numbers in snapshot.values[facet].items()})
        for facet in request.facets
    }
