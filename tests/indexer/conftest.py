"""Engines under test: every implementation answers the same contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engine import SearchEngine
from indexer.engines import connect
from indexer.lexicon import Lexicon, other_forms
from indexer.planning import Planner
from indexer.segmenter import Segmenter

LEXICON = Lexicon(
    words=frozenset({"千问"}),
    stop_words=frozenset({"的", "了", "the"}),
    names={"qwen": "千问"},
    aliases=other_forms([("人大", "RT-2")]),
    concepts=other_forms([("人工智能", "AI")]),
)


@pytest.fixture(scope="session")
def segmenter(tmp_path_factory: pytest.TempPathFactory) -> Segmenter:
    """One dictionary for all tests."""
    return Segmenter(LEXICON, tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def planner(segmenter: Segmenter) -> Planner:
    """Plans with the test's lexicon."""
    return Planner(segmenter, LEXICON)


@pytest.fixture(params=["memory:", "whoosh:{folder}"])
def engine(request: pytest.FixtureRequest, segmenter: Segmenter, tmp_path: Path) -> SearchEngine:
    """Each engine in turn, empty."""
    return connect(request.param.format(folder=tmp_path / "index"), segmenter)
