"""Many issues -> a segment of a folder, its runs made by processes side by side; few issues by this one."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self
from uuid import uuid4

from whoosh.codec.whoosh3 import W3Segment

from archive.model import Issue
from indexer.document import Document, documents
from indexer.engines.whoosh.arrays import ArrayFile, write_arrays
from indexer.engines.whoosh.building import write_segment
from indexer.engines.whoosh.runs import run_of
from indexer.segmenter import Segmenter

FEW = 150  # issues that are done before other processes would have started
BATCH = 20  # issues handed over at once
MOST_CHARACTERS = 3_000_000  # in one run, by which memory is bounded: about 14,000 entries
MOST_WORKERS = 2


def write_segments(folder: Path, issues: Iterable[Issue], segmenter: Segmenter) -> list[W3Segment]:
    """A segment of all entries of these issues; of none there is no segment."""
    coming = iter(issues)
    first = list(islice(coming, FEW))
    with TemporaryDirectory(dir=folder) as scratch:
        runs = list(map(ArrayFile, _all_runs(Path(scratch), first, coming, segmenter)))
        return [write_segment(folder, runs)] if runs else []


def _all_runs(folder: Path, first: list[Issue], coming: Iterator[Issue], segmenter: Segmenter) -> list[Path]:
    issues = chain(first, coming)
    count = min(MOST_WORKERS, len(os.sched_getaffinity(0)))
    if len(first) < FEW or count < 2:
        return list(_runs(folder, issues, segmenter))
    with _Workers(count, folder, segmenter) as workers:
        while batch := list(islice(issues, BATCH)):
            workers.hand_over(batch)
        return workers.finish()


def _runs(folder: Path, issues: Iterable[Issue], segmenter: Segmenter) -> Iterator[Path]:
    """Runs of bounded size, one after the other, each in a file."""
    held: list[Document] = []
    characters = 0
    for document in chain.from_iterable(map(documents, issues)):
        held.append(document)
        characters += sum(map(len, document.texts()))
        if characters > MOST_CHARACTERS:
            yield _written(folder, held, segmenter)
            held, characters = [], 0
    if held:
        yield _written(folder, held, segmenter)


def _written(folder: Path, held: list[Document], segmenter: Segmenter) -> Path:
    path = folder / uuid4().hex
    write_arrays(path, run_of(held, segmenter))
    return path


class _Workers:
    """Processes that each make runs of what is handed to them in turn.

    They are started anew, not forked: no connection and no lock of this process comes with them. Whoever waits at the
    end of a pipe whose other end has died is told so, so none outlives this process.
    """

    def __init__(self, count: int, folder: Path, segmenter: Segmenter) -> None:
        context = multiprocessing.get_context("spawn")
        self._turn = 0
        self._pipes: list[Connection] = []
        self._processes = []
        for _ in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, folder, segmenter), daemon=True)
            process.start()
            theirs.close()
            self._pipes.append(ours)
            self._processes.append(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            if error:
                process.terminate()
            process.join()

    def hand_over(self, issues: list[Issue]) -> None:
        """Waits until the worker whose turn it is takes them. Raises what it died of."""
        pipe = self._pipes[self._turn]
        self._turn = (self._turn + 1) % len(self._pipes)
        try:
            pipe.send(issues)
        except BrokenPipeError:
            _received(pipe)

    def finish(self) -> list[Path]:
        """The files of all runs. Raises what a worker died of."""
        for pipe in self._pipes:
            with suppress(BrokenPipeError):
                pipe.send([])
        return list(chain.from_iterable(map(_received, self._pipes)))


def _received(pipe: Connection) -> list[Path]:
    answer = pipe.recv()  # EOFError where the worker was killed
    if isinstance(answer, BaseException):
        raise answer
    made: list[Path] = answer
    return made


def _work(pipe: Connection, folder: Path, segmenter: Segmenter) -> None:
    """What a worker does: issues come until an empty batch, then the names of its runs go back, or what went wrong."""
    try:
        pipe.send(list(_runs(folder, chain.from_iterable(iter(pipe.recv, [])), segmenter)))
    except EOFError:
        return  # the process that wanted them is gone
    except Exception as error:  # noqa: BLE001 (the other process raises it)
        pipe.send(error)
