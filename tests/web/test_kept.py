"""What a server makes beside its readers, and what they are given meanwhile."""

from __future__ import annotations

import threading

import pytest

from web import kept
from web.kept import Kept
from web.language import Language


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Kept[str]:
    """Nothing made yet; nobody waits for long."""
    monkeypatch.setattr(kept, "PATIENCE_SECONDS", 0.01)
    return Kept()


def test_what_takes_long_is_done_without_until_it_is_there(held: Kept[str]) -> None:
    done, made = threading.Event(), threading.Event()

    def make() -> str:
        done.wait(5)
        made.set()
        return "made"

    assert held.beside(1, make, "meanwhile") == "meanwhile"
    assert held.beside(1, make, "meanwhile") == "meanwhile"  # not begun twice
    done.set()
    made.wait(5)
    assert held.of(1, lambda: "made again") == "made"


def test_what_is_made_at_once_is_given_to_the_first(held: Kept[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "PATIENCE_SECONDS", 5)
    assert held.beside(1, lambda: "made", "meanwhile") == "made"


def test_what_cannot_be_made_is_done_without(held: Kept[str], monkeypatch: pytest.MonkeyPatch) -> None:
    told = threading.Event()
    monkeypatch.setattr(threading, "excepthook", lambda _: told.set())

    def fails() -> str:
        raise ValueError

    assert held.beside(1, fails, "meanwhile") == "meanwhile"
    assert told.wait(5)


def test_a_server_that_has_no_words_yet_completes_and_corrects_nothing() -> None:
    nothing = Language((), ())
    assert list(nothing.completer.completions("qw", 5)) == []
    assert list(nothing.speller.spellings("千文")) == []
