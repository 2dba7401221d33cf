"""Postings in blocks: read back as written, and by plain Whoosh as by the engine."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from pathlib import Path

import numpy as np
import pytest
from asking import filled, ids
from factories import entry, issue
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.matching import IntersectionMatcher, Matcher, UnionMatcher

from indexer.engine import Request
from indexer.engines.whoosh import WhooshEngine, contents
from indexer.engines.whoosh.codec import Block, BlockCodec, Bounds, Encoded, encoded
from indexer.engines.whoosh.schema import SCHEMA
from indexer.engines.whoosh.segments import SegmentFiles
from indexer.query.tree import Quote, all_of, any_of
from indexer.segmenter import Segmenter

WEIGHTS = [st.just(1.0), st.sampled_from([0.5, 1.0, 127.5]), st.sampled_from([0.25, 1.0, 128.0, 3e6])]
postings = st.tuples(
    st.sampled_from([1, 255, 256, 65_535, 65_536, 2**31]), st.integers(1, 20), st.sampled_from(WEIGHTS)
).flatmap(
    lambda drawn: st.tuples(
        st.lists(st.integers(1, drawn[0]), min_size=drawn[1], max_size=drawn[1]),
        st.lists(drawn[2], min_size=drawn[1], max_size=drawn[1]),
    )
)


def blocks_of(*held: tuple[list[int], list[float]], kind: type[np.signedinteger] = np.int32) -> list[Encoded]:
    """Blocks of (documents, weights) that lie one behind the other."""
    documents = np.array([each for numbers, _ in held for each in numbers], dtype=kind)
    weights = np.array([each for _, numbers in held for each in numbers], dtype=np.float32)
    begins = np.cumsum([0, *(len(numbers) for numbers, _ in held)])[:-1]
    return list(encoded(documents, weights, begins))


@given(st.lists(postings, max_size=4), st.binary(max_size=5))
def test_blocks_are_read_back_as_written(drawn: list[tuple[list[int], list[float]]], before: bytes) -> None:
    held = [(np.cumsum(gaps, dtype=np.int64).tolist(), weights) for gaps, weights in drawn]
    held = [each for each in held if each[0][-1] < 2**32]
    small = all(documents[-1] < 2**31 for documents, _ in held)
    position, written = len(before), blocks_of(*held, kind=np.int32 if small else np.int64)
    together = memoryview(before + b"".join(block.held for block in written))
    assert len(written) == len(held)
    for (documents, weights), told in zip(held, written, strict=True):
        block = Block.at(together, position)
        assert block.documents().tolist() == documents
        assert block.weights().tolist() == np.array(weights, dtype=np.float32).tolist()
        assert (told.postings, told.first, told.last) == (len(documents), documents[0], documents[-1])
        assert told.most == np.float32(max(weights))
        position = block.end
    assert position == len(together)


@pytest.mark.parametrize(("gap", "size"), [(255, 1), (256, 2), (65_535, 2), (65_536, 4)])
def test_a_gap_takes_as_few_bytes_as_the_largest_needs(gap: int, size: int) -> None:
    small, large = (blocks_of(([0, 1, 1 + step], [1.0] * 3))[0].held for step in (1, gap))
    assert len(large) - len(small) == 2 * (size - 1)


@pytest.mark.parametrize(("weight", "size"), [(1.0, 0), (0.5, 1), (127.5, 1), (128.0, 4), (0.3, 4)])
def test_a_weight_takes_as_few_bytes_as_keep_it(weight: float, size: int) -> None:
    plain, weighted = (blocks_of((list(range(5)), [each] * 5))[0].held for each in (1.0, weight))
    assert len(weighted) - len(plain) == 5 * size


def test_a_block_takes_no_more_for_what_lies_beside_it() -> None:
    alone = blocks_of(([3, 4], [1.0, 1.0]))
    assert blocks_of(([1, 99_999], [0.3, 7.0]), ([3, 4], [1.0, 1.0]), ([2], [0.5]))[1] == alone[0]


# ── plain Whoosh as an oracle ───────────────────────────────────────────────────────────────────────────────────────

MANY = " ".join(f"{number}q" for number in range(700))  # so many terms that their hashes meet
TEXTS = (MANY, "千问开源", "千千万万", "问答 GPT-5 开源", "飞鱼 gpt 发布", "源", "开放的源头，千问与飞鱼")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter) -> WhooshEngine:
    """With one segment of a few entries."""
    made = WhooshEngine(tmp_path_factory.mktemp("index"), segmenter)
    filled(made, issue(*(entry(text, summary=text[::-1], points=(text, "发布")) for text in TEXTS)))
    return made


class Plain:
    """Whoosh's own reader of terms and its own matchers, over the files that the engine wrote."""

    def __init__(self, folder: Path) -> None:
        self.storage = FileStorage(str(folder))
        (self.segment,) = contents.segments_of(folder)
        self.codec = BlockCodec()
        self.reader = self.codec.terms_reader(self.storage, self.segment)
        columns = SegmentFiles(folder, self.segment).columns
        self.bounds = Bounds.of(len(columns), columns.points)
        self.columns = columns

    def close(self) -> None:
        for file in (self.reader._dbfile, self.reader._postfile):
            file.close()

    def matcher(self, field: str, term: bytes) -> Matcher:
        return self.reader.matcher(field, term, SCHEMA[field].format)

    def entries(self, matcher: Matcher) -> list[str]:
        return [self.columns.entry_id(number) for number in matcher.all_ids() if number < self.bounds.points]


@pytest.fixture(scope="module")
def plain(engine: WhooshEngine) -> Iterator[Plain]:
    """Of the same files."""
    held = Plain(engine._root / "1")
    yield held
    held.close()


def test_whoosh_reads_every_term_as_the_engine_does(engine: WhooshEngine, plain: Plain) -> None:
    files = SegmentFiles(engine._root / "1", plain.segment)
    terms = list(plain.reader.terms())
    assert {field for field, _ in terms} == {"atoms", "bigrams", "words"}
    for field, term in terms:
        matcher, found = plain.matcher(field, term), list[tuple[int, float]]()
        while matcher.is_active():
            found.append((matcher.id(), matcher.weight()))
            matcher.next()
        held = list(blocks(files, field, term.decode(), plain.bounds))
        assert found == held
        info = plain.reader.term_info(field, term)
        assert info.doc_frequency() == len(held)
        assert info.weight() == sum(weight for _, weight in held)
        assert info.max_weight() == max(weight for _, weight in held)


def blocks(files: SegmentFiles, field: str, term: str, bounds: Bounds) -> Iterator[tuple[int, float]]:
    """What the engine reads of a term, in Whoosh's numbers."""
    for part, first in (("entry", 0), ("point", bounds.points), ("title", bounds.titles)):
        if block := files.block(field, term, part):  # type: ignore[arg-type]
            assert first == files.first(part)  # type: ignore[arg-type]
            yield from zip(block.documents().tolist(), block.weights().tolist(), strict=True)


@given(st.lists(st.sampled_from("千问开源飞鱼发布放"), min_size=1, max_size=4, unique=True), st.booleans())
def test_the_engine_finds_what_plain_whoosh_search_finds(
    engine: WhooshEngine, plain: Plain, asked: list[str], every: bool
) -> None:
    matchers = [plain.matcher("atoms", character.encode()) for character in asked]
    joined = reduce(IntersectionMatcher if every else UnionMatcher, matchers)
    quotes = [Quote(character) for character in asked]
    found = engine.search(Request(query=(all_of if every else any_of)(quotes), limit=500))
    assert sorted(ids(found)) == plain.entries(joined)
