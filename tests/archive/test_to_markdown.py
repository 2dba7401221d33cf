"""Issues -> Markdown, and back."""

from __future__ import annotations

import datetime
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.dates import event_date
from archive.model import Entry, Issue, KeyPoint, LabelledField, Source
from archive.parser import parse, to_markdown

EXAMPLES = 200
DATE = datetime.date(2026, 2, 8)


def issue(*entries: Entry, series: str = "智能日报", banner: str = "") -> Issue:
    return Issue(DATE, series, entries, banner)


def test_an_issue_is_written_in_the_grammar_of_the_digests() -> None:
    text = to_markdown(
        issue(
            Entry(
                title="甲",
                category="政策",
                summary="说。",
                background="背。",
                key_points=(KeyPoint("一"), KeyPoint("二")),
                fields=(LabelledField("影响", "深。"),),
                labels=("芯片", "政策"),
                sources=(Source("某报", "https://a.example/x_(1)"), Source("某网")),
            ),
            Entry(title="乙", category="政策"),
            Entry(title="丙", category="产品"),
            banner="<b>智能日报</b>",
        )
    )
    assert text == (
        "# 智能日报 (2026-02-08)\n\n<b>智能日报</b>\n\n**政策**\n\n- **甲**\n  **说明**：说。\n  **背景**：背。\n"
        "  **要点**：\n    - 一\n    - 二\n  **影响**：深。\n  **标签**：芯片、政策\n"
        "  **来源出处**：[某报](https://a.example/x_(1)) · 某网\n\n- **乙**\n\n**产品**\n\n- **丙**\n"
    )


def test_sources_that_would_run_together_are_written_one_a_line() -> None:
    sources = (Source("[甲"), Source("乙](x)"), Source("丙 | 丁"), Source("戊", "https://a.example/("))
    text = to_markdown(issue(Entry(title="某", sources=sources)))
    assert text.endswith(
        "  **来源出处**：\n    - [甲\n    - 乙](x)\n    - [丙 | 丁]()\n    - [戊](<https://a.example/(>)\n"
    )
    assert parse(text).issue.entries[0].sources == sources


def test_an_empty_issue_is_its_heading() -> None:
    assert to_markdown(issue()) == "# 智能日报 (2026-02-08)\n"


NASTY = "模型|Agent|GPT-5.3|２０２６|**|*|`a|[注]|[|](|(x|)|<b>|：|:|·| · |/|\\|#| |  |“|”|——|1、|2月7日|https://a.cn/(b|&amp;|~~|。"
TAME = "模型|Agent|GPT-5.3|（注）|“引”|(x)|2月7日|《书》|a*b| "
TEXT = st.lists(st.sampled_from(NASTY.split("|")), min_size=1, max_size=9).map("".join)
NAME = st.lists(st.sampled_from(TAME.split("|")), max_size=6).map(lambda words: f"名{''.join(words)}称")
BODY = st.one_of(st.just(""), TEXT.map(lambda text: f"{text}。".lstrip(" :：")))
POINT = TEXT.map(lambda text: KeyPoint(f"{text}点".strip()))
ADDRESS = ["", "https://a.cn/", "http://b.cn/x_(y)", "https://c.cn/)(", "https://d.cn/?a=[1]&b=，", "HTTPS://E.cn/路"]
SOURCE = st.builds(
    Source, st.builds("{}{}".format, NAME, st.sampled_from(["", "|某", " / 某", "[1]"])), st.sampled_from(ADDRESS)
)
FIELD = st.builds(LabelledField, NAME, BODY)


def several(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=3).map(tuple)


ENTRY = st.builds(
    Entry,
    title=NAME,
    category=st.sampled_from(["模型 / 研究", "1. 概览", "要点", "📥 Tech"]),
    summary=BODY,
    background=BODY,
    key_points=several(POINT),
    fields=several(FIELD),
    labels=several(st.sampled_from(["芯片", "C#语言", "a:b", "[x]"])),
    sources=several(SOURCE),
    event_date=st.none(),
    tags=st.just(()),
    id=st.just(""),
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(ENTRY, min_size=1, max_size=4), NAME, st.sampled_from(["", '<p class="x">横幅：**粗**</p>']))
def test_any_issue_reads_back_as_itself_without_a_warning(entries: list[Entry], series: str, banner: str) -> None:
    dated = (replace(each, event_date=event_date(each, DATE)) for each in entries)
    written = issue(*dated, series=" ".join(series.replace("2月7日", "").split()), banner=banner)
    reading = parse(to_markdown(written))
    assert reading.issue == written
    assert reading.diagnostics == ()
