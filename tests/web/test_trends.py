"""How often terms were in the news: counts sum to the search's total, gaps are gaps, points open their entries."""

from __future__ import annotations

import csv
import html
import io
import re
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from factories import digest

from web.commands import wangqi

SVG = "{http://www.w3.org/2000/svg}"
TERMS = ("千问", "“人工智能”", "标签:大模型", "模型 -开源", "(飞鱼|OpenAI)")


def trend(client, address, status=200):
    response = client.get(f"/api/v1/trend?{address}")
    assert response.status_code == status, response.text
    return response.json


def total(client, address):
    return client.get(f"/api/v1/search?{address}&limit=0").json["total"]


def run(client, *arguments):
    home = client.application.extensions["wangqi"].home
    return CliRunner().invoke(wangqi, ["--home", str(home), "trend", *arguments])


@pytest.fixture
def gapped(holding):
    """Issues of three days, with a day and then two months without any."""
    days = ("2026-02-06", "2026-02-08", "2026-05-01")
    return holding(*(digest(*["智能体发布"] * n, day=day) for n, day in enumerate(days, 1)))


# ── counts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("by", ["day", "week", "month"])
@pytest.mark.parametrize("term", TERMS)
def test_the_counts_of_a_term_sum_to_the_total_of_its_search(samples, term, by):
    (held,) = trend(samples, f"term={quote(term)}&by={by}")["terms"]
    assert sum(filter(None, held["counts"])) == held["total"] == total(samples, f"q={quote(term)}")
    assert held["total"] > 0


@pytest.mark.parametrize("by", ["day", "week", "month"])
def test_every_point_of_the_page_opens_as_many_entries_as_it_says(samples, by):
    page = html.unescape(samples.get(f"/trends?term=模型&by={by}&from=2026-03-10&to=2026-04-07").text)
    points = re.findall(r'<td class="number"><a href="/search\?(\S+)">(\d+)</a> <small>', page)
    assert points
    assert [total(samples, address) for address, _ in points] == [int(count) for _, count in points]


def test_the_entries_of_the_periods_are_those_of_the_archive(samples):
    held = trend(samples, "by=week")
    assert sum(each["entries"] for each in held["periods"]) == held["total"] == total(samples, "q=")
    assert sum(each["issues"] for each in held["periods"]) == held["coverage"]["issues"] == 31


def test_a_share_is_a_part_of_all_entries(gapped):
    held = trend(gapped, "term=标题:智能体&by=month&from=2026-02&to=2026-02")
    assert held["terms"][0]["shares"] == [1.0]
    assert trend(gapped, "term=无此一词&by=month&from=2026-02&to=2026-02")["terms"][0]["shares"] == [0]


def test_filters_narrow_terms_and_all_entries_alike(samples):
    held = trend(samples, "term=模型&category=政策与监管&by=month")
    assert held["total"] == total(samples, "category=政策与监管")
    assert held["terms"][0]["total"] == total(samples, "q=模型&category=政策与监管")


# ── periods ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_period_without_an_issue_is_a_gap_and_one_without_a_match_is_none(gapped):
    held = trend(gapped, "term=智能体&term=无此一词&by=month")
    assert [each["period"] for each in held["periods"]] == ["2026-02", "2026-03", "2026-04", "2026-05"]
    assert [term["counts"] for term in held["terms"]] == [[3, None, None, 3], [0, None, None, 0]]
    assert held["terms"][0]["shares"] == [1.0, None, None, 1.0]


def test_days_and_weeks_have_gaps_too(gapped):
    assert trend(gapped, "term=智能体&by=day&to=2026-02-08")["terms"][0]["counts"] == [1, None, 2]
    weeks = trend(gapped, "term=智能体&by=week")
    assert [weeks["periods"][0][name] for name in ("period", "from", "to")] == ["2026-W06", "2026-02-02", "2026-02-08"]
    assert weeks["terms"][0]["counts"] == [3, *[None] * 11, 3]


def test_a_gap_of_one_series_is_its_own(holding):
    client = holding(
        digest("甲", day="2026-02-06"), digest("乙", day="2026-02-07", series="另一个"), digest("丙", day="2026-02-08")
    )
    assert trend(client, "term=丙&series=示例动态&by=day")["terms"][0]["counts"] == [0, None, 1]


def test_a_period_is_cut_to_the_days_that_were_asked_for(samples):
    (period,) = trend(samples, "by=month&from=2026-03-05&to=2026-03-20")["periods"]
    assert (period["from"], period["to"]) == ("2026-03-05", "2026-03-20")


def test_periods_are_chosen_by_the_days_there_are(gapped):
    assert trend(gapped, "to=2026-02")["by"] == "day"
    assert trend(gapped, "")["by"] == "week"


def test_over_years_a_period_is_a_month(holding):
    assert trend(holding(digest("甲", day="2024-02-08"), digest("乙")), "")["by"] == "month"


# ── bad input ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_empty_term_among_five_is_said_and_left_out(samples):
    held = trend(samples, "term=千问&term=+&term=飞鱼&term=，&term=模型")
    assert [each["term"] for each in held["terms"]] == ["千问", "飞鱼", "模型"]
    assert held["notices"][0] == "第 2 个词是空的，已略去"
    assert "第 4 个词“，”里没有可检索的文字，已略去" in held["notices"]


def test_dates_upside_down_are_exchanged_and_it_is_said_once(samples):
    held = trend(samples, "term=模型&term=数据&from=2026-03-31&to=2026-03-01&by=month")
    assert held["notices"] == ["起止日期写反了，已对调"]
    assert held["terms"][0]["total"] == total(samples, "q=模型&from=2026-03&to=2026-03")


def test_boxes_left_empty_are_no_terms(samples):
    assert trend(samples, "term=千问&term=&term=")["notices"] == []


def test_a_term_asked_twice_is_counted_once(samples):
    held = trend(samples, "term=千问&term=千问")
    assert len(held["terms"]) == 1
    assert held["notices"] == ["“千问”写了两次，只算一次"]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("term=a&term=b&term=c&term=d&term=e&term=f", "至多比较 5 个词，这里有 6 个"),
        ("term=千问&by=year", "by 的值“year”不认识"),
        ("term=千问&from=昨日", "from 的值“昨日”不是日期"),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_is_kept(samples, address, told):
    assert told in trend(samples, address, 400)["error"]["message"]
    page = samples.get(f"/trends?{address}")
    assert page.status_code == 400
    assert told in page.text
    assert f'value="{address.split("&")[0].removeprefix("term=")}"' in page.text


@pytest.mark.parametrize("address", ["measure=x", "format=x"])
def test_an_unknown_measure_or_format_is_named(samples, address):
    assert samples.get(f"/trends?{address}").status_code == 400


@pytest.mark.parametrize("by", ["", "day", "week", "month"])
def test_an_empty_archive_has_no_trends(holding, by):
    holding(digest("甲"))
    assert trend(holding(), f"term=甲&by={by}&to=2020")["periods"] == []
    assert "这段时间没有收录的期" in holding().get(f"/trends?term=甲&by={by}&to=2020").text


def test_a_hostile_term_stays_text(samples):
    page = samples.get("/trends", query_string={"term": '"><script>alert(1)</script>模型'}).text
    assert "<script>alert" not in page


# ── forms ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_has_a_chart_and_a_table_of_the_same_counts(samples):
    page = samples.get("/trends?term=千问&term=模型&by=week").text
    svg = ElementTree.fromstring(re.search(r"<svg.*?</svg>", page, re.DOTALL)[0])
    drawn = [each.get("href") for each in svg.iter(f"{SVG}a")]
    table = page[page.index("<table") :]
    assert drawn
    assert set(drawn) <= set(map(html.unescape, re.findall(r'href="([^"]+)"', table)))


def test_the_page_can_draw_shares(samples):
    assert "每周的占比" in samples.get("/trends?term=模型&measure=share&by=week").text


def test_without_a_term_the_whole_archive_is_drawn(samples):
    page = samples.get("/trends").text
    assert "写下一个到五个词" in page
    assert "<svg" in page


def test_a_long_time_is_cut_on_the_page_and_whole_in_the_files(holding):
    client = holding(digest("甲", day="2024-02-08"), digest("乙"))
    page = client.get("/trends?term=乙&by=day").text
    assert "最近 190 天" in page
    assert page.count('<th scope="row">20') == 190
    assert len(client.get("/trends?term=乙&by=day&format=csv").text.splitlines()[0].split(",")) == 2 + 732


def test_a_table_has_queries_by_periods_and_empty_cells_for_gaps(gapped):
    response = gapped.get("/trends?term=智能体&term=-无此一词&by=month&format=csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="wangqi-trend.csv"'
    assert list(csv.reader(io.StringIO(response.text))) == [
        ["term", "total", "2026-02", "2026-03", "2026-04", "2026-05"],
        ["智能体", "6", "3", "", "", "3"],
        ["'-无此一词", "6", "3", "", "", "3"],
        ["全部条目", "6", "3", "", "", "3"],
    ]


def test_a_picture_is_well_formed_and_its_points_lead_here(samples):
    response = samples.get("/trends?term=千问&by=week&format=svg")
    links = [each.get("href") for each in ElementTree.fromstring(response.data).iter(f"{SVG}a")]
    assert links
    assert all(link.startswith("http://localhost/search?q=") for link in links)


# ── the command ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_gives_the_document_of_the_api(samples):
    done = run(samples, "千问", "智能体", "--by", "week", "--json")
    assert done.exit_code == 0
    assert done.stdout.startswith('{\n  "by": "week"')
    assert ElementTree.fromstring(run(samples, "千问", "--format", "svg").stdout).tag == f"{SVG}svg"


def test_the_command_prints_a_table(samples):
    told = run(samples, "模型", "无此[一]词", "--by", "week").stdout
    assert "无此[一]词" in told
    assert re.search(r"2026-W06 +\d+ \d+\.\d% +0 0\.0% +10", told)
    assert re.search(r"2026-W07 +— +— +没有期", told)


def test_a_codebook_has_more_queries_than_a_chart(samples, tmp_path):
    (tmp_path / "codes.txt").write_text("# 编码\n" + "\n".join([*TERMS, "数据", "芯片"]), encoding="utf-8")
    codes = ("--terms", str(tmp_path / "codes.txt"), "--by", "month")
    rows = list(csv.reader(io.StringIO(run(samples, *codes, "--format", "csv").stdout)))
    assert [row[0] for row in rows[1:]] == [*TERMS[:4], TERMS[4], "数据", "芯片", "全部条目"]
    for row in rows[1:-1]:
        assert sum(map(int, filter(None, row[2:]))) == int(row[1]) == total(samples, f"q={quote(row[0])}")
    assert run(samples, *codes, "--format", "svg").exit_code == 2


def test_the_command_names_what_is_wrong(samples, tmp_path):
    assert (run(samples).exit_code, run(samples, "").exit_code) == (2, 2)
    assert run(samples, *"abcdef").exit_code == 2
    missing = run(samples, "--terms", str(tmp_path / "none.txt"))
    assert missing.exit_code == 1
    assert "none.txt" in missing.stderr
    assert "第 2 个词是空的" in run(samples, "千问", "", "飞鱼", "--by", "month").stderr
