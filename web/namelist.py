"""The shipped tags.toml and a home's own -> the tagger in force: a mistake leaves in force what was before it."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from archive.errors import DataFileError
from archive.tagger import Tagger, merged, read_names
from web.config import data_text, own_data, shipped_data

FILE = "tags.toml"
SHIPPED, OWN = f"自带的 {FILE}", f"config/{FILE}"  # as messages name them
BEHIND = "名录改过，先前的条目还是按从前的名录打的标签；运行 wangqi reindex 重新打"


@dataclass(frozen=True, slots=True)
class InForce:
    """A tagger, the home's own list as it was read for it, and what is wrong with that list as it is now.

    `number` differs whenever another list came in force.
    """

    tagger: Tagger
    own: str
    number: int = 0
    mistake: DataFileError | None = None


class NameList:
    """The names of a home, read again whenever its file has changed."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._held: tuple[object, InForce] | None = None  # as of which state of the file

    def in_force(self) -> InForce:
        """The list as it is; with a mistake in it as it was, for this process or for the last writer. Raises
        DataFileError where the shipped one cannot be read."""
        state, held = self._state(), self._held
        if held is None or held[0] != state:
            held = self._held = (state, self._read(held[1] if held else None))
        return held[1]

    def check(self) -> None:
        """Raise the mistake that keeps the home's own list, as it is now, from being in force."""
        if mistake := self.in_force().mistake:
            raise mistake

    def keep(self) -> None:
        """Keep the list in force for those who come after a mistake; for the writer, whose tags are made by it."""
        held = self.in_force()
        if held.mistake or held.own == self._last_own():
            return
        _put(self._kept, held.own)

    def all_tagged_by(self, tagger: Tagger) -> None:
        """Keep that every entry has its tags by these names; for who tags the first ones, or all anew."""
        _put(self._tagged, _sum(tagger))

    @property
    def behind(self) -> str:
        """That entries have their tags by other names than those in force, as far as is known; or nothing."""
        with suppress(OSError, UnicodeDecodeError):  # an archive that was restored does not know
            if self._tagged.read_text(encoding="utf-8") != _sum(self.in_force().tagger):
                return BEHIND
        return ""

    def _read(self, before: InForce | None) -> InForce:
        try:
            own = data_text(own_data(self._home, FILE)) or ""
            return InForce(_tagger(own), own, before.number + 1 if before else 0)
        except DataFileError as mistake:
            return replace(before or self._last(), mistake=mistake)

    def _last(self) -> InForce:
        """What the last writer went by; the shipped list alone where there is no such, or it fits no longer."""
        own = self._last_own()
        with suppress(DataFileError):
            return InForce(_tagger(own), own)
        return InForce(_tagger(""), "")

    def _last_own(self) -> str:
        try:
            return self._kept.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ""

    @property
    def _kept(self) -> Path:
        return self._home / "cache" / FILE

    @property
    def _tagged(self) -> Path:
        return self._home / "cache" / "tagged.sha256"

    def _state(self) -> object:
        try:
            found = own_data(self._home, FILE).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino


def _put(path: Path, text: str) -> None:
    beside = path.with_suffix(".partial")
    with suppress(OSError):  # a full disk is told by what must be written
        beside.parent.mkdir(mode=0o700, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)


def _sum(tagger: Tagger) -> str:
    """Of the names, wherever they stand in their files."""
    return hashlib.sha256(repr([replace(name, place="") for name in tagger.names]).encode()).hexdigest()


def _tagger(own: str) -> Tagger:
    shipped = data_text(shipped_data() / FILE) or ""
    return Tagger.of(merged((read_names(shipped, SHIPPED), read_names(own, OWN))))
