"""Names of a list, found in entries on atom boundaries, each with its evidence."""

from __future__ import annotations

from pathlib import Path

import pytest
from factories import entry
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import DataFileError
from archive.model import Entry, LabelledField, Source, Tag
from archive.tagger import Name, Tagger, merged, read_names, surroundings
from archive.text import plain

SHIPPED = read_names((Path(__file__).parents[2] / "data" / "tags.toml").read_text(encoding="utf-8"))
NAMES = (
    Name("阿里巴巴", "机构", ("阿里",)),
    Name("阿里云", "机构", parent="阿里巴巴"),
    Name("千问", "产品", ("通义千问", "Qwen")),
    Name("Meta", "机构"),
    Name("苹果", "机构", ("Apple",), ("苹果汁", "青苹果")),
    Name("GPT-5", "产品"),
    Name("GPT-5.3", "产品"),
    Name(".NET", "产品"),
    Name("C++", "产品", not_in=("C++语言之父",)),
    Name("结构", "主题"),
)
TAGGER = Tagger.of(NAMES)


def names(text: str, tagger: Tagger = TAGGER) -> tuple[str, ...]:
    """The tags of an entry with this title."""
    return tagger.tags(entry(text)) and entry(text, tags=tagger.tags(entry(text))).tag_names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("阿里云发布", ("阿里云",)),  # the longest name wins
        ("阿里发布", ("阿里巴巴",)),
        ("阿里巴巴与阿里云", ("阿里巴巴", "阿里云")),
        ("通义千问", ("千问",)),
        ("GPT 5.3发布", ("GPT-5.3",)),
        ("GPT-5发布", ("GPT-5",)),
        ("ｑｗｅｎ3", ("千问",)),  # full width and case
        ("Meta发布", ("Meta",)),
        ("Metaphor发布", ()),  # atom boundaries
        ("MyMeta", ()),
        ("結構調整", ("结构",)),  # Traditional
        ("苹果发布", ("苹果",)),
        ("喝苹果汁", ()),
        ("青苹果乐园", ()),
        ("苹果汁与苹果", ("苹果",)),
        ("用.NET写", (".NET",)),
        ("用NET写", ()),
        ("C++与C", ("C++",)),
        ("C++语言之父", ()),
        ("**阿**里云", ("阿里云",)),
        ("飞鱼 千问 飞鱼 苹果 千问", ("千问", "苹果")),  # in order of first evidence
        ("", ()),
    ],
)
def test_names_are_found_in_a_title(text: str, expected: tuple[str, ...]) -> None:
    assert names(text) == expected


def test_the_longest_match_wins_however_the_names_are_spelt() -> None:
    tagger = Tagger.of((Name("Qwen - 3", "产品"), Name("Qwen3.5", "产品")))
    assert names("Qwen3.5", tagger) == ("Qwen3.5",)


def test_a_sign_before_a_name_is_not_taken_from_the_name_before_it() -> None:
    tagger = Tagger.of((Name("飞鱼.", "产品"), Name(".NET", "产品")))
    assert names("飞鱼.NET", tagger) == ("飞鱼.",)


def test_every_field_but_the_sources_is_read() -> None:
    read = Entry(
        "Meta",
        summary="千问",
        background="苹果",
        key_points=entry(points=("结构", "GPT-5")).key_points,
        fields=(LabelledField("影响", "阿里云"),),
        sources=(Source("Apple"),),
    )
    assert [(tag.name, tag.field) for tag in TAGGER.tags(read)] == [
        ("Meta", "title"),
        ("千问", "summary"),
        ("苹果", "background"),
        ("结构", "key_points.1"),
        ("GPT-5", "key_points.2"),
        ("阿里云", "fields.1"),
    ]


def test_a_tag_says_which_words_gave_it_once_for_each_field() -> None:
    assert TAGGER.tags(entry("发布**Ｑｗｅｎ** 3，Qwen", summary="通义千问")) == (
        Tag("千问", "产品", "名录", "title", "Ｑｗｅｎ 3", 2),
        Tag("千问", "产品", "名录", "summary", "通义千问", 0),
    )


def test_a_label_line_is_honoured_first() -> None:
    assert TAGGER.tags(entry("苹果", labels=("QWEN", "自定"))) == (
        Tag("千问", "产品", "标签行", "labels", "QWEN"),
        Tag("自定", "主题", "标签行", "labels", "自定"),
        Tag("苹果", "机构", "名录", "title", "苹果"),
    )


def test_every_spelling_leads_to_its_name() -> None:
    assert TAGGER.name("ｑｗｅｎ") == TAGGER.name("千问") == NAMES[2]
    assert TAGGER.name("飞鱼") is None
    assert TAGGER.aliases["qwen"] == "千问"


def test_a_tagger_without_names_finds_nothing() -> None:
    assert Tagger().tags(entry("千问")) == ()


@given(
    st.lists(
        st.sampled_from(["千問", "Ｑｗｅｎ", "**", "阿里云", "½", "e\u0301", "，", " ", "&amp;", "C++", ".NET", "a"])
    ).map("".join)
)
def test_the_evidence_slices_the_plain_text(text: str) -> None:
    for tag in TAGGER.tags(entry(text)):
        assert plain(text)[tag.start : tag.start + len(tag.words)] == tag.words
        assert names(tag.words) == (tag.name,)


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ((Name("千问", "产品", ("Qwen",)), Name("通义", "产品", ("ＱＷＥＮ",))), "“ＱＷＥＮ”同时属于“通义”和“千问”"),
        ((Name("千问", "产品"), Name("千问", "产品")), "“千问”同时属于“千问”和“千问”"),
        ((Name("阿里云", "机构", parent="阿里巴巴"),), "“阿里云”的上级“阿里巴巴”不在名录里"),
    ],
)
def test_a_list_that_contradicts_itself_is_refused(names: tuple[Name, ...], says: str) -> None:
    with pytest.raises(DataFileError, match=says):
        Tagger.of(names)


def test_an_alias_may_repeat_its_own_name() -> None:
    assert names("openai", Tagger.of((Name("OpenAI", "机构", ("OPENAI",)),))) == ("OpenAI",)


def test_a_name_of_signs_alone_is_found_nowhere() -> None:
    assert names("C++ 与 ++", Tagger.of((Name("++", "产品"),))) == ()


def test_a_parent_may_be_named_by_an_alias() -> None:
    assert Tagger.of((Name("阿里云", "机构", parent="阿里"), Name("阿里巴巴", "机构", ("阿里",)))).name("阿里云")


def test_a_table_is_read_with_all_it_says() -> None:
    text = '[[tag]]\nname = "苹果"\nkind = "机构"\naliases = ["Apple"]\nnot_in = ["苹果汁"]\nparent = "硅谷"'
    assert read_names(text) == (Name("苹果", "机构", ("Apple",), ("苹果汁",), "硅谷"),)


def test_a_file_without_tags_has_no_names() -> None:
    assert read_names("") == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[tag]", "tags.toml 第 1 行第 6 列：读不了"),
        ('[tag]\nname = "千问"', "以 \\[\\[tag\\]\\] 开头"),
        ('tag = "千问"', "以 \\[\\[tag\\]\\] 开头"),
        ('tag = ["千问"]', "以 \\[\\[tag\\]\\] 开头，而不是 千问"),
        ('[[tag]]\nkind = "产品"', "没有名字"),
        ('[[tag]]\nname = "灯"\nkind = "产品"', "只有一个字"),
        ('[[tag]]\nname = 5\nkind = "产品"', "没有名字"),
        ('[[tag]]\nname = "千问"\nkind = "模型"', "“千问”的类型“模型”不是 机构、产品"),
        ('[[tag]]\nname = "千问"', "“千问”的类型“None”不是"),
        ('[[tag]]\nname = "千问"\nkind = "产品"\naliases = "Qwen"', "“千问”的 aliases"),
        ('[[tag]]\nname = "千问"\nkind = "产品"\naliases = ["Qwen", 3]', "“千问”的 aliases"),
        ('[[tag]]\nname = "千问"\nkind = "产品"\nnot_in = [" "]', "“千问”的 aliases"),
        ('[[tag]]\nname = "千问"\nkind = "产品"\nparent = ["阿里"]', "第 4 行第 10 列：“千问”的 parent 应是文字"),
        ('# 一\n[[tag]]\nname = "千问"\nkind = "产品"\naliases = ["问"]', "第 5 行第 11 列：.*只有一个字"),
        ('[[tag]]\nname = "千问"\nkind = "产品"\n[[tag]]\nname = "飞鱼"', "第 4 行第 1 列：“飞鱼”的类型"),
        ('[[tag]]\nname = "千问"\nkind = "产品"\ncased = 1', "第 4 行第 9 列：“千问”的 cased"),
        ('[[tag]]\nname = "千问\nkind = "产品"', "第 2 行第 11 列：读不了"),
        ('[[tag]]\nname = """千问', "第 2 行第 13 列：读不了"),
        ('[[tag]]\nname = "千问"\nkind = """\n[[tag]]\n"""', "第 1 行第 1 列：“千问”的类型"),
    ],
)
def test_a_mistake_in_the_file_is_named(text: str, says: str) -> None:
    with pytest.raises(DataFileError, match=says):
        read_names(text)


def test_every_shipped_spelling_is_found_in_a_text_that_is_just_that() -> None:
    tagger = Tagger.of(SHIPPED)
    missed = [
        spelling
        for name in SHIPPED
        for spelling in name.spellings
        if [tag.name for tag in tagger.tags(Entry(spelling))] != [name.name]
    ]
    assert missed == []


def test_no_shipped_word_that_does_not_count_gives_its_tag() -> None:
    tagger = Tagger.of(SHIPPED)
    wrong = [
        word for name in SHIPPED for word in name.not_in if name.name in {tag.name for tag in tagger.tags(Entry(word))}
    ]
    assert wrong == []


def test_a_list_of_ones_own_adds_to_the_shipped_names() -> None:
    shipped = (Name("千问", "产品", ("Qwen",), parent="阿里巴巴"), Name("阿里巴巴", "机构"))
    own = (Name("千问", "产品", ("通义",), not_in=("千问题",)), Name("飞鱼", "产品"))
    assert merged([shipped, own]) == (
        Name("千问", "产品", ("Qwen", "通义"), ("千问题",), "阿里巴巴"),
        Name("阿里巴巴", "机构"),
        Name("飞鱼", "产品"),
    )


def test_a_cased_name_counts_only_as_it_is_written() -> None:
    tagger = Tagger.of((Name("Cursor", "产品", cased=True),))
    assert names("Ｃｕｒｓｏｒ发布", tagger) == ("Cursor",)
    assert names("移动cursor", tagger) == ()


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("千问3.5发布", "千问", "千问3.5"),
        ("用Qwen 3.5 Max写", "千问", "Qwen 3.5 Max"),
        ("Qwen Coder 2.5上线", "千问", "Qwen Coder 2.5"),
        ("Qwen提升25%", "千问", "Qwen"),
    ],
)
def test_the_version_of_a_product_is_kept_with_its_words(text: str, name: str, words: str) -> None:
    found = [tag for tag in TAGGER.tags(entry(text)) if tag.name == name]
    assert [tag.words for tag in found] == [words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kosmos 2.5发布", Tag("Kosmos", "产品", "版本号", "title", "Kosmos 2.5", 0)),
        ("科学家发布“飞鱼-1.0”", Tag("飞鱼", "产品", "引号", "title", "飞鱼-1.0", 6)),
        ("公司推出「秒哒」工具", Tag("秒哒", "产品", "引号", "title", "秒哒", 5)),
        ("公司推出编程工具“NoCode”", Tag("NoCode", "产品", "引号", "title", "NoCode", 9)),
        ("Strix是一款开源工具", Tag("Strix", "产品", "定义句", "title", "Strix", 0)),
        ("olmOCR：高效文档处理工具", Tag("olmOCR", "产品", "标题", "title", "olmOCR", 0)),
        (
            "印发《算力基础设施管理办法》",
            Tag("算力基础设施管理办法", "政策法规", "书名号", "title", "算力基础设施管理办法", 3),
        ),
        ("重读《人类简史》", Tag("人类简史", "主题", "书名号", "title", "人类简史", 3)),
        ("Qwen2.5-VL是一款工具", Tag("千问", "产品", "定义句", "title", "Qwen2.5-VL", 0)),
        ("Qwen Audio Tiny 2.5发布", Tag("千问", "产品", "版本号", "title", "Qwen Audio Tiny 2.5", 0)),
    ],
)
def test_a_name_outside_the_list_is_told_by_the_text(text: str, expected: Tag) -> None:
    assert TAGGER.tags(entry(text)) == (expected,)


@pytest.mark.parametrize(
    "text",
    [
        "AI是一种技术",
        "“从 0 到 1”的阶段",
        "有人说“好”",
        "把机器人“部署”变成训练",
        "增长2.5倍",
        "推出“a”工具",
        "推出“AI 拍拍镜”工具",
        "说“端到端交付 2.0”",
        "支持x86_64 4.18内核",
        "Replit CEO：AI工具将改变一切",
        "端到端“AI 编码 2.0”时代",
        "印发《办 法》，好。",
    ],
)
def test_what_only_looks_like_a_name_gives_no_product(text: str) -> None:
    assert [tag for tag in TAGGER.tags(entry(text)) if tag.kind == "产品"] == []


def test_a_told_name_takes_the_place_of_the_listed_names_inside_it_only() -> None:
    assert names("Meta Studio是一款工具，Meta发布") == ("Meta Studio", "Meta")
    assert names("苹果Qwen是一款工具") == ("苹果", "千问")
    assert names("Apple Qwen是一款工具") == ("苹果", "千问")  # two names, not a third


def test_a_name_that_is_told_and_listed_is_the_one_of_the_list() -> None:
    (tag,) = TAGGER.tags(entry("推出“通义千问”大模型"))
    assert (tag.name, tag.rule) == ("千问", "名录")
    assert TAGGER.tags(entry("《Qwen 3.5》"))[0].name == "千问"


def test_a_name_outside_the_list_is_written_as_it_was_written_first() -> None:
    tagger = TAGGER.knowing(["MiniMind"])
    assert names("minimind是一个项目", tagger) == ("MiniMind",)
    assert names("olmOCR是一个项目", tagger) == ("olmOCR",)
    assert names("OlmOCR是一个项目", tagger) == ("olmOCR",)


def test_names_that_two_files_claim_are_told_with_both_places() -> None:
    lists = (read_names('[[tag]]\nname = "千问"\nkind = "产品"', file) for file in ("一.toml", "二.toml"))
    with pytest.raises(
        DataFileError, match=r"^二\.toml 第 1 行第 1 列：“千问”同时属于“千问”和“千问”（一\.toml 第 1 行第 1 列）$"
    ):
        Tagger.of(tuple(name for names in lists for name in names))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("千问", "千问"),
        ("甲乙丙千问丁戊己", "…丙千问丁…"),
        ("丙千问丁", "丙千问丁"),
        ("**千问**", "千问"),
    ],
)
def test_what_stands_around_a_name_is_told(text: str, told: str) -> None:
    held = entry("标题", points=["没有", text])
    (tag,) = Tagger.of((Name("千问", "产品"),)).tags(held)
    assert surroundings(held, tag, 1) == told


def test_a_name_of_a_label_line_stands_alone() -> None:
    held = entry("标题", labels=("甲乙",))
    assert surroundings(held, Tagger().tags(held)[0]) == "甲乙"


def test_what_stands_before_a_colon_is_a_name_in_a_title_only() -> None:
    text = "FlyTool：开源的检索工具"
    assert [tag.name for tag in Tagger().tags(entry(text))] == ["FlyTool"]
    assert Tagger().tags(entry("标题", summary=text)) == ()
