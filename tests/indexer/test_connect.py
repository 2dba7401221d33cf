"""Engines by their URL."""

from __future__ import annotations

import importlib.metadata

import pytest

from indexer.engines import connect
from indexer.errors import UnknownEngine
from indexer.segmenter import Segmenter


@pytest.mark.parametrize("url", ["", "whoosh:", "opensearch:x", "memory"[:3]])
def test_an_unknown_url_is_refused_by_its_name(segmenter: Segmenter, url: str) -> None:
    with pytest.raises(UnknownEngine, match=f"“{url}”"):
        connect(url, segmenter)


def test_whoosh_is_the_one_whose_private_parts_are_read() -> None:
    assert importlib.metadata.version("whoosh") == "2.7.4"
