"""The calendar shows every day there could be an issue; a month has its issues, tags and the words that it brought."""

from __future__ import annotations

import datetime
import html
import re

import pytest
from factories import digest

from web.calendars import calendar_of


def held(**days):
    """A calendar of days as `d20260208=entries`."""
    return calendar_of([{"date": f"{d[1:5]}-{d[5:7]}-{d[7:]}", "entries": entries} for d, entries in days.items()])


def get(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, response.text
    return html.unescape(response.text)


# ── days ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_day_between_the_first_issue_and_the_last_is_covered():
    months = held(d20260207=3, d20260302=5).months
    assert list(months) == ["2026-02", "2026-03"]
    assert [day.date.day for day in months["2026-02"].days if not day.covered] == [1, 2, 3, 4, 5, 6]
    assert (months["2026-02"].missing, months["2026-03"].missing) == (21, 1)


def test_a_month_without_issues_is_there_and_wholly_missing():
    found = held(d20251231=1, d20260201=1)
    assert (found.months["2026-01"].issues, found.months["2026-01"].missing) == (0, 31)
    assert found.beside("2026-01") == ("2025-12", "2026-02")
    assert found.beside("2025-12") == (None, "2026-02")


def test_a_shade_tells_how_a_day_stands_among_the_others():
    days = {f"d202602{n:02}": n for n in range(1, 9)}
    levels = [day.level for day in held(**days).months["2026-02"].days[:9]]
    assert levels == [1, 1, 1, 2, 2, 3, 3, 4, 0]


def test_issues_of_one_day_are_counted_together():
    found = calendar_of([{"date": "2026-02-08", "entries": 3}, {"date": "2026-02-08", "entries": 4}])
    (day,) = [day for day in found.months["2026-02"].days if day.issues]
    assert (day.date, day.issues, day.entries) == (datetime.date(2026, 2, 8), 2, 7)


def test_years_are_those_with_issues_and_their_span_has_all():
    found = held(d20240208=1, d20260208=1)
    assert (found.years, found.span) == ([2026, 2024], [2026, 2025, 2024])
    assert len(found.of_year(2025)) == 12


def test_no_issues_make_an_empty_calendar():
    assert calendar_of([]).months == {}


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_map_has_as_many_days_with_issues_as_there_are(samples):
    page = get(samples, "/issues/")
    assert len(re.findall(r'<li class="[^"]*l\d"><a href="/issues/\d{4}-\d\d-\d\d"', page)) == 31
    missing = int(re.search(r"缺 (\d+) 天", page)[1])
    assert len(re.findall(r'<li class="[^"]*missing" title=', page)) == missing


def test_a_year_without_any_issue_is_told(holding):
    page = get(holding(digest("甲", day="2024-02-08"), digest("乙")), "/issues/")
    assert re.search(r"2025年</h2>\s*<p class=\"about\">整年没有收录", page)


def test_an_empty_archive_says_how_to_begin(holding):
    client = holding(digest("甲"))
    home = client.application.extensions["wangqi"].home
    from click.testing import CliRunner

    from web.commands import wangqi

    assert CliRunner().invoke(wangqi, ["--home", str(home), "remove", "20260208"]).exit_code == 0
    assert "还没有收录任何一期" in get(client, "/issues/")


def test_a_month_has_its_issues_and_their_entries(samples):
    page = get(samples, "/issues/2026-03")
    listed = re.findall(r'<a href="/issues/(\d{8})">[^<]+</a> <span class="count">(\d+) 条', page)
    assert [name for name, _ in listed] == sorted(name for name, _ in listed)
    assert all(name.startswith("202603") for name, _ in listed)
    total = samples.get("/api/v1/search?from=2026-03&to=2026-03&limit=0").json["total"]
    assert sum(int(count) for _, count in listed) == total
    assert f"{len(listed)} 期" in page
    assert f"{total} 条" in page


def test_a_month_leads_to_those_beside_it_and_to_its_year(samples):
    page = get(samples, "/issues/2026-03")
    for address in ("/issues/2026-02", "/issues/2026-04", "/issues/?year=2026", "/issues/2026-03-02"):
        assert f'href="{address}"' in page
    assert 'rel="prev"' not in get(samples, "/issues/2026-02")


def test_an_issue_leads_to_its_month_and_the_map_to_the_month(samples):
    assert 'href="/issues/2026-02">2026年2月各期' in get(samples, "/issues/20260208")
    assert 'href="/issues/2026-02">2月' in get(samples, "/issues/")


@pytest.mark.parametrize(
    ("name", "told"), [("2026-01", "2026年1月"), ("2026-13", "2026-13"), ("0000-00", "0000-00"), ("2026-00", "2026-00")]
)
def test_a_month_without_issues_is_unknown(samples, name, told):
    assert f"没有收录 {told} 的期" in get(samples, f"/issues/{name}", 404)


def test_a_day_and_an_id_still_open_their_issue(samples):
    assert "国家数据局" in get(samples, "/issues/2026-02-08")
    assert "国家数据局" in get(samples, "/issues/20260208")


def test_the_words_of_a_month_have_the_counts_of_their_searches(samples):
    page = get(samples, "/issues/2026-04")
    words = re.findall(r'<a href="/search\?(\S+)">([^<]+)</a> <span class="count">(\d+)(?:，此前 (\d+))?</span>', page)
    assert words
    for address, _, count, _ in words:
        assert samples.get(f"/api/v1/search?{address}&limit=0").json["total"] == int(count)


def test_a_new_word_is_in_no_title_before_and_a_rising_one_was_compared(holding):
    before, after = ["模型发布"] * 9, ["飞鱼下水"] * 4
    client = holding(
        digest("飞鱼", day="2024-01-01"),
        digest(*before, day="2026-01-08"),
        digest(*before, *after, *["千问发布"] * 3),
    )
    page = get(client, "/issues/2026-02")
    new = page[page.index("新出现的词") :]
    assert '>千问</a> <span class="count">3</span>' in new
    assert "飞鱼" not in new[: new.index("</section>")]


def test_the_first_month_has_no_words_to_compare(holding):
    page = get(holding(digest(*["千问发布"] * 5)), "/issues/2026-02")
    assert "新出现的词" not in page
    assert "升温的词" not in page


def test_what_comes_in_changes_the_calendar_and_the_month(holding):
    client = holding(digest("甲"))
    assert "缺" not in get(client, "/issues/2026-02")
    holding(digest("乙", day="2026-02-10"))
    assert "2 期，缺 1 天" in get(client, "/issues/2026-02")
    assert 'href="/issues/2026-02-10"' in get(client, "/issues/")
