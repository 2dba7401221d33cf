"""Folded text -> words: Han runs by jieba, everything else by our own rules (SEARCH 7). The only importer of jieba.

Where `rjieba` is installed (the extra `fast`) it cuts in jieba's place, 17 times faster and alike to the letter.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Protocol

from archive.text.atoms import IDEOGRAPHS, KANA_HANGUL, LETTER, LETTERS, SINGLE, run_pattern
from indexer.lexicon import Lexicon

_JOINED = rf"(?![-._/'\u200b])(?:[-._/'\u200b]?(?:{LETTERS}|\d+))+"
_UNITS = "[万亿千百]*(?:人民币|美元|欧元|港元|日元|小时|分钟|个月|元|年|月|日|时|个|倍|版|天|岁|%|°c)?"
_RUN_OF_SINGLES = re.compile(rf"(?P<han>[{IDEOGRAPHS}]+)|[{KANA_HANGUL}]+")


@cache
def _piece() -> re.Pattern[str]:
    """A piece of a folded text; compiled when asked for: that takes 20 ms."""
    return re.compile(
        rf"(?P<number>\d+(?:[.~/-]\d+)*(?!\d|[-._/'\u200b]?{LETTER}|[._/'-]\d){_UNITS})"
        rf"|(?P<joined>(?:(?<!{LETTER})(?<![\d.])\.(?={LETTER}))?{_JOINED})(?P<plus>[+#]*)"
        rf"|(?P<han>[{IDEOGRAPHS}]+)"
        rf"|(?P<kana>{SINGLE}+)"
    )


def _pieces(folded: str) -> Iterable[re.Match[str]]:
    """The pieces of a folded text; of ideographs alone, as most queries are, there is one."""
    run = _RUN_OF_SINGLES.fullmatch(folded)
    return (run,) if run and run["han"] else _piece().finditer(folded)


class Dictionary(Protocol):
    """What cuts runs of ideographs; user words are in it."""

    def cut(self, run: str, *, guessing: bool = True) -> list[str]:
        """The words of a run, in precise mode; `guessing` also such as no dictionary has."""
        ...

    def has(self, word: str) -> bool:
        """Whether it knows a word."""
        ...


class Jieba:
    """The reference."""

    def __init__(self, words: Iterable[str], cache: Path) -> None:
        import jieba

        jieba.setLogLevel(logging.CRITICAL)  # where its cache cannot be written it logs a traceback, and goes on
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.tmp_dir = str(cache)
        self._tokenizer.initialize()
        for word in words:
            before = self._tokenizer.FREQ.get(word, 0)
            self._tokenizer.add_word(word)
            self._tokenizer.total -= before  # which jieba goes on counting beside the new frequency

    def cut(self, run: str, *, guessing: bool = True) -> list[str]:
        """The words of a run."""
        return list(self._tokenizer.lcut(run, HMM=guessing))

    def has(self, word: str) -> bool:
        """Whether it knows a word."""
        return bool(self._tokenizer.FREQ.get(word))


class FastJieba:
    """The same in Rust. Raises ImportError where it is not installed.

    The module makes one with the plain dictionary when it is loaded, which takes 0.2 s: the first here is that one.
    """

    _module_taken = False

    def __init__(self, words: Iterable[str]) -> None:
        import rjieba

        self._tokenizer: Any = rjieba.Jieba() if FastJieba._module_taken else rjieba
        FastJieba._module_taken = True
        for word in words:
            self._tokenizer.add_word(word, None, None)

    def cut(self, run: str, *, guessing: bool = True) -> list[str]:
        """The words of a run."""
        found: list[str] = self._tokenizer.cut(run, guessing)
        return found

    def has(self, word: str) -> bool:
        """Whether it knows a word."""
        return bool(self._tokenizer.has_word(word))


class Segmenter:
    """Cuts texts with a dictionary of its own, loaded when first needed; `cache` is a private folder (mode 0700)."""

    def __init__(self, lexicon: Lexicon, cache: Path) -> None:
        self._lexicon = lexicon
        self._cache = cache
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._words_within = lru_cache(maxsize=1 << 16)(self._dictionary_words_within)
        self._ends_of_words = lru_cache(maxsize=1 << 12)(self._dictionary_ends)

    def __reduce__(self) -> tuple[type[Segmenter], tuple[Lexicon, Path]]:
        """Another process loads the dictionary anew."""
        return Segmenter, (self._lexicon, self._cache)

    def cut(self, folded: str) -> list[str]:
        """The words of a query: precise mode, single characters joined to a neighbour unless they are stop words."""
        return [word for piece in _pieces(folded) for word in self._query_words(piece)]

    def index_words(self, folded: str) -> list[str]:
        """The words under which a text is ranked: those of precise mode, and every word within one; Latin compounds
        whole and in parts."""
        return [word for piece in _pieces(folded) for word in self._index_words(piece)]

    def on_cuts(self, folded: str, start: int, end: int) -> bool:
        """Whether the ideographs (kana, hangul) there are a word on the text's own cuts (SEARCH 11).

        So is what the text is ranked under, and what begins and ends where words of its run do: 智能/体 holds 智能体,
        and 2.0时/代 holds 时代, since its run is also cut by itself.
        """
        first, last = folded.rfind("\n", 0, start) + 1, folded.find("\n", end)
        line, start, end = folded[first : last if last >= 0 else None], start - first, end - first
        pieces, runs = _spans(line)
        return any(
            self._is_word(line[begin:stop], start - begin, end - begin, is_han)
            for begin, stop, is_han in (_around(pieces, start), *([_around(runs, start)] if end - start > 1 else ()))
            if end <= stop
        )

    def _is_word(self, run: str, start: int, end: int, is_han: bool) -> bool:
        if not is_han:
            return (start, end) == (0, len(run))
        ends = self._ends_of_words(run)
        after = bisect_right(ends, start)
        if start == ends[after - 1] and end == ends[bisect_right(ends, end) - 1]:
            return True
        return end - start > 1 and end <= ends[after] and self.dictionary.has(run[start:end])

    def _dictionary_ends(self, run: str) -> tuple[int, ...]:
        """Where the words of a run of ideographs end; the first is 0."""
        return tuple(accumulate(map(len, self.dictionary.cut(run)), initial=0))

    def is_stop_word(self, word: str) -> bool:
        """Whether a query requires this word of nobody."""
        return word in self._lexicon.stop_words

    def knows(self, word: str) -> bool:
        """Whether a folded word of ideographs is in the dictionary or among the user words."""
        return self.dictionary.has(word)

    def dictionary_cut(self, word: str) -> list[str]:
        """A folded word of ideographs in words of the dictionary alone, single characters where it has none."""
        return self.dictionary.cut(word, guessing=False)

    def _query_words(self, piece: re.Match[str]) -> list[str]:
        if piece["han"]:
            return list(self._with_singles_joined(self.dictionary.cut(piece["han"])))
        if piece["joined"]:
            only_digits = all(each.isdecimal() for each in run_pattern().findall(piece["joined"]))
            return [piece["joined"] + ("" if only_digits else piece["plus"])]
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
            for word in self.dictionary.cut(piece["han"]):
                yield from self._words_within(word)
                yield word
            return
        whole = piece["number"] or piece["joined"] or piece["kana"]
        yield whole
        parts = run_pattern().findall(whole)
        if len(parts) > 1:
            yield from parts

    def _dictionary_words_within(self, word: str) -> tuple[str, ...]:
        """The dictionary's words in a longer one, the short ones first. jieba's search mode knows but those of two and
        three characters, and would not rank 生成式人工智能 under 人工智能."""
        parts = (
            word[start : start + length] for length in range(2, len(word)) for start in range(len(word) - length + 1)
        )
        return tuple(filter(self.dictionary.has, parts))

    @cached_property
    def dictionary(self) -> Dictionary:
        """The faster one where it is installed."""
        words = sorted(self._lexicon.words)
        with suppress(ImportError):
            return FastJieba(words)
        return Jieba(words, self._cache)


Span = tuple[int, int, bool]  # start, end, and whether jieba cuts it


@lru_cache(maxsize=16)
def _spans(line: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """A folded text -> its pieces, and its runs of ideographs and of kana, in order."""
    pieces, runs = _pieces(line), _RUN_OF_SINGLES.finditer(line)
    return tuple(map(_span, pieces)), tuple(map(_span, runs))


def _span(found: re.Match[str]) -> Span:
    return (*found.span(), bool(found["han"]))


def _around(spans: tuple[Span, ...], place: int) -> Span:
    """The span that holds a place."""
    return spans[bisect_right(spans, place, key=lambda span: span[0]) - 1]
