"""What waits in the archive's outbox -> a generation of the index that holds it, put in force by one transaction."""

from __future__ import annotations

from collections.abc import Iterable

from archive.errors import UnknownId
from archive.model import Issue
from archive.store import IndexState, Reader, Writer
from indexer.engine import Generation, SearchEngine
from indexer.errors import IndexUnusable


def in_force(reader: Reader) -> Generation:
    """The generation that the database names."""
    state = reader.index_state()
    return Generation(state.generation, state.manifest)


def drain(writer: Writer, engine: SearchEngine, dictionary: str) -> Generation:
    """Bring the index up to date; a new dictionary, or an index that does not fit, has it rebuilt."""
    waiting = writer.reader.waiting()
    state = writer.reader.index_state()
    base = in_force(writer.reader)
    if base.number and state.dictionary != dictionary:
        return rebuild(writer, engine, dictionary)
    if not waiting:
        return base
    try:
        made = engine.update(_present(writer.reader, {issue for _, issue in waiting}), base)
    except IndexUnusable:
        return rebuild(writer, engine, dictionary)
    writer.commit_index(IndexState(made.number, made.manifest, dictionary), waiting[-1][0])
    return made


def rebuild(writer: Writer, engine: SearchEngine, dictionary: str, issues: Iterable[Issue] | None = None) -> Generation:
    """Index everything anew; `issues` are all of the archive's, where the caller wants to watch them go by."""
    waiting = writer.reader.waiting()
    made = engine.rebuild(issues or writer.reader.issues(), in_force(writer.reader))
    writer.commit_index(IndexState(made.number, made.manifest, dictionary), waiting[-1][0] if waiting else 0)
    return made


def _present(reader: Reader, issues: Iterable[str]) -> Iterable[Issue]:
    for identifier in sorted(issues):
        try:
            yield reader.issue(identifier)
        except UnknownId:
            yield reader.removed(identifier)
