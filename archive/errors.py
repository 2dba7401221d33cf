"""What can go wrong with the record, as a tree with one root.

ArchiveError                 anything below; its text is a sentence for the reader
├── RejectedIssue            a file that cannot become an issue (no date, not text, too large, empty)
├── UnknownId                nothing in the archive has that id or date
│   └── Erased               what had it was destroyed
├── HomeError                the home cannot be read or written
├── NewerSchema              the database was written by a later version
├── DataFileError            a mistake in tags.toml, words.txt, … with its line
└── Locked                   another writer holds the archive
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.model import Diagnostic


class ArchiveError(Exception):
    """The root: `str(error)` names the thing, `hint` says what to do."""

    hint = ""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint or self.hint


class RejectedIssue(ArchiveError):
    """A file that cannot become an issue; `code` is the diagnostic's, `diagnostics` what else was seen in it."""

    def __init__(self, code: str, message: str, line: int = 1, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.line = line
        self.diagnostics = diagnostics


class UnknownId(ArchiveError):
    """Nothing in the archive has that id or date."""


class Erased(UnknownId):
    """What had that id was destroyed on purpose; the id stays taken."""

    def __init__(self, identifier: str) -> None:
        super().__init__(f"{identifier} 已销毁，文字不再可得", "这个编号不会再给别的内容")


class HomeError(ArchiveError):
    """The home cannot be read or written."""


class NewerSchema(ArchiveError):
    """The database was written by a later version of this program."""

    hint = "请升级 wangqi 后再打开这个资料库"


class DataFileError(ArchiveError):
    """A mistake in a data file; the message names file and line."""


class RefusedDecision(ArchiveError):
    """A decision on tags that contradicts what stands."""


class Locked(ArchiveError):
    """Another writer holds the archive."""

    hint = "稍后再试，或用 --wait 秒数 等它结束"
