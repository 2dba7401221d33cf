"""The promise: a quoted query finds what looking through the text finds (SEARCH 2 to 6), for pieces of every kind."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from asking import filled, ids, request
from factories import entry, issue
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from archive.model import LabelledField, Source
from archive.text.atoms import IDEOGRAPHS
from indexer.document import document
from indexer.engines import connect
from indexer.planning import Planner
from indexer.segmenter import Segmenter

HAN = st.sampled_from("处理待数据采不准用上智能体灯一二三具身结構后後𠮷〇々")
LATIN = st.sampled_from(["GPT", "Qwen", "AI", "OpenAI", "é", "RT", "C", "naïve"])
DIGITS = st.sampled_from(["5", "53", "2026", "100", "7"])
SIGNS = st.sampled_from([*"，。“” -·：（）！/+#½™①é"])
texts = st.lists(st.one_of(HAN, HAN, HAN, LATIN, DIGITS, SIGNS), min_size=1, max_size=24).map("".join)
RUN = re.compile(f"[{IDEOGRAPHS}]+")
JOINTS = ["", " ", "-", ".", "_", "  ", " - "]


def held(*written: str) -> dict[str, object]:
    """The fields of an entry whose seven texts these are."""
    title, summary, background, first, second, other, source = written
    return {
        "title": f"甲{title}",
        "summary": summary,
        "background": background,
        "points": (first, second),
        "fields": (LabelledField("影响", other),),
        "sources": (Source(source or "某报"),),
    }


entries = st.lists(texts, min_size=7, max_size=7).map(lambda written: entry(**{"source": None} | held(*written)))
quick = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def searched(entry_) -> list[str]:
    """Every field, folded, as it is searched."""
    return list(document(issue(entry_), entry_).texts())


@quick
@given(st.lists(entries, min_size=1, max_size=3), st.data())
def test_a_run_of_ideographs_is_found_wherever_it_stands(
    segmenter: Segmenter, planner: Planner, several, data: st.DataObject
) -> None:
    runs = [run for each in several for text in searched(each) for run in RUN.findall(text)]
    assume(runs)
    run = data.draw(st.sampled_from(runs))
    start = data.draw(st.integers(0, len(run) - 1))
    piece = run[start : start + data.draw(st.integers(1, 8))]
    kept = issue(*several)
    wanted = [
        each.id for each, asked in zip(kept.entries, several, strict=True) if any(piece in t for t in searched(asked))
    ]
    with TemporaryDirectory() as folder:
        for url in ("memory:", f"whoosh:{Path(folder) / 'index'}"):
            answer = filled(connect(url, segmenter), kept).search(request(planner, f"“{piece}”"))
            assert sorted(ids(answer)) == wanted
            assert answer.total == answer.literal_total == len(wanted)


@quick
@given(st.lists(st.one_of(LATIN, DIGITS, HAN), min_size=1, max_size=5), st.data())
def test_latin_and_digits_are_found_in_every_spelling(
    segmenter: Segmenter, planner: Planner, atoms: list[str], data: st.DataObject
) -> None:
    """Between two ideographs nothing is optional, between two runs of one kind something must part them."""

    def spelt() -> str:
        text = atoms[0]
        for left, right in pairwise(atoms):
            joint = data.draw(st.sampled_from(JOINTS))
            if RUN.fullmatch(left) and RUN.fullmatch(right):
                joint = ""
            elif same_kind(left, right) and not joint:
                joint = " "
            text += joint + right
        return data.draw(st.sampled_from([text, text.upper(), text.swapcase(), wide(text)]))

    asked, written = spelt(), spelt()
    with TemporaryDirectory() as folder:
        for url in ("memory:", f"whoosh:{Path(folder) / 'index'}"):
            engine = filled(connect(url, segmenter), issue(entry(f"。{written}。", source=None)))
            assert engine.search(request(planner, f"“{asked}”")).total == 1, (asked, written)


def same_kind(left: str, right: str) -> bool:
    """Whether two atoms would run into one."""
    if RUN.fullmatch(left) or RUN.fullmatch(right):
        return False
    return left.isdecimal() == right.isdecimal()


def wide(text: str) -> str:
    """ASCII in full width."""
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)
