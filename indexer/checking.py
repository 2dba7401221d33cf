"""The database and the index -> where they differ: every entry in both, with the same sum over what is searched."""

from __future__ import annotations

from collections.abc import Iterator

from archive.checking import Fault
from archive.store import Reader
from indexer.document import documents
from indexer.engine import SearchEngine
from indexer.errors import IndexUnusable
from indexer.replaying import in_force


def faults(reader: Reader, engine: SearchEngine) -> Iterator[Fault]:
    """Every fault of the index; the engine is opened at the generation in force."""
    waiting = {issue for _, issue in reader.waiting()}
    for issue in sorted(waiting):
        yield Fault("waiting", f"{issue} 还没有进入索引", issue)
    if unjoined := reader.to_join():
        yield Fault("stories", f"{len(unjoined)} 期还没有与前后各期比对")
    try:
        engine.open(in_force(reader))
    except IndexUnusable as error:
        yield Fault("index", str(error))
        return
    indexed = dict(engine.digests())
    for held in reader.issues():
        for document in documents(held):
            digest = indexed.pop(document.id, None)
            if held.id not in waiting and digest != document.digest:
                told = "不在索引里" if digest is None else "在索引里的内容与数据库不同"
                yield Fault("entry", f"{document.id} {told}", document.id)
    for identifier in sorted(indexed):
        if identifier.partition("-")[0] not in waiting:
            yield Fault("entry", f"{identifier} 在索引里，数据库里却没有", identifier)
