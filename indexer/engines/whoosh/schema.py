"""The fields of the Whoosh index: terms without positions, which are made elsewhere."""

from __future__ import annotations

from whoosh import fields, formats

INDEX_NAME = "MAIN"


class TermField(fields.FieldType):  # type: ignore[misc]
    """A field of terms with their weights."""

    def __init__(self) -> None:
        self.format = formats.Existence()  # no values beside the weights
        self.analyzer = None
        self.scorable = False
        self.stored = False


SCHEMA = fields.Schema(atoms=TermField(), bigrams=TermField(), words=TermField())
