"""Batches joined to one segment: the same as if their documents had been one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from factories import DAY, entry, issue
from hypothesis import given
from hypothesis import strategies as st

from archive.model import EventDate, LabelledField, Tag
from indexer.document import Document, documents
from indexer.engines.whoosh import counting
from indexer.engines.whoosh.arrays import ArrayFile
from indexer.engines.whoosh.batches import batch_of, joined_columns
from indexer.engines.whoosh.building import write_segment
from indexer.engines.whoosh.codec import BlockCodec, Bounds
from indexer.engines.whoosh.columns import COLUMNS
from indexer.engines.whoosh.counting import Postings, joined
from indexer.segmenter import Segmenter


def some() -> list[Document]:
    """Of three issues, one of another series; entries share sources, tags, categories and words, or have none."""
    first = issue(
        entry("千问发布", points=("开源", "GPT-5 对比"), tags=(tag("千问"), tag("开源")), summary="于2月7日"),
        entry("飞鱼", category="产品", source=None, fields=(LabelledField("影响", "飞鱼提速"),)),
        entry("千问 开源", points=("开源",), source=("新华网", "https://news.cn/b"), tags=(tag("千问"),)),
    )
    second = issue(
        entry("飞鱼发布", category="产品", event_date=EventDate(DAY, "2月8日")), day=DAY + datetime.timedelta(1)
    )
    third = issue(entry("千问", summary="问答"), day=DAY + datetime.timedelta(2), series="周报")
    return [document for each in (first, second, third) for document in documents(each)]


def tag(name: str) -> Tag:
    return Tag(name, "产品", "name", "title", name)


def cut(held: Sequence[Document], *places: int) -> list[Sequence[Document]]:
    ends = [0, *places, len(held)]
    return [held[begin:end] for begin, end in pairwise(ends)]


@pytest.mark.parametrize("places", [(), (1,), (3,), (2, 4), (1, 2, 3, 4)])
def test_columns_of_batches_are_those_of_all_documents_in_one(segmenter: Segmenter, places: tuple[int, ...]) -> None:
    whole = batch_of(some(), segmenter)
    joined = joined_columns([batch_of(each, segmenter) for each in cut(some(), *places)])
    assert set(joined) == {name for name in whole if not name.startswith(("atoms_", "bigrams_", "words_"))}
    for name, array in joined.items():
        assert len(array) > 0, name
        assert array.tolist() == whole[name].tolist(), name
        assert array.dtype == whole[name].dtype, name


@pytest.mark.parametrize("many", [1, 7, 2_000_000])
@pytest.mark.parametrize("places", [(1,), (2, 4)])
def test_files_of_batches_are_those_of_all_documents_in_one(
    tmp_path: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch, places: tuple[int, ...], many: int
) -> None:
    monkeypatch.setattr(counting, "MANY", many)
    held = []
    for name, pieces in (("whole", [some()]), ("batches", cut(some(), *places))):
        folder = tmp_path / name
        folder.mkdir()
        segment = write_segment(folder, [batch_of(each, segmenter) for each in pieces])
        files = [segment.make_filename(ending) for ending in (BlockCodec.TERMS_EXT, BlockCodec.POSTS_EXT)]
        arrays = ArrayFile(folder / segment.make_filename(f".{COLUMNS}"))
        listed = [arrays[each].tolist() for each in ("runs", "vocabulary", "vocabulary_entries")]
        held.append(([(folder / each).read_bytes() for each in files], segment.doc_count_all(), listed))
    assert held[0] == held[1]


drawn = st.tuples(
    st.integers(1, 4),
    st.integers(0, 4),
    st.lists(st.tuples(st.sampled_from([b"a", b"b", b"c", b"d"]), st.integers(0, 11)), max_size=12, unique=True),
)


@given(st.lists(drawn, min_size=1, max_size=4), st.integers(1, 9))
def test_postings_are_joined_term_by_term_and_documents_follow_their_batches(
    held: list[tuple[int, int, list[tuple[bytes, int]]]], many: int
) -> None:
    bounds = [Bounds.of(entries, points) for entries, points, _ in held]
    whole = Bounds.of(sum(entries for entries, _, _ in held), sum(points for _, points, _ in held))
    batches, expected = [], []
    entries_before = points_before = 0
    for (entries, points, pairs), own in zip(held, bounds, strict=True):
        kept = sorted({(term, document % own.end) for term, document in pairs})
        batches.append(postings(kept))
        for term, document in kept:
            if document < own.points:
                moved = document + entries_before
            elif document < own.titles:
                moved = document - own.points + whole.points + points_before
            else:
                moved = document - own.titles + whole.titles + entries_before
            expected.append((term, moved, float(document)))
        entries_before += entries
        points_before += points
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "MANY", many)
        pieces = list(joined(batches, bounds))
    assert [each for piece in pieces for each in told(piece)] == sorted(expected)
    assert all(len(piece.documents) <= many or len(piece.terms) == 1 for piece in pieces)


def postings(kept: list[tuple[bytes, int]]) -> Postings:
    """Of pairs in order; a posting's weight is its document's number."""
    terms = sorted({term for term, _ in kept})
    starts = np.cumsum([0, *(sum(term == each for each, _ in kept) for term in terms)])
    held = [document for _, document in kept]
    return Postings(terms, starts, np.array(held, np.int32), np.array(held, np.float32))


def told(piece: Postings) -> list[tuple[bytes, int, float]]:
    """Each posting with its term."""
    return [
        (term, int(piece.documents[place]), float(piece.weights[place]))
        for number, term in enumerate(piece.terms)
        for place in range(piece.starts[number], piece.starts[number + 1])
    ]
