"""A folder's table of contents: its segments and what was deleted in them; changed, and kept from growing long."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.document import Document
from indexer.engines.whoosh.codec import Bounds
from indexer.engines.whoosh.generations import readable
from indexer.engines.whoosh.grains import Mask
from indexer.engines.whoosh.schema import INDEX_NAME, SCHEMA
from indexer.engines.whoosh.segments import SegmentFiles
from indexer.engines.whoosh.snapshot import Held
from indexer.segmenter import Segmenter

MOST_SEGMENTS = 12
LARGE = 20_000  # entries in a segment that only `reindex` writes anew


def segments_of(folder: Path) -> list[W3Segment]:
    """The segments of a sealed folder. Unpickles: only of a folder whose manifest fits. Raises IndexUnusable."""
    with readable(folder):
        segments: list[W3Segment] = TOC.read(FileStorage(str(folder)), INDEX_NAME).segments
        return segments


def opened(files: SegmentFiles, segment: W3Segment) -> Held:
    """A segment with what is left of it."""
    columns = files.columns
    bounds = Bounds.of(len(columns), columns.points)
    alive = np.ones(bounds.end, dtype=np.bool_)
    alive[list(segment.deleted_docs())] = False
    return Held(files, alive[: bounds.points], alive[bounds.points : bounds.titles])


def write_contents(folder: Path, segments: Sequence[W3Segment]) -> None:
    """Name these segments, and no others, as the folder's; files of others go."""
    for old in folder.glob(f"_{INDEX_NAME}_*.toc*"):
        old.unlink()
    kept = {segment.segment_id() for segment in segments}
    for path in folder.glob(f"{INDEX_NAME}_*"):
        if path.name.partition(".")[0] not in kept:
            path.unlink()
    TOC(SCHEMA, list(segments), 1).write(FileStorage(str(folder)), INDEX_NAME)


def without(folder: Path, segments: Sequence[W3Segment], issues: Collection[str]) -> list[W3Segment]:
    """The segments with every entry of these issues deleted; those left empty are no longer among them."""
    kept = []
    for segment in segments:
        held = opened(SegmentFiles(folder, segment), segment)
        gone = _entries_of(held, issues)
        if gone.any():
            _delete(segment, held, gone)
        if (held.entries & ~gone).any():
            kept.append(segment)
    return kept


def _entries_of(held: Held, issues: Collection[str]) -> Mask:
    columns = held.files.columns
    codes = [code for code, name in enumerate(columns.issues) if name in issues]
    return np.isin(columns["issue"], codes)


def _delete(segment: W3Segment, held: Held, gone: Mask) -> None:
    columns = held.files.columns
    bounds = Bounds.of(len(columns), columns.points)
    entries = np.flatnonzero(gone)
    points = np.flatnonzero(gone[columns.parents]) + bounds.points
    for number in np.concatenate([entries, points, entries + bounds.titles]).tolist():
        segment.delete_document(number)


def merged(folder: Path, segments: Sequence[W3Segment], segmenter: Segmenter) -> list[W3Segment]:
    """The same entries in fewer segments where there are many: the smaller ones become one, up to one larger than they
    are together. So each entry is copied as often as the index doubles, and a day's issue never rewrites the whole."""
    from indexer.engines.whoosh.arrays import ArrayFile  # what only writers need, readers do not load
    from indexer.engines.whoosh.batches import write_batches
    from indexer.engines.whoosh.building import write_segment

    if len(segments) <= MOST_SEGMENTS:
        return list(segments)
    held = [(opened(SegmentFiles(folder, segment), segment), segment) for segment in segments]
    by_size = sorted(held, key=lambda each: int(each[0].entries.sum()))
    taken: list[Held] = []
    entries = 0
    for each, _ in by_size:
        size = int(each.entries.sum())
        if size > LARGE or (len(taken) > 1 and size > 2 * entries):
            break
        entries += size
        taken.append(each)
    if len(taken) < 2:
        return list(segments)
    with TemporaryDirectory(dir=folder) as scratch:
        documents = chain.from_iterable(map(_documents, taken))
        made = write_segment(folder, [*map(ArrayFile, write_batches(Path(scratch), documents, segmenter))])
    return [*(segment for each, segment in by_size if each not in taken), made]


def _documents(held: Held) -> Iterator[Document]:
    return held.files.columns.documents(np.flatnonzero(held.entries).tolist())
