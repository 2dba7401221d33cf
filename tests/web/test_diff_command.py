"""`wangqi diff`: what it names, what it prints, and its exit status."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from factories import digest
from flask.testing import FlaskClient

from web.commands import wangqi

FIRST = digest("千问上线", "飞鱼下线")


def run(client: FlaskClient, *arguments: str) -> Result:
    home: Path = client.application.extensions["wangqi"].home
    return CliRunner().invoke(wangqi, ["--home", str(home), "diff", *arguments])


@pytest.fixture
def thrice(holding: Callable[..., FlaskClient]) -> FlaskClient:
    """An issue of three revisions."""
    return holding(FIRST, FIRST.replace("上线的说明", "上线的新说明"), FIRST.replace("下线的要点", "下线的新要点"))


def test_the_current_revision_is_compared_with_the_one_before(thrice: FlaskClient) -> None:
    assert "第 2 版 → 第 3 版" in run(thrice, "20260208").stdout


def test_two_revisions_may_be_named_in_any_order(thrice: FlaskClient) -> None:
    told = run(thrice, "20260208", "3", "1").stdout
    assert "第 1 版 → 第 3 版" in told
    assert told == run(thrice, "20260208", "1", "3").stdout


def test_a_revision_does_not_differ_from_itself(thrice: FlaskClient) -> None:
    done = run(thrice, "20260208", "2", "2")
    assert (done.exit_code, "读出的内容没有不同\n" in done.stdout) == (0, True)


def test_a_key_points_id_stands_for_its_entry(thrice: FlaskClient) -> None:
    told = run(thrice, "20260208-02.1").stdout
    assert "飞鱼下线的新要点" in told
    assert "千问" not in told


def test_the_document_has_the_fields_before_and_after(thrice: FlaskClient) -> None:
    document = json.loads(run(thrice, "20260208-01", "--json").stdout)
    assert document == {
        "issue": "20260208",
        "from": 2,
        "to": 3,
        "fields": [],
        "entries": [
            {
                "id": "20260208-01",
                "change": "changed",
                "title": "千问上线",
                "fields": [{"field": "summary", "before": "千问上线的新说明。", "after": "千问上线的说明。"}],
            }
        ],
    }


def test_what_changed_beside_the_entries_is_told_of_the_issue_and_of_no_entry(
    holding: Callable[..., FlaskClient],
) -> None:
    title, first, second = FIRST.replace("- **", "\0- **").split("\0")
    client = holding(FIRST, f"{title}{second}\n{first}".replace(")\n", ")\n\n<b>特刊</b>\n", 1))
    told = run(client, "20260208").stdout
    assert (
        "第 1 版 → 第 2 版，刊头有变，条目次序有变\n  刊头\n    + <b>特刊</b>\n  条目次序\n    − 1、2\n    + 2、1\n"
        in told
    )
    assert [each["field"] for each in json.loads(run(client, "20260208", "--json").stdout)["fields"]] == [
        "banner",
        "entries.order",
    ]
    assert "刊头" not in run(client, "20260208-01").stdout


def test_bytes_that_differ_in_writing_alone_are_told(holding: Callable[..., FlaskClient]) -> None:
    told = run(holding(FIRST, f"{FIRST}\n\n"), "20260208").stdout
    assert "读出的内容没有不同；原文件可能在写法上不同" in told


def test_every_line_of_a_field_has_its_sign(holding: Callable[..., FlaskClient]) -> None:
    source = "[示例日报](https://news.example.com/2026-02-08/1)"
    told = run(holding(FIRST, FIRST.replace(source, f"{source}、[乙报](https://b.example/)")), "20260208").stdout
    assert "+ 示例日报 https://news.example.com/2026-02-08/1\n    + 乙报 https://b.example/\n" in told


def test_the_document_of_one_revision_alone_is_empty_and_it_is_said(holding: Callable[..., FlaskClient]) -> None:
    done = run(holding(FIRST), "20260208", "--json")
    assert (done.exit_code, json.loads(done.stdout)["entries"]) == (0, [])
    assert "只有一版" in done.stderr


def test_a_date_with_two_series_names_both(holding: Callable[..., FlaskClient]) -> None:
    done = run(holding(FIRST, digest("千问", series="另一日报")), "2026-02-08")
    assert done.exit_code == 1
    assert "20260208（示例动态），20260208b（另一日报）" in done.stderr


@pytest.mark.parametrize("number", ["9", "99999999999999999999"])
def test_an_unknown_revision_is_named(thrice: FlaskClient, number: str) -> None:
    done = run(thrice, "20260208", "1", number)
    assert done.exit_code == 1
    assert f"没有第 {number} 版" in done.stderr


@pytest.mark.parametrize("identifier", ["20260208-99", "20260101", "什么"])
def test_an_unknown_id_is_named(thrice: FlaskClient, identifier: str) -> None:
    done = run(thrice, identifier)
    assert done.exit_code == 1
    assert identifier in done.stderr
