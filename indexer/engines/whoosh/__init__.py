"""The default engine: a Whoosh index on disk, answered from by numpy over its postings."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import numpy as np
from whoosh import index
from whoosh.writing import SegmentWriter

from archive.model import Issue
from indexer.document import documents
from indexer.engine import Answer, FacetCount, Generation, Hit, Request, ranked
from indexer.engines.whoosh import generations
from indexer.engines.whoosh.executor import Executor
from indexer.engines.whoosh.ranking import Ranker
from indexer.engines.whoosh.schema import SCHEMA, index_documents
from indexer.engines.whoosh.snapshot import Mask, Snapshot
from indexer.engines.whoosh.words import words
from indexer.segmenter import Segmenter

WRITER_MEGABYTES = 256


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
            hits=self._hits(executor, found, request),
            literal_total=int(literal.sum()),
            facets=_facets(snapshot, found, request) if request.facets else {},
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
            writer = opened.writer(limitmb=WRITER_MEGABYTES)
            try:
                self._add(writer, issues, known=known)
            except BaseException:
                with suppress(OSError):  # a full disk refuses this as well
                    writer.cancel()
                raise
            writer.commit()
            return generations.seal(made)

    def _add(self, writer: SegmentWriter, issues: Iterable[Issue], *, known: bool) -> None:
        for issue in issues:
            if known:
                writer.delete_by_term("issue", issue.id)
            for document in documents(issue):
                for fields in index_documents(document, self._segmenter):
                    writer.add_document(**fields)

    def _hits(self, executor: Executor, found: Mask, request: Request) -> tuple[Hit, ...]:
        grain = executor.snapshot.grain(request.scope)
        numbers = np.flatnonzero(found)
        places = executor.snapshot.places[request.scope][numbers]
        scores = np.zeros(len(numbers), dtype=np.float32)
        match request.sort:
            case "oldest":
                in_order = np.argsort(places)
            case "newest":
                in_order = np.lexsort((places, -executor.snapshot.days[grain.parents[numbers]]))
            case "relevance":
                ranker = Ranker(executor, self._segmenter)
                scores = ranker.scores(request.query, request.literal, request.scope)[numbers]
                in_order = np.lexsort((places, -executor.snapshot.days[grain.parents[numbers]], -scores))
        shown = in_order[request.offset : request.offset + request.limit]
        return tuple(Hit(grain.ids[numbers[each]], round(float(scores[each]), 4)) for each in shown)


def _facets(snapshot: Snapshot, found: Mask, request: Request) -> dict[str, tuple[FacetCount, ...]]:
    if request.scope == "entry":
        weights = found.astype(np.int64)
    else:
        weights = np.bincount(snapshot.points.parents[found], minlength=len(snapshot.entries))
    return {
        facet: ranked(facet, {value: int(weights[numbers].sum()) for value, numbers in column.items()})
        for facet, column in snapshot.values.items()
        if facet != "issue"
    }
