"""A segment whose batches processes make side by side: the same index, and whatever goes wrong there is told here."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from asking import filled, ids
from factories import DAY, entry, issue

from archive.model import Issue
from indexer.document import documents
from indexer.engine import Generation, Request
from indexer.engines.whoosh import WhooshEngine, batches, contents, workers
from indexer.query.tree import Quote
from indexer.segmenter import Segmenter


def many(count: int) -> list[Issue]:
    """Issues of as many days."""
    days = (DAY + datetime.timedelta(number) for number in range(count))
    return [issue(entry(f"千问{number}", points=("要点", "飞鱼")), day=day) for number, day in enumerate(days)]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three issues are many already."""
    monkeypatch.setattr(workers, "FEW", 3)
    monkeypatch.setattr(workers, "HANDED_OVER", 1)
    monkeypatch.setattr(workers.os, "sched_getaffinity", lambda _: {0, 1}, raising=False)


def segments(engine: WhooshEngine) -> int:
    return len(contents.segments_of(engine._root / "1"))


@pytest.mark.usefixtures("few")
def test_what_two_processes_index_is_found_as_if_one_had(tmp_path: Path, segmenter: Segmenter) -> None:
    engine = WhooshEngine(tmp_path, segmenter)
    filled(engine, *many(7))
    assert segments(engine) == 1
    assert len(ids(engine.search(Request(query=Quote("千问"), limit=500)))) == 7
    assert ids(engine.search(Request(query=Quote("千问3"), limit=500))) == ["20260211-01"]
    assert engine.search(Request(query=Quote("飞鱼"), scope="point")).total == 7


@pytest.mark.usefixtures("few")
def test_on_one_core_nothing_is_handed_over(
    tmp_path: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers.os, "sched_getaffinity", lambda _: {0}, raising=False)
    monkeypatch.setattr(workers, "_Workers", None)
    engine = WhooshEngine(tmp_path, segmenter)
    filled(engine, *many(7))
    assert segments(engine) == 1


def test_a_batch_is_closed_before_memory_runs_out_and_all_become_one_segment(
    tmp_path: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "MOST_CHARACTERS", 20)
    held = chain.from_iterable(map(documents, many(5)))
    assert len(list(batches.write_batches(tmp_path, held, segmenter))) == 3
    engine = WhooshEngine(tmp_path / "index", segmenter)
    filled(engine, *many(5))
    assert segments(engine) == 1
    assert engine.search(Request(query=Quote("千问"))).total == 5
    assert not [path for path in (tmp_path / "index" / "1").iterdir() if path.is_dir()]


@pytest.mark.usefixtures("few")
def test_an_error_while_issues_come_ends_the_processes(tmp_path: Path, segmenter: Segmenter) -> None:
    def coming() -> Iterator[Issue]:
        yield from many(5)
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        WhooshEngine(tmp_path, segmenter).rebuild(coming(), Generation())
    assert not list((tmp_path).iterdir())


class Broken(Segmenter):
    """A segmenter that fails in whichever process it is asked."""

    def index_words(self, folded: str) -> list[str]:
        raise ValueError(f"cannot cut {folded}")

    def __reduce__(self) -> tuple[type[Segmenter], tuple[object, ...]]:
        return Broken, (self._lexicon, self._cache)  # type: ignore[return-value]


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("count", [4, 400])
def test_what_a_process_died_of_is_raised_here(tmp_path: Path, segmenter: Segmenter, count: int) -> None:
    broken = Broken(segmenter._lexicon, tmp_path / "cache")
    with pytest.raises(ValueError, match="cannot cut"):
        WhooshEngine(tmp_path / "index", broken).rebuild(many(count), Generation())


def test_issues_for_a_process_that_died_raise_what_it_died_of(tmp_path: Path, segmenter: Segmenter) -> None:
    held = workers._Workers(0, tmp_path, segmenter)
    ours, theirs = workers.multiprocessing.Pipe()
    held._pipes.append(ours)
    theirs.send(ValueError("cannot cut 千问"))
    theirs.close()
    with pytest.raises(ValueError, match="cannot cut 千问"), held:
        held.hand_over(many(1))


def test_a_process_whose_starter_is_gone_ends(tmp_path: Path, segmenter: Segmenter) -> None:
    ours, theirs = workers.multiprocessing.Pipe()
    ours.close()
    assert workers._work(theirs, tmp_path, segmenter) is None


def test_a_process_hands_back_its_batches_or_what_went_wrong(tmp_path: Path, segmenter: Segmenter) -> None:
    for held, expected in ((segmenter, 1), (Broken(segmenter._lexicon, tmp_path), 0)):
        ours, theirs = workers.multiprocessing.Pipe()
        ours.send(many(2))
        ours.send([])
        workers._work(theirs, tmp_path, held)
        answer = ours.recv()
        assert len(answer) == expected if expected else isinstance(answer, ValueError)
