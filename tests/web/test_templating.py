"""What templates write: everything escaped once, whichever way it came into the page."""

from __future__ import annotations

from pathlib import Path

import jinja2
import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from web import create_app
from web.templating import QuickTemplate, escaped


class Marked:
    """Something that says itself how it is written."""

    def __html__(self) -> str:
        return "<b>千问</b>"


class Named(str):
    """A text of another class."""


texts = st.text(alphabet="千a<>&'\"/ ")
values = texts | texts.map(markupsafe.Markup) | texts.map(Named) | st.integers() | st.none() | st.just(Marked())


@given(values)
def test_every_value_is_written_as_the_library_writes_it(value: object) -> None:
    assert str(escaped(value)) == str(markupsafe.escape(value))


@pytest.fixture(scope="module")
def environment() -> jinja2.Environment:
    """With templates as the pages have them."""
    made = jinja2.Environment(autoescape=True)
    made.template_class = QuickTemplate
    return made


@pytest.mark.parametrize(
    "source",
    [
        "{{ x }}",
        "{% macro m(y) %}<i>{{ y }}</i>{% endmacro %}{{ m(x) }}",
        "{% set held %}<i>{{ x }}</i>{% endset %}{{ held }}",
        "{% macro m() %}<i>{{ caller() }}</i>{% endmacro %}{% call m() %}{{ x }}{% endcall %}",
        "{% for each in [x, x|safe, x ~ x, x|e, x|upper] %}{{ each }}{% endfor %}",
        '<a href="{{ x }}">{{ x|length }}</a>',
        "{% filter upper %}{{ x }}{% endfilter %}",
        "{% autoescape false %}{{ x }}{% endautoescape %}{{ x }}",
    ],
)
def test_a_template_writes_what_jinja_would(environment: jinja2.Environment, source: str) -> None:
    own = jinja2.Environment(autoescape=True).from_string(source)
    for value in ("<script>'\"&", markupsafe.Markup("<b>千问</b>")):
        assert environment.from_string(source).render(x=value) == own.render(x=value)


def test_the_pages_are_written_so(tmp_path: Path) -> None:
    template = create_app(tmp_path).jinja_env.get_template("search.html")
    assert template.root_render_func.__globals__["escape"] is escaped
