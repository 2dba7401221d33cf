"""What a typed text asks, and what the reader says about it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.errors import BadRequest
from indexer.query import parse
from indexer.query.tree import (
    Address,
    And,
    DateField,
    Everything,
    Field,
    Inside,
    Node,
    Not,
    Or,
    Prefix,
    Quote,
    Term,
    all_of,
)


def words(*texts: str) -> Node:
    return all_of([Term(text) for text in texts])


def either(*texts: str) -> Node:
    return Or(tuple(map(Term, texts)))


def both(*nodes: Node) -> Node:
    return And(nodes)


def title(node: Node) -> Node:
    return Field("title", node)


def reads_silently(text: str, tree: Node) -> bool:
    query = parse(text)
    assert query.tree == tree
    return query.notices == ()


def reads_with_notice(text: str, tree: Node, part: str) -> bool:
    query = parse(text)
    assert query.tree == tree
    return any(part in notice for notice in query.notices)


# Terms


@pytest.mark.parametrize("text", ["", " ", "\u3000\t\n"])
def test_a_blank_text_asks_everything(text):
    assert reads_silently(text, Everything())


@pytest.mark.parametrize("text", ["智能 电商", "智能\u3000电商", "智能\n\t电商 "])
def test_white_space_separates_terms(text):
    assert reads_silently(text, words("智能", "电商"))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "AI+电商",
            "GPT-5.3-Codex",
            "具身-智能",
            "C++",
            ".NET",
            "2.5亿",
            "25%",
            "O'Reilly",
            "it’s",
            "阿里，千问",
            "a—b",
        ),
        *(
            "ＧＰＴ－５．３",
            "智能体",
            "--b",
            "-.NET",
            "——智能",
            "①",
            "½",
            "甲”乙",
            "12:30",
            "https:",
            "or",
            "And",
            "与",
            "或",
        ),
        *("x标题:y", "ORacle", "智能:OR", "\u200b千问", "e\u0301"),
    ],
)
def test_a_term_keeps_its_characters(text):
    assert reads_silently(text, Term(text))


@pytest.mark.parametrize("sign", ["-", "--", "—", "，", "🙂", "\u200b", "\x00", "'"])
def test_a_term_of_signs_only_is_dropped(sign):
    assert parse(f"智能 {sign} 电商").tree == words("智能", "电商")


@pytest.mark.parametrize("sign", ["-", "—", "·", "🎉"])
def test_a_sign_between_words_goes_without_a_notice(sign: str) -> None:
    assert parse(f"智能 {sign} 电商").notices == ()


def test_a_notice_shows_the_beginning_of_a_long_thing_once():
    assert parse(f"“{'，' * 30}” “{'，' * 30}”").notices == (f"引号““{'，' * 19}…”中没有可检索的文字，已忽略",)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("说明：", words("说明")),
        ('"', Everything()),
        ("((", Everything()),
        ("OR", words("OR")),
        ("-", Everything()),
        ("|||", Everything()),
        ("|", Everything()),
        ("**", Everything()),
        ("“”", Everything()),
        ("第 193 期：跳过", words("第", "193", "期：跳过")),
    ],
)
def test_what_asks_nothing_says_so(text, tree):
    query = parse(text)
    assert query.tree == tree
    assert query.notices
    assert query.text == text


def test_half_a_surrogate_pair_is_replaced_and_a_whole_one_joined():
    assert parse("智\ud800能").tree == Term("智\ufffd能")
    assert parse("a\ud83d\ude42").tree == Term("a🙂")


# Quotes


@pytest.mark.parametrize("text", ['"千问"', "“千问”", "「千问」", "『千问』", "＂千问＂", "《千问》"])
def test_five_pairs_of_marks_and_a_books_quote(text):
    assert reads_silently(text, Quote("千问"))


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('"阿里“千问”App"', "阿里“千问”App"),
        ("“他说”", "他说"),
        ("「“甲」", "“甲"),
        ("“甲“乙”", "甲“乙"),
        ('"a OR -标题:b (c|d) *"', "a OR -标题:b (c|d) *"),
        ('" 甲 "', " 甲 "),
    ],
)
def test_a_quote_ends_at_its_own_partner_and_holds_only_text(text, content):
    assert reads_silently(text, Quote(content))


def test_a_quote_may_begin_and_end_within_a_term():
    assert reads_silently("阿里“千问”App", both(Term("阿里"), Quote("千问"), Term("App")))


@pytest.mark.parametrize(
    ("text", "tree", "mark"),
    [
        ("“千问 智能", words("千问", "智能"), "“"),
        ("阿里“千问", words("阿里", "千问"), "“"),
        ('27"屏', words("27", "屏"), '"'),
        ('"甲" "乙', both(Quote("甲"), Term("乙")), '"'),
        ("“甲 「乙」", both(Term("甲"), Quote("乙")), "“"),
        ("《甲", words("甲"), "《"),
    ],
)
def test_a_mark_without_partner_is_dropped(text, tree, mark):
    assert reads_with_notice(text, tree, f"引号“{mark}”没有配对，已按普通词检索")


@pytest.mark.parametrize("quote", ["“”", '""', "「，」", "《 》"])
def test_a_quote_without_text_is_dropped(quote):
    assert reads_with_notice(f"甲 {quote} 乙", words("甲", "乙"), f"引号“{quote}”中没有可检索的文字")


# Brackets


@pytest.mark.parametrize(
    "text", ["甲 (乙|丙)", "甲 （乙|丙）", "甲 (乙|丙）", "甲(乙|丙)", "(甲) ((乙|丙))", "(甲 (乙|丙))"]
)
def test_brackets_group_in_either_width(text):
    assert reads_silently(text, both(Term("甲"), either("乙", "丙")))


def test_a_bracket_may_stand_within_a_term():
    assert reads_silently("动作（VLA）", words("动作", "VLA"))


@pytest.mark.parametrize(
    ("text", "mark"), [("甲(乙", "("), ("甲)乙", ")"), ("甲（乙", "（"), ("甲（（乙）", "（"), ("）甲（乙", "）")]
)
def test_a_bracket_without_partner_is_dropped(text, mark):
    assert reads_with_notice(text, words("甲", "乙"), f"括号“{mark}”没有配对")


@pytest.mark.parametrize("group", ["()", "（ ）", "(())", '("")', '(-"")', "(，)"])
def test_an_empty_group_is_dropped(group):
    assert reads_with_notice(f"甲 {group} 乙", words("甲", "乙"), "空括号已忽略")


def test_brackets_beyond_the_sixteenth_are_spaces():
    assert parse("-(甲|" * 16 + "乙" + ")" * 16).notices == ()
    assert reads_with_notice("(" * 17 + "甲 OR 乙" + ")" * 17, either("甲", "乙"), "括号超过 16 层")
    assert reads_with_notice("(" * 16 + "-(甲 乙)" + ")" * 16, words("甲", "乙"), "括号超过 16 层")


# NOT


@pytest.mark.parametrize("text", ["-免单", "－免单", "NOT 免单", "(-免单)", "-(免单)", "NOT(免单)", "NOT NOT NOT 免单"])
def test_a_minus_before_a_term_and_the_word_are_not(text):
    assert reads_silently(text, Not(Term("免单")))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('千问 -"免单"', both(Term("千问"), Not(Quote("免单")))),
        ("千问 -(免单 AI)", both(Term("千问"), Not(words("免单", "AI")))),
        ("千问 －（免单）", both(Term("千问"), Not(Term("免单")))),
        ("千问 -免单*", both(Term("千问"), Not(Prefix("免单")))),
        ("千问 NOT 免单 AI", both(Term("千问"), Not(Term("免单")), Term("AI"))),
        ("千问 AND NOT 免单", both(Term("千问"), Not(Term("免单")))),
        ("千问|-免单", Or((Term("千问"), Not(Term("免单"))))),
        ("千问|NOT 免单", Or((Term("千问"), Not(Term("免单"))))),
        ("-标题:OpenAI", Not(title(Term("OpenAI")))),
        ("NOT .NET", Not(Term(".NET"))),
        ("-①", Not(Term("①"))),
    ],
)
def test_a_not_negates_the_one_thing_after_it(text, tree):
    assert reads_silently(text, tree)


@pytest.mark.parametrize("text", ["-(-免单)", "NOT -免单", "NOT NOT 免单", "NOT(-(免单))"])
def test_what_is_negated_twice_stands_as_it_is(text):
    assert reads_silently(text, Term("免单"))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("GPT-5", Term("GPT-5")),
        ("“甲”-乙", both(Quote("甲"), Term("乙"))),
        ("(甲)-乙", words("甲", "乙")),
        ("“甲”-乙-丙", both(Quote("甲"), Term("乙-丙"))),
        ("标题:-乙", title(Term("-乙"))),
    ],
)
def test_a_minus_that_starts_no_term_is_text(text, tree):
    assert reads_silently(text, tree)


@pytest.mark.parametrize("text", ['甲 -""', "甲 -()", "甲 -“”", "甲 -（-（））"])
def test_a_minus_whose_operand_is_dropped_goes_with_it(text):
    assert reads_with_notice(text, Term("甲"), "后面没有可排除的词")


def test_a_dropped_mark_changes_nothing_about_where_a_term_starts():
    assert parse("“-甲").tree == Not(Term("甲"))
    assert parse("27”“-甲").tree == words("27”", "甲")
    assert parse("C*-代数").tree == words("C", "代数")
    assert parse("标题:*-甲").tree == words("标题", "甲")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("NOT", words("NOT")),
        ("甲 NOT", words("甲", "NOT")),
        ("(甲 NOT) 乙", words("甲", "NOT", "乙")),
        ('NOT ""', words("NOT")),
        ("-NOT 甲", both(Not(Term("NOT")), Term("甲"))),
        ("NOT|甲", either("NOT", "甲")),
    ],
)
def test_a_not_without_operand_is_a_word(text, tree):
    assert reads_with_notice(text, tree, "“NOT”后面缺少检索词")


# OR and AND


@pytest.mark.parametrize("text", ["千问 OR 飞鱼", "千问|飞鱼", "千问｜飞鱼", "(千问)OR(飞鱼)", "(千问|飞鱼)"])
def test_or_has_a_word_and_a_bar(text):
    assert reads_silently(text, either("千问", "飞鱼"))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a b OR c", both(Term("a"), either("b", "c"))),
        ("a|b c", both(either("a", "b"), Term("c"))),
        ("a OR b|c OR (d|e)", either("a", "b", "c", "d", "e")),
        ("a OR (b c)", Or((Term("a"), words("b", "c")))),
        ("a OR -b", Or((Term("a"), Not(Term("b"))))),
        ("a AND b OR c", both(Term("a"), either("b", "c"))),
        ('"a"|标题:b', Or((Quote("a"), title(Term("b"))))),
    ],
)
def test_or_binds_tighter_than_the_space(text, tree):
    assert reads_silently(text, tree)


def test_and_says_what_a_space_says():
    assert reads_silently("甲 AND 乙 AND (丙)", words("甲", "乙", "丙"))


@pytest.mark.parametrize("text", ["甲 | 乙", "甲 ｜ 乙", "| 甲 乙 |"])
def test_a_bar_between_spaces_is_a_space(text):
    assert reads_silently(text, words("甲", "乙"))


@pytest.mark.parametrize("text", ["甲| 乙", "甲 |乙", "甲||乙", "|甲 乙", "甲 乙|", '甲|"" 乙', "甲)|乙", "甲 (|乙)"])
def test_a_bar_without_a_term_on_both_sides_is_a_space(text):
    assert reads_with_notice(text, words("甲", "乙"), "“|”两侧须紧接检索词")


@pytest.mark.parametrize(
    ("text", "tree", "word"),
    [
        ("OR", words("OR"), "OR"),
        ("OR 甲", words("OR", "甲"), "OR"),
        ("甲 OR", words("甲", "OR"), "OR"),
        ("AND 甲", words("AND", "甲"), "AND"),
        ("甲 AND", words("甲", "AND"), "AND"),
        ("( OR ) 甲", words("OR", "甲"), "OR"),
        ("甲 OR OR 乙", both(Term("甲"), either("OR", "乙")), "OR"),
        ("甲 OR AND 乙", words("甲", "OR", "乙"), "OR"),
        ("甲|OR 乙", both(either("甲", "OR"), Term("乙")), "OR"),
        ("-OR 甲", both(Not(Term("OR")), Term("甲")), "OR"),
    ],
)
def test_an_operator_without_a_term_on_both_sides_is_a_word(text, tree, word):
    assert reads_with_notice(text, tree, f"“{word}”两侧缺少检索词")


def test_an_operator_in_a_bracket_of_its_own_is_a_word():
    assert reads_silently("甲 (OR) 乙 （NOT） -(AND)", both(*words("甲", "OR", "乙", "NOT").nodes, Not(Term("AND"))))


def test_only_half_width_capitals_are_operators():
    assert reads_silently("甲 or 乙 Or ＯＲ and not 丙", words("甲", "or", "乙", "Or", "ＯＲ", "and", "not", "丙"))


# Prefixes


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("GPT*", Prefix("GPT")),
        ("智能*", Prefix("智能")),
        ("GPT-5*", Prefix("GPT-5")),
        ("e\u0301*", Prefix("e\u0301")),
        ("OR*", Prefix("OR")),
        ("(GPT*)", Prefix("GPT")),
        ("GPT*|Qwen*", Or((Prefix("GPT"), Prefix("Qwen")))),
        ("GPT*“千问”", both(Prefix("GPT"), Quote("千问"))),
        ("标题:GPT*", title(Prefix("GPT"))),
    ],
)
def test_a_star_at_the_end_of_a_term_makes_a_prefix(text, tree):
    assert reads_silently(text, tree)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("G*", words("G")),
        ("C++*", words("C++")),
        ("GPT**", words("GPT")),
        ("a*b", words("a", "b")),
        ("*GPT", words("GPT")),
        ("*智能*", Prefix("智能")),
        ("*GPT-5*", Prefix("GPT-5")),
        ("*G*", words("G")),
        ("**GPT*", Prefix("GPT")),
        ("*GPT**", words("GPT")),
        ("*GPT*-5", words("GPT", "5")),
        ("a*GPT*", both(Term("a"), Prefix("GPT"))),
        ("“甲”*GPT*", both(Quote("甲"), Prefix("GPT"))),
        ("“甲”-*GPT*", both(Quote("甲"), Prefix("GPT"))),
        ("-*智能*", Prefix("智能")),
        ("GPT *", words("GPT")),
        ("，*甲", words("甲")),
        ("“甲”*", Quote("甲")),
        ("(OR)*", words("OR")),
        ("标题:*", words("标题")),
    ],
)
def test_any_other_star_is_a_space(text, tree):
    assert reads_with_notice(text, tree, "“*”只能用在两个字以上的词尾")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("*GPT*", Inside("GPT")),
        ("*ＧＰＴ*", Inside("ＧＰＴ")),
        ("*e\u0301t*", Inside("e\u0301t")),
        ("*OR*", Inside("OR")),
        ("-*GPT*", Not(Inside("GPT"))),
        ("NOT *GPT*", Not(Inside("GPT"))),
        ("(*GPT*)", Inside("GPT")),
        ("*GPT*|*Qwen*", Or((Inside("GPT"), Inside("Qwen")))),
        ("*GPT*“千问”", both(Inside("GPT"), Quote("千问"))),
        ("标题:*GPT*", title(Inside("GPT"))),
        ("标题:(千问 -*GPT*)", title(both(Term("千问"), Not(Inside("GPT"))))),
        ("*" + "a" * 512 + "*", Inside("a" * 512)),
    ],
)
def test_letters_between_two_stars_are_asked_inside_words(text, tree):
    assert reads_silently(text, tree)


def test_letters_between_stars_are_the_value_of_no_date():
    assert reads_with_notice("日期:*GPT*", both(Term("日期"), Inside("GPT")), "后面不是日期")


# Fields


@pytest.mark.parametrize(
    ("names", "field"),
    [
        ("标题 title TITLE", "title"),
        ("说明 摘要 summary", "summary"),
        ("背景 background", "background"),
        ("要点 point", "point"),
        ("来源 出处 source Source", "source"),
        ("类别 分类 栏目 category", "category"),
        ("标签 tag", "tag"),
        ("系列 series", "series"),
    ],
)
@pytest.mark.parametrize("colon", [":", "："])
def test_a_field_has_names_in_chinese_and_english_and_either_colon(names, field, colon):
    for name in names.split():
        assert reads_silently(f"{name}{colon}千问", Field(field, Term("千问")))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("标题:千问 奥委会", both(title(Term("千问")), Term("奥委会"))),
        ("标题:“千问 App”", title(Quote("千问 App"))),
        ("标题:《千问》", title(Quote("千问"))),
        ("标题:(千问 -飞鱼)", title(both(Term("千问"), Not(Term("飞鱼"))))),
        ("标题:（千问）", title(Term("千问"))),
        ("标题:(OR)", title(Term("OR"))),
        ("标题:OR", title(Term("OR"))),
        ("标题:12:30", title(Term("12:30"))),
        ("标题:来源:甲", title(Term("来源:甲"))),
        ("标题:千问|飞鱼", Or((title(Term("千问")), Term("飞鱼")))),
        ("标题:千问“飞鱼”", both(title(Term("千问")), Quote("飞鱼"))),
        ("(标题:千问)", title(Term("千问"))),
        ("标签:C++", Field("tag", Term("C++"))),
        ("来源:people.com.cn", Field("source", Term("people.com.cn"))),
        ("要点:南海 要点:科学", both(Field("point", Term("南海")), Field("point", Term("科学")))),
    ],
)
def test_a_fields_value_is_a_term_a_quote_or_a_bracket(text, tree):
    assert reads_silently(text, tree)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("标题: 千问", words("标题", "千问")),
        ("(标题：) 千问", words("标题", "千问")),
        ("标题:() 千问", words("标题", "千问")),
        ("标题:“” 千问", words("标题", "千问")),
        ("标题:， 千问", words("标题", "千问")),
        ("标题:|千问", either("标题", "千问")),
        ("标题:“千问", words("标题", "千问")),
    ],
)
def test_a_field_without_a_value_is_a_word(text, tree):
    assert reads_with_notice(text, tree, "后面没有紧接内容，已按普通词检索")


def test_a_space_before_the_colon_makes_no_field():
    assert parse("说明 ： 千问").tree == words("说明", "千问")
    assert parse("说明 ：千问").tree == words("说明", "：千问")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("标题:(来源:甲 乙)", title(words("来源:甲", "乙"))),
        ("标题:(来源:甲)", title(Term("来源:甲"))),
        ("标题:(-来源:甲)", title(Not(Term("来源:甲")))),
        ("标题:((来源:甲) 乙)", title(words("来源:甲", "乙"))),
        ("标题:(来源:甲乙*)", title(Prefix("来源:甲乙"))),
        ("标题:(来源:“甲”)", title(both(Term("来源"), Quote("甲")))),
        ("标题:(来源:(甲 乙))", title(words("来源", "甲", "乙"))),
    ],
)
def test_a_field_inside_a_fields_bracket_is_a_word(text, tree):
    assert reads_with_notice(text, tree, "不能再限定字段")


def test_a_field_after_an_unclosed_fields_bracket_is_a_field():
    assert parse("标题:(甲 来源:乙").tree == both(*words("标题", "甲").nodes, Field("source", Term("乙")))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("“甲”标题:乙", both(Quote("甲"), *words("标题", "乙").nodes)),
        ("(甲)-标题:-乙", words("甲", "标题", "乙")),
        ("“甲”标题:来源:", both(Quote("甲"), *words("标题", "来源").nodes)),
    ],
)
def test_a_field_name_that_starts_no_term_is_a_word(text, tree):
    assert reads_with_notice(text, tree, "“标题:”前面没有空格")


# Dates and issues


@pytest.mark.parametrize(
    ("text", "name", "expression"),
    [
        ("日期:2026年2月8日", "date", "2026年2月8日"),
        ("日期：2026-02-01..2026-02-08", "date", "2026-02-01..2026-02-08"),
        ("date:>=2026-02", "date", ">=2026-02"),
        ("日期:近30天", "date", "近30天"),
        ("日期:“近 30 天”", "date", "近30天"),
        ("事件:２０２６", "event", "２０２６"),
        ("Event:上周", "event", "上周"),
    ],
)
def test_a_date_field_takes_a_date_expression(text, name, expression):
    assert reads_silently(text, DateField(name, expression))


def test_an_upside_down_range_keeps_its_text():
    assert reads_with_notice("日期:2026-03..2026-01", DateField("date", "2026-03..2026-01"), "日期范围写反了，已对调")


@pytest.mark.parametrize(("text", "value"), [("期:20260208", "20260208"), ("issue：20260208b", "20260208b")])
def test_an_issue_field_takes_an_id(text, value):
    assert reads_silently(text, Field("issue", Term(value)))


@pytest.mark.parametrize("text", ["期:2026-02-08", "期:“2026-02-08”"])
def test_an_issue_field_takes_a_date(text):
    assert reads_silently(text, Field("issue", Term("2026-02-08")))


@pytest.mark.parametrize(
    ("text", "tree", "wanted"),
    [
        ("日期:昨晚", Term("日期:昨晚"), "日期"),
        ("日期:2026-02-30", Term("日期:2026-02-30"), "日期"),
        ("日期:20260208b", Term("日期:20260208b"), "日期"),
        ("-日期:昨晚", Not(Term("日期:昨晚")), "日期"),
        ("日期:2026*", Prefix("日期:2026"), "日期"),
        ("日期:“昨晚”", both(Term("日期"), Quote("昨晚")), "日期"),
        ("日期:(2026 昨晚)", words("日期", "2026", "昨晚"), "日期"),
        ("期：跳过", Term("期：跳过"), "期号或日期"),
        ("期:193", Term("期:193"), "期号或日期"),
        ("期:(标题:甲)", both(Term("期"), title(Term("甲"))), "期号或日期"),
    ],
)
def test_a_value_that_is_no_date_is_words(text, tree, wanted):
    assert reads_with_notice(text, tree, f"后面不是{wanted}，已按普通词检索")


# Addresses


@pytest.mark.parametrize("address", ["https://a.cn/b?c=(d)|“e”*", "HTTP://A.CN", "https://a.cn/" + "b" * 600])
def test_one_address_is_asked_as_it_stands(address):
    assert reads_silently(f" {address}\n", Address(address))


@pytest.mark.parametrize("text", ["https://a.cn 甲", "ftp://a.cn", "https://"])
def test_anything_beside_an_http_address_makes_terms(text):
    assert reads_silently(text, words(*text.split()))


# Limits


def test_over_4096_characters_are_refused():
    with pytest.raises(BadRequest, match="4096"):
        parse("甲" * 4097)
    assert parse("甲 " * 2048).notices


def test_512_characters_and_64_words_are_asked_whole():
    assert reads_silently("甲" * 512, Term("甲" * 512))
    assert reads_silently("甲 OR " * 63 + "甲", either(*["甲"] * 64))


def test_a_long_text_with_dots_of_ellipsis_is_asked_whole():
    assert parse("“" + "甲乙丙丁戊己庚……" * 50 + "”").notices == ()


def cut(text: str) -> tuple[Node, int, str]:
    query = parse(text)
    return query.tree, len(query.text), query.notices[-1].removeprefix("查询超过 512 字或 64 个词，")


def test_the_65th_word_is_left_out():
    assert cut("甲 " * 64 + "乙丙 丁") == (words(*["甲"] * 64), 128, "“乙丙 丁”未检索")


def test_what_stands_before_the_words_left_out_goes_with_them():
    assert cut("甲 " * 64 + "OR -(乙 丙)")[0] == both(*words(*["甲"] * 63).nodes, Term("甲"))


def test_a_bracket_that_is_cut_ends_there():
    assert cut("-(" + "甲 " * 64 + "乙) 丙") == (Not(words(*["甲"] * 64)), 130, "“乙) 丙”未检索")


@pytest.mark.parametrize(
    ("text", "tree", "length", "left_out"),
    [
        ("甲" * 512 + "乙丙", Term("甲" * 512), 512, "乙丙"),
        ("“" + "甲" * 512 + "乙”", Quote("甲" * 512), 513, "乙”"),
        ("甲" * 512 + "乙*", Term("甲" * 512), 512, "乙*"),
        ("甲" * 510 + " *GPT*", both(Term("甲" * 510), Term("GP")), 513, "T*"),
        ("*" + "a" * 513 + "*", Term("a" * 512), 513, "a*"),
        ("标题:" + "甲" * 512 + "乙", title(Term("甲" * 512)), 515, "乙"),
        ("甲" * 510 + " 日期:2026", Term("甲" * 510), 511, "日期:2026"),
        ("甲" * 510 + " 标签:千问智能", Term("甲" * 510), 511, "标签:千问智能"),
        ("甲" * 508 + " 期:193乙丙丁", Term("甲" * 508), 509, "期:193乙丙丁"),
        ("甲" * 510 + " ，，乙", Term("甲" * 510), 511, "，，乙"),
        ("ﷺ" * 512, Term("ﷺ" * 56), 56, "ﷺ"),
        ("甲" * 400 + " " + "ﷺ" * 40 + "。", both(Term("甲" * 400), Term("ﷺ" * 34)), 435, "ﷺ"),
        ("甲" * 511 + " “乙丙”", both(Term("甲" * 511), Quote("乙")), 514, "丙”"),
    ],
)
def test_the_word_over_the_limit_is_cut_where_it_still_asks_less(text, tree, length, left_out):
    assert cut(text)[:2] == (tree, length)
    assert left_out in cut(text)[2]


def test_a_notice_about_what_is_left_out_is_left_out():
    assert len(parse("甲 " * 65 + "“乙 (").notices) == 1


# Anything


_PIECES = [
    *'"“”「」『』＂《》()（）|｜-－*:： ',
    "OR",
    "AND",
    "NOT",
    "标题:",
    "日期：",
    "期:",
    "2026",
    "千问",
    "GPT",
    "\ud800",
    "\0",
]


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(), max_size=200) | st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
@example("(" * 1000 + "甲" + ")" * 1000)
@example("-(甲|" * 800)
@example("NOT " * 1024)
@example("“" * 4096)
@example("\u0301\u0316" * 2048)
def test_any_text_is_read_and_read_alike_twice(text):
    query = parse(text)
    assert parse(text) == query
    assert all(notice.strip() for notice in query.notices)
