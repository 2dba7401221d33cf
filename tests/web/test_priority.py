"""Long work gives way to readers, by process and by session."""

from __future__ import annotations

from pathlib import Path

import pytest

from web import priority
from web.priority import SESSION, giving_way


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the system weighs sessions, as it tells of this one."""
    made = tmp_path / "autogroup"
    made.write_text("/autogroup-792 nice 1\n", encoding="ascii")
    monkeypatch.setattr(priority, "SESSION_FILE", made)
    return made


def test_a_session_is_nicer_for_as_long_as_something_gives_way(session: Path, given_way: list[int]) -> None:
    with giving_way(10):
        assert session.read_text(encoding="ascii") == str(SESSION)
    assert session.read_text(encoding="ascii") == "1"
    assert given_way == [10]


def test_a_session_is_as_before_after_a_failure(session: Path) -> None:
    with pytest.raises(ValueError, match="鱼"), giving_way(10):
        raise ValueError("鱼")
    assert session.read_text(encoding="ascii") == "1"


def test_where_sessions_are_not_weighed_the_process_alone_gives_way(tmp_path: Path, given_way: list[int]) -> None:
    with giving_way(3):
        assert list(tmp_path.iterdir()) == []
    assert given_way == [3]


def test_a_system_that_takes_no_more_numbers_just_now_is_asked_again(
    session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals = [BlockingIOError(), BlockingIOError()]
    plain = Path.write_text

    def write(path: Path, text: str, **how: str) -> int:
        if refusals:
            raise refusals.pop()
        return plain(path, text, **how)

    monkeypatch.setattr(Path, "write_text", write)
    monkeypatch.setattr(priority, "_PAUSE_SECONDS", 0)
    with giving_way(3):
        assert session.read_text(encoding="ascii") == str(SESSION)


def test_a_system_that_does_not_let_us_is_let_be(session: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "write_text", refuse)
    with giving_way(3):
        pass
    assert session.read_text(encoding="ascii") == "/autogroup-792 nice 1\n"
