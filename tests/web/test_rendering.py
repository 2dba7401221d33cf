"""Inline Markdown and marked text as HTML: what a reader sees stays, what could do harm goes."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import plain
from web.rendering import EXCERPT, excerpt, inline, marked

VECTORS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">甲</a>',
    "[甲](javascript:alert(1))",
    "[甲](JaVaScRiPt:alert(1))",
    "[甲](java\tscript:alert(1))",
    "[甲](javascript&colon;alert(1))",
    "[甲](&#106;avascript:alert(1))",
    "[甲](&#x6A;avascript:alert(1))",
    "[甲](data:text/html;base64,PHNjcmlwdD4=)",
    "[甲](vbscript:msgbox)",
    "[甲](//evil.example/x)",
    "[甲](\\\\evil.example)",
    "[甲](/\\evil.example)",
    "[甲](https:evil.example)",
    "[甲](http:///evil.example)",
    "[甲](file:///etc/passwd)",
    "[甲](#x)",
    "[甲](/entries/1)",
    '[甲](https://a.example/"onmouseover="alert(1))',
    '[甲](https://a.example "t\\" onmouseover=\\"alert(1)")',
    "[甲](<https://a.example/><script>alert(1)</script>)",
    "[[甲](javascript:alert(1))](https://a.example)",
    "[![甲](javascript:alert(1))](https://a.example)",
    "![甲](javascript:alert(1))",
    "![甲](https://a.example/x.png)",
    '![x" onerror="alert(1)](https://a.example/x.png)',
    "<javascript:alert(1)>",
    "<https://a.example/><img src=x>",
    "`<script>alert(1)</script>`",
    "**<b onclick=alert(1)>**",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<style>*{display:none}</style>",
    '<span style="color:red">甲</span>',
    "</p></main><h1>甲",
    "[甲]: javascript:alert(1)\n\n[甲]",
    "[a](https://b.example](javascript:alert(1))",
]
TAG = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>")
LINK = re.compile(  # without an address where nh3 could not read it
    r'(?: href="https?://[^/"<>\s][^"<>\s]*")?( referrerpolicy="no-referrer"| rel="noopener noreferrer nofollow"){2}'
)


def assert_harmless(made: str) -> None:
    """Only the allowed tags, and of attributes only an absolute link's."""
    for closing, name, attributes in TAG.findall(made):
        assert name in {"a", "code", "strong", "em", "br"}, made
        assert not attributes or (name == "a" and not closing and LINK.fullmatch(attributes)), made
    assert "<" not in TAG.sub("", made), made


def read(made: str) -> str:
    """The text of a piece of HTML."""
    return html.unescape(TAG.sub("", made))


@pytest.mark.parametrize("vector", VECTORS)
def test_no_vector_makes_a_tag_or_an_address_of_its_own(vector):
    assert_harmless(inline(vector))
    assert_harmless(inline(f"甲 **{vector}** 乙"))


@given(
    st.lists(
        st.sampled_from([*VECTORS, "[", "](", ")", "<", ">", '"', "'", "`", "*", "**", "_", "&", "\\", "!", "甲", " "])
    )
)
def test_no_mixture_of_vectors_does_either(pieces):
    assert_harmless(inline("".join(pieces)))


@given(st.text(alphabet="甲a1*_`[]()<>!&;\\/:. \"'"))
def test_rendered_markdown_reads_as_its_plain_text(text):
    assert "".join(read(inline(text)).replace("**", "").split()) == "".join(plain(text).split())


def test_a_link_to_a_page_is_kept_and_tells_the_page_nothing():
    made = inline("见[人民网](http://sh.people.com.cn/n2/c134-1.html?a=1&b=2)")
    assert 'href="http://sh.people.com.cn/n2/c134-1.html?a=1&amp;b=2"' in made
    assert 'rel="noopener noreferrer nofollow"' in made
    assert 'referrerpolicy="no-referrer"' in made


def test_asterisks_of_an_address_stay():
    assert 'href="https://a.example/**/x"' in inline("[甲](https://a.example/**/x)")


def test_an_image_is_its_alternative_text():
    assert inline("图：![飞鱼](https://a.example/x.png)") == "图：飞鱼"


def test_emphasis_and_code_stay():
    assert inline("**甲** *乙* `丙`") == "<strong>甲</strong> <em>乙</em> <code>丙</code>"


def test_asterisks_that_markdown_would_leave_are_taken_off():
    assert inline("**“甲”**乙") == plain("**“甲”**乙") == "“甲”乙"


@given(st.text(), st.data())
def test_marking_changes_nothing_but_adds_the_marks(text, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), unique=True, max_size=6)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    made = marked(text, spans)
    assert html.unescape(re.sub("</?mark>", "", made)) == html.unescape(html.escape(text))
    assert [html.unescape(each) for each in re.findall("<mark>(.*?)</mark>", made, re.DOTALL)] == [
        text[start:end] for start, end in spans
    ]


def test_marked_text_is_escaped_inside_and_outside_the_mark():
    assert marked("<b>甲</b>", [(0, 4)]) == "<mark>&lt;b&gt;甲</mark>&lt;/b&gt;"


def test_an_excerpt_shows_the_first_span_of_a_long_text():
    made = excerpt("前" * 400 + "中" + "后" * 400, [(400, 401)])
    assert "<mark>中</mark>" in made
    assert made.startswith("…")
    assert made.endswith("…")
    assert len(made) < EXCERPT + 20


def test_a_short_text_is_its_own_excerpt():
    assert excerpt("甲乙", [(1, 2)]) == "甲<mark>乙</mark>"
