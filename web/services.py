"""One home -> what every room and command works with: tagger, lexicon, planner, readers, and the open engine."""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from archive import lock
from archive.errors import ArchiveError, DataFileError
from archive.outlets import Outlets, read_outlets
from archive.refusals import REFUSALS
from archive.store import Days, Reader
from archive.tagger import Tagger
from indexer.errors import SearchError
from web.config import data_texts
from web.kept import Kept
from web.lexicons import lexicon_of
from web.namelist import NameList
from web.readers import Lent, Readers

if TYPE_CHECKING:
    from flask import Flask

    from indexer.engine import Generation, SearchEngine
    from indexer.errors import IndexUnusable
    from indexer.lexicon import Lexicon
    from indexer.planning import Planner
    from indexer.segmenter import Segmenter
    from web.language import Language
    from web.mending import Mender

Made = TypeVar("Made")
LATE_SECONDS = 0.5  # until a server looks for the next generation
TIME_ZONE = ZoneInfo("Asia/Shanghai")


class Services:
    """Everything is made when first asked for, so that help and version cost nothing."""

    def __init__(self, home: Path, engine_url: str = "") -> None:
        self.home = home
        self._engine_url = engine_url or f"whoosh:{home / 'index'}"
        self.mender: Mender | None = None  # a server's; commands mend nothing unasked
        self.processes = 1  # that serve this home side by side
        self.names = NameList(home)
        self.readers = Readers(home)
        self.tell: Callable[[str], None] = lambda _: None  # what a person should know, while a command or server runs
        self._told: DataFileError | None = None
        self._opened: Generation | None = None
        self._opening = threading.Lock()
        self._language: Kept[Language] = Kept()
        self._days: Kept[Days] = Kept()
        self._planner: Kept[Planner] = Kept()
        self._kept: dict[str, Kept[Any]] = {}
        self._fingerprint = (-1, "")  # as of which change, and the sum

    time_zone = TIME_ZONE

    @property
    def engine_name(self) -> str:
        """`whoosh`."""
        return self._engine_url.partition(":")[0]

    @property
    def tagger(self) -> Tagger:
        """The names in force, of the shipped list and of the home's own; a mistake in this is told once."""
        held = self.names.in_force()
        if held.mistake is not self._told:
            self._told = held.mistake
            if held.mistake:
                self.tell(f"{held.mistake}。{held.mistake.hint}")
        return held.tagger

    @cached_property
    def lexicon(self) -> Lexicon:
        """User words, stop words, names and concepts with their other forms. Raises DataFileError."""
        return lexicon_of(self.home, self.tagger)

    @cached_property
    def outlets(self) -> Outlets:
        """Whom hosts belong to: the shipped list and the home's own. Raises DataFileError."""
        return read_outlets(data_texts(self.home, "outlets.toml"))

    @cached_property
    def segmenter(self) -> Segmenter:
        """One dictionary for queries and for the index."""
        from indexer.segmenter import Segmenter

        return Segmenter(self.lexicon, self.home / "cache")

    @cached_property
    def planner(self) -> Planner:
        """Plans queries with the lexicon."""
        from indexer.planning import Planner

        return Planner(self.segmenter, self.lexicon)

    def planner_for(self, reader: Reader) -> Planner:
        """The same with the names in force, and as people decided on them."""
        from indexer.planning import Planner
        from web.lexicons import names_of

        def made() -> Planner:
            names = reader.curation().names(tagger.aliases)
            return Planner(self.segmenter, replace(self.lexicon, names=names, aliases=names_of(tagger)))

        tagger = self.tagger
        return self._planner.of((reader.decided(), self.names.in_force().number), made)

    @cached_property
    def engine(self) -> SearchEngine:
        """The engine, nothing opened yet: for writers; readers ask `engine_for`."""
        from indexer.engines import connect

        return connect(self._engine_url, self.segmenter, self.processes)

    @property
    def generation(self) -> int:
        """The number of the generation that is answered from; 0 before one is open."""
        return self._opened.number if self._opened else 0

    def engine_for(self, reader: Reader) -> SearchEngine:
        """The engine with the generation open that the database names; of a server, see `keep_up`. Raises
        IndexUnusable."""
        if not (self.mender and self._opened):
            with self._opening:
                self._open(reader)
        return self.engine

    def keep_up(self) -> None:
        """For as long as a server runs, in a thread of its own: open each generation beside the one answered from, so
        that no reader waits for it, and have a writer that died replaced: what still waits at the next look, since
        whoever brings it in may be at it."""
        left: tuple[object, ...] = ()
        while True:
            with suppress(ArchiveError, SearchError, *REFUSALS), closing(Reader.open(self.home)) as reader:
                before, left = left, (reader.waiting(), reader.to_join())
                if any(left) and left == before:
                    self.mend()
                with self._opening:
                    self._open(reader)
            time.sleep(LATE_SECONDS)

    def close(self) -> None:
        """Answer no more; who asks all the same has the generation opened again."""
        from indexer.engine import Generation
        from web.memory import give_back

        with self._opening:
            self.engine.open(Generation())
            self._opened = None
            give_back(self.engine)

    def _open(self, reader: Reader) -> None:
        from indexer.errors import IndexUnusable
        from indexer.replaying import in_force

        while (generation := in_force(reader)) != self._opened:
            try:
                self.engine.open(generation)
            except IndexUnusable as error:
                if in_force(reader) != generation:
                    continue  # cleared away meanwhile: another is in force
                self.mend()
                raise self._unusable(error) from error
            self._opened = generation

    def language_for(self, reader: Reader) -> Language:
        """The words, names and titles of the generation in force; of a server, of one not long before. Raises
        IndexUnusable."""
        self.engine_for(reader)
        if self.mender:
            return self._language.beside(self._opened, lambda: self._read_language().ready(), self._no_language())
        return self._language.of(self._opened, self._read_language)

    @staticmethod
    def _no_language() -> Language:
        """What a server helps with in the first seconds of a large archive."""
        from web.language import Language

        return Language((), ())

    def _read_language(self) -> Language:
        from web.language import Language

        with closing(Reader.open(self.home)) as reader:
            return Language.of(self.engine, reader, self.segmenter.is_stop_word)

    def days_for(self, reader: Reader) -> Days:
        """The days of all issues, as they are now."""
        return self._days.of(reader.last_change(), reader.all_days)

    def kept(self, what: str, reader: Reader, make: Callable[[], Made]) -> Made:
        """What is made of all that is kept and indexed, once after each change; `what` names it."""
        held: Made = self._kept.setdefault(what, Kept()).of((reader.last_change(), self.generation), make)
        return held

    def kept_beside(self, what: str, reader: Reader, make: Callable[[Reader], Made]) -> Made:
        """The same for what takes a second to make: a server gives the one before until the next is ready."""

        def made() -> Made:
            with closing(Reader.open(self.home)) as own:
                return make(own)

        keeper = self._kept.setdefault(what, Kept())
        held: Made = (keeper.beside if self.mender else keeper.of)(reader.last_change(), made)
        return held

    def fingerprint(self, reader: Reader) -> str:
        """What identifies the archive, summed up once after each change: 150 ms for 10,000 issues."""
        change = reader.last_change()
        held = self._fingerprint
        if held[0] != change:
            held = self._fingerprint = (change, reader.fingerprint())
        return held[1]

    def mend(self) -> None:
        """Have a writer of its own bring the index up to date, where this is a server's."""
        if self.mender:
            self.mender.ask()

    def _unusable(self, error: IndexUnusable) -> IndexUnusable:
        """The same with what is being done about it."""
        if not self.mender:
            return error
        holder = lock.holder(self.home)
        return type(error)(str(error), f"正在自动重建，完成后即可检索；原文都在。{holder and f'（{holder}）'}")

    @staticmethod
    def today() -> datetime.date:
        """The day in Shanghai, by which relative dates go."""
        return datetime.datetime.now(TIME_ZONE).date()


def init_app(app: Flask, services: Services) -> None:
    """Give the application its services, and each request's reader back at its end."""
    app.extensions["wangqi"] = services
    app.teardown_appcontext(_give_back)


def services() -> Services:
    """The running application's services."""
    from flask import current_app  # commands do without it: 0.15 s

    found: Services = current_app.extensions["wangqi"]
    return found


def reader() -> Reader:
    """This request's reader. Raises HomeError, NewerSchema."""
    from flask import g

    if "lent" not in g:
        g.lent = services().readers.take()
    held: Lent = g.lent
    return held.reader


def _give_back(_: BaseException | None = None) -> None:
    from flask import g

    held: Lent | None = g.pop("lent", None)
    if held:
        services().readers.give_back(held)
