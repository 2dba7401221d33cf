"""What can go wrong with search, as a tree with one root.

SearchError             anything below; its text is a sentence for the reader
├── BadRequest          a query over the limits, or a parameter out of its range
├── UnknownEngine       an engine URL that names no engine
└── IndexUnusable       the index is missing, damaged or of another format; rebuild it
"""

from __future__ import annotations


class SearchError(Exception):
    """The root: `str(error)` names the thing, `hint` says what to do."""

    hint = ""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint or self.hint


class BadRequest(SearchError):
    """A query over the limits, or a parameter out of its range."""


class UnknownEngine(SearchError):
    """An engine URL that names no engine."""


class IndexUnusable(SearchError):
    """The index is missing, damaged or of another format."""

    hint = "运行 wangqi reindex 重建索引；原文都在数据库中，不会丢失"
