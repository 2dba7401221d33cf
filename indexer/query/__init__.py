"""What a person types -> a tree -> text again."""

from indexer.query.reading import Query, parse
from indexer.query.writing import to_text

__all__ = ["Query", "parse", "to_text"]
