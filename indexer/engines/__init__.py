"""Engines by their URL: `memory:` looks through the text, `whoosh:FOLDER` has an index."""

from __future__ import annotations

from pathlib import Path

from indexer.engine import SearchEngine
from indexer.errors import UnknownEngine
from indexer.segmenter import Segmenter


def connect(url: str, segmenter: Segmenter, sharing: int = 1) -> SearchEngine:
    """The engine that a URL names; it answers nothing until a generation is opened. So many processes that each have
    one keep as much in memory together as one would alone. Raises UnknownEngine."""
    scheme, _, rest = url.partition(":")
    match scheme:
        case "memory":
            from indexer.engines.memory import MemoryEngine

            return MemoryEngine(segmenter)
        case "whoosh" if rest:
            from indexer.engines.whoosh import WhooshEngine

            return WhooshEngine(Path(rest), segmenter, sharing)
        case _:
            raise UnknownEngine(f"没有叫“{url}”的检索引擎", "可用的有 memory: 和 whoosh:文件夹")
