"""The forty variations met in real digests, each in invented words; the numbers are those of the list of variations."""

from __future__ import annotations

import datetime

import pytest

from archive.errors import RejectedIssue
from archive.model import Entry, EventDate, LabelledField, Reading, Source
from archive.parser import parse

HEADING = "# 智能日报 (2026-02-08)"
SITE = "https://site.example/1"
LINKED = (Source("某网", SITE),)
ISSUED = datetime.date(2026, 2, 8)


def read(*lines: str) -> Reading:
    return parse("\n".join([HEADING, *lines]))


def entries(*lines: str) -> tuple[Entry, ...]:
    """The entries of lines that give no diagnostic."""
    reading = read(*lines)
    assert reading.diagnostics == ()
    return reading.issue.entries


def entry(*lines: str) -> Entry:
    (only,) = entries(*lines)
    return only


def codes(reading: Reading) -> list[tuple[int, str]]:
    return [(each.line, each.code) for each in reading.diagnostics]


def points(of: Entry) -> list[str]:
    return [point.text for point in of.key_points]


def places(reading: Reading) -> list[tuple[str, str]]:
    return [(each.category, each.title) for each in reading.issue.entries]


# A. Field labels


def test_1_labels_of_two_words_have_the_role_of_the_first() -> None:
    found = entry("### 甲", "**背景/问题**：慢。", "", "**核心观点/方案**：加缓存。", "", "**结论/价值**：快了。")
    assert (found.background, found.summary) == ("慢。", "加缓存。")
    assert found.fields == (LabelledField("结论/价值", "快了。"),)


def test_2_core_is_the_summary_and_an_unknown_label_is_kept() -> None:
    found = entry("### 甲", "**核心**：新架构。", "**工程影响**：要改接口。", f"📍 来源：[某网]({SITE})")
    assert found == Entry(
        title="甲", summary="新架构。", fields=(LabelledField("工程影响", "要改接口。"),), sources=LINKED
    )


def test_3_a_quoted_comment_between_text_and_source_is_text() -> None:
    found = entry("### 甲", "正文。", "", "> 💡 小结一句", "", f"📌 来源：[某网]({SITE})")
    assert (found.summary, found.sources) == ("正文。 💡 小结一句", LINKED)


@pytest.mark.parametrize(
    "line",
    [f"📍 *来源：[某网]({SITE})*", f"_来源：[某网]({SITE})_", f"***来源**：[某网]({SITE})*", f"*来源：*[某网]({SITE})"],
)
def test_4_emphasis_around_a_whole_field_goes(line: str) -> None:
    assert entry("### 甲", "*摘要：斜的一句。*", line) == Entry(title="甲", summary="斜的一句。", sources=LINKED)


@pytest.mark.parametrize("mark", ["*", "_"])
def test_4_a_signature_in_italics_is_a_note_with_tags_and_ends_the_entry(mark: str) -> None:
    reading = read("### 甲", "", "正文。", f"{mark}商业 · 某报 · 02-07 · #芯片 · #机器人{mark}", "", "*共 43 个信源*")
    (found,) = reading.issue.entries
    assert (found.summary, found.labels) == ("正文。", ("芯片", "机器人"))
    assert found.fields == (LabelledField("附注", "商业 · 某报 · 02-07"),)
    assert codes(reading) == [(7, "unknown-line")]


@pytest.mark.parametrize("line", ["*商业 · 某报*", "*#芯片*", "*商业 · #*", "商业 · #芯片"])
def test_4_other_emphasis_is_text(line: str) -> None:
    found = entry("### 甲", "", "正文。", line)
    assert (found.labels, found.fields) == ((), ())


def test_5_a_colon_inside_the_bold_parts_label_and_text() -> None:
    found = entry("- **甲**", "  **说明：**一句。", "  **核心亮点：**", "    - **轻便：**随手带。")
    assert (found.summary, points(found)) == ("一句。", ["**轻便：**随手带。"])


@pytest.mark.parametrize("colons", ["：**：", "**：：", ":**:", "** : ："])
def test_6_a_doubled_colon_is_one(colons: str) -> None:
    found = entry("- **甲**", f"  **说明{colons}晴天。", f"  **天气{colons}又一句。")
    assert (found.summary, found.fields) == ("晴天。", (LabelledField("天气", "又一句。"),))


def test_7_an_ascii_colon_is_a_colon() -> None:
    found = entry("### 甲", "> **今日看点**: 新片", f"**参考来源**: [某网]({SITE})", "- 链接: http://b.example/1")
    assert points(found) == ["新片"]
    assert found.sources == (*LINKED, Source("b.example", "http://b.example/1"))


@pytest.mark.parametrize("bullet", ["", "*   "])
def test_8_signs_stand_for_labels(bullet: str) -> None:
    lines = (f"📝 一段文字。\n🔗 [阅读原文]({SITE})\n⏰ *09:25*\n🏷️ 芯片、政策").split("\n")
    found = entry("### 甲", *(bullet + line for line in lines))
    assert found.summary == "一段文字。"
    assert found.sources == (Source("site.example", SITE),)
    assert (found.fields, found.labels) == ((LabelledField("发布时间", "*09:25*"),), ("芯片", "政策"))


def test_8_a_sign_alone_or_another_one_is_no_label() -> None:
    assert points(entry("### 甲", "- ✨ 好看", "- 📝")) == ["✨ 好看", "📝"]


def test_9_today_is_the_day_on_which_the_text_was_published() -> None:
    lines = ("### 甲", "发布时间：2026-02-06 20:30:27", "", "公司今天开业。")
    assert entry(*lines).event_date == EventDate(datetime.date(2026, 2, 6), "今天")


@pytest.mark.parametrize("told", ["2025-02-06", "2026-02-09", "今晨"])
def test_9_a_time_of_publication_that_is_not_shortly_before_the_issue_moves_no_day(told: str) -> None:
    lines = ("### 甲", f"发布时间：{told}", "", "公司昨天开业。")
    assert entry(*lines).event_date == EventDate(datetime.date(2026, 2, 7), "昨天")


def test_9_labels_need_no_bold() -> None:
    found = entry(f"### [甲]({SITE})", "", "来源：某频道 - 最新", "", "发布时间：2026-02-07 20:30:27", "", "正文。")
    assert found.sources == (Source("某频道 - 最新", SITE),)
    assert found.fields == (LabelledField("发布时间", "2026-02-07 20:30:27"),)
    assert found.summary == "正文。"


@pytest.mark.parametrize("label", ["要点", "关键点", "核心亮点", "核心看点", "今日要点"])
@pytest.mark.parametrize("form", ["**{}**：", "**{}：**", "#### {}", "{}：", "#### **{}**", "**{}**"])
def test_10_every_word_for_key_points_in_every_form(label: str, form: str) -> None:
    assert points(entry("### 甲", "正文。", form.format(label), "- 一", "- 二")) == ["一", "二"]


@pytest.mark.parametrize("label", ["说明", "一句话说明", "摘要", "概要", "核心价值"])
def test_10_every_word_for_the_summary(label: str) -> None:
    assert entry("- **甲**", f"  **{label}**：一句。").summary == "一句。"


@pytest.mark.parametrize("label", ["来源", "来源出处", "参考来源", "相关链接", "消息来源", "原文链接"])
@pytest.mark.parametrize("form", ["**{}**：{}", "{}：{}", "- {}: {}"])
def test_10_every_word_for_the_sources(label: str, form: str) -> None:
    assert entry("### 甲", form.format(label, f"[某网]({SITE})")).sources == LINKED


@pytest.mark.parametrize("line", [f"[Read more →]({SITE})", f"Read more → {SITE}", f"原文链接：[阅读原文]({SITE})"])
def test_10_words_that_only_say_that_there_is_a_source_are_no_name(line: str) -> None:
    assert entry("### 甲", "正文。", line) == Entry(
        title="甲", summary="正文。", sources=(Source("site.example", SITE),)
    )


def test_10_a_summary_may_be_a_list() -> None:
    assert entry("- **甲**", "  **说明**：", "    - 一。", "    - 二。").summary == "一。二。"


# B. Titles


@pytest.mark.parametrize("mark", ["##", "###", "####"])
def test_11_a_linked_heading_is_title_and_source(mark: str) -> None:
    assert entry(f"{mark} [甲]({SITE})", "正文。") == Entry(
        title="甲", summary="正文。", sources=(Source("site.example", SITE),)
    )


@pytest.mark.parametrize("mark", ["## {}", "### {}", "- {}"])
def test_12_the_number_behind_a_title_goes_and_shows_a_title(mark: str) -> None:
    found = entries(mark.format(f"**[甲]({SITE})** `#1`"), "> 一句。", "", mark.format("**乙 `3`** `#12`"), "正文。")
    assert [(each.title, each.summary) for each in found] == [("甲", "一句。"), ("乙 `3`", "正文。")]


def test_13_bold_over_a_part_of_a_title_stays_in_it() -> None:
    assert entry("#### **[某研究所]** 开放数据", "正文。").title == "**[某研究所]** 开放数据"


def test_14_of_a_numbered_paragraph_the_first_sentence_is_the_title_and_the_rest_the_summary() -> None:
    reading = read(
        "## 要闻",
        "1.  某司的 **甲模型** 能做表了（见附。）它说“好。快”！此外还更快。",
        f"2.  单独一句[某处]({SITE})",
        f"   来源：[某网]({SITE})",
        "",
        f"3. **要点。**在这里？是的：[某网]({SITE})",
        "- 一点",
    )
    first, second, third = reading.issue.entries
    assert reading.diagnostics == ()
    assert first.title == "某司的 **甲模型** 能做表了（见附。）它说“好。快”！"
    assert (first.category, first.summary) == ("要闻", "此外还更快。")
    assert (second.title, second.sources) == (f"单独一句[某处]({SITE})", LINKED)
    assert (third.title, third.summary, third.sources, points(third)) == (
        "**要点。**在这里？",
        "是的",
        LINKED,
        ["一点"],
    )


def test_14_several_numbered_sentences_below_a_bare_heading_show_it_a_category() -> None:
    reading = read("### **产品更新**", "1. 某司发新。很快。", "2. 又一条。")
    assert places(reading) == [("产品更新", "某司发新"), ("产品更新", "又一条")]
    assert points(entry("### 甲", "1. 一点", "2. 二点")) == ["一点", "二点"]


def test_14_a_numbered_line_without_words_is_named() -> None:
    assert codes(read("## 要闻", "1. ~[]()")) == [(1, "no-entries"), (2, "empty-category"), (3, "unknown-line")]


@pytest.mark.parametrize("number", ["1、", "（1）", "(1) ", "1. ", "1) ", "1️⃣ ", "🔟 ", "① ", "01. "])
@pytest.mark.parametrize("form", ["### {}甲", "{}**甲**", "- **{}甲**", f"### {{}}[甲]({SITE})", "{}甲"])
def test_15_every_style_of_number_goes(number: str, form: str) -> None:
    assert entry(form.format(number)).title == "甲"


def test_15_a_numbered_bold_line_with_a_text_below_is_a_title_and_without_one_a_category() -> None:
    found = entries("**1. 甲**", "正文。", "", "**2. 乙**", "", "又一句。")
    assert [(each.title, each.summary) for each in found] == [("甲", "正文。"), ("乙", "又一句。")]
    assert places(read("**1. 概览**", "- **甲**")) == [("1. 概览", "甲")]


def test_15_an_address_without_a_title_is_its_own() -> None:
    assert entry(f"5.  {SITE}") == Entry(title=SITE, sources=(Source("site.example", SITE),))


def test_15_a_number_without_anything_is_passed_over() -> None:
    assert codes(read("- **甲**", "", "1、")) == []


@pytest.mark.parametrize("second", ["某会的公报", f"[某会的公报]({SITE})"])
def test_16_a_translated_heading_directly_below_makes_one_title_of_both(second: str) -> None:
    found = entry("### Notes from a Meeting", f"### {second}", "正文。")
    assert (found.title, found.summary) == ("Notes from a Meeting / 某会的公报", "正文。")
    assert [source.url for source in found.sources] == ([SITE] if second.startswith("[") else [])


@pytest.mark.parametrize(
    "lines",
    [
        ("### Notes from a Meeting", "", "### 公报"),
        ("### 某公报", "### 又一公报"),
        ("### Note", "### 公报"),
        (f"### [A Short Note]({SITE})", "### [公报](https://b.example)"),
        ("### A Short Note", "#### 某一公报"),
    ],
)
def test_16_other_headings_below_each_other_are_not_one_title(lines: tuple[str, ...]) -> None:
    assert all(" / " not in each.title for each in read(*lines).issue.entries)


@pytest.mark.parametrize("below", [["核心：正文。"], ["正文。"], ["", "正文。"], ["- 正文。"]])
def test_17_in_a_section_with_a_heading_bold_lines_may_be_titles(below: list[str]) -> None:
    reading = read("## 要闻", "### 甲", "正文。", "", "**乙**", *below, f"来源：[某网]({SITE})", "### 丙", "正文。")
    assert reading.diagnostics == ()
    assert places(reading) == [("要闻", "甲"), ("要闻", "乙"), ("要闻", "丙")]
    second = reading.issue.entries[1]
    assert ([second.summary] if second.summary else points(second), second.sources) == (["正文。"], LINKED)


def test_17_without_headings_a_bold_line_stays_a_category() -> None:
    assert codes(read("**政策**", "", "导语。", "- 一点", "- **甲**")) == [(4, "unknown-line"), (5, "unknown-line")]


@pytest.mark.parametrize(
    "title",
    [
        "加载仅 3s* 起",
        "Oh sh*t it works",
        "慎用 sum(*) 与 max(*)",
        "5\\*8 客服",
        "G*: notes on it",
        "换上 `甲 5` 之后",
        "$f(a|b)$ 与 `a|b`",
        "a_b_c 与 C#",
    ],
)
@pytest.mark.parametrize("form", ["### {}", f"### [{{}}]({SITE})", "- **{}**", "1. **{}**"])
def test_18_signs_inside_a_title_stay(title: str, form: str) -> None:
    assert entry(form.format(title), "  **说明**：文。").title == title


def test_19_the_same_title_twice_is_two_entries() -> None:
    found = entries("- **甲**", "  **核心**：见上一条。", "- **甲**", "  **核心**：文。")
    assert [(each.title, each.summary) for each in found] == [("甲", "见上一条。"), ("甲", "文。")]


@pytest.mark.parametrize("title", ["Q 3", "Only English Words", "🌟 亮灯", "甲"])
def test_20_short_english_and_sign_first_titles_are_titles(title: str) -> None:
    for line in (f"### {title}", f"- **{title}**"):
        assert entry(line, "  **说明**：文。").title == title


# C. Categories


@pytest.mark.parametrize(
    ("line", "category"),
    [
        ("## 📥 Tech", "📥 Tech"),
        ("### **产品与功能**", "产品与功能"),
        ("## 1. 平台概览", "1. 平台概览"),
        ("## 一、厂商", "一、厂商"),
        ("─── 【模型 / 研究】 ───", "模型 / 研究"),
        ("=== 政策 ===", "政策"),
        ("**政策**：", "政策"),
    ],
)
def test_21_categories_are_read_from_every_kind_of_line(line: str, category: str) -> None:
    (found,) = entries(line, "", "- **甲**", "  **说明**：文。")
    assert (found.category, found.title) == (category, "甲")


def test_21_rules_without_words_between_name_nothing() -> None:
    assert places(read("**政策**", "- **甲**", "─── 【】 ───", "- **乙**")) == [("政策", "甲"), ("政策", "乙")]


def test_21_a_tag_before_a_line_is_its_category_where_headings_tell_none() -> None:
    lines = (f"[文章] 哪个更快？一试便知：<{SITE}>", "", f"[文章] 又一个： <{SITE}>", f"[类库] 第三：{SITE}")
    first, second, third = entries(*lines)
    assert (first.category, first.title, first.summary) == ("文章", "哪个更快？", "一试便知")
    assert (second.category, second.title, third.category, third.title) == ("文章", "又一个", "类库", "第三")
    assert all(each.sources == (Source("site.example", SITE),) for each in (first, second, third))
    assert places(read("## 前端", lines[2])) == [("前端", "[文章] 又一个")]
    for line in ("[文章] 没有网址", f"[文章] ~ {SITE}"):
        assert codes(read(line)) == [(1, "no-entries"), (2, "unknown-line")]


def test_21_an_overview_by_numbers_tells_the_categories() -> None:
    reading = read(
        "## 概览",
        "- 总说 `#9`",
        "### 要闻",
        "- 甲 `#1`",
        "### 模型",
        "- 乙 `#2`",
        "- 丙 `#3`",
        "---",
        f"## [甲]({SITE}) `#1`",
        "## 乙 `#2`",
        "## 丙 `#3`",
        "## 丁 `#1`",
        "## 戊 `#4`",
    )
    assert places(reading) == [("要闻", "甲"), ("模型", "乙"), ("模型", "丙"), ("要闻", "丁"), ("要闻", "戊")]
    assert codes(reading) == [(2, "empty-category"), (3, "overview"), *((line, "overview") for line in (5, 7, 8))]
    assert codes(read("- 甲 `#1`", "## 甲 `#1`")) == [(2, "overview")]
    assert points(entry("### 甲", "正文。", "- 点 `#1`")) == ["点 `#1`"]


def test_22_23_categories_are_taken_as_they_are_named() -> None:
    names = ("Daily Code", "💾 Daily Code", "某大会", "第二回：夜雨")
    reading = read(*(line for name in names for line in (f"## {name}", "- **甲**")))
    assert reading.issue.categories == tuple((each.category, (each,)) for each in reading.issue.entries)
    assert [each.category for each in reading.issue.entries] == list(names)


def test_23_a_chapter_in_the_digest_is_named_line_by_line() -> None:
    assert codes(read("## 第二回：夜雨", "他走了。", "", "她也走了。", "## 要闻", "- **甲**")) == [
        (2, "empty-category"),
        (3, "unknown-line"),
        (5, "unknown-line"),
    ]


def test_24_sections_without_entries_are_left_aside_with_a_note() -> None:
    reading = read(
        "```",
        "摘要",
        "```",
        "## ⚡ 快速导航",
        "",
        "- [模型](#模型)",
        "### 子目",
        "1. 一",
        "### **🔑 3 个关键词**",
        "#甲 #乙",
        "## 附注",
        "- **说明**：注。",
        "**政策**",
        "- **甲**",
        "## 附注",
        "---",
        "散落。",
    )
    assert places(reading) == [("政策", "甲")]
    assert codes(reading) == [
        *((line, "code-block") for line in (2, 3, 4)),
        *((line, "section") for line in (5, 7, 8, 9, 10, 11, 12, 13, 16)),
        (18, "unknown-line"),
    ]


# D. Key points


@pytest.mark.parametrize("heading", ["### 配图 - 某图", "## 题图", "### 头图：某图"])
def test_24_a_picture_under_its_own_heading_is_left_aside_with_a_note(heading: str) -> None:
    reading = read("### 甲", "正文。", "", heading, "", "![](https://a.cn/x.png)")
    assert [each.title for each in reading.issue.entries] == ["甲"]
    assert codes(reading) == [(5, "section"), (7, "section")]


def test_24_a_title_that_only_begins_like_a_picture_is_a_title() -> None:
    assert entry("### 配图工具发布").title == "配图工具发布"


def test_25_every_indent_and_bullet_makes_a_key_point() -> None:
    lines = [
        "  - 一",
        "   - 二",
        "    *   **三**：一",
        "\t- 四",
        "\u3000\u3000• 五",
        "      + 六",
        "\xa0\xa0\xa0- 七",
        "    1. 八",
    ]
    found = entry("- **甲**", "  **要点**：", *lines)
    assert points(found) == ["一", "二", "**三**：一", "四", "五", "六", "七", "八"]


def test_26_the_rows_of_a_table_in_an_entry_are_key_points() -> None:
    reading = read(
        "### 甲",
        "正文。",
        "",
        "| 标题 | 数据 | 说 |",
        "|---|:-:|---|",
        "| 一 | ⭐ 21 \\| 💬 2 | 好<br>作者 |",
        "| 二 | | 快 |",
    )
    (found,) = reading.issue.entries
    assert (found.summary, points(found)) == ("正文。", ["一；⭐ 21 \\| 💬 2；好<br>作者", "二；快"])
    assert codes(reading) == [(5, "table-header")]


def test_26_the_rows_of_a_table_outside_of_an_entry_are_named() -> None:
    assert codes(read("## 榜单", "| 甲 | 乙 |", "|---|---|", "| 丙 | 丁 |")) == [
        (1, "no-entries"),
        (2, "empty-category"),
        (3, "unknown-line"),
        (5, "unknown-line"),
    ]


def test_27_a_table_in_a_part_of_an_entry_is_its_text_and_a_point_of_only_a_link_a_source() -> None:
    reading = read(
        "### 甲",
        "- 一；",
        f"- ✨ [论文地址]({SITE})",
        "- ✨ '论文地址'",
        "- ✨ ![图](x.png)",
        "#### 付费方案",
        "| 版 | 价 |",
        "| - | - |",
        "| 免费 | 0 |",
        "| 专业 | 9； |",
        "| 企业 | 面议 |",
    )
    (found,) = reading.issue.entries
    assert points(found) == ["一；", "✨ '论文地址'", "✨ ![图](x.png)"]
    assert found.sources == (Source("论文地址", SITE),)
    assert found.fields == (LabelledField("付费方案", "免费；0；专业；9；企业；面议"),)
    assert codes(reading) == [(8, "table-header")]


# E. Sources


@pytest.mark.parametrize("sign", [" · ", " | ", "｜", " ｜ ", " / ", "、", "；", ", ", " "])
def test_28_several_sources_stand_on_one_line(sign: str) -> None:
    links = (f"[某网]({SITE})", "[潮·新闻](https://b.example)", "[丙](https://c.example)")
    assert entry("### 甲", f"来源：{sign.join(links)}").sources == (
        *LINKED,
        Source("潮·新闻", "https://b.example"),
        Source("丙", "https://c.example"),
    )


@pytest.mark.parametrize("name", ["热榜 · 某站", "甲｜乙", "Blog | 丙 - 工程师", "甲 / 乙"])
def test_28_a_line_without_links_below_a_linked_title_is_one_name(name: str) -> None:
    assert entry(f"### [甲]({SITE})", "", f"来源：{name}").sources == (Source(name, SITE),)


def test_28_names_in_a_list_are_several_below_a_linked_title_too() -> None:
    assert entry(f"### [甲]({SITE})", "", "来源：某网、乙报").sources == (*LINKED, Source("乙报"))


@pytest.mark.parametrize("label", ["**参考来源**:", "相关链接：", "#### 来源"])
@pytest.mark.parametrize("bullets", ["-*", "--", "1."])
def test_28_sources_stand_in_a_list(label: str, bullets: str) -> None:
    first, second = ("1. ", "2. ") if bullets == "1." else (f"{bullets[0]} ", f"  {bullets[1]} ")
    assert entry("### 甲", label, f"{first}[某网]({SITE})", f"{second}https://b.example").sources == (
        *LINKED,
        Source("b.example", "https://b.example"),
    )


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (SITE, ("site.example", SITE)),
        (f"<{SITE}>", ("site.example", SITE)),
        ("某社 2026年2月7日简报", ("某社 2026年2月7日简报", "")),
        ("[某刊](https://www.site.example/)", ("某刊", "https://www.site.example/")),
        (f"[{SITE}]({SITE})", (SITE, SITE)),
        (f'[News - "AI"]({SITE})', ('News - "AI"', SITE)),
        (f"[@某]({SITE})", ("@某", SITE)),
        (f"[甲|乙 ｜ 丙's]({SITE})", ("甲|乙 ｜ 丙's", SITE)),
    ],
)
def test_29_addresses_and_names_stand_alone_or_hold_signs(text: str, source: tuple[str, str]) -> None:
    assert entry("### 甲", f"**参考来源**: {text}").sources == (Source(*source),)


@pytest.mark.parametrize("line", [f"1. go 一个 {SITE}", f"1. go 一个：<{SITE}>", f"1. go 一个（{SITE}）"])
def test_29_an_address_behind_a_numbered_title_is_its_source(line: str) -> None:
    assert entry(line) == Entry(title="go 一个", sources=(Source("site.example", SITE),))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("[甲](https://a.example/Moon_(film))", "https://a.example/Moon_(film)"),
        ("[甲](https://a.example/my tool-x/)", "https://a.example/my%20tool-x/"),
        ('[甲](https://a.example/1 "题")', "https://a.example/1"),
        ("[甲](https://a.example/go?to=https%3A%2F%2Fb.example)", "https://a.example/go?to=https%3A%2F%2Fb.example"),
        ("甲：https://a.example/1，后面", "https://a.example/1"),
        (f"[甲](https://a.example/s?a=1&b={'x' * 440}#rd)", f"https://a.example/s?a=1&b={'x' * 440}#rd"),
    ],
)  # fmt: skip
def test_30_difficult_addresses_are_read_whole(text: str, address: str) -> None:
    assert entry("### 某", f"来源：{text}").sources[0] == Source("甲", address)


def test_30_an_empty_name_is_the_host() -> None:
    assert entry("### 甲", f"来源：[]({SITE})").sources == (Source("site.example", SITE),)


@pytest.mark.parametrize("address", ["/news/1", "<](https://b.example/a)>"])
def test_30_relative_and_broken_addresses_are_named(address: str) -> None:
    reading = read("### 甲", f"来源：[某网]({address})")
    assert reading.issue.entries[0].sources == (Source("某网"),)
    assert codes(reading) == [(3, "bad-url")]


def test_31_a_link_in_running_text_is_text() -> None:
    found = entry("### 甲", f"可比照[一份附件（某）]({SITE})来看。", f"- 见[某处]({SITE})")
    assert found.summary == f"可比照[一份附件（某）]({SITE})来看。"
    assert (points(found), found.sources) == ([f"见[某处]({SITE})"], ())


# F. Dates


@pytest.mark.parametrize(
    ("heading", "series", "noted"),
    [
        ("## 智能日报 2026/2/8", "智能日报", []),
        ("### 2026.2.8 与您同行的智能日报第 12 期", "与您同行的智能日报", []),
        ("# 智能日报 2026年02月08日", "智能日报", []),
        ("# 智能日报（2026-02-08）", "智能日报", []),
        ("# 2026年2月8日-智能日报-某刊", "智能日报-某刊", []),
        ("# 智能日报 | 2026.02.08 — 甲 / 乙", "智能日报", ["subtitle"]),
        ("# 智能日报（2026-02-08）：三件事", "智能日报", ["subtitle"]),
        ("# 智能日报 2026-02-08 - 三件事", "智能日报", ["subtitle"]),
        ("# 智能日报 2026-02-08 | 星期日", "智能日报", []),
        ("# 智能日报 2026-02-08 晚", "智能日报 晚", []),
        ("# 📡 智能动态 | 2026.02.08-09", "📡 智能动态", ["date-range"]),
        ("# 智能动态 2026.02.08 - 09", "智能动态", ["date-range"]),
        ("# 智能动态 2026年2月8日至10日", "智能动态", ["date-range"]),
        ("# 智能动态 2026-02-08~03-01", "智能动态", ["date-range"]),
        ("# 智能动态 2026-02-08 至 2026-02-10", "智能动态", ["date-range"]),
        ("# 智能动态 2026-02-08-1", "智能动态", []),
    ],
)
def test_32_every_form_of_date_with_range_and_subtitle(heading: str, series: str, noted: list[str]) -> None:
    reading = parse(f"{heading}\n- **甲**")
    assert (reading.issue.date, reading.issue.series) == (ISSUED, series)
    assert codes(reading) == [(1, code) for code in noted]


@pytest.mark.parametrize("day", ["02月08日", "2月8日", "2 月 8 号"])
@pytest.mark.parametrize(
    ("file_name", "year"),
    [("2026-02-08.md", 2026), ("2025/某期.md", 2025), ("2025-12-31.md", 2026), ("某期.md", 2026)],
)
def test_32_a_day_without_its_year_takes_that_of_the_file_name_or_of_the_last_such_day(
    day: str, file_name: str, year: int
) -> None:
    today = datetime.date(2027, 2, 7)
    for text in (
        f"---\ntitle: {day} 智能快讯\n---",
        f"# {day} 智能快讯",
        f"## {day} 智能快讯",
        f"# 智能快讯 {day}（周日）",
    ):
        reading = parse(f"{text}\n- **甲**", file_name=file_name, today=today)
        assert (reading.issue.date, reading.issue.series) == (datetime.date(year, 2, 8), "智能快讯")
        assert "year-assumed" in [each.code for each in reading.diagnostics]


def test_32_the_year_is_asked_of_the_front_matter_too() -> None:
    text = "---\ndate: 2026-01-02\n---\n# 12月31日 快讯\n- **甲**"
    assert parse(text).issue.date == datetime.date(2025, 12, 31)
    text = "---\nlinkTitle: 11-10-日报\n---\n- **甲**"
    assert parse(text, file_name="2025.md").issue.date == datetime.date(2025, 11, 10)


@pytest.mark.parametrize(
    ("text", "today"),
    [
        ("# 2月8日 快讯", None),
        ("# 13-40 快讯", ISSUED),
        ("# 24.05% 快讯", ISSUED),
        ("# 2月30日 快讯", ISSUED),
    ],
)
def test_32_a_day_whose_year_nothing_tells_is_no_date(text: str, today: datetime.date | None) -> None:
    with pytest.raises(RejectedIssue) as rejected:
        parse(f"{text}\n- **甲**", today=today)
    assert rejected.value.code == "no-date"


def test_32_the_29th_of_february_is_looked_for_in_leap_years() -> None:
    assert parse("# 2月29日 快讯", today=datetime.date(2026, 2, 1)).issue.date == datetime.date(2024, 2, 29)


@pytest.mark.parametrize("second", ["# 智能新闻（2026-02-07）", "## 智能新闻（2026-02-07）", "# 2月7日 智能新闻"])
def test_32_several_days_in_one_file_are_a_warning(second: str) -> None:
    for first in ("# 智能新闻（2026-02-08）", "# 2月8日 智能新闻"):
        reading = parse(f"{first}\n- **甲**\n{second}\n- **乙**", today=ISSUED)
        assert reading.issue.date == ISSUED
        assert (3, "second-date") in codes(reading)


def test_32_a_title_that_differs_from_the_file_name_wins_with_a_warning() -> None:
    reading = parse("---\ntitle: 智能早报 2026-02-08\n---\n- **甲**", file_name="1_test2026-02-09.md")
    assert (reading.issue.date, codes(reading)) == (ISSUED, [(2, "date-disagrees")])


def test_32_a_time_behind_the_date_is_no_range() -> None:
    reading = parse('---\ndate: "2026-02-08 23:22:04"\n---\n- **甲**', series="智能日报")
    assert (reading.issue.date, reading.diagnostics) == (ISSUED, ())


# G. Whole files


def test_33_line_ends_may_be_mixed_and_a_rule_makes_no_heading() -> None:
    reading = parse("---\r\ntitle: 智能日报 2026-02-08\n---\r\n### 甲\r\n正文\n---\r\n### 乙\r文")
    assert [(each.title, each.summary) for each in reading.issue.entries] == [("甲", "正文"), ("乙", "文")]
    assert reading.diagnostics == ()


def test_33_what_front_matter_says_beside_name_and_date_is_named_line_by_line() -> None:
    front = ["---", 'title: "智能日报"', "date: 2026-02-08", 'description: "一', '二"', "tags:", "- 三", "", "---"]
    reading = parse("\n".join([*front, "### 甲"]))
    assert reading.issue.series == "智能日报"
    assert codes(reading) == [(4, "front-matter"), (5, "front-matter"), (7, "front-matter")]


def test_33_front_matter_that_the_heading_overrules_is_named() -> None:
    reading = parse("\n".join(["---", "title: 别的", "date: 2026-02-07", "---", HEADING, "### 甲"]))
    assert (reading.issue.series, reading.issue.date) == ("智能日报", ISSUED)
    assert codes(reading) == [(2, "front-matter"), (3, "date-differs")]


def test_34_an_empty_issue_is_an_issue_with_a_warning() -> None:
    reading = parse("---\ntitle: 智能日报\ndate: 2026-02-08\ntags: \n---\n\n\n")
    assert (reading.issue.entries, codes(reading)) == ((), [(3, "no-entries")])


def test_35_control_characters_go_with_a_note_and_others_stay() -> None:
    reading = read("### 甲\a乙\b", "\u200b", "\ufffd文\u00a0字😵\u200d💫")
    assert reading.issue.entries == (Entry(title="甲乙", summary="\ufffd文\u00a0字😵\u200d💫"),)
    assert codes(reading) == [(2, "control-character")]


def test_36_the_text_between_tags_is_kept_and_the_tags_are_noted() -> None:
    reading = read(
        "### 甲",
        "用 <template> 标签。",
        "<details>",
        "<summary>展开</summary>",
        "内文。",
        "</details>",
        "<video src=https://a.example/x></video>",
        '<p align="center"><img src="x.png"></p>',
        "<br/>![图](x.png)<br/>",
        "<!-- 注 -->",
        "<table>",
        "<tr><td>格</td></tr>",
    )
    text = "用 <template> 标签。 <summary>展开</summary> 内文。 <br/>![图](x.png)<br/> <tr><td>格</td></tr>"
    assert reading.issue.entries == (Entry(title="甲", summary=text),)
    assert codes(reading) == [*((line, "html") for line in (4, 7, 8, 9)), (11, "comment"), (12, "html")]


def test_37_quotes_are_the_summary_and_code_is_noted() -> None:
    reading = read("### 甲", "> 一段。", ">", "> 又一段。", "", "```python", "print(1)", "```", "后文。")
    assert reading.issue.entries == (Entry(title="甲", summary="一段。又一段。后文。"),)
    assert codes(reading) == [(line, "code-block") for line in (7, 8, 9)]


def test_38_texts_stay_as_they_are_written() -> None:
    found = entry("### 雲端 robot 繪圖測試 (・∀・')ﾉ", '"万能钥匙”とは何か。')
    assert (found.title, found.summary) == ("雲端 robot 繪圖測試 (・∀・')ﾉ", '"万能钥匙”とは何か。')


def test_39_an_entry_reads_the_same_wherever_it_stands_in_an_issue() -> None:
    first, second = ("- **甲**", "  **说明**：一。"), ("- **乙**", "  **要点**：", "    - 二")
    assert entries(*first, *second) == entries(*second, *first)[::-1]


def test_40_nothing_of_a_large_issue_is_cut() -> None:
    long_line = " · ".join(f"[某网{number}](https://a.example/{number})" for number in range(30))
    lines = [f"- **条目 {number}**\n  **要点**：\n    - {'长' * 513}\n  **来源**：{long_line}" for number in range(230)]
    found = entries(*"\n".join(lines).split("\n"))
    assert len(found) == 230
    assert all((points(each), len(each.sources)) == (["长" * 513], 30) for each in found)
