"""Addresses made from one pattern are those that `url_for` writes."""

import pytest
from flask import url_for
from hypothesis import given
from hypothesis import strategies as st

from web import create_app
from web.addresses import entry_address, place

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return create_app(tmp_path_factory.mktemp("home"))


@given(name=TEXTS)
@pytest.mark.parametrize("endpoint", ["browse.tag", "browse.category", "sources.source"])
def test_a_place_is_where_url_for_says(app, endpoint, name):
    with app.test_request_context():
        assert place(endpoint, name=name) == url_for(endpoint, name=name)


def test_the_second_place_of_a_page_is_as_good_as_the_first(app):
    with app.test_request_context():
        assert [place("browse.tag", name=name) for name in ("千问", "A/B?#")] == [
            url_for("browse.tag", name=name) for name in ("千问", "A/B?#")
        ]


def test_an_entrys_address_may_name_a_place_on_its_page(app):
    with app.test_request_context():
        assert entry_address("20260208-03") == "/entries/20260208-03"
        assert entry_address("20260208-03", "p2") == "/entries/20260208-03#p2"


def test_addresses_stand_below_where_the_application_is(app):
    with app.test_request_context(base_url="http://localhost/archive"):
        assert entry_address("20260208-03") == "/archive/entries/20260208-03"
