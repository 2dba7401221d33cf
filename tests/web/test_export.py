"""Any result can be taken along whole: as a table, as JSON, as text, or as a sample that anyone can draw again."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner
from factories import digest

from archive.store import Reader
from web.commands import wangqi
from web.exporting import CHUNK, FORMATS, drawn

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "\t=1", " =1")


def table(client, address):
    response = client.get(f"/export?{address}")
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text)))


def document(client, address):
    return json.loads(client.get(f"/export?{address}&format=json").text)


def total(client, address):
    return client.get(f"/api/v1/search?{address}&limit=0").json["total"]


# ── the whole result ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("scope", ["entry", "point"])
@pytest.mark.parametrize("query", ["", "模型", '"人工智能"', "千问|飞鱼", "OpenAI -免单"])
def test_a_table_has_a_row_for_every_whole_match(samples, query, scope):
    address = f"q={query}&scope={scope}"
    assert len(table(samples, address)) == total(samples, address)


def test_more_rows_than_a_chunk_come_in_the_order_of_the_search(samples):
    rows = [row["id"] for row in table(samples, "sort=oldest")]
    assert len(rows) > CHUNK
    first = samples.get("/api/v1/search?sort=oldest&limit=100").json["hits"]
    assert rows[:100] == [hit["id"] for hit in first]


def test_an_entrys_row_says_what_its_page_says(samples):
    row = next(each for each in table(samples, "q=飞鱼") if each["id"] == "20260208-03")
    entry = samples.get("/api/v1/entries/20260208-03").json["entry"]
    assert row["title"] == entry["title"]
    assert row["key_points"].splitlines() == [point["text"] for point in entry["key_points"]]
    assert row["source_urls"] == entry["sources"][0]["url"]
    assert row["tags"].split("；") == entry["tags"]
    assert row["url"] == "http://localhost/entries/20260208-03"


def test_a_key_points_row_has_its_entrys_columns_and_its_neighbours(samples):
    points = samples.get("/api/v1/entries/20260208-08").json["entry"]["key_points"]
    row = next(each for each in table(samples, "q=奥委会&scope=point") if each["id"] == "20260208-08.2")
    assert (row["before"], row["text"], row["after"]) == (points[0]["text"], points[1]["text"], "")
    assert row["entry"] == "20260208-08"
    assert row["summary"].startswith("阿里云宣布")
    assert row["url"].endswith("/entries/20260208-08#p2")


def test_json_tells_what_was_asked_of_which_archive(samples):
    whole = document(samples, "q=千问&tag=大模型&sort=newest")
    assert whole["query"]["text"] == "千问"
    assert whole["query"]["tag"] == ["大模型"]
    assert whole["total"] == len(whole["rows"])
    assert whole["sample"] is None
    assert {row["archive"] for row in whole["rows"]} == {whole["archive"]["fingerprint"]}


def test_a_result_without_hits_is_a_file_without_rows(samples):
    assert table(samples, "q=无此一词之词") == []
    assert document(samples, "q=无此一词之词")["rows"] == []


def test_ndjson_is_one_document_a_line(samples):
    lines = samples.get("/export?q=千问&format=ndjson").text.splitlines()
    assert [json.loads(line) for line in lines] == document(samples, "q=千问")["rows"]


def test_markdown_lists_every_entry_with_its_address(samples):
    text = samples.get("/export?q=千问&format=md").text
    assert text.startswith("# 检索结果：千问\n")
    assert text.count("\n- **") == total(samples, "q=千问")
    assert "[20260208-08](http://localhost/entries/20260208-08)" in text


def test_markdown_shows_the_marks_of_a_title_as_they_are(holding):
    text = holding(digest("甲<b>#乙")).get("/export?format=md").text
    assert r"- **甲\<b\>\#乙**" in text


def test_the_settings_say_where_readers_reach_the_pages(holding):
    client = holding(digest("某事"))
    client.application.config["PUBLIC_URL"] = "https://wangqi.example/"
    assert table(client, "")[0]["url"] == "https://wangqi.example/entries/20260208-01"


# ── what a spreadsheet does with it ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("formula", FORMULAS)
def test_nothing_in_a_table_is_read_as_a_formula(holding, formula):
    client = holding(digest(f"{formula}甲"), digest("乙", day="2026-02-09", series=f"{formula.strip()} 某系列"))
    cells = [cell for row in table(client, "") for cell in row.values()]
    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@＝")]
    assert [cell for cell in cells if cell.startswith("'") and formula.strip() in cell]


def test_a_table_begins_with_a_bom_only_on_wish(samples):
    assert samples.get("/export?q=千问&bom=1").data.startswith(b'\xef\xbb\xbf"id"')
    assert samples.get("/export?q=千问").data.startswith(b'"id"')


def test_a_file_is_named_after_the_archive(samples):
    fingerprint = document(samples, "q=千问")["archive"]["fingerprint"]
    response = samples.get("/export?q=千问&format=csv")
    assert response.headers["Content-Disposition"] == f'attachment; filename="wangqi-{fingerprint[:12]}.csv"'
    assert response.content_type == "text/csv; charset=utf-8"


# ── samples ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_sample_is_drawn_again_by_its_seed_and_has_an_empty_code(samples):
    one, again, other = (table(samples, f"sample=20&seed={seed}") for seed in (7, 7, 8))
    assert one == again
    assert len(one) == 20
    assert [row["id"] for row in one] != [row["id"] for row in other]
    assert {row["code"] for row in one} == {""}
    assert "code" not in table(samples, "q=千问")[0]


def test_a_sample_does_not_depend_on_the_order_and_a_larger_one_begins_with_it(samples):
    ids = [row["id"] for row in table(samples, "sample=10&seed=1&sort=oldest")]
    assert ids == [row["id"] for row in table(samples, "sample=30&seed=1&sort=newest")][:10]


def test_a_sample_larger_than_the_result_is_the_result(samples):
    drawn_all = document(samples, "q=千问&sample=1000")
    assert drawn_all["sample"] == {"size": drawn_all["total"], "seed": 0}


def test_a_drawn_sample_says_so_in_markdown(samples):
    text = samples.get("/export?format=md&sample=3&seed=5").text
    assert "从中随机抽取 3 条（种子 5）" in text
    assert text.count("  - 编码：\n") == 3


def test_what_is_added_changes_a_sample_only_where_it_is_drawn_itself():
    ids = [f"20260101-{number:03}" for number in range(1000)]
    before, after = drawn(ids, 50, 1), drawn([*ids, "20260102-01"], 50, 1)
    assert len(set(before) - set(after)) <= 1


# ── mistakes, and clients that go away ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("address", "named"),
    [("format=xls", "format"), ("sample=-1", "sample"), ("sample=x", "sample"), ("seed=²", "seed"), ("from=x", "from")],
)
def test_a_mistake_in_the_address_is_named(samples, address, named):
    response = samples.get(f"/export?{address}")
    assert response.status_code == 400
    assert f"{named} 的值" in response.text


def test_a_client_that_goes_away_leaves_no_reader_open(samples, monkeypatch):
    closed = []
    whole = Reader.close
    monkeypatch.setattr(Reader, "close", lambda self: (closed.append(self), whole(self)))
    response = samples.get("/export?format=csv")
    next(response.iter_encoded())
    before = len(closed)
    response.close()
    assert len(closed) == before + 1


def test_a_client_that_never_reads_leaves_no_reader_open(samples, monkeypatch):
    closed = []
    whole = Reader.close
    monkeypatch.setattr(Reader, "close", lambda self: (closed.append(self), whole(self)))
    samples.get("/export?format=csv").close()
    assert len(closed) == 1


def test_a_mistake_leaves_no_reader_open(samples, monkeypatch):
    closed = []
    whole = Reader.close
    monkeypatch.setattr(Reader, "close", lambda self: (closed.append(self), whole(self)))
    assert samples.get("/export?from=x").status_code == 400
    assert len(closed) == 1


def test_an_export_is_of_the_moment_at_which_it_was_asked(holding):
    client = holding(digest("甲", "乙"))
    response = client.get("/export")
    pieces = response.iter_encoded()
    holding(digest("甲改", "乙改"))
    assert "甲改" not in b"".join(pieces).decode()
    response.close()


def test_a_third_export_at_once_is_told_to_wait_and_a_search_is_not(samples):
    held = [samples.get("/export") for _ in range(2)]
    refused = samples.get("/export")
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "30"
    assert "已有 2 份导出正在进行" in refused.text
    assert samples.get("/search?q=千问").status_code == 200
    for each in held:
        each.close()
    assert len(table(samples, "q=千问")) == total(samples, "q=千问")


# ── the page and the command ────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_of_a_search_offers_its_files(samples):
    page = samples.get("/search?q=千问&scope=point&tag=大模型").text
    assert "/export?q=%E5%8D%83%E9%97%AE&amp;tag=%E5%A4%A7%E6%A8%A1%E5%9E%8B&amp;scope=point&amp;format=ndjson" in page
    assert '<input type="hidden" name="tag" value="大模型">' in page
    assert [each for each in FORMATS if f'format={each}"' not in page] == []


@pytest.mark.parametrize("form", ["csv", "ndjson", "md"])
def test_the_command_prints_what_the_page_hands_on(samples, form):
    home = samples.application.extensions["wangqi"].home
    run = CliRunner().invoke(wangqi, ["--home", str(home), "search", "千问", "--format", form, "--tag", "大模型"])
    page = samples.get(f"/export?q=千问&tag=大模型&format={form}").text
    assert run.stdout_bytes.decode() == page.replace("http://localhost/", "http://127.0.0.1:8710/")


def test_the_command_draws_the_same_sample(samples):
    home = samples.application.extensions["wangqi"].home
    options = ["search", "", "--format", "csv", "--sample", "5", "--seed", "3", "--bom"]
    run = CliRunner().invoke(wangqi, ["--home", str(home), *options])
    page = samples.get("/export?sample=5&seed=3&bom=1").text
    assert run.stdout_bytes.decode() == page.replace("http://localhost/", "http://127.0.0.1:8710/")


def test_the_command_takes_the_public_address_from_the_settings(holding):
    client = holding(digest("某事"))
    home = client.application.extensions["wangqi"].home
    (home / "config").mkdir()
    (home / "config" / "wangqi.toml").write_text('PUBLIC_URL = "https://wangqi.example/"', encoding="utf-8")
    assert CliRunner().invoke(wangqi, ["--home", str(home), "reindex"]).exit_code == 0
    run = CliRunner().invoke(wangqi, ["--home", str(home), "search", "某事", "--format", "md"])
    assert "(https://wangqi.example/entries/20260208-01)" in run.output


def test_a_mistake_in_the_settings_is_told(holding):
    client = holding(digest("某事"))
    home = client.application.extensions["wangqi"].home
    (home / "config").mkdir()
    (home / "config" / "wangqi.toml").write_text("PUBLIC_URL = ", encoding="utf-8")
    assert CliRunner().invoke(wangqi, ["--home", str(home), "reindex"]).exit_code == 0
    run = CliRunner().invoke(wangqi, ["--home", str(home), "search", "某事", "--format", "md"])
    assert run.exit_code == 1
    assert "读不了 wangqi.toml" in run.output
