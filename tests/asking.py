"""A typed query -> what an engine answers, for tests."""

from __future__ import annotations

import datetime
from dataclasses import replace

from archive.model import Issue
from indexer.engine import Answer, Generation, Request, SearchEngine
from indexer.planning import Planner
from indexer.query import parse

TODAY = datetime.date(2026, 2, 9)


def request(planner: Planner, query: str, **options: object) -> Request:
    """The request that a typed query makes, all hits on one page."""
    plan = planner.plan(parse(query), TODAY)
    return replace(Request(query=plan.tree, literal=plan.literal, limit=500), **options)  # type: ignore[arg-type]


def filled(engine: SearchEngine, *issues: Issue) -> SearchEngine:
    """The engine with these issues, open."""
    engine.open(engine.rebuild(issues, Generation()))
    return engine


def ids(answer: Answer) -> list[str]:
    """The ids of the hits, in order."""
    return [hit.id for hit in answer.hits]
