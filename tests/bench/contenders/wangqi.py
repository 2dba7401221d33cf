"""wangqi's own engine, asked through its interface: plain BM25 over words as its peers have it, and its full rank."""

from __future__ import annotations

import datetime
import json
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

from archive.model import Issue
from archive.store import Reader
from indexer.engine import Answer, Generation, Request
from indexer.engines.whoosh import WhooshEngine
from indexer.query import parse
from indexer.query.tree import Node, Prefix, Quote, Word, all_of, any_of
from tests.bench.contenders import BEST, Found, Place, size_of
from tests.bench.questions import Question

FACETS = ("category", "tag", "month")
ALL = 10_000_000


class Wangqi:
    """Trees are made of the question's words, as peers are given theirs."""

    key = "id"

    def __init__(self, place: Place) -> None:
        self._place = place
        self._begin()

    def _begin(self) -> None:
        self._engine = WhooshEngine(self._place.folder, self._place.services.segmenter)

    def build(self) -> None:
        """From SQLite to a sealed generation: reading, folding, cutting, writing; key points as well."""
        with closing(Reader.open(self._place.services.home)) as reader:
            self._name(self._engine.rebuild(reader.issues(), Generation()))

    def open(self) -> None:
        """The generation last named, in an engine that knows nothing yet."""
        self._begin()
        self._engine.open(self._generation())

    def forget(self) -> None:
        """The arrays of terms."""
        self._engine.forget()

    def found(self, question: Question) -> Found:
        """A page."""
        return _found(self._engine.search(self._request(question)))

    def every(self, question: Question) -> set[str | int]:
        """By date, so that no partial match is among them."""
        asked = replace(self._request(question), sort="newest", limit=ALL, facets=())
        return {hit.id for hit in self._engine.search(asked).hits}

    def everything(self) -> Found:
        """Every entry counted."""
        return _found(self._engine.search(Request(limit=0, facets=FACETS)))

    def add(self, issue: Issue, first: int) -> None:  # noqa: ARG002
        """A generation on top; entries go by their ids."""
        self._name(self._engine.update([issue], self._generation()))

    def size(self) -> int:
        """One generation; the one before is links to the same files."""
        return size_of(self._place.folder / str(self._generation().number))

    def _request(self, question: Question) -> Request:
        return Request(query=_tree(question), rank="words", **_filters(question))

    def _generation(self) -> Generation:
        return Generation(**json.loads(self._named.read_text()))

    def _name(self, generation: Generation) -> None:
        self._named.write_text(json.dumps(asdict(generation)))

    @property
    def _named(self) -> Path:
        return self._place.folder / "generation.json"


class WangqiFull(Wangqi):
    """As the product answers: the question is parsed and planned as typed, ranked by all that counts, and partial
    matches follow where few are whole."""

    def _request(self, question: Question) -> Request:
        services = self._place.services
        plan = services.planner.plan(parse(question.text), services.today())
        return Request(query=plan.tree, literal=plan.literal, **_filters(question))


def _tree(question: Question) -> Node:
    match question.kind:
        case "quoted":
            return Quote(question.words[0])
        case "prefix":
            return Prefix(question.words[0])
        case "any":
            return any_of([Word(word) for word in question.words])
        case _:
            return all_of([Word(word) for word in question.words])


def _filters(question: Question) -> dict:
    return {
        "categories": (question.category,) if question.category else (),
        "since": _day(question.since),
        "until": _day(question.until),
        "sort": "newest" if question.kind == "newest" else "relevance",
        "limit": BEST,
        "facets": FACETS,
    }


def _day(number: int) -> datetime.date | None:
    return datetime.date.fromisoformat(str(number)) if number else None


def _found(answer: Answer) -> Found:
    return Found(
        [hit.id for hit in answer.hits],
        answer.total,
        {facet: {each.value: each.count for each in counts} for facet, counts in answer.facets.items()},
    )
