"""A typed query -> what an engine answers, for tests."""

from __future__ import annotations

import datetime
from dataclasses import replace

from archive.model import Issue
from indexer.engine import Answer, Generation, Request, SearchEngine
from indexer.lexicon import Aliases
from indexer.planning import Match, Planner
from indexer.query import parse

TODAY = datetime.date(2026, 2, 9)


def request(
    planner: Planner, query: str, aliases: Aliases = "names", match: Match = "any", **options: object
) -> Request:
    """The request that a typed query makes, all hits on one page."""
    plan = planner.plan(parse(query), TODAY, aliases, match)
    return replace(Request(query=plan.tree, literal=plan.literal, limit=500), **options)  # type: ignore[arg-type]


def filled(engine: SearchEngine, *issues: Issue) -> SearchEngine:
    """The engine with these issues, open."""
    engine.open(engine.rebuild(issues, Generation()))
    return engine


def partial_ids(answer: Answer) -> list[str]:
    """The ids of the partial matches, in order."""
    return [hit.id for hit in answer.hits if hit.partial]


def ids(answer: Answer) -> list[str]:
    """The ids of the whole matches, in order."""
    return [hit.id for hit in answer.hits if not hit.partial]
