"""No query hurts: whatever is typed is answered, with 200 or, over the limits, with 400."""

from __future__ import annotations

from random import Random
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.bench.queries import by_grammar, hostile


@pytest.mark.parametrize("path", ["/api/v1/search", "/search", "/api/v1/suggest", "/help/segment"])
def test_what_was_made_to_hurt_is_answered(samples: FlaskClient, path: str) -> None:
    for query in hostile():
        answer = samples.get(f"{path}?q={quote(query, errors='surrogatepass')}")
        assert answer.status_code in (200, 400), query[:60]


@pytest.mark.parametrize("scope", ["entry", "point"])
def test_pieces_of_the_language_in_any_order_are_answered(samples: FlaskClient, scope: str) -> None:
    for query in by_grammar(Random(11), 150):
        answer = samples.get("/api/v1/search", query_string={"q": query, "scope": scope, "facets": "0"})
        assert answer.status_code == 200, query
