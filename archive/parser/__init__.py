"""Markdown text <-> an issue; bytes -> text before that."""

from archive.parser.decoding import decode
from archive.parser.reading import parse
from archive.parser.writing import to_markdown
from archive.series import series_key

__all__ = ["decode", "parse", "series_key", "to_markdown"]
