"""Links with parameters of other names lead to the search that they mean."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("path", ["/search", "/api/v1/search", "/feed", "/feed.json", "/export"])
def test_an_address_with_other_names_leads_to_the_one_of_today(samples: FlaskClient, path: str) -> None:
    answer = samples.get(f"{path}?query=千问&since=2026-02&end=2026-03&order=newest&tag=千问&tag=GPT")
    assert answer.status_code == 301
    asked = "q=%E5%8D%83%E9%97%AE&from=2026-02&to=2026-03&sort=newest&tag=%E5%8D%83%E9%97%AE&tag=GPT"
    assert answer.headers["Location"] == f"{path}?{asked}"


def test_where_both_names_are_given_the_one_of_today_counts(samples: FlaskClient) -> None:
    answer = samples.get("/search?q=new&query=old")
    assert answer.headers["Location"] == "/search?q=new"


@pytest.mark.parametrize("address", ["/search?q=query", "/help?query=x"])
def test_other_addresses_stay(samples: FlaskClient, address: str) -> None:
    assert samples.get(address).status_code == 200
