"""What waits in the archive's outbox -> a generation of the index that holds it, put in force by one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager

from archive.errors import UnknownId
from archive.joining import join
from archive.model import Issue
from archive.store import IndexState, Reader, Writer
from indexer.engine import Generation, SearchEngine
from indexer.errors import IndexUnusable

Watch = Callable[[Iterator[Issue], int], Iterable[Issue]]  # issues, how many -> the same issues, watched


def in_force(reader: Reader) -> Generation:
    """The generation that the database names."""
    state = reader.index_state()
    return Generation(state.generation, state.manifest)


def _unwatched(issues: Iterator[Issue], _: int) -> Iterable[Issue]:
    return issues


def drain(writer: Writer, engine: SearchEngine, dictionary: str, watch: Watch = _unwatched) -> Generation:
    """Bring the index up to date; a new dictionary, or an index that is damaged, has it rebuilt."""
    join(writer)  # before the index, so that no page of the new generation tells of stories as they were
    waiting = writer.reader.waiting()
    state = writer.reader.index_state()
    base = in_force(writer.reader)
    if base.number and state.dictionary != dictionary:
        return rebuild_now(writer, engine, dictionary, watch)
    try:
        if not waiting:
            engine.verify(base)
            return base
        issues = {issue for _, issue in waiting}
        made = engine.update(watch(_present(writer.reader, issues), len(issues)), base)
    except IndexUnusable:
        return rebuild_now(writer, engine, dictionary, watch)
    return _commit(writer, made, dictionary)


def rebuild_now(writer: Writer, engine: SearchEngine, dictionary: str, watch: Watch = _unwatched) -> Generation:
    """Index everything anew while the writer waits."""
    join(writer)
    issues = watch(writer.reader.issues(), len(writer.reader.issue_ids()))
    return _commit(writer, engine.rebuild(issues, in_force(writer.reader)), dictionary)


def rebuild_beside(
    reader: Reader,
    engine: SearchEngine,
    dictionary: str,
    writing: Callable[[], AbstractContextManager[Writer]],
    watch: Watch = _unwatched,
) -> Generation:
    """Index a snapshot of everything while issues come in, then, as the writer, what changed meanwhile, and switch.

    The caller holds the lock of rebuilds; `writing` takes the writer's.
    """
    with reader.snapshot():
        before = reader.changes()
        made = engine.rebuild(watch(reader.issues(), len(reader.issue_ids())), in_force(reader))
    with writing() as writer:
        after = writer.reader.changes()
        changed = {issue for issue, change in after.items() if before.get(issue) != change}
        if changed:
            made = engine.update(_present(writer.reader, changed), made)
        return _commit(writer, made, dictionary)


def _commit(writer: Writer, made: Generation, dictionary: str) -> Generation:
    waiting = writer.reader.waiting()
    writer.commit_index(IndexState(made.number, made.manifest, dictionary), waiting[-1][0] if waiting else 0)
    return made


def _present(reader: Reader, issues: Iterable[str]) -> Iterator[Issue]:
    for identifier in sorted(issues):
        try:
            yield reader.issue(identifier)
        except UnknownId:
            yield reader.removed(identifier)
