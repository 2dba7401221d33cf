"""The default engine: a Whoosh index on disk, answered from by numpy over its postings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import repeat
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.model import Issue
from indexer.engine import Answer, FacetCount, Generation, Hit, Request, most_values
from indexer.engines.whoosh import contents, generations
from indexer.engines.whoosh.executor import Executor
from indexer.engines.whoosh.grains import Mask, Numbers, among
from indexer.engines.whoosh.ranking import Ranker
from indexer.engines.whoosh.segments import SegmentFiles
from indexer.engines.whoosh.snapshot import Snapshot
from indexer.engines.whoosh.words import words
from indexer.loosening import Loosened, loosened, room_for_partial
from indexer.query.tree import Word, asked_leaves
from indexer.segmenter import Segmenter


class WhooshEngine:
    """Writes generations below `root`; answers from the open one, which is swapped in one assignment."""

    def __init__(self, root: Path, segmenter: Segmenter, sharing: int = 1) -> None:
        self._root = root
        self._segmenter = segmenter
        self._sharing = sharing
        self._open = Snapshot()
        self._files: dict[str, SegmentFiles] = {}  # of the open generation, by segment: the next one has most of them
        self._checked = generations.Checked()
        self._making: generations.Making | None = None

    def rebuild(self, issues: Iterable[Issue], base: Generation) -> Generation:
        """Index these issues and nothing else."""
        from indexer.engines.whoosh.workers import write_issues  # as in `update`: readers do not load it

        made = self._begin(base, linked=False)
        with generations.discarded_on_error(made):
            contents.write_contents(made, write_issues(made, issues, self._segmenter))
            return self._checked.seal(made)

    def update(self, issues: Iterable[Issue], base: Generation) -> Generation:
        """Replace what is known of each issue."""
        from indexer.engines.whoosh.workers import write_issues

        if not base.number:
            return self.rebuild(issues, base)
        self.verify(base)
        made = self._begin(base, linked=True)
        with generations.discarded_on_error(made):
            changed: set[str] = set()
            new = write_issues(made, _noted(issues, changed), self._segmenter)
            old = contents.without(made, contents.segments_of(made), changed)
            contents.write_contents(made, contents.merged(made, [*old, *new], self._segmenter))
            return self._checked.seal(made)

    def verify(self, generation: Generation) -> None:
        """Every byte as sealed; the empty generation has none."""
        if generation.number:
            self._checked.folder(self._root, generation)

    def open(self, generation: Generation) -> None:
        """Answer from this generation; the open one stays in force where that fails."""
        if not generation.number:
            self._open, self._files = Snapshot(), {}
            return
        folder = self._checked.folder(self._root, generation)
        segments = contents.segments_of(folder)
        known = self._files
        files = {
            segment.segment_id(): known.get(segment.segment_id()) or SegmentFiles(folder, segment)
            for segment in segments
        }
        held = [contents.opened(files[segment.segment_id()], segment) for segment in segments]
        self._open, self._files = Snapshot(held, self._sharing), files
        self._open.prepare()  # once the one before can go: both would not fit into memory

    def digests(self) -> dict[str, str]:
        """entry -> the digest of what is indexed of it."""
        return {document.id: document.digest for document in self._open.documents()}

    def vocabulary(self) -> dict[str, int]:
        """word -> the entries that hold it."""
        return words(self._open, self._segmenter)

    def forget(self) -> None:
        """Drop what is kept in memory of the postings asked for so far."""
        self._open.postings.forget()

    def rest(self) -> None:
        """Let go of what was read of the files: the system still has it, for as long as it has room."""
        for files in self._files.values():
            files.let_go()

    def search(self, request: Request) -> Answer:
        """Answer from the open generation."""
        snapshot = self._open
        executor = Executor(snapshot, self._segmenter)
        allowed = executor.filters(request)
        numbers = _allowed(executor.numbers(request.query, request.scope), allowed)
        literal = numbers
        if request.literal is not None:
            literal = among(executor.numbers(request.literal, request.scope), numbers)
        return Answer(
            total=len(numbers),
            hits=tuple(self._hits(executor, numbers, request)),
            literal_total=len(literal),
            facets=_facets(snapshot, numbers, request),
        )

    def _begin(self, base: Generation, *, linked: bool) -> Path:
        """A new folder, held until this engine begins another: it may take long until the database names it."""
        before, self._making = self._making, generations.Making(self._root, base, linked=linked)
        if before:
            before.release()
        return self._making.folder

    def _hits(self, executor: Executor, whole: Numbers, request: Request) -> list[Hit]:
        if not request.limit:
            return []  # only counts are asked
        if request.sort == "relevance":
            ranker = Ranker(executor, self._segmenter, request)
            numbers, scores = ranker.best(whole, request.offset + request.limit)
        else:
            ranker = None
            numbers = _by_date(executor.snapshot, whole, request)
            scores = np.zeros(len(numbers))
        page = slice(request.offset, request.offset + request.limit)
        hits = _as_hits(executor, request, numbers[page], scores[page])
        if not ranker or request.rank != "full" or not (loose := loosened(request.query)):
            return hits
        if room := room_for_partial(request, len(hits), loose):
            numbers, scores = ranker.best(_partial(executor, whole, loose, request), room)
            hits += _as_hits(executor, request, numbers[:room], scores[:room], partial=True)
        return hits


def _noted(issues: Iterable[Issue], identifiers: set[str]) -> Iterator[Issue]:
    """The issues as they come, the id of each put down."""
    for issue in issues:
        identifiers.add(issue.id)
        yield issue


def _by_date(snapshot: Snapshot, numbers: Numbers, request: Request) -> Numbers:
    """The documents of the page asked for and those before it, by date, those of one day by id."""
    grain = snapshot.grain(request.scope)
    most = request.offset + request.limit
    places = (grain.newest if request.sort == "newest" else grain.oldest)[numbers]
    if len(numbers) > most:
        nearest = np.argpartition(places, most - 1)[:most]
        numbers, places = numbers[nearest], places[nearest]
    return numbers[np.argsort(places)]


def _allowed(numbers: Numbers, allowed: Mask | None) -> Numbers:
    if allowed is None:
        return numbers
    kept = allowed[numbers]
    return numbers if kept.all() else numbers[kept]


def _partial(executor: Executor, whole: Numbers, loose: Loosened, request: Request) -> Numbers:
    """The documents that hold some of the words."""
    held = executor.mask(loose.required, request.scope)
    if (allowed := executor.filters(request)) is not None:
        held = held & allowed
    quotes = [executor.mask(quote, request.scope) for quote in loose.quotes]
    kept = [mask for mask in quotes if (mask & held).any()]
    some = kept or [reduce(np.logical_or, (executor.mask(word, request.scope) for word in loose.parts))]
    found = reduce(np.logical_and, some, held)
    found[whole] = False
    return found.nonzero()[0]


def _as_hits(
    executor: Executor, request: Request, numbers: Numbers, scores: NDArray[np.float64], *, partial: bool = False
) -> list[Hit]:
    words = dict.fromkeys(leaf.text for leaf, _ in asked_leaves(request.query) if isinstance(leaf, Word))
    inside = {word: executor.inside(word, request.scope, numbers) for word in words if len(word) > 1}
    told = (tuple(word for word, held in inside.items() if number in held) for number in numbers.tolist())
    identifiers = executor.snapshot.identifiers(request.scope, numbers)
    return list(map(Hit, identifiers, scores.round(4).tolist(), repeat(partial), told if inside else repeat(())))


def _facets(snapshot: Snapshot, numbers: Numbers, request: Request) -> dict[str, tuple[FacetCount, ...]]:
    once = request.scope == "entry"
    entries = numbers if once else snapshot.points.parents[numbers]
    return {
        facet: snapshot.column[facet].listed(facet, entries, most_values(facet, request), once=once)
        for facet in request.facets
    }
