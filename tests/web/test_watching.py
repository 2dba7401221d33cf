"""Which files a follower takes for whole; the watcher and the clock are told, so that nothing waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from web.commands import watching

Look = tuple[float, Callable[[], object]]  # seconds since the start, and what a writer did just before


@pytest.fixture
def whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[list[Look]], list[list[str]]]:
    """Looks at a folder -> the names that each of them found whole."""

    def looked(looks: list[Look]) -> list[list[str]]:
        now = [0.0]

        def watch(*_: object, **__: object) -> Iterator[set[tuple[int, str]]]:
            for now[0], write in looks:
                write()
                yield {(1, str(path)) for path in tmp_path.iterdir()}

        monkeypatch.setattr("watchfiles.watch", watch)
        monkeypatch.setattr("time.monotonic", lambda: now[0])
        return [[path.name for path in batch] for batch in watching.settled((tmp_path,))]

    return looked


def test_a_file_is_whole_when_it_has_not_changed_for_two_seconds(tmp_path: Path, whole: Callable[..., object]) -> None:
    (tmp_path / "one.md").write_text("# 一", encoding="utf-8")
    looks = [(0.0, _nothing), (1.9, _nothing), (2.0, _nothing)]
    assert whole(looks) == [[], [], ["one.md"]]


def test_a_file_that_grows_with_pauses_is_not_taken_half_written(tmp_path: Path, whole: Callable[..., object]) -> None:
    def more() -> None:
        with (tmp_path / "slow.md").open("a", encoding="utf-8") as file:
            file.write("- 又一行\n")

    looks = [(0.0, more), (1.5, more), (3.0, more), (4.5, _nothing), (5.0, _nothing)]
    assert whole(looks) == [[], [], [], [], ["slow.md"]]


def test_a_file_that_is_gone_again_is_forgotten(tmp_path: Path, whole: Callable[..., object]) -> None:
    path = tmp_path / "one.md"
    path.write_text("# 一", encoding="utf-8")
    assert whole([(0.0, _nothing), (1.0, path.unlink), (3.0, _nothing)]) == [[], [], []]


def _nothing() -> None:
    """No writer did anything."""
