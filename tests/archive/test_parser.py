"""Markdown text -> issues, entries and diagnostics."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import grows_linearly

from archive.errors import RejectedIssue
from archive.model import Entry, EventDate, Issue, KeyPoint, LabelledField, Reading, Source
from archive.parser import decode, parse, series_key, to_markdown

EXAMPLES = 200
HEADING = "# 智能日报 (2026-02-08)"
SEED = """# 智能日报 (2026-02-08)

<span style="color:#1677ff;">智能日报</span>

**政策**

- **某部门发布数据指引**
  **说明**：某部门于2月7日发布指引。
  **背景**：数据流通中功能定位不清。
  **要点**：
    - 明确各方定位。
    - 支持人工智能企业。
  **来源出处**：[某报](https://news.example/a_(1).html)

**产品**

- **某司发布 A-1 模型**
  **说明**：速度提升 25%。
  **来源出处**：[某网](https://site.example/)
"""


def read(*lines: str, **options: str) -> Reading:
    return parse("\n".join([HEADING, *lines]), **options)


def entry(*lines: str) -> Entry:
    (only,) = read(*lines).issue.entries
    return only


def codes(reading: Reading) -> list[tuple[int, str]]:
    return [(each.line, each.code) for each in reading.diagnostics]


def points(of: Entry) -> list[str]:
    return [point.text for point in of.key_points]


# The seed's grammar


def test_the_seeds_grammar_is_read_whole() -> None:
    reading = parse(SEED, file_name="2026-02-08.md")
    assert reading.diagnostics == ()
    assert reading.issue == Issue(
        date=datetime.date(2026, 2, 8),
        series="智能日报",
        banner='<span style="color:#1677ff;">智能日报</span>',
        entries=(
            Entry(
                title="某部门发布数据指引",
                category="政策",
                summary="某部门于2月7日发布指引。",
                background="数据流通中功能定位不清。",
                key_points=(KeyPoint("明确各方定位。"), KeyPoint("支持人工智能企业。")),
                sources=(Source("某报", "https://news.example/a_(1).html"),),
                event_date=EventDate(datetime.date(2026, 2, 7), "2月7日"),
            ),
            Entry(
                title="某司发布 A-1 模型",
                category="产品",
                summary="速度提升 25%。",
                sources=(Source("某网", "https://site.example/"),),
            ),
        ),
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n  ", "\n   "),
        lambda text: text.replace("\n  ", "\n\t"),
        lambda text: text.replace("\n  ", "\n\u3000\u3000"),
        lambda text: text.replace("\n  **", "\n**"),
        lambda text: text.replace("    - ", "    * "),
        lambda text: text.replace("    - ", "    + "),
        lambda text: text.replace("    - ", "    •"),
        lambda text: text.replace("    - ", "    1. "),
        lambda text: text.replace("    - ", "    （2）"),
        lambda text: text.replace("- **某", "1. **某"),
        lambda text: text.replace("- **某", "- **3、某"),
        lambda text: text.replace("**：", "**:"),
        lambda text: text.replace("**：", "：**"),
        lambda text: text.replace("**：", "：**："),
        lambda text: text.replace("\n  **", "\n  - **"),
        lambda text: text.replace("**政策**", "## 政策").replace("**产品**", "## **产品** ##"),
        lambda text: text.replace("**政策**", "**政策：**").replace("**产品**", "**产品**："),
        lambda text: text.replace("- **某部门发布数据指引**", "### 某部门发布数据指引").replace(
            "- **某司发布 A-1 模型**", "### 2. **某司发布 A-1 模型**"
        ),
        lambda text: text.replace("说明", "摘要").replace("要点", "核心亮点").replace("来源出处", "📌 参考来源"),
        lambda text: text.replace("**说明**", "概要").replace("**来源出处**", "来源"),
        lambda text: text.replace("**政策**", "---\n**政策**").replace("\n\n", "\n\n\u200b\n"),
        lambda text: text.replace("**说明**：", "**说明**：\n    "),
        lambda text: text.replace("# 智能日报 (2026-02-08)", "# 智能日报 第 12 期 | 2026年2月8日 星期日"),
        lambda text: '---\ntitle: "智能日报 2026-02-08"\ndate: 2026-02-08 08:00\ntags:\n---\n' + text,
        lambda text: "```markdown\n" + text + "```\n",
    ],
)
def test_the_same_thing_written_otherwise_is_the_same_issue(change: object) -> None:
    reading = parse(change(SEED))
    assert reading.issue == parse(SEED).issue
    assert reading.diagnostics == ()


# Dates and series


@pytest.mark.parametrize(
    ("text", "file_name"),
    [
        ("## 智能日报 2026/2/8", ""),
        ("# 智能日报\n\n## 2026.02.08", ""),
        ('---\ntitle: "日报"\ntags:\n- 甲\ndate: "2026-02-08 23:00:00"\n---', "2026-02-09.md"),
        ("+++\nlinkTitle = '日报 2026-02-08'\n+++", ""),
        ("# 智能日报", "往期\\2026\\20260208.md"),
        ("", "issues/2026-02-08.md"),
    ],
)
def test_heading_front_matter_and_file_name_tell_the_date(text: str, file_name: str) -> None:
    assert parse(text, file_name=file_name).issue.date == datetime.date(2026, 2, 8)


@pytest.mark.parametrize("text", ["", "# 智能日报", "---\ntitle: 日报\n", "---", "---\n## 某 ##\n---", "---\n"])
def test_without_any_date_an_issue_is_rejected(text: str) -> None:
    with pytest.raises(RejectedIssue) as rejected:
        parse(text, file_name="日报.md")
    assert rejected.value.code == "no-date"


def test_the_heading_wins_over_the_file_name_with_a_warning() -> None:
    reading = parse(SEED, file_name="2026-02-09.md")
    assert reading.issue.date == datetime.date(2026, 2, 8)
    assert codes(reading) == [(1, "date-disagrees")]


@pytest.mark.parametrize(("today", "warned"), [((2026, 2, 5), True), ((2026, 2, 6), False)])
def test_a_date_more_than_two_days_ahead_is_a_warning(today: tuple[int, int, int], warned: bool) -> None:
    assert codes(parse(SEED, today=datetime.date(*today))) == ([(1, "future-date")] if warned else [])


@pytest.mark.parametrize("second", ["# 别的日报 2026-02-09", "## 智能日报（2026-02-09）"])
def test_a_second_dated_heading_is_a_warning(second: str) -> None:
    reading = parse(f"## 智能日报 2026-02-08\n- **甲**\n{second}\n- **乙**\n## 2026-02-10 要闻\n- **丙**")
    assert (3, "second-date") in codes(reading)
    assert [each.category for each in reading.issue.entries] == ["", "", "2026-02-10 要闻"]


def test_a_dated_heading_below_an_undated_issue_is_a_category() -> None:
    assert parse("- **甲**\n# 2026-02-09\n- **乙**", file_name="2026-02-08").issue.entries[1].category == "2026-02-09"


def test_a_further_heading_that_names_nothing_is_noted() -> None:
    reading = parse("# 智能日报\n# 要闻 2026-02-08\n- **甲**")
    assert reading.issue.series == "智能日报"
    assert codes(reading) == [(2, "second-heading")]


@pytest.mark.parametrize(
    ("heading", "series"),
    [
        ("AI 行业动态 (2026-02-08)", "AI 行业动态"),
        ("【AI日报】2026-02-08", "【AI日报】"),
        ("【2026-02-08 AI日报】", "AI日报"),
        ("【AI日报 2026-02-08】", "AI日报"),
        ("Daily News #2026-02-08", "Daily News"),
        ("AI 前沿 | 第 193 期 | 2026.02.08", "AI 前沿"),
        ("2026年第6期 智能周报 2026-02-08", "智能周报"),
        ("**智能**  日报 2026-02-08 No. 12", "智能 日报"),
        ("2026.2.8 今天是每日时报陪伴您的第 360 天", "每日时报"),
        ("2026-02-08", "未命名"),
    ],
)
def test_the_series_is_the_heading_without_date_and_numbers(heading: str, series: str) -> None:
    assert parse(f"# {heading}").issue.series == series


def test_without_a_heading_the_front_matters_title_names_the_series_then_the_argument() -> None:
    assert parse("---\ntitle: 日报 2026-02-08\n---", series="别的").issue.series == "日报"
    assert parse("## 政策", file_name="2026-02-08", series="智能周刊").issue.series == "智能周刊"


def test_series_are_compared_by_their_atoms() -> None:
    assert series_key("AI行业动态") == series_key("AI 行业动态") == series_key("ＡＩ 行业·动态")


# Categories and titles


def test_a_linked_heading_gives_a_title_and_a_source() -> None:
    for line in (
        "### [甲[1]](https://a.example/x)",
        "## 1. [甲[1]](https://a.example/x)",
        "**[甲[1]](https://a.example/x)**",
    ):
        assert entry(line) == Entry(title="甲[1]", sources=(Source("a.example", "https://a.example/x"),))


def test_a_first_source_without_address_takes_the_titles() -> None:
    read_entry = entry(
        "### [甲](https://a.example/x)", "", "来源：某网、某报", "", "发布时间：2026-02-07 20:30", "", "正文。"
    )
    assert read_entry.sources == (Source("某网", "https://a.example/x"), Source("某报"))
    assert read_entry.fields == (LabelledField("发布时间", "2026-02-07 20:30"),)
    assert read_entry.summary == "正文。"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[某网](https://a.example/x)", ("某网", "https://a.example/x")),
        ("某网]甲", ("a.example", "https://a.example/x")),
    ],
)
def test_the_titles_address_is_not_doubled_nor_lent_to_a_name_that_makes_no_link(
    source: str, expected: tuple[str, str]
) -> None:
    assert entry("### [甲](https://a.example/x)", f"**来源**：{source}").sources[0] == Source(*expected)


@pytest.mark.parametrize("heading", ["### [**1. 甲**](https://a.example)", "### **2） [甲](https://a.example)**"])
def test_marks_numbers_and_links_around_a_title_are_taken_off_in_any_order(heading: str) -> None:
    assert entry(heading).title == "甲"


def test_what_would_read_as_something_else_in_bold_loses_its_marks() -> None:
    assert entry("### 核心：**某** 事[1]").title == "核心：某 事1"
    assert entry("### 甲**：乙** 丙[1]").title == "甲：乙 丙1"
    assert entry("### " + "[" * 20 + "甲" + "](https://a.example)" * 20).title.startswith("甲")


def test_bold_inside_a_title_stays() -> None:
    assert entry("#### **[某校]** 提出新法").title == "**[某校]** 提出新法"


def test_a_bullet_with_a_bold_beginning_and_a_text_is_an_entry_with_its_summary() -> None:
    assert entry("- **甲**：一句话。") == Entry(title="甲", summary="一句话。")


def test_a_heading_without_a_text_before_deeper_titles_was_a_category() -> None:
    reading = read("## 一", "### 二", "#### [甲](https://a.example)", "### 三", "- **乙**", "正文")
    assert [(each.category, each.title) for each in reading.issue.entries] == [("二", "甲"), ("三", "乙")]
    assert codes(reading) == [(2, "empty-category")]


def test_a_heading_that_can_name_no_category_stays_an_entry() -> None:
    reading = read("### ：", "#### [甲](https://a.example)")
    assert [(each.category, each.title) for each in reading.issue.entries] == [("", "："), ("", "甲")]


def test_a_bold_line_or_heading_directly_above_a_label_was_a_title() -> None:
    reading = read("## 一", "**甲**", "**说明**：正文。", "**乙**", "来源：某网", "## 丙", "### 要点", "- 点")
    assert [(each.category, each.title) for each in reading.issue.entries] == [("一", "甲"), ("一", "乙"), ("一", "丙")]
    assert reading.diagnostics == ()


def test_a_category_that_can_be_no_title_leaves_the_label_below_unread() -> None:
    assert codes(read("**[**" + "1. " * 3 + "]**", "来源：某网")) != []


def test_a_part_of_a_heading_entry_is_a_field() -> None:
    read_entry = entry("### 甲", "正文。", "#### 付费方案", "- 免费版", "- 专业版", "#### 核心看点", "- 点")
    assert read_entry.fields == (LabelledField("付费方案", "免费版；专业版"),)
    assert points(read_entry) == ["点"]


def test_a_deeper_linked_heading_is_an_entry_of_its_own() -> None:
    assert len(read("### 甲", "正文。", "#### [乙](https://a.example)").issue.entries) == 2


def test_a_category_without_entries_is_noted() -> None:
    assert codes(read("**一**", "## 二", "- **甲**", "**三**")) == [(2, "empty-category"), (5, "empty-category")]


@pytest.mark.parametrize(
    "line", ["## ---", "### **", "**：**", "- 散落的一点", "散落的一行", "**说明**：无主", "- **说明**：无主", "| 表 |"]
)
def test_what_belongs_to_nothing_is_named_with_its_line(line: str) -> None:
    assert (2, "unknown-line") in codes(read(line))


# Fields


def test_lines_of_one_text_are_joined_without_a_space_between_chinese() -> None:
    read_entry = entry(
        "- **甲**", "  **说明**：一行，", "  又一行", "  with Latin", "  words", "  **要点**：", "    - 点", "      续"
    )
    assert read_entry.summary == "一行，又一行 with Latin words"
    assert points(read_entry) == ["点续"]


def test_a_label_of_no_known_meaning_is_kept() -> None:
    read_entry = entry("- **甲**", "  **影响**：深远。", "  **名单：**", "    - 一", "    - 二", "  **空**：")
    assert read_entry.fields == (
        LabelledField("影响", "深远。"),
        LabelledField("名单", "一；二"),
        LabelledField("空", ""),
    )


def test_bulleted_labels_stand_beside_each_other() -> None:
    read_entry = entry(
        "- **甲**",
        "  - **说明**：文。",
        "  - **影响**：深远。",
        "  - **要点**：",
        "    - **点**：一",
        "  - 链接: https://a.example",
    )
    assert read_entry.summary == "文。"
    assert read_entry.fields == (LabelledField("影响", "深远。"),)
    assert points(read_entry) == ["**点**：一"]
    assert read_entry.sources == (Source("a.example", "https://a.example"),)


def test_bullets_level_with_an_empty_label_are_its_points_unless_wholly_bold() -> None:
    reading = read("- **甲**", "**要点**：", "- 点一", "- **点二**：有词", "- **乙**")
    assert points(reading.issue.entries[0]) == ["点一", "**点二**：有词"]
    assert reading.issue.entries[1].title == "乙"


def test_bullets_after_a_text_are_key_points_and_linked_ones_sources() -> None:
    read_entry = entry(
        "### 甲", "- **点：**一", "- **点二**", "* [某网](https://a.example)", "", "[某报](https://b.example)"
    )
    assert points(read_entry) == ["**点：**一", "**点二**"]
    assert [source.name for source in read_entry.sources] == ["某网", "某报"]


def test_a_text_on_the_label_of_the_points_is_one_of_them() -> None:
    assert points(entry("- **甲**", "  **要点**：一", "    - 二", "  **要点**：---")) == ["一", "二"]


def test_a_line_without_bullet_below_the_label_is_a_point() -> None:
    assert points(entry("- **甲**", "  **要点**：", "    一")) == ["一"]


def test_a_field_that_comes_twice_is_joined_with_a_warning() -> None:
    reading = read("- **甲**", "  **说明**：一。", "  **摘要**：二。")
    assert reading.issue.entries[0].summary == "一。二。"
    assert codes(reading) == [(4, "duplicate-field")]


def test_labels_are_parted_at_any_common_sign() -> None:
    read_entry = entry("- **甲**", "  **标签**：#甲、乙，丙,丁;戊/己 庚 #", "  **Tags**:", "    - 辛", "    壬")
    assert read_entry.labels == tuple("甲乙丙丁戊己庚辛壬")


def test_paragraphs_of_a_heading_entry_belong_to_it() -> None:
    read_entry = entry(
        "### 甲",
        "一。",
        "",
        "二。",
        "**要点**：",
        "- 点",
        "",
        "三。",
        "来源：某网",
        "四。",
        "**背景**：五。",
        "",
        "六。",
    )
    assert read_entry.summary == "一。二。三。四。"
    assert read_entry.background == "五。六。"


def test_a_paragraph_after_a_bulleted_entry_is_outside_of_it() -> None:
    assert codes(read("- **甲**", "  **说明**：一。", "", "本期完。")) == [(5, "unknown-line")]


def test_indented_bold_lines_are_text_or_labels() -> None:
    read_entry = entry("- **甲**", "  **强调的一句**", "  **要点**", "    - 点")
    assert read_entry.summary == "**强调的一句**"
    assert points(read_entry) == ["点"]
    assert points(entry("### 甲", "**要点**", "- 点")) == ["点"]


def test_quotes_are_text_inside_an_entry_and_noted_outside() -> None:
    reading = read("> 导语", "> ", "### 甲", "> 一句。", "> **背景**：又一句。", "> | 表 |")
    assert reading.issue.entries[0].summary == "一句。"
    assert reading.issue.entries[0].background == "又一句。"
    assert codes(reading) == [(2, "quote"), (7, "quote")]


def test_what_is_left_aside_is_noted() -> None:
    reading = read(
        "<b>横幅</b>",
        "<b>又一条</b>",
        "<br/>",
        "<!-- 注",
        "释 -->",
        "```",
        "",
        "# 代码",
        "```",
        "~~~",
        "码",
        "~~~",
        "### 甲",
        "<i>文</i>",
        "![图](x.png)",
    )
    assert [code for _, code in codes(reading)] == ["html", "html", *["comment"] * 2, *["code-block"] * 6, "image"]
    assert reading.issue.entries[0].summary == "<i>文</i>"


def test_a_comment_or_fence_that_is_never_closed_hides_nothing() -> None:
    reading = read("<!-- 注", "- **甲**", "  **说明**：文。", "~~~文", "<https://a.example>")
    assert reading.issue.entries[0].summary == "文。 ~~~文"
    assert reading.issue.entries[0].sources == (Source("a.example", "https://a.example"),)


def test_control_characters_are_removed_with_a_note() -> None:
    reading = read("- **甲\a乙**")
    assert reading.issue.entries[0].title == "甲乙"
    assert codes(reading) == [(2, "control-character")]


def test_an_empty_issue_is_a_warning() -> None:
    reading = parse("---\ndate: 2026-02-08\n---\n\n")
    assert codes(reading) == [(2, "no-entries")]
    assert reading.issue.entries == ()


def test_a_long_line_is_shortened_in_its_diagnostic() -> None:
    (diagnostic,) = read("- **甲**", "  **说明**：文。", "", "很" * 100).diagnostics
    assert diagnostic.severity == "warning"
    assert len(diagnostic.message) < 60


# Sources


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "[甲](https://a.example) · [乙](https://b.example)|[丙](https://c.example)",
            "甲 https://a.example 乙 https://b.example 丙 https://c.example",
        ),
        ("[甲](https://a.example/x_(y)_(z))、乙 / 丙", "甲 https://a.example/x_(y)_(z) 乙 - 丙 -"),
        (
            "<https://www.a.example/>｜https://b.example/x。",
            "a.example https://www.a.example/ b.example https://b.example/x",
        ),
        ("甲：https://a.example/x(1)), 乙 https://b.example", "甲 https://a.example/x(1) 乙 https://b.example"),
        ("[甲](<https://a.example/(>)", "甲 https://a.example/("),
        ('[甲](https://a.example "题") [乙]()', "甲 https://a.example 乙 -"),
        ("[](https://a.example)", "a.example https://a.example"),
        ("[甲\\]", "[甲\\] -"),
        ("[甲](https://a.example", "[甲] https://a.example"),
        ("http://", "http -"),
        ("甲]乙 https://a.example", "甲]乙 - a.example https://a.example"),
        ("https://www./", "https://www./ https://www./"),
        ("*[甲](https://a.example)*", "甲 https://a.example"),
        ("潮·新闻", "潮·新闻 -"),
    ],
)
def test_sources_are_read_from_links_addresses_and_names(text: str, sources: str) -> None:
    words = sources.split()
    expected = [Source(name, url.strip("-")) for name, url in zip(words[::2], words[1::2], strict=True)]
    assert list(entry("- **甲**", f"  **来源**：{text}").sources) == expected


def test_sources_are_read_from_a_list_below_their_label() -> None:
    for below in (("    - [甲](https://a.example)", "    - 乙"), ("    [甲](https://a.example)", "", "    乙")):
        assert entry("- **某**", "  **相关链接**：", *below).sources == (
            Source("甲", "https://a.example"),
            Source("乙"),
        )
    assert len(entry("- **某**", "来源：甲", "https://b.example").sources) == 2


@pytest.mark.parametrize("address", ["/news/1", "ftp://a.example", "https://[x"])
def test_an_address_that_is_not_absolute_http_is_dropped_with_a_warning(address: str) -> None:
    reading = read("- **某**", f"  **来源**：[甲]({address}) [](x)")
    assert reading.issue.entries[0].sources == (Source("甲"),)
    assert codes(reading) == [(3, "bad-url"), (3, "bad-url")]


def test_a_title_with_a_bad_address_keeps_its_name() -> None:
    reading = read("### [甲](/x)")
    assert reading.issue.entries == (Entry(title="甲"),)
    assert codes(reading) == [(2, "bad-url")]


# Bytes


@pytest.mark.parametrize("data", [SEED.encode(), SEED.encode("utf-8-sig"), SEED.encode("gb18030")])
def test_utf8_with_or_without_bom_and_gb18030_are_decoded(data: bytes) -> None:
    assert decode(data) == SEED


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PNG\0", "not-text"),
        (b"\xff\xff\xff", "not-text"),
        (b"", "empty"),
        (" \r\n\u3000\ufeff".encode(), "empty"),
        (b"a" * (2 * 1024 * 1024 + 1), "too-large"),
    ],
)
def test_bytes_that_are_no_text_are_rejected(data: bytes, code: str) -> None:
    with pytest.raises(RejectedIssue) as rejected:
        decode(data)
    assert rejected.value.code == code


def test_two_mebibytes_are_not_too_large() -> None:
    assert len(decode(b"a" * (2 * 1024 * 1024))) == 2 * 1024 * 1024


# Any text

GRAMMAR = """- **T**|**C**|## T|### T|### [T](https://a.cn/x)|#### T|# T 2026-02-08|# T (2026-02-09)|  **说明**：T
  **背景**:T|  **要点**：|    - T|  - T|- T|  **来源**：[T](https://a.cn/x_(1))|  **来源**：T · [T](<https://b.cn/)>)
**标签**：T、T|  **其他T**：T|**T：**|  **T：**T|- **T**：T|- **说明**：T|  - **来源**：|T|  T|> T|> - T|<b>T</b>
<!-- T -->|<!-- T|T -->|```|```md|![T](x)|---|1. T|**1. T**|### 1. [T](x)|https://a.cn/T|来源：T https://a.cn
发布时间：T|\u3000\u3000T|\t- T|### 要点|#### 核心亮点|**[T](https://x.cn)**|  **T**|#### **[T]** x|  - **要点：**
- **T** x|T\x07|# [T](u)|1. T。T|1. T https://a.cn/T|1. T：[T](https://a.cn)|[T] T：<https://a.cn/T>
─── 【T】 ───|## T `#1`|- T `#1`|### T `#1`|🔗 T|📝 T|- ⏰ T|*来源：T*|***说明**：T*|## 附注
### Some Words T|Read more → https://a.cn/T|## 2月8日 T|①T|# 2月8日 T|# T 2026-02-08 — T|[T](https://a.cn) [T](https://b.cn)"""
TABLE = ["| T | T |", "|---|:-:|"]
PIECES = """T|**|*|[|]|(|)|https://a.cn/|：|:| |·| · |、|1. |- |<|>|/|说明
来源|#|`|\\|“|，|![|_|~|=|2026-02-08|第3期|`#1`|。|🔗 |→|─── |2月8日|\u200b|\u3000"""
JUNK = st.tuples(
    st.sampled_from(
        ["", "- ", "    ", "- **", "### ", "## ", "**", "  **说明**：", "  **来源**：", "    - ", "  **标签**：", "> "]
    ),
    st.lists(st.sampled_from(PIECES.replace("\n", "|").split("|")), max_size=7).map("".join),
    st.sampled_from(["", "**"]),
).map("".join)
SOUP = st.lists(
    st.one_of(st.sampled_from(GRAMMAR.replace("\n", "|").split("|") + TABLE), JUNK, st.just("")), max_size=14
)

FRONT = st.lists(
    st.sampled_from(["title: T", "T: T", "tags:", "- T", "  T", "linkTitle: T 02-08", ""]), max_size=4
).map(lambda lines: ["---", "date: 2026-02-08", *lines, "---"] if lines else [])


def texts(issue: Issue) -> str:
    found = [issue.series, issue.banner]
    for each in issue.entries:
        found += [each.title, each.category, each.summary, each.background, *points(each), *each.labels]
        found += [field.label + field.text for field in each.fields]
        found += [source.name + source.url for source in each.sources]
    return "\n".join(found)


@settings(max_examples=EXAMPLES, deadline=None)
@given(SOUP, st.sampled_from(["\n", "\r\n"]), FRONT)
def test_every_word_of_any_text_is_in_a_field_or_its_line_in_a_diagnostic(
    soup: list[str], end: str, front: list[str]
) -> None:
    lines = [line.replace("T", f"w{number}w", 1).replace("T", "词") for number, line in enumerate([*front, *soup], 1)]
    reading = parse(end.join(lines), file_name="2026-02-08.md")
    named = {diagnostic.line for diagnostic in reading.diagnostics}
    kept = texts(reading.issue)
    words = {number: f"w{number}w" for number, line in enumerate(lines, 1) if f"w{number}w" in line}
    assert [number for number, word in words.items() if number not in named and word not in kept] == []


@settings(max_examples=EXAMPLES, deadline=None)
@given(SOUP)
def test_what_is_read_from_any_text_reads_back_from_markdown(soup: list[str]) -> None:
    issue = parse("\n".join(soup), file_name="2026-02-08.md").issue
    again = parse(to_markdown(issue))
    assert again.issue == issue
    assert {each.code for each in again.diagnostics if each.severity != "note"} <= {"no-entries"}


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text())
def test_no_text_whatever_raises_but_a_rejection(text: str) -> None:
    parse(text, file_name="2026-02-08.md")


@pytest.mark.parametrize("before", ["", "- **甲**\n  **来源**：", "- **甲**\n  **说明**：", "### "])
@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "*",
        "[a](",
        "](<",
        "<",
        "  ",
        "- **a**\n",
        "<!--\n",
        "```\n",
        "http://a(",
        "今",
        "2026-",
        "---a",
        "`#1`",
        "1. a。",
        "|",
        "2月",
    ],
)
def test_reading_time_grows_with_the_text_and_not_its_square(before: str, piece: str) -> None:
    assert grows_linearly(lambda size: parse(f"{HEADING}\n{before}{piece * (size // len(piece))}"), 2_000)
