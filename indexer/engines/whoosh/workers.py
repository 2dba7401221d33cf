"""Many issues -> a segment of a folder, its batches made by processes side by side; of few issues by this one."""

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

from whoosh.codec.whoosh3 import W3Segment

from archive.model import Issue
from indexer.document import documents
from indexer.engines.whoosh.arrays import ArrayFile
from indexer.engines.whoosh.batches import write_batches
from indexer.engines.whoosh.building import write_segment
from indexer.segmenter import Segmenter

FEW = 150  # issues that are done before other processes would have started
HANDED_OVER = 20  # issues at once
MOST_WORKERS = 2


def write_issues(folder: Path, issues: Iterable[Issue], segmenter: Segmenter) -> list[W3Segment]:
    """A segment of all entries of these issues; of none there is no segment."""
    with TemporaryDirectory(dir=folder) as scratch:
        batches = list(map(ArrayFile, _batches(Path(scratch), iter(issues), segmenter)))
        return [write_segment(folder, batches)] if batches else []


def _batches(folder: Path, coming: Iterator[Issue], segmenter: Segmenter) -> list[Path]:
    first = list(islice(coming, FEW))
    count = min(MOST_WORKERS, len(os.sched_getaffinity(0)))
    issues = chain(first, coming)
    if len(first) < FEW or count < 2:
        return list(write_batches(folder, chain.from_iterable(map(documents, issues)), segmenter))
    with _Workers(count, folder, segmenter) as workers:
        while some := list(islice(issues, HANDED_OVER)):
            workers.hand_over(some)
        return workers.finish()


class _Workers:
    """Processes that each make batches of what is handed to them in turn.

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
        """The files of all batches. Raises what a worker died of."""
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
    """What a worker does: issues come until an empty batch, then the names of its files go back, or what went wrong."""
    try:
        issues = chain.from_iterable(iter(pipe.recv, []))
        pipe.send(list(write_batches(folder, chain.from_iterable(map(documents, issues)), segmenter)))
    except EOFError:
        return  # the process that wanted them is gone
    except Exception as error:  # noqa: BLE001 (the other process raises it)
        pipe.send(error)
