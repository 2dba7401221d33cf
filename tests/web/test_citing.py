"""Ten entries of the samples in every form, as the files of golden/citations have it; read back by other libraries."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from factories import entry

from archive.store import Record
from web.citing import FORMS, Reference, of_record, of_source, written
from web.citing.styles import apa, gbt7714, mla

GOLDEN = Path(__file__).parent / "golden" / "citations"
READ = datetime.date(2026, 5, 6)
BASE = "https://wangqi.example"
CITED = (
    *("20260208-01", "20260208-03", "20260208-04", "20260208-06", "20260208-07.2", "20260208-08.2", "20260208-09"),
    *("20260401-01", "20260415-02.1", "20260430-01"),
)
HOSTILE = r"100% {甲} \input{x} $1_000$ C# & D~E^F “引”"


@pytest.fixture(scope="module")
def references(samples) -> list[Reference]:
    """The record of each, then its first source."""
    from archive.store import Reader

    reader = Reader.open(samples.application.extensions["wangqi"].home)
    records = reader.records(name.partition(".")[0] for name in CITED)
    reader.close()
    made = []
    for name in CITED:
        record = records[name.partition(".")[0]]
        made += [of_record(record, BASE, READ, name if "." in name else ""), of_source(record, 1, READ)]
    return [each for each in made if each]


def hostile(**changes: object) -> Reference:
    """A reference with every sign that a form could stumble over."""
    held = Record(entry(HOSTILE, id="20260208-01"), "20260208", READ, HOSTILE, 1, 2, withdrawn=False)
    return of_record(held, BASE, READ)


# ── every form, as it was looked at ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", FORMS)
def test_ten_entries_and_their_sources_are_cited_as_before(references, form):
    golden = (GOLDEN / f"{form}.{FORMS[form].suffix}").read_text(encoding="utf-8")
    assert "".join(written(form, references)) == golden


# ── the standards' own examples ─────────────────────────────────────────────────────────────────────────────────────


def page(author: str, title: str, date: str, accessed: str, url: str) -> Reference:
    """A web page, as a standard cites it."""
    day = datetime.date.fromisoformat
    return Reference("x", author, title, "", url, day(accessed), day(date) if date else None)


@pytest.mark.parametrize(
    ("reference", "line"),
    [
        (
            page("萧钰", "出版业信息化迈入快车道", "2001-12-19", "2002-04-15", "http://www.creader.com/news/1.html"),
            "萧钰. 出版业信息化迈入快车道[EB/OL]. (2001-12-19)[2002-04-15]. http://www.creader.com/news/1.html.",
        ),
        (
            page("Dublin Core Metadata Initiative", "DCMI", "", "2012-06-12", "http://dublincore.org/"),
            "Dublin Core Metadata Initiative. DCMI[EB/OL]. [2012-06-12]. http://dublincore.org/.",
        ),
        (
            page(
                *("李强", "化解医患矛盾需釜底抽薪", "2012-05-03", "2013-03-25"),
                "http://wenku.baidu.com/view/47e4f206b52acfc789ebc92f.html",
            ),
            "李强. 化解医患矛盾需釜底抽薪[EB/OL]. (2012-05-03)[2013-03-25]."
            " http://wenku.baidu.com/view/47e4f206b52acfc789ebc92f.html.",
        ),
        (
            page(
                *("HOPKINSON A", "UNIMARC and metadata: Dublin Core", "2009-04-22", "2013-03-27"),
                "http://archive.ifla.org/IV/ifla64/138-161e.htm",
            ),
            "HOPKINSON A. UNIMARC and metadata: Dublin Core[EB/OL]. (2009-04-22)[2013-03-27]."
            " http://archive.ifla.org/IV/ifla64/138-161e.htm.",
        ),
        (
            page(
                *("Online Computer Library Center, Inc.", "About OCLC: history of cooperation", "", "2012-03-27"),
                "http://www.oclc.org/about/cooperation.en.html",
            ),
            "Online Computer Library Center, Inc. About OCLC: history of cooperation[EB/OL]. [2012-03-27]."
            " http://www.oclc.org/about/cooperation.en.html.",
        ),
    ],
)
def test_a_web_page_is_cited_as_the_edition_of_2015_does(reference, line):
    assert gbt7714(reference, edition=2015) == line


@pytest.mark.parametrize(
    ("reference", "line"),
    [
        (
            page(
                *("北京鲁迅博物馆", "北京鲁迅博物馆志愿服务章程", "2021-04-21", "2023-05-02"),
                "http://www.luxunmuseum.com.cn/html/202104/a11310.htm",
            ),
            "北京鲁迅博物馆. 北京鲁迅博物馆志愿服务章程[EB/OL]. （2021-04-21）[2023-05-02]."
            " http://www.luxunmuseum.com.cn/html/202104/a11310.htm.",
        ),
        (
            page(
                "中国科学院文献情报中心",
                "中国科学院科技论文预发布平台",
                "",
                "2025-03-06",
                "https://chinaxiv.org/home.htm",
            ),
            "中国科学院文献情报中心. 中国科学院科技论文预发布平台[EB/OL]. [2025-03-06]. https://chinaxiv.org/home.htm.",
        ),
        (
            page("", "西黄丸", "2023-10-07", "2025-08-26", "https://ydz.chp.org.cn/#/item?bookId=1&entryId=1154"),
            "西黄丸[EB/OL]. （2023-10-07）[2025-08-26]. https://ydz.chp.org.cn/#/item?bookId=1&entryId=1154.",
        ),
    ],
)
def test_a_web_page_is_cited_as_the_edition_of_2025_does(reference, line):
    assert gbt7714(reference) == line


def test_an_organization_that_is_its_own_site_is_named_once_in_apa():
    held = Reference("x", "World Health Organization", "Questions and answers", "World Health Organization",
                     "https://www.who.int/q", READ, datetime.date(2020, 9, 9))  # fmt: skip
    assert apa(held) == "World Health Organization. (2020, September 9). Questions and answers. https://www.who.int/q"


def test_apa_tells_when_a_page_without_a_date_was_read_and_begins_without_an_author_with_the_title():
    held = Reference("x", "", "U.S. and world population clock", "U.S. Census", "https://census.gov", READ)
    assert apa(held) == (
        "U.S. and world population clock. (n.d.). U.S. Census. Retrieved May 6, 2026, from https://census.gov"
    )


def test_mla_sets_inner_quotation_marks_single_and_leaves_out_an_author_who_is_the_site():
    held = Reference("x", "央视网", "“飞鱼”来了？", "央视网", "https://tv.cctv.com/1", READ)
    assert mla(held) == "“‘飞鱼’来了？” 央视网, https://tv.cctv.com/1. Accessed 6 May 2026."


# ── read back by another library ────────────────────────────────────────────────────────────────────────────────────


def test_bibtex_is_read_back(references):
    library = bibtexparser.parse_string(
        "".join(written("bibtex", references)), append_middleware=[LatexDecodingMiddleware()]
    )
    assert not library.failed_blocks
    assert [each.key for each in library.entries] == [each.key for each in references]
    for read, reference in zip(library.entries, references, strict=True):
        assert read.entry_type == "online"
        fields = {name: field.value.strip("{}") for name, field in read.fields_dict.items()}
        assert fields["title"] == reference.title
        assert fields["author"] == reference.author
        assert fields["url"] == reference.url
        assert fields["urldate"] == "2026-05-06"


def test_bibtex_keeps_signs_that_mean_something_to_tex():
    library = bibtexparser.parse_string("".join(written("bibtex", [hostile()])))
    assert not library.failed_blocks
    title = library.entries[0].fields_dict["title"].value
    assert title == (
        r"{100\% \{甲\} \textbackslash{}input\{x\} \$1\_000\$ C\# \& D\textasciitilde{}E\textasciicircum{}F “引”}"
    )


def test_the_braces_of_an_address_end_no_field():
    held = entry("甲", id="20260208-01", source=("乙", "https://a.example/}{\\x"))
    source = Record(held, "20260208", READ, "丙", 1, 1, withdrawn=False)
    reference = of_source(source, 1, READ)
    library = bibtexparser.parse_string("".join(written("bibtex", [reference])))
    assert library.entries[0].fields_dict["url"].value == "https://a.example/%7D%7B%5Cx"


def test_ris_is_read_back(references):
    read = rispy.loads("".join(written("ris", references)))
    assert [each["id"] for each in read] == [each.key for each in references]
    for held, reference in zip(read, references, strict=True):
        assert held["type_of_reference"] == "ELEC"
        assert held["title"] == reference.title
        assert held["authors"] == [reference.author]
        assert held["urls"] == [reference.url]


@pytest.mark.parametrize("text", ["甲\nER  - \nTY  - JOUR", "甲\r\n乙", "甲\u202e乙\x00", "甲\u2028乙"])
def test_no_text_breaks_a_record_of_ris(text):
    held = Record(entry(text, id="20260208-01"), "20260208", READ, text, 1, 1, withdrawn=False)
    (read,) = rispy.loads("".join(written("ris", [of_record(held, BASE, READ)])))
    assert read["title"] == " ".join(text.replace("\u202e", "").replace("\x00", "").split())


def test_csl_json_is_a_list_of_web_pages(references):
    read = json.loads("".join(written("csl-json", references)))
    assert [each["id"] for each in read] == [each.key for each in references]
    assert {each["type"] for each in read} == {"webpage"}
    dated = [each for each in read if "issued" in each]
    assert len(dated) == len(CITED)


def test_an_empty_list_of_csl_json_is_one():
    assert json.loads("".join(written("csl-json", []))) == []


# ── what a reference says ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_record_is_pinned_to_the_revision_that_gave_its_text():
    held = Record(entry("甲", id="20260208-01"), "20260208", READ, "乙", 1, 3, withdrawn=False)
    assert of_record(held, BASE, READ).url == "https://wangqi.example/entries/20260208-01?revision=3"


@pytest.mark.parametrize(
    ("source", "number"), [(("甲", ""), 1), (("甲", "https://a.example/"), 2), (("甲", "https://a.example/"), 0)]
)
def test_what_has_no_address_or_is_no_source_cannot_be_cited(source, number):
    held = Record(entry("甲", id="20260208-01", source=source), "20260208", READ, "乙", 1, 1, withdrawn=False)
    assert of_source(held, number, READ) is None
