"""Which addresses may be linked to, and when two of them are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.addresses import comparable, host, is_http


@pytest.mark.parametrize(
    "address", ["https://a.example", "HTTP://A.example/x?y#z", "https://[::1]:8080/", "http://新华网.中国/"]
)
def test_absolute_http_addresses_may_be_linked_to(address: str) -> None:
    assert is_http(address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "",
            "人民网",
            "//a.example",
            "/news/1",
            "ftp://a.example",
            "javascript:alert(1)",
            "https:",
            "https://",
            "http:///x",
        ),
        *("https://a.example/a b", "https://a.example/\t", "https://a.example/\u0085", "https://a.example/\u3000x"),
        *("java\nscript:x", "https://[::1", "https://a／b.example", "https://a.example/\x9b", "https://a.example/\x00"),
    ],
)
def test_nothing_else_may_be_linked_to(address: str) -> None:
    assert not is_http(address)
    assert host(address) == ""


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.People.com.cn/1", "people.com.cn"),
        ("https://user:pw@a.example:8080/", "a.example"),
        ("https://wwww.a.example", "wwww.a.example"),
    ],
)
def test_a_host_is_in_lower_case_without_www(address: str, expected: str) -> None:
    assert host(address) == expected


@pytest.mark.parametrize(
    "address",
    [
        "http://a.example/x?id=1",
        "https://www.a.example/x?id=1",
        "HTTPS://A.Example/x?id=1",
        "https://a.example:443/x?id=1",
        "https://a.example/x/?id=1",
        "https://a.example/x?id=1#part",
        "https://a.example/x?utm_source=x&id=1&spm=a.b",
        "https://a.example/x?id=1&from=timeline&FBCLID=2",
    ],
)
def test_spellings_of_one_address_compare_equal(address: str) -> None:
    assert comparable(address) == "a.example/x?id=1"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://a.example/X"),
        ("https://a.example/x?id=1", "https://a.example/x?id=2"),
        ("https://a.example/x?id=", "https://a.example/x"),
        ("https://a.example:8080/x", "https://a.example/x"),
        ("https://a.example/x", "https://b.example/x"),
        ("https://a.example/?q=%C4%E3", "https://a.example/?q=%BA%C3"),
        ("https://a.example/?utmost=1", "https://a.example/"),
    ],
)
def test_different_addresses_do_not(one: str, other: str) -> None:
    assert comparable(one) != comparable(other)


def test_a_query_of_signs_is_the_same_written_out_or_not() -> None:
    assert comparable("https://a.example/?q=千问") == comparable("https://a.example/?q=%E5%8D%83%E9%97%AE")


def test_a_port_that_is_none_is_left_out() -> None:
    assert comparable("https://a.example:99999/x") == "a.example/x"


def test_what_is_no_address_compares_as_itself() -> None:
    assert comparable("人民网") == "人民网"


@given(st.text(st.characters(exclude_categories=())), st.text(st.characters(exclude_categories=())))
def test_nothing_raises(start: str, rest: str) -> None:
    assert isinstance(comparable(start), str)
    assert isinstance(comparable(f"https://a.example/{start}?{rest}"), str)
    assert isinstance(host(f"https://{start}"), str)
