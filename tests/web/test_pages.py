"""The pages: each answers with its content, a mistake in an address with a sentence, links with what they say."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from factories import digest
from flask.testing import FlaskClient

SAMPLES = Path(__file__).parents[2] / "data" / "issues"
HOSTILE = '<script>alert("甲")</script>乙&"\''
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')
TOTAL = re.compile(r"<strong>(\d+) (条|个要点)</strong>")


def ask(client, address, status=200):
    """The page, without the marks of highlighting."""
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return re.sub("</?mark>", "", response.text)


def links(page):
    return [html.unescape(each) for each in LINK.findall(page)]


def total(page):
    return int(TOTAL.search(page)[1])


def hits(page):
    return re.findall(r'<h2><a href="/entries/([^"]+)"', page)


# ── every page ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("address", "content"),
    [
        ("/", "31 期 · "),
        ("/search", "怎样检索"),
        ("/search?q=飞鱼", "我国发布首个海洋预报AI大模型“飞鱼-1.0”"),
        ("/issues/", "2026年2月"),
        ("/issues/2026-02-08", "国家数据局等部门于2月7日联合发布指导意见"),
        ("/issues/20260208", "产品与应用发布"),
        ("/issues/2026年2月8日", "产品与应用发布"),
        ("/issues/20260208/raw", "**来源出处**：[人民网]"),
        ("/entries/20260208-03", "标志着AI技术在海洋科学领域的应用取得重要突破。"),
        ("/tags/", "机构"),
        ("/tags/千问", "春节30亿免单"),
        ("/categories/政策与监管", "图解东湾AI促进条例"),
        ("/help", "怎样检索"),
        ("/status", "第 1 代，没有等待的"),
    ],
)
def test_every_page_shows_its_content(samples, address, content):
    assert content in ask(samples, address)


PAGES = [
    "/",
    "/search",
    "/search?q=数据",
    "/issues/",
    "/issues/20260208",
    "/entries/20260208-03",
    "/tags/",
    "/help",
    "/nope",
]


@pytest.mark.parametrize("address", [*PAGES, "/status", "/tags/OpenAI", "/search?page=0"])
def test_every_page_is_under_the_policy_and_keeps_it(samples, address):
    response = samples.get(address)
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert not re.search(
        r"<style|\sstyle=|\son[a-z]+=|<script(?! src=\"/wangqi.js\" defer></script>)|<img|<iframe", response.text
    )
    asked = re.findall(r'(?:src|<link[^>]*href)="(?!data:)([^"]*)"', response.text)
    assert asked
    assert all(each.startswith("/") and not each.startswith("//") for each in asked)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_chinese_and_has_its_landmarks(samples, address):
    page = samples.get(address).text
    assert page[: page.index("</head>")].count("<title>") == 1
    for piece in ('<html lang="zh-CN">', "<main", "<h1", '<a class="skip" href="#main">', "<footer"):
        assert page.count(piece) == 1, piece
    assert page.count('type="search" name="q"') == 1


@pytest.mark.parametrize("address", PAGES[:-1])
def test_head_answers_as_get_does(samples, address):
    response = samples.head(address)
    assert response.status_code == 200
    assert response.data == b""


def test_the_first_page_is_small(samples):
    size = 0
    for address in ("/", "/static/style.css", "/static/wangqi.js", "/static/completing.js", "/static/icon.svg"):
        with samples.get(address) as response:
            size += len(response.data)
    assert size < 100_000


def test_every_link_on_the_pages_leads_somewhere(samples):
    found = {each.partition("#")[0] for page in PAGES[:-1] for each in links(samples.get(page).text)}
    inner = {each for each in found if each.startswith("/") and not each.startswith("//")}
    assert len(inner) > 50
    assert [each for each in sorted(inner)[::3] if samples.get(each).status_code not in (200, 302)] == []


# ── home ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_home_shows_the_newest_issue_and_links_its_entries(samples):
    page = ask(samples, "/")
    assert "2026年4月30日 星期四" in page
    assert "/entries/20260430-01" in links(page)


def test_home_tells_the_totals_and_the_days_covered(samples):
    counted = re.search(r"31 期 · (\d+) 条 · (\d+) 个要点", ask(samples, "/"))
    assert counted
    assert total(ask(samples, "/search?from=2020")) == int(counted[1])
    assert total(ask(samples, "/search?from=2020&scope=point")) == int(counted[2])
    assert "2026年2月8日 至 2026年4月30日" in ask(samples, "/")


def test_home_shows_the_tags_of_the_newest_month(samples):
    page = ask(samples, "/")
    assert "2026年4月的标签" in page
    assert any(each.startswith("/tags/") for each in links(page))


def test_an_empty_home_says_how_to_begin(empty):
    page = ask(empty, "/")
    assert "wangqi ingest" in page
    assert "wangqi serve" in page


@pytest.mark.parametrize("address", ["/status", "/search?q=千问", "/issues/", "/tags/", "/trends"])
def test_other_pages_of_an_empty_home_say_so_too_and_programs_read_it(empty, address):
    assert "这里还没有收录任何一期" in ask(empty, address, 503)
    assert empty.get("/api/v1/search?q=千问").json["error"]["code"] == "no-archive"


# ── search ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_dates_upside_down_are_exchanged_and_the_page_says_so(samples):
    page = ask(samples, "/search?q=模型&from=2026-03-31&to=2026-03-01")
    assert "起止日期写反了，已对调" in page
    assert "2026年3月1日 至 2026年3月31日" in page
    rows = samples.get("/export?q=模型&from=2026-03-31&to=2026-03-01&format=ndjson").text.splitlines()
    assert f"<strong>{len(rows)} 条</strong>" in page
    assert len(rows) > 0


def test_the_form_keeps_all_that_was_asked(samples):
    page = ask(samples, "/search?q=模型&from=2026-03&to=2026-04&category=政策与监管&tag=开源&scope=point&sort=oldest")
    for piece in (
        'value="模型"',
        'name="from" value="2026-03"',
        'name="to" value="2026-04"',
        "<option selected>政策与监管</option>",
        'type="hidden" name="tag" value="开源"',
        'value="point" checked',
        'value="oldest" selected',
    ):
        assert piece in page, piece


def test_the_title_of_a_search_says_what_and_how_many(samples):
    assert "<title>飞鱼（1 条）· 检索 · 往期</title>" in ask(samples, "/search?q=飞鱼")


def test_the_total_says_how_many_stand_as_they_are(samples):
    assert re.search(r"<strong>\d+ 条</strong>，其中<a [^>]*>原样相连 \d+ 条</a>", ask(samples, "/search?q=开源模型"))
    assert "原样相连 0 个要点" in ask(samples, "/search?q=系统 电商&scope=point")


def test_what_was_asked_for_is_marked(samples):
    page = samples.get("/search?q=飞鱼").text
    assert "“<mark>飞鱼</mark>-1.0”" in page


def test_matching_key_points_are_shown_and_the_others_counted(samples):
    page = ask(samples, "/search?q=数据 期:20260208")
    assert "明确数据交易所、数据流通服务平台企业" in page
    assert "另有 1 个要点命中" in page


def test_a_word_that_only_the_background_holds_is_shown_there(samples):
    page = samples.get("/search?q=扎堆|持续深耕 期:20260208").text
    assert re.search("<b>背景</b>　[^<]*<mark>持续深耕</mark>", page)


def test_a_hit_links_to_its_source_and_to_itself(samples):
    page = ask(samples, "/search?q=飞鱼")
    assert "https://tv.cctv.com/2026/02/07/VIDEihhQA4bwVICuLaedM2eY260207.shtml" in links(page)
    assert "原文链接" in page
    assert "本库链接" in page


def test_a_key_point_is_a_hit_with_its_entrys_title(samples):
    page = ask(samples, "/search?q=系统 电商&scope=point")
    assert total(page) == 1
    assert "/entries/20260208-07#p2" in links(page)
    assert "阿里“千问”App启动“春节30亿免单”活动" in page


def test_key_points_that_leave_the_word_to_the_title_are_offered(samples):
    page = ask(samples, "/search?q=飞鱼&scope=point")
    assert "标题含该词的条目另有 1 个要点" in page
    offered = next(each for each in links(page) if "%E6%A0%87%E9%A2%98" in each)
    assert total(ask(samples, offered)) == 1


def test_the_answer_tells_what_was_searched_and_how_long_it_took(samples):
    page = ask(samples, "/search?q=数据&from=2026-03-01&to=2026-03-31")
    assert re.search(r"2026年3月2日 至 2026年3月31日，16 期，缺 14 天 · 用时 [\d.]+ 毫秒", page)
    assert "2026年3月1日 至 2026年3月31日" in page


def test_what_was_read_otherwise_than_typed_is_told(samples):
    page = ask(samples, "/search?q=数据 ((")
    assert "检索说明" in page
    assert "<code>数据</code>" in page


def test_a_query_that_reads_as_typed_is_not_repeated(samples):
    assert "读作" not in ask(samples, "/search?q=数据")


def test_what_a_query_of_several_words_asks_is_said_in_a_sentence(samples):
    assert "<dt>读作</dt><dd>" in ask(samples, "/search?q=数据 模型")
    assert "<dd>含“数据”，且不含“模型”</dd>" in ask(samples, "/search?q=数据 -模型")


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("20260208-03", "/entries/20260208-03"),
        ("20260208-03.2", "/entries/20260208-03#p2"),
        ("20260208", "/issues/20260208"),
        ("2026-02-08", "/issues/20260208"),
        ("2026年2月8日", "/issues/20260208"),
    ],
)
def test_an_id_or_a_date_as_the_whole_query_is_linked(samples, query, address):
    assert f'<p class="named"><a href="{address}">' in ask(samples, f"/search?q={query}")


def test_a_month_as_the_whole_query_offers_its_entries(samples):
    page = ask(samples, "/search?q=2026年3月")
    offered = re.search('<p class="named"><a href="([^"]+)">', page)[1]
    assert total(ask(samples, html.unescape(offered))) == total(ask(samples, "/search?from=2026-03&to=2026-03"))


def test_nothing_found_says_what_to_leave_out(samples):
    page = ask(samples, "/search?q=数据 量子纠缠态")
    assert "没有找到“数据 量子纠缠态”" in page
    assert "去掉“量子纠缠态”" in page
    assert "收录范围：2026年2月8日" in page


def test_what_nothing_found_offers_finds_as_many_as_it_says(samples):
    page = ask(samples, "/search?q=飞鱼&from=2026-04&category=投融资").partition('class="nothing"')[2]
    offered = re.findall(r'<li><a href="([^"]+)">[^<]*</a> <span class="count">(\d+)</span>', page)
    assert offered
    for address, count in offered:
        assert total(ask(samples, html.unescape(address))) == int(count)


@pytest.mark.parametrize(
    "query",
    [
        "q=数据&scope=point",
        "q=模型&from=2026-03-10&to=2026-04-20",
        "q=AI&category=政策与监管",
        "tag=开源",
        "q=-模型&sort=oldest",
    ],
)
def test_every_facet_leads_to_as_many_hits_as_it_says(samples, query):
    page = ask(samples, f"/search?{query}")
    facets = re.findall(r'<li><a href="([^"]+)">[^<＋]*</a> <span class="count">(\d+)<', page)
    assert len(facets) > 5
    wrong = [(each, count) for each, count in facets if total(ask(samples, html.unescape(each))) != int(count)]
    assert wrong == []


def test_categories_and_months_sum_to_the_total(samples):
    page = ask(samples, "/search?q=数据")
    for name in ("类别", "月份"):
        section = re.search(rf"<h2>{name}</h2>(.*?)</section>", page, re.DOTALL)[1]
        assert sum(map(int, re.findall(r'class="count">(\d+)<', section))) == total(page)


def test_a_chip_takes_its_filter_away(samples):
    page = ask(samples, "/search?q=模型&tag=开源&category=政策与监管&from=2026-03")
    chips = re.findall(r'<li><a href="([^"]+)" title="去掉这项筛选"', page)
    assert len(chips) == 3
    for each in chips:
        assert html.unescape(each).count("=") == 3


def test_the_pages_of_a_search_show_every_hit_once(samples):
    address, seen = "/search?q=模型", []
    while address:
        page = ask(samples, address)
        seen += hits(page)
        following = re.search(r'<a href="([^"]+)" rel="next"', page)
        address = html.unescape(following[1]) if following else ""
    assert len(seen) == len(set(seen)) == total(page)
    assert len(seen) > 40


def test_pages_link_back_and_on(samples):
    page = ask(samples, "/search?q=模型&page=2")
    assert 'rel="prev"' in page
    assert 'rel="next"' in page
    assert '<span aria-current="page">2</span>' in page


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "000", "²", "%00"])
def test_what_is_no_page_number_is_refused_with_a_sentence(samples, page):
    said = ask(samples, f"/search?q=飞鱼&page={page}", 400)
    assert "不是页码" in said
    assert 'value="飞鱼"' in said


@pytest.mark.parametrize("page", ["2", "1000000000", "9" * 5000])
def test_a_page_beyond_the_last_names_the_last(samples, page):
    said = ask(samples, f"/search?q=飞鱼&page={page}", 404)
    assert "共 1 条，1 页" in said
    assert any(each.startswith("/search?q=") for each in links(said))


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ("scope=line", "scope 的值“line”不认识"),
        ("sort=best", "sort 的值“best”不认识"),
        ("from=someday", "from 的值“someday”不是日期"),
        ("to=2026-13", "to 的值“2026-13”不是日期"),
        ("q=" + "甲" * 4097, "查询超过 4096 字"),
    ],
)
def test_a_parameter_out_of_its_range_is_refused_with_a_sentence(samples, parameters, sentence):
    assert sentence in ask(samples, f"/search?{parameters}", 400)


def test_what_was_typed_stays_in_the_box_of_an_error(samples):
    assert 'value="飞鱼 “甲”"' in ask(samples, "/search?q=飞鱼 “甲”&sort=best", 400)


@pytest.mark.parametrize(
    "query", ["((", "|||", "-", "“", "OR", "**", "标题:", "\x00", "<script>", "'\"><b>", "%", "𝕏", "第 193 期：跳过"]
)
def test_no_query_is_an_error(samples, query):
    page = ask(samples, f"/search?q={quote(query)}")
    assert "<script>" not in page
    assert "<b>" not in page.partition("<main")[2].partition('class="hits"')[0]


@pytest.mark.parametrize("limit", ["0", "500", "x"])
def test_the_page_keeps_its_own_size(samples, limit):
    assert len(hits(ask(samples, f"/search?q=模型&limit={limit}&offset=7"))) == 20


# ── issues ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_issue_shows_every_entry_with_its_link_and_every_key_point_with_its_anchor(samples):
    page = ask(samples, "/issues/2026-02-08")
    for number in range(1, 11):
        assert f'id="20260208-{number:02d}"' in page
        assert f"/entries/20260208-{number:02d}" in links(page)
    assert 'id="20260208-01.3"' in page
    assert "https://mashable.com/article/openai-releases" in links(page)


def test_the_banner_of_an_issue_brings_no_style(samples):
    assert "color:#1677ff" not in ask(samples, "/issues/2026-02-08")


def test_an_issue_lists_its_categories(samples):
    page = ask(samples, "/issues/2026-02-08")
    for number in range(1, 5):
        assert f'href="#c{number}"' in page
        assert f'id="c{number}"' in page


def test_an_issue_links_to_the_one_before_and_the_one_after(samples):
    page = ask(samples, "/issues/2026-03-05")
    assert re.search('href="/issues/20260303" rel="prev"', page)
    assert re.search('href="/issues/20260306" rel="next"', page)


@pytest.mark.parametrize("identifier", ["2026-02-09", "20260209", "nope", "2026-02-31", "0", "..", "2026年2月", "<b>"])
def test_an_unknown_issue_is_not_found_in_words(samples, identifier):
    page = ask(samples, f"/issues/{quote(identifier)}", 404)
    assert "没有" in page
    assert "<b>" not in page.partition("<main")[2]


@pytest.mark.parametrize("address", ["/issues/20990101", "/entries/20990101-01", "/entries/20260208-03.99", "/gone"])
def test_what_is_not_there_tells_a_reader_where_to_look_and_no_command(samples, address):
    page = ask(samples, address, 404)
    assert "wangqi" not in page.partition("<main")[2].partition("</main>")[0]
    assert {"/search", "/issues/"} <= set(links(page.partition("<main")[2]))


def test_a_day_with_two_series_lists_both(holding):
    client = holding(digest("甲公司发布模型", series="甲动态"), digest("乙公司发布模型", series="乙动态"))
    page = ask(client, "/issues/2026-02-08", 300)
    assert {"/issues/20260208", "/issues/20260208b"} <= set(links(page))
    assert "甲动态" in page
    assert "乙动态" in page
    assert "乙公司发布模型" in ask(client, "/issues/20260208b")


def test_the_raw_issue_is_the_exact_bytes_as_text(samples):
    response = samples.get("/issues/2026-02-08/raw")
    assert response.data == (SAMPLES / "2026" / "2026-02-08.md").read_bytes()
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"] == 'inline; filename="20260208.md"'


def test_the_calendar_shows_days_with_and_without_an_issue(samples):
    page = ask(samples, "/issues/")
    assert "/issues/2026-02-08" in links(page)
    assert 'class="missing" title="2026年2月9日没有收录"' in page
    assert 'title="2026年2月7日没有收录"' not in page


@pytest.mark.parametrize(("year", "status"), [("2026", 200), ("1999", 404), ("x", 400), ("99999", 400)])
def test_the_calendar_answers_for_its_years_only(samples, year, status):
    ask(samples, f"/issues/?year={year}", status)


def test_what_a_reader_could_not_make_of_a_file_is_told_on_its_issue(holding):
    client = holding(digest("甲公司发布模型") + "\n无处安放的一行\n\n# 另一天 (2026-02-09)\n")
    page = ask(client, "/issues/20260208")
    assert re.search(r'<a href="#diagnostics">解析提示 \d+ 条</a>', page)
    assert '<details id="diagnostics">' in page


# ── entries ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_entry_shows_its_fields_dates_and_neighbours(samples):
    page = ask(samples, "/entries/20260208-03")
    assert 'id="p1"' in page
    assert 'id="p2"' in page
    assert re.search("事件日期 <time[^>]*>2026年2月7日</time>（2月7日）", page)
    assert re.search('href="/entries/20260208-02" rel="prev"', page)
    assert re.search('href="/entries/20260208-04" rel="next"', page)
    assert "tv.cctv.com" in page


def test_the_original_of_what_is_shown_is_one_click_away(holding):
    client = holding(digest("甲", "乙"), digest("甲改"))
    for address, status, original in [
        ("/entries/20260208-01", 200, "甲改"),
        ("/entries/20260208-01?revision=1", 200, "- **乙**"),
        ("/entries/20260208-02", 410, "- **乙**"),
    ]:
        (raw,) = [each for each in links(ask(client, address, status)) if "/raw" in each]
        assert original in client.get(raw).text


def test_an_entry_tells_where_its_tags_come_from(samples):
    page = ask(samples, "/entries/20260208-07")
    assert "自动标签" in page
    assert "名录：标题中的“千问”" in page


def test_the_id_of_a_key_point_leads_to_its_place(samples):
    response = samples.get("/entries/20260208-03.2")
    assert response.status_code == 302
    assert response.headers["Location"] == "/entries/20260208-03#p2"


@pytest.mark.parametrize("identifier", ["20260208-99", "20260209-01", "nope", "20260208", "<script>"])
def test_an_unknown_entry_is_not_found_in_words(samples, identifier):
    assert "没有编号为" in ask(samples, f"/entries/{quote(identifier)}", 404)


def test_a_withdrawn_entry_is_gone_but_keeps_its_last_text(holding):
    client = holding(digest("甲公司发布模型", "乙公司发布芯片"), digest("甲公司发布模型"))
    page = ask(client, "/entries/20260208-02", 410)
    assert "已撤下" in page
    assert "乙公司发布芯片的说明。" in page
    assert "乙公司发布芯片的要点。" in page
    assert total(ask(client, "/search?q=乙公司")) == 0


def test_a_revised_entry_says_which_revision_it_is(holding):
    before = digest("甲公司发布模型", "乙公司发布芯片")
    client = holding(before, before.replace("乙公司发布芯片的说明", "乙公司发布芯片的新说明"))
    assert "修订（第 2 版）" in ask(client, "/entries/20260208-02")
    assert "修订（第 2 版）" not in ask(client, "/entries/20260208-01")


def test_a_key_point_withdrawn_later_stands_once_in_the_revision_that_had_it(holding):
    before = digest("甲公司发布模型")
    client = holding(before, before.replace("甲公司发布模型的要点", "全新的另一句话"))
    assert "已撤下的要点" in ask(client, "/entries/20260208-01")
    pinned = ask(client, "/entries/20260208-01?revision=1")
    assert ("已撤下的要点" in pinned, pinned.count('id="p1"')) == (False, 1)


def test_the_title_of_the_page_of_an_absurdly_long_title_is_cut(holding):
    page = ask(holding(digest("没有尽头的标题" * 300)), "/entries/20260208-01")
    assert len(re.findall("<title>(.*?)</title>", page)[0]) < 100


# ── tags and categories ─────────────────────────────────────────────────────────────────────────────────────────────


def test_every_tag_holds_as_many_entries_as_it_says(samples):
    counts = re.findall(r'<a href="(/tags/[^"]+)">[^<]*<span class="count">(\d+)</span>', ask(samples, "/tags/"))
    assert len(counts) > 100
    for address, count in counts[::7]:
        if "?" not in address:
            assert f'<p class="about">{count} 条' in ask(samples, address)


@pytest.mark.parametrize("alias", ["Qwen", "通义千问", "qwen", "％51wen".replace("％", "%")])
def test_an_alias_leads_to_its_tag(samples, alias):
    response = samples.get(f"/tags/{alias}")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/tags/{quote('千问')}"


def test_an_unknown_tag_names_those_that_look_like_it(samples):
    page = ask(samples, "/tags/OpenAl", 404)
    assert "没有叫“OpenAl”的标签" in page
    assert "/tags/OpenAI" in links(page)


def test_the_entries_of_a_category_are_newest_first_over_all_its_pages(samples):
    first = ask(samples, "/categories/政策与监管")
    count = int(re.search(r'<p class="about">(\d+) 条', first)[1])
    seen = [
        each for n in range(1, -(-count // 20) + 1) for each in hits(ask(samples, f"/categories/政策与监管?page={n}"))
    ]
    assert len(set(seen)) == len(seen) == count
    days = [each[:8] for each in seen]
    assert days == sorted(days, reverse=True)


def test_names_with_a_slash_or_signs_have_their_pages(holding):
    name = "芯片/算力 100%?#甲"
    text = digest("甲公司发布模型").replace("**模型与技术进展**", f"## {name}")
    client = holding(text)
    page = ask(client, "/issues/20260208")
    address = next(each for each in links(page) if each.startswith("/categories/"))
    assert "甲公司发布模型" in ask(client, address)


@pytest.mark.parametrize("address", ["/categories/没有的", "/tags/没有的", "/tags/<script>", "/categories/a/b/c"])
def test_an_unknown_name_is_not_found_in_words(samples, address):
    page = ask(samples, address, 404)
    assert "没有叫" in page
    assert "<script>" not in page


@pytest.mark.parametrize(("page", "status"), [("0", 400), ("x", 400), ("99", 404), ("1000000000", 404)])
def test_the_pages_of_a_tag_are_checked_as_those_of_a_search(samples, page, status):
    ask(samples, f"/tags/千问?page={page}", status)


# ── help, status, hostile texts ─────────────────────────────────────────────────────────────────────────────────────


def test_the_examples_of_the_help_find_something_and_are_read_as_typed(samples):
    examples = [each for each in links(ask(samples, "/help")) if each.startswith("/search?")]
    assert len(examples) > 20
    for each in examples:
        page = ask(samples, each)
        assert "检索说明" not in page, each
        # relative dates may be past the samples, and an id finds itself above the results
        if total(page) == 0:
            assert 'class="named"' in page or re.search("今年|近|2月$", html.unescape(page).partition("（0 条）")[0]), (
                each
            )


def test_the_help_names_every_field(samples):
    from indexer.query.lexing import FIELD_NAMES

    page = ask(samples, "/help")
    assert [name for name in FIELD_NAMES if name not in page] == []


def test_the_status_names_files_that_were_not_taken(holding):
    client = holding(digest("甲公司发布模型", "乙", "丙", "丁"), "没有日期也没有条目", digest("戊"))
    page = ask(client, "/status")
    assert "没有收下的文件" in page
    assert "<code>1.md</code>" in page
    assert "<code>2.md</code>" in page
    assert "1 期 · 4 条 · 4 个要点" in page


@pytest.mark.parametrize(
    "address", ["/", "/issues/20260208", "/entries/20260208-01", "/search?q=乙", "/search?q=乙&scope=point"]
)
def test_a_hostile_title_is_shown_as_text(holding, address):
    client = holding(digest(HOSTILE))
    response = client.get(address)
    assert response.status_code == 200
    page = response.text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(" in page


def test_a_hostile_address_is_no_link(holding):
    client = holding(digest("甲公司发布模型").replace("https://news.example.com/2026-02-08/1", "javascript:alert(1)"))
    assert not any(each.startswith("javascript") for each in links(ask(client, "/entries/20260208-01")))


@pytest.mark.parametrize("path", ["/", "/api/v1/search?q=a", "/nowhere"])
def test_a_host_that_is_not_ours_is_refused_in_words(samples: FlaskClient, path: str) -> None:
    answer = samples.get(path, headers={"Host": "evil.example"})
    assert (answer.status_code, "TRUSTED_HOSTS" in answer.text) == (400, True)


def test_a_concept_is_offered_with_its_count_and_taken_back(samples):
    page = ask(samples, "/search?q=人工智能")
    offer = re.search(
        r'href="(/search\?[^"]*aliases=all[^"]*)">连同 (AI[^<]*) 一起检索</a> <span class="count">(\d+)', page
    )
    assert offer
    wider = ask(samples, html.unescape(offer[1]))
    assert f"<strong>{offer[3]} 条</strong>" in wider
    assert 'name="aliases" value="all"' in wider
    assert "只按原词检索" in wider


def test_a_concept_that_adds_nothing_is_not_offered(samples):
    assert "aliases=all" not in ask(samples, "/search?q=人工智能 手机 电池")


def test_partial_matches_stand_below_and_do_not_count(samples):
    page = ask(samples, "/search?q=人工智能 手机 电池")
    assert "<strong>0 条</strong>" in page
    assert "没有找到“人工智能 手机 电池”" in page
    assert page.index("没有找到") < page.index("部分符合（20 条）")
    assert page.count('class="badge">部分符合') == 20


def test_names_are_asked_in_all_their_forms_unless_told_otherwise(holding):
    client = holding(digest("千问上线", "Qwen开源", "通义千问更名"))
    counts = [client.get("/api/v1/search", query_string={"q": "千问", "aliases": a}).json for a in ("names", "none")]
    assert [(each["total"], each["literal_total"], each["query"]["aliases"]) for each in counts] == [
        (3, 2, "names"),
        (2, 2, "none"),
    ]
    assert {why["how"] for hit in counts[0]["hits"] for why in hit["why"]} == {"word", "alias"}
    assert client.get("/api/v1/search?q=x&aliases=some").status_code == 400


@pytest.mark.parametrize(
    ("query", "title", "why"),
    [
        ("千问", "Qwen开源", "“Qwen”是“千问”的别名"),
        ("结构", "雲端結構", "写作“結構”"),
        ("量子纠缠 智能体们", "智能手机", "只有“智能”"),
    ],
)
def test_a_hit_says_why_it_matched_where_that_is_not_plain_to_see(holding, query, title, why):
    page = ask(holding(digest(title)), f"/search?q={query}")
    assert f"命中原因：{why}" in page


def test_a_key_point_says_why_it_matched_itself(holding):
    page = ask(holding(digest("Qwen千问")), "/search?q=千問&scope=point")
    assert "命中原因：写作“千问”" in page
    assert "别名" not in ask(
        holding(digest("Qwen与千问").replace("- Qwen与千问的要点", "- 千问")), "/search?q=千问&scope=point"
    )


def test_a_word_inside_others_is_told(samples):
    assert "命中原因：“湾市”在别的词里" in ask(samples, "/search?q=湾市")


def test_a_hit_that_says_what_was_typed_needs_no_reason(holding):
    assert "命中原因" not in ask(holding(digest("千问上线")), "/search?q=千问")
