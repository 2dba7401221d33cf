"""Folded text -> words: Han runs by jieba, everything else by our own rules (SEARCH 7). The only importer of jieba."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import jieba

from archive.text.atoms import IDEOGRAPHS, LETTER, LETTERS, SINGLE
from indexer.lexicon import Lexicon

_JOINED = rf"(?:{LETTERS}|\d+)(?:[-._/'\u200b]?(?:{LETTERS}|\d+))*"
_UNITS = "[万亿千百]*(?:人民币|美元|欧元|港元|日元|小时|分钟|个月|元|年|月|日|时|个|倍|版|天|岁|%|°c)?"
_PIECE = re.compile(
    rf"(?P<number>\d+(?:[.~/-]\d+)*(?!\d|[-._/'\u200b]?{LETTERS}|[._/'-]\d){_UNITS})"
    rf"|(?P<joined>(?:(?<!{LETTER})(?<![\d.])\.(?={LETTERS}))?{_JOINED})(?P<plus>[+#]*)"
    rf"|(?P<han>[{IDEOGRAPHS}]+)"
    rf"|(?P<kana>{SINGLE}+)"
)

_PARTS = re.compile(rf"{LETTERS}|\d+")
_LETTERS = re.compile(LETTERS)


class Segmenter:
    """Cuts texts with a dictionary of its own, loaded when first needed; `cache` is a private folder (mode 0700)."""

    def __init__(self, lexicon: Lexicon, cache: Path) -> None:
        jieba.setLogLevel(logging.CRITICAL)  # where its cache cannot be written it logs a traceback, and goes on
        self._lexicon = lexicon
        self._tokenizer = jieba.Tokenizer()
        self._loaded = False
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._cache = cache
        self._tokenizer.tmp_dir = str(cache)

    def __reduce__(self) -> tuple[type[Segmenter], tuple[Lexicon, Path]]:
        """Another process loads the dictionary anew."""
        return Segmenter, (self._lexicon, self._cache)

    def cut(self, folded: str) -> list[str]:
        """The words of a query: precise mode, single characters joined to a neighbour unless they are stop words."""
        return [word for piece in _PIECE.finditer(folded) for word in self._query_words(piece)]

    def index_words(self, folded: str) -> list[str]:
        """The words under which a text is ranked: those of precise mode, and every word within one; Latin compounds
        whole and in parts."""
        return [word for piece in _PIECE.finditer(folded) for word in self._index_words(piece)]

    def is_stop_word(self, word: str) -> bool:
        """Whether a query requires this word of nobody."""
        return word in self._lexicon.stop_words

    def knows(self, word: str) -> bool:
        """Whether a folded word of ideographs is in the dictionary or among the user words."""
        return bool(self._dictionary().FREQ.get(word))

    def dictionary_cut(self, word: str) -> list[str]:
        """A folded word of ideographs in words of the dictionary alone, single characters where it has none."""
        return list(self._dictionary().lcut(word, HMM=False))

    def _query_words(self, piece: re.Match[str]) -> list[str]:
        if piece["han"]:
            return list(self._with_singles_joined(self._dictionary().lcut(piece["han"])))
        if piece["joined"]:
            with_sign = piece["plus"] if _LETTERS.search(piece["joined"]) else ""
            return [piece["joined"] + with_sign]
        return [piece[0]]

    def _with_singles_joined(self, pieces: list[str]) -> Iterator[str]:
        """智能/体 -> 智能体: each single character goes to the piece before it, else to the one after."""
        held = ""  # what a following single may still join
        for piece in pieces:
            if piece in self._lexicon.stop_words:
                if held:
                    yield held
                yield piece
                held = ""
            elif held and (len(piece) == 1 or len(held) == 1):
                held += piece
            else:
                if held:
                    yield held
                held = piece
        if held:
            yield held

    def _index_words(self, piece: re.Match[str]) -> Iterator[str]:
        if piece["han"]:
            for word in self._dictionary().cut(piece["han"]):
                yield from self._words_within(word)
                yield word
            return
        whole = piece["number"] or piece["joined"] or piece["kana"]
        yield whole
        parts = _PARTS.findall(whole)
        if len(parts) > 1:
            yield from parts

    def _words_within(self, word: str) -> Iterator[str]:
        """The dictionary's words in a longer one, the short ones first. jieba's search mode knows but those of two and
        three characters, and would not rank 生成式人工智能 under 人工智能."""
        known = self._dictionary().FREQ
        for length in range(2, len(word)):
            parts = (word[start : start + length] for start in range(len(word) - length + 1))
            yield from (part for part in parts if known.get(part))

    def _dictionary(self) -> jieba.Tokenizer:
        if not self._loaded:
            self._tokenizer.initialize()
            for word in sorted(self._lexicon.words):
                self._tokenizer.add_word(word)
            self._loaded = True
        return self._tokenizer
