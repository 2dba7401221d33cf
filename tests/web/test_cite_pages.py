"""A reader copies a citation of what stands there now, and later sees whether it still stands so."""

from __future__ import annotations

import html
import json

import pytest
from click.testing import CliRunner
from factories import digest

from web.citing.checking import Named, read_named
from web.commands import wangqi


def ask(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code, response.text)
    return html.unescape(response.text)


@pytest.fixture
def revised(holding):
    """Of two entries the second was revised, in its key point."""
    first = digest("甲事", "乙事")
    return holding(first, first.replace("乙事的要点", "乙事的要点，更正"))


# ── the entry's page ────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_entrys_page_has_its_citation_ready(samples):
    assert "AI 行业动态. 我国发布首个海洋预报AI大模型“飞鱼-1.0”[EB/OL]. （2026-02-08）[" in ask(
        samples, "/entries/20260208-03"
    )


def test_a_reference_manager_reads_the_page(samples):
    page = ask(samples, "/entries/20260208-03")
    assert '<meta name="citation_title" content="我国发布首个海洋预报AI大模型“飞鱼-1.0”">' in page
    assert '<meta name="citation_author" content="AI 行业动态">' in page
    assert '<meta name="citation_publication_date" content="2026/02/08">' in page
    assert '<meta name="citation_public_url" content="http://localhost/entries/20260208-03?revision=1">' in page


def test_a_pinned_link_shows_the_text_of_its_revision_and_says_so(revised):
    page = ask(revised, "/entries/20260208-02?revision=1")
    assert "乙事的要点。" in page
    assert "更正" not in page
    assert "这是第 1 版的文字。" in page
    assert '<a href="/entries/20260208-02">后来改过</a>' in page


def test_a_pinned_link_to_what_was_never_changed_says_so(revised):
    assert '<a href="/entries/20260208-01">现在的文字</a>与它相同。' in ask(revised, "/entries/20260208-01?revision=1")


def test_a_pinned_link_to_a_key_point_keeps_its_revision(revised):
    response = revised.get("/entries/20260208-02.1?revision=1")
    assert response.headers["Location"] == "/entries/20260208-02?revision=1#p1"


@pytest.mark.parametrize(("revision", "status"), [("9", 404), ("0", 404), ("x", 400), ("-1", 400), ("9" * 30, 404)])
def test_a_revision_that_never_was_is_named(revised, revision, status):
    assert revised.get(f"/entries/20260208-02?revision={revision}").status_code == status


def test_what_was_withdrawn_still_answers_a_pinned_link(holding):
    client = holding(digest("甲事", "乙事"), digest("甲事"))
    page = ask(client, "/entries/20260208-02?revision=1", 410)
    assert "这个条目已撤下" in page
    assert "乙事的要点" in page


# ── every form ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_of_citations_has_every_form_of_the_record_and_of_each_source(samples):
    page = ask(samples, "/entries/20260208-03/cite")
    for piece in ("GB/T 7714—2025", "GB/T 7714—2015", "APA", "MLA", "@online{wangqi-20260208-03-r1,", "TY  - ELEC"):
        assert piece in page
    assert "央视网. 我国发布首个海洋预报AI大模型“飞鱼-1.0”[EB/OL]. [" in page
    assert page.count("data-copy") == 14


@pytest.mark.parametrize(
    ("form", "media_type", "begins"),
    [
        ("gbt7714", "text/plain", "AI 行业动态. "),
        ("gbt7714-2015", "text/plain", "AI 行业动态. "),
        ("apa", "text/plain", "AI 行业动态. (2026, February 8). "),
        ("mla", "text/plain", "AI 行业动态. “"),
        ("bibtex", "application/x-bibtex", "@online{"),
        ("ris", "application/x-research-info-systems", "TY  - ELEC"),
        ("csl-json", "application/vnd.citationstyles.csl+json", "["),
    ],
)
def test_each_form_is_a_file(samples, form, media_type, begins):
    response = samples.get(f"/entries/20260208-03/cite?format={form}")
    assert response.mimetype == media_type
    assert response.text.startswith(begins)


def test_a_key_point_is_cited_by_its_place(samples):
    text = ask(samples, "/entries/20260208-08.2/cite?format=gbt7714")
    assert text.endswith("http://localhost/entries/20260208-08?revision=1#p2.\n")


def test_a_source_is_cited_by_its_own_address(samples):
    assert "https://tv.cctv.com/" in ask(samples, "/entries/20260208-03/cite?format=gbt7714&of=1")


def test_an_earlier_revision_is_cited_as_such(revised):
    assert "?revision=1." in ask(revised, "/entries/20260208-02/cite?format=gbt7714&revision=1")
    assert "?revision=2." in ask(revised, "/entries/20260208-02/cite?format=gbt7714")


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/entries/20260208-03/cite?format=word", 400, "format 的值“word”不认识"),
        ("/entries/20260208-03/cite?format=ris&of=7", 400, "of 的值“7”"),
        ("/entries/20260208-03/cite?format=ris&of=x", 400, "of 的值“x”"),
        ("/entries/20260208-99/cite", 404, "20260208-99"),
        ("/entries/20260208-03.99/cite", 404, "20260208-03.99"),
        ("/entries/20260208/cite", 404, "20260208"),
        ("/entries/x/cite", 404, "x"),
    ],
)
def test_what_cannot_be_cited_is_named(samples, address, status, told):
    assert told in ask(samples, address, status)


def test_a_withdrawn_entry_can_still_be_cited(holding):
    client = holding(digest("甲事", "乙事"), digest("甲事"))
    assert "?revision=1." in ask(client, "/entries/20260208-02/cite", 410)


# ── checking what was cited ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("20260208-03", Named("20260208-03")),
        ("20260208b-12.3", Named("20260208b-12.3")),
        ("20260208-03@2", Named("20260208-03", 2)),
        ("见 20260208-03，第 2 版", Named("20260208-03", 2)),
        ("https://a.example/entries/20260208-03?revision=4#p2.", Named("20260208-03.2", 4)),
        ("/entries/20260208-03#p2", Named("20260208-03.2")),
        (
            "@online{wangqi-20260208-03.1-r2,\n url = {http://a/entries/20260208-03?revision=2#p1},",
            Named("20260208-03.1", 2),
        ),
        ("ID  - wangqi-20260208-03-r12", Named("20260208-03", 12)),
        ("甲[EB/OL]. （2026-02-08）[2026-02-09]. http://a/entries/20260208-03?revision=1.", Named("20260208-03", 1)),
        ("20260208-03 第 193 期", Named("20260208-03")),
        ("2026-02-08", None),
        ("无", None),
        ("x20260208-03", None),
        ("", None),
    ],
)
def test_what_a_pasted_text_names(text, named):
    assert read_named(text) == named


def test_a_citation_of_each_form_is_recognised(revised):
    for form in ("gbt7714", "gbt7714-2015", "apa", "mla", "bibtex", "ris", "csl-json"):
        text = ask(revised, f"/entries/20260208-02.1/cite?format={form}&revision=1")
        assert read_named(text) == Named("20260208-02.1", 1), form


def test_what_was_changed_since_is_told_by_field(revised):
    page = ask(revised, "/cite?text=20260208-02@1")
    assert "改过了" in page
    assert "有 1 处不同：要点 1" in page
    assert "<ins>乙事的要点，更正。</ins>" in page
    assert 'href="/entries/20260208-02?revision=1"' in page


def test_what_was_not_changed_is_told(revised):
    assert "没有改过" in ask(revised, "/cite?text=20260208-01@1")
    assert "没有改过" in ask(revised, "/cite?text=20260208-02@2")


def test_a_key_point_is_compared_by_itself(holding):
    first = digest("甲事")
    client = holding(first, first.replace("甲事的说明", "甲事的说明，更正"))
    assert "没有改过" in ask(client, "/cite?text=20260208-01.1@1")
    assert "改过了" in ask(client, "/cite?text=20260208-01@1")


def test_without_a_revision_nothing_is_compared(revised):
    assert "这个条目在第 2 版里改过" in ask(revised, "/cite?text=20260208-02")
    assert "这个条目从没有改过" in ask(revised, "/cite?text=20260208-01")


def test_what_was_withdrawn_since_is_told(holding):
    client = holding(digest("甲事", "乙事"), digest("甲事"))
    assert "已撤下" in ask(client, "/cite?text=20260208-02@1")


@pytest.mark.parametrize(
    ("text", "status", "told"),
    [
        ("无编号", 200, "这段文字里没有编号"),
        ("20260208-77", 404, "20260208-77"),
        ("20260208-01@7", 404, "第 7 版"),
        ("20260208-01.7@1", 404, "20260208-01.7"),
        ("x" * 4001, 400, "text 超过 4000 字"),
    ],
)
def test_what_cannot_be_checked_is_told(revised, text, status, told):
    assert told in ask(revised, f"/cite?text={text}", status)


def test_an_entry_that_a_revision_did_not_have_is_told(holding):
    client = holding(digest("甲事"), digest("甲事", "乙事"))
    assert "第 1 版里没有 20260208-02" in ask(client, "/cite?text=20260208-02@1", 404)


# ── whole results and the command ───────────────────────────────────────────────────────────────────────────────────


def test_a_whole_result_is_cited(samples):
    total = samples.get("/api/v1/search?q=模型&limit=0").json["total"]
    assert samples.get("/export?q=模型&format=ris").text.count("TY  - ELEC\n") == total
    assert len(json.loads(samples.get("/export?q=模型&format=csl-json").text)) == total
    response = samples.get("/export?q=模型&format=bibtex")
    assert response.text.count("@online{") == total
    assert response.headers["Content-Disposition"].endswith('.bib"')


def test_key_points_are_cited_each(samples):
    text = samples.get("/export?q=奥委会&scope=point&format=gbt7714").text
    assert "/entries/20260208-08?revision=1#p2.\n" in text


def run(client, *arguments):
    home = client.application.extensions["wangqi"].home
    return CliRunner().invoke(wangqi, ["--home", str(home), *arguments])


@pytest.mark.parametrize("form", ["gbt7714", "bibtex", "csl-json"])
def test_the_command_prints_what_the_page_gives(samples, form):
    page = ask(samples, f"/entries/20260208-08.2/cite?format={form}")
    shown = run(samples, "show", "20260208-08.2", "--format", form)
    assert shown.output == page.replace("http://localhost", "http://127.0.0.1:8710")


def test_the_command_cites_a_whole_result(samples):
    page = samples.get("/export?q=千问&format=ris").text
    found = run(samples, "search", "千问", "--format", "ris")
    assert found.output == page.replace("http://localhost", "http://127.0.0.1:8710")


def test_the_command_cites_an_earlier_revision(revised):
    assert "?revision=1." in run(revised, "show", "20260208-02", "--revision", "1", "--format", "gbt7714").output


@pytest.mark.parametrize("name", ["20260208-03.99", "20260208-99", "20260208"])
def test_the_command_names_what_cannot_be_cited(samples, name):
    refused = run(samples, "show", name, "--format", "ris")
    assert refused.exit_code == 1
    assert name in refused.output
