"""SEARCH 3: which characters make atoms."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import atoms, fold, is_single
from archive.text.atoms import LETTER, MARK, SINGLE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("智能体", ["智", "能", "体"]),
        ("〇々", ["〇", "々"]),
        ("㐀\U00020000\U00030000", ["㐀", "\U00020000", "\U00030000"]),
        ("カー한ひ", ["カ", "ー", "한", "ひ"]),
        ("GPT-5.3", ["gpt", "5", "3"]),
        ("GPT5", ["gpt", "5"]),
        ("5G", ["5", "g"]),
        ("AI模型", ["ai", "模", "型"]),
        ("225亿", ["225", "亿"]),
        ("q\u0303a", ["q\u0303a"]),
        ("हिन्दी", ["हिन्दी"]),
        ("привет", ["привет"]),
        ("٣٤", ["٣٤"]),
        ("a_b", ["a", "b"]),
        ("½㎏①™", ["1", "2", "kg", "1", "tm"]),
        ("x½", ["x", "1", "2"]),
        ("2①", ["2", "1"]),
        ("AI™", ["ai", "tm"]),
        ("C++、“”——❤️1️⃣ ・\u3000", ["c", "1"]),
        ("灯\u0301a", ["灯", "a"]),
        ("\u0301", []),
        ("", []),
    ],
)
def test_a_text_falls_into_atoms(text: str, expected: list[str]) -> None:
    assert atoms(fold(text)) == expected


@pytest.mark.parametrize(("atom", "single"), [("智", True), ("カ", True), ("한", True), ("a", False), ("7", False)])
def test_ideographs_kana_and_hangul_stand_alone(atom: str, single: bool) -> None:
    assert is_single(atom) is single


@given(st.text())
def test_every_letter_and_digit_is_in_an_atom(text: str) -> None:
    wanted = fold(text)
    held = "".join(atoms(wanted))
    assert all(character in held for character in wanted if character.isalpha() or character.isdecimal())


def test_letters_and_marks_are_told_by_category_in_every_plane() -> None:
    several = {"No", "Nl"}
    characters = [chr(code) for code in chain(range(0xB2, 0xD800), range(0xE000, 0x1F200))]
    singles = re.compile(SINGLE)
    letters = [
        each
        for each in characters
        if each.isalnum() and not (each.isdecimal() or unicodedata.category(each) in several or singles.match(each))
    ]
    marks = [each for each in characters if unicodedata.category(each) in {"Mn", "Mc"} and not "︀" <= each <= "️"]
    assert re.findall(LETTER, "".join(characters)) == letters
    assert re.findall(MARK, "".join(characters)) == marks
