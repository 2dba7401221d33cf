"""Decisions on words -> lines of the plain files in a home's `config/`, which a person may edit as well."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

from archive.durable import sync
from archive.errors import DataFileError
from archive.text import fold, same_name
from indexer.lexicon import read_words
from web.config import data_texts

WORDS, REFUSED, TAGS = "words.txt", "refused.txt", "tags.toml"
_HEADS = {
    WORDS: "# 自己的用户词：一行一词，只用汉字；# 起注释。只影响切分与排序，不影响能找到什么。\n",
    REFUSED: "# 不再作为候选的词：一行一词；# 起注释。\n",
    TAGS: "# 自己的标签名录，与自带的合用。\n",
}


def refused(home: Path) -> frozenset[str]:
    """The refused words of a home, folded. Raises DataFileError."""
    return frozenset[str]().union(*map(read_words, data_texts(home, REFUSED)))


def accept_word(home: Path, word: str, day: datetime.date) -> None:
    """A user word from now on."""
    _write(home, REFUSED, _without(_read(home, REFUSED), word))
    _write(home, WORDS, _with(_read(home, WORDS), word, f"{day} 接受"))


def accept_tag(home: Path, name: str, kind: str, day: datetime.date) -> None:
    """The name of a tag from now on; `kind` is one of `archive.tagger.KINDS`."""
    _write(home, REFUSED, _without(_read(home, REFUSED), name))
    # A string of JSON is one of TOML too.
    table = f'\n[[tag]]  # {day} 接受\nname = {json.dumps(name, ensure_ascii=False)}\nkind = "{kind}"\n'
    _write(home, TAGS, _ended(_read(home, TAGS)) + table)


def refuse(home: Path, word: str, day: datetime.date) -> None:
    """Not offered again, and no user word of this home."""
    _write(home, WORDS, _without(_read(home, WORDS), word))
    _write(home, REFUSED, _with(_read(home, REFUSED), word, f"{day} 拒绝"))


def _with(text: str, word: str, comment: str) -> str:
    return text if fold(word) in read_words(text) else f"{_ended(text)}{word}  # {comment}\n"


def _without(text: str, word: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if same_name(word) not in map(same_name, read_words(line)))


def _ended(text: str) -> str:
    return text if text.endswith("\n") or not text else text + "\n"


def _read(home: Path, name: str) -> str:
    """The home's own file, its heading where there is none. Raises DataFileError."""
    path = home / "config" / name
    try:
        return path.read_text(encoding="utf-8-sig") if path.exists() else _HEADS[name]
    except UnicodeDecodeError as error:
        raise DataFileError(f"读不了 {path}：不是 UTF-8", "改存为 UTF-8 后再试") from error


def _write(home: Path, name: str, text: str) -> None:
    """Written beside and renamed, so that a reader or a power cut meets the old file or the new one."""
    path = (home / "config" / name).resolve()  # a link stays a link
    if text == _read(home, name):
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{name}.partial")
    beside.write_text(text, encoding="utf-8")
    sync(beside)
    beside.replace(path)
    sync(path.parent)
