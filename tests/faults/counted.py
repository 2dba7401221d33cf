"""A row of the table -> one JSON line: what was counted, and what was wrong."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

SHOWN = 3  # examples of what was wrong


@dataclass(frozen=True)
class Counted:
    """One row; it passes when nothing was wrong."""

    row: str
    wrong: list[str]
    figures: dict[str, object] = field(default_factory=dict)

    def json(self) -> str:
        """One line."""
        told = {"row": self.row, **self.figures, "wrong": len(self.wrong), "examples": self.wrong[:SHOWN]}
        return json.dumps(told, ensure_ascii=False)
