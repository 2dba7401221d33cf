"""Folders of index files: sealed, verified, linked and cleared."""

from __future__ import annotations

import errno
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from asking import filled, ids
from factories import issue

from indexer.engine import Generation, Request
from indexer.engines import connect
from indexer.engines.whoosh import generations
from indexer.errors import IndexUnusable
from indexer.segmenter import Segmenter


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "index"


def built(root: Path, segmenter: Segmenter, times: int = 1) -> list[Generation]:
    engine = connect(f"whoosh:{root}", segmenter)
    made = [engine.rebuild([issue("千问")], Generation())]
    for _ in range(times - 1):
        made.append(engine.update([issue("飞鱼")], made[-1]))
    return made


def opened(root: Path, segmenter: Segmenter, generation: Generation) -> list[str]:
    engine = connect(f"whoosh:{root}", segmenter)
    engine.open(generation)
    return ids(engine.search(Request()))


def test_the_folder_is_private(root: Path, segmenter: Segmenter) -> None:
    built(root, segmenter)
    assert root.stat().st_mode & 0o777 == 0o700


def test_an_earlier_generation_stays_as_it_was(root: Path, segmenter: Segmenter) -> None:
    first, second = built(root, segmenter, 2)
    assert opened(root, segmenter, first) == ["20260208-01"]
    assert opened(root, segmenter, second) == ["20260208-01"]


def test_two_generations_are_kept_beside_the_newest(root: Path, segmenter: Segmenter) -> None:
    built(root, segmenter, 5)
    assert sorted(path.name for path in root.iterdir()) == ["3", "4", "5"]


def test_what_a_writer_that_died_left_is_cleared(root: Path, segmenter: Segmenter) -> None:
    (made,) = built(root, segmenter)
    (root / "2").mkdir()
    (root / "2" / "half").write_text("x")
    (root / "junk").write_text("x")
    engine = connect(f"whoosh:{root}", segmenter)
    second = engine.update([issue("飞鱼")], made)
    assert opened(root, segmenter, second) == ["20260208-01"]
    assert sorted(path.name for path in root.iterdir()) == ["1", "3"]


def test_every_single_damaged_byte_is_noticed_before_opening(root: Path, segmenter: Segmenter) -> None:
    (made,) = built(root, segmenter)
    for path in sorted((root / "1").iterdir()):
        held = path.read_bytes()
        for place in {0, len(held) // 2, len(held) - 1} if held else ():
            path.write_bytes(held[:place] + bytes([held[place] ^ 1]) + held[place + 1 :])
            with pytest.raises(IndexUnusable):
                opened(root, segmenter, made)
        path.write_bytes(held)
    assert opened(root, segmenter, made) == ["20260208-01"]


@pytest.mark.parametrize("damage", ["missing file", "further file", "missing folder", "binary manifest"])
def test_files_that_are_not_the_sealed_ones_are_noticed(root: Path, segmenter: Segmenter, damage: str) -> None:
    (made,) = built(root, segmenter)
    files = sorted((root / "1").iterdir())
    match damage:
        case "missing file":
            files[-1].unlink()
        case "further file":
            (root / "1" / "further").write_text("x")
        case "missing folder":
            (root / "1").rename(root / "elsewhere")
        case _:
            (root / "1" / generations.MANIFEST).write_bytes(b"\xff\xfe")
    with pytest.raises(IndexUnusable, match="第 1 代"):
        opened(root, segmenter, made)


def test_an_index_of_another_format_is_not_opened(
    root: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made,) = built(root, segmenter)
    monkeypatch.setattr(generations, "FORMAT", "another")
    with pytest.raises(IndexUnusable):
        opened(root, segmenter, made)


def test_a_build_that_fails_leaves_the_generation_in_force(root: Path, segmenter: Segmenter) -> None:
    (made,) = built(root, segmenter)
    engine = connect(f"whoosh:{root}", segmenter)

    def broken():  # type: ignore[no-untyped-def]
        yield issue("飞鱼")
        raise RuntimeError("disk full")

    with pytest.raises(RuntimeError, match="disk full"):
        engine.update(broken(), made)
    assert opened(root, segmenter, made) == ["20260208-01"]


def test_a_build_that_fails_takes_no_room(root: Path, segmenter: Segmenter) -> None:
    (made,) = built(root, segmenter)
    engine = connect(f"whoosh:{root}", segmenter)
    broken = (issue(1 / 0) for _ in range(1))  # type: ignore[arg-type]
    with pytest.raises(ZeroDivisionError):
        engine.update(broken, made)
    assert [path.name for path in root.iterdir()] == ["1"]


def test_too_many_open_files_say_nothing_of_the_index(
    root: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made,) = built(root, segmenter)

    def refused(*_: object) -> str:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(generations.Checked, "_manifest", refused)
    with pytest.raises(OSError, match="Too many"):
        opened(root, segmenter, made)


def test_an_index_that_whoosh_finds_empty_is_unusable(
    root: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made,) = built(root, segmenter)
    monkeypatch.setattr("whoosh.filedb.filestore.FileStorage.list", lambda _: [])
    with pytest.raises(IndexUnusable, match="打不开"):
        opened(root, segmenter, made)


def test_an_index_that_whoosh_finds_empty_is_not_updated(
    root: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made,) = built(root, segmenter)
    monkeypatch.setattr("whoosh.filedb.filestore.FileStorage.list", lambda _: [])
    with pytest.raises(IndexUnusable, match="打不开"):
        connect(f"whoosh:{root}", segmenter).update([issue("飞鱼")], made)
    assert [path.name for path in root.iterdir()] == [str(made.number)]


def test_a_rebuild_and_an_ingest_that_begin_at_once_have_a_folder_each(root: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: generations.Making(root, Generation(), linked=False), range(8)))
    assert len({each.folder for each in made}) == 8
    assert all(each.folder.is_dir() for each in made)
    for each in made:
        each.release()


def test_postings_beyond_the_cache_are_read_anew(segmenter: Segmenter, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("indexer.engines.whoosh.postings.CACHE_BYTES", 100)
    engine = filled(connect(f"whoosh:{tmp_path / 'index'}", segmenter), issue(*["千问 飞鱼"] * 9))
    postings = engine._open.postings
    for _ in range(2):
        for term in ("千", "飞"):
            assert len(postings.read("atoms", term, "entry").documents) == 9
            assert postings._held <= 100


def test_a_folder_may_be_released_twice(root: Path) -> None:
    making = generations.Making(root, Generation(), linked=False)
    making.release()
    making.release()
    assert generations.Making(root, Generation(), linked=False).folder.name == "2"
    assert not making.folder.exists()
