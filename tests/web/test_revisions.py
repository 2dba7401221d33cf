"""What a revision changed: on its pages and by command."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from factories import digest, entry, issue
from flask.testing import FlaskClient

from archive.difference import difference, spans
from web.commands import wangqi

FIRST = digest("千问上线", "飞鱼下线")
SECOND = digest("千问上线<b>了", "青鸾开源").replace("2026-02-08/2", "2026-02-08/new")


@pytest.fixture
def revised(holding: Callable[..., FlaskClient]) -> FlaskClient:
    return holding(FIRST, SECOND, force=True)


def run(client: FlaskClient, *arguments: str) -> Result:
    home: Path = client.application.extensions["wangqi"].home
    return CliRunner().invoke(wangqi, ["--home", str(home), *arguments])


def test_an_issue_does_not_differ_from_itself() -> None:
    held = issue(entry("千问", points=("甲",)), "飞鱼")
    assert difference(held, replace(held, revision=2)).entries == ()


def test_added_and_withdrawn_change_places_when_the_sides_do() -> None:
    one, other = issue("千问", "飞鱼"), replace(issue("千问"), revision=2)
    assert [(each.id, each.change) for each in difference(one, other).entries] == [("20260208-02", "withdrawn")]
    assert [(each.id, each.change) for each in difference(other, one).entries] == [("20260208-02", "added")]


def test_another_category_alone_is_a_move() -> None:
    one = issue("千问")
    other = replace(one, revision=2, entries=(replace(one.entries[0], category="产品"),))
    (moved,) = difference(one, other).entries
    assert (moved.change, [(each.before, each.after) for each in moved.fields]) == (
        "moved",
        [("模型与技术进展", "产品")],
    )


def test_changed_key_points_are_told_by_their_number() -> None:
    one = issue(entry("千问", points=("甲说", "乙说")))
    points = (replace(one.entries[0].key_points[0], text="甲又说"),)
    other = replace(one, revision=2, entries=(replace(one.entries[0], key_points=points),))
    (changed,) = difference(one, other).entries
    assert [(each.field, each.before, each.after) for each in changed.fields] == [
        ("key_points.1", "甲说", "甲又说"),
        ("key_points.2", "乙说", ""),
    ]


def test_the_spans_are_what_differs() -> None:
    before, after = spans("千问上线", "千问二代上线")
    assert (before, ["千问二代上线"[slice(*span)] for span in after]) == ((), ["二代"])


def test_every_revision_is_listed_with_its_bytes(revised: FlaskClient) -> None:
    page = revised.get("/issues/2026-02-08/revisions").text
    assert "收录过 2 版" in page
    assert revised.get("/issues/20260208/raw?revision=1").data == FIRST.encode()
    assert revised.get("/issues/20260208/raw?revision=2").data == SECOND.encode()


def test_two_revisions_stand_side_by_side_with_the_difference_marked(revised: FlaskClient) -> None:
    page = revised.get("/issues/20260208/revisions/2").text
    assert "<ins>&lt;b&gt;了</ins>" in page
    assert "<b>" not in page.partition("<main")[2]
    assert "飞鱼下线" in page
    assert "青鸾开源" in page


def test_what_changed_beside_the_entries_stands_above_them(holding: Callable[..., FlaskClient]) -> None:
    client = holding(FIRST, FIRST.replace(")\n", ")\n\n<b>特刊</b>\n", 1))
    page = client.get("/issues/20260208/revisions/2").text
    assert "刊头有变" in page
    assert "整期" in page
    assert "<ins>&lt;b&gt;特刊&lt;/b&gt;</ins>" in page


def test_an_earlier_revision_says_that_it_is_not_the_current_one(revised: FlaskClient) -> None:
    page = revised.get("/issues/20260208?revision=1").text
    assert "这是第 1 版，不是现行的一版" in page
    assert "飞鱼下线" in page
    assert "不是现行的一版" not in revised.get("/issues/20260208").text


def test_what_changed_after_publication_has_a_badge_that_leads_to_the_difference(revised: FlaskClient) -> None:
    target = 'href="/issues/20260208/revisions/2#20260208-01"'
    assert target in revised.get("/issues/20260208").text
    assert target in revised.get("/entries/20260208-01").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/issues/20260208/revisions/9", 404),
        ("/issues/20260208?revision=9", 404),
        ("/issues/20260208?revision=x", 400),
        ("/issues/20260208/revisions/x", 400),
        ("/issues/20260208/revisions/2?from=x", 400),
        ("/issues/20260208/revisions/2?from=9", 404),
        ("/issues/20990101/revisions", 404),
    ],
)
def test_a_revision_that_does_not_exist_is_told(revised: FlaskClient, path: str, status: int) -> None:
    assert revised.get(path).status_code == status


def test_the_command_tells_what_the_newest_revision_changed(revised: FlaskClient) -> None:
    told = run(revised, "diff", "2026-02-08").stdout
    assert "第 1 版 → 第 2 版" in told
    assert "− 千问上线\n" in told
    assert "+ 千问上线<b>了\n" in told


def test_the_command_has_a_document_and_one_entry_alone(revised: FlaskClient) -> None:
    document = json.loads(run(revised, "diff", "20260208-01", "2", "1", "--json").stdout)
    assert (document["from"], document["to"]) == (1, 2)
    assert [(each["id"], each["change"]) for each in document["entries"]] == [("20260208-01", "changed")]


def test_an_issue_of_one_revision_says_so(holding: Callable[..., FlaskClient]) -> None:
    done = run(holding(FIRST), "diff", "20260208")
    assert (done.exit_code, done.stdout) == (0, "20260208 只有一版\n")


@pytest.mark.parametrize(("arguments", "status"), [(["20260208", "1"], 2), (["20260208", "1", "9"], 1), (["x"], 1)])
def test_wrong_numbers_are_told(revised: FlaskClient, arguments: list[str], status: int) -> None:
    assert run(revised, "diff", *arguments).exit_code == status


def test_a_withdrawn_entry_leads_to_the_revision_that_had_it_last(holding: Callable[..., FlaskClient]) -> None:
    answer = holding(FIRST, digest("千问上线"), force=True).get("/entries/20260208-02")
    assert answer.status_code == 410
    assert 'href="/issues/20260208?revision=1#20260208-02"' in answer.text


def test_an_entry_of_a_removed_issue_leads_to_the_revision_that_had_it_last(revised: FlaskClient) -> None:
    run(revised, "remove", "20260208")
    answer = revised.get("/entries/20260208-01")
    assert (answer.status_code, "它所在的一期已移除" in answer.text) == (410, True)
    assert 'href="/issues/20260208?revision=2#20260208-01">第 2 版</a>' in answer.text


@pytest.mark.parametrize("path", ["20260208", "2026-02-08", "20260208?revision=1"])
def test_a_removed_issue_is_gone_but_keeps_its_last_text(revised: FlaskClient, path: str) -> None:
    run(revised, "remove", "20260208")
    answer = revised.get(f"/issues/{path}")
    assert (answer.status_code, "这一期已移除" in answer.text) == (410, True)
    assert 'id="20260208-01"' in answer.text


def test_the_bytes_and_revisions_of_a_removed_issue_stay(revised: FlaskClient) -> None:
    held = {path: revised.get(f"/issues/20260208/{path}").data for path in ("raw", "raw?revision=1")}
    run(revised, "remove", "20260208")
    for path, data in held.items():
        answer = revised.get(f"/issues/20260208/{path}")
        assert (answer.status_code, answer.data) == (410, data)
    assert [revised.get(f"/issues/20260208/revisions{each}").status_code for each in ("", "/2")] == [200, 200]
    document = revised.get("/api/v1/issues/20260208")
    assert (document.status_code, document.json["issue"]["revision"]) == (410, 2)


@pytest.mark.parametrize("path", ["/issues/20260208", "/issues/20260208/raw", "/entries/20260208-01"])
def test_what_was_erased_answers_that_it_was(revised: FlaskClient, path: str) -> None:
    run(revised, "remove", "20260208", "--erase")
    answer = revised.get(path)
    assert (answer.status_code, "已销毁，文字不再可得" in answer.text) == (410, True)
    assert revised.get("/api/v1/entries/20260208-01").json["error"]["code"] == "erased"


def test_a_citation_of_a_key_point_that_a_revision_dropped_leads_to_its_last_text(
    holding: Callable[..., FlaskClient],
) -> None:
    before = digest("千问上线")
    client = holding(before, before.replace("    - 千问上线的要点。\n", "    - 价格下降一半。\n"))
    answer = client.get("/entries/20260208-01.1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/entries/20260208-01#p1")
    page = client.get("/entries/20260208-01").text
    assert '<li id="p1">千问上线的要点。</li>' in page.partition("已撤下的要点")[2]
    assert client.get("/entries/20260208-01.3").status_code == 404


def test_a_badge_tells_a_revised_entry_from_one_that_came_later(revised: FlaskClient) -> None:
    for path in ("/issues/20260208", "/entries/20260208-01"):
        assert 'href="/issues/20260208/revisions/2#20260208-01">修订（第 2 版）</a>' in revised.get(path).text
    for path in ("/issues/20260208", "/entries/20260208-03"):
        assert 'href="/issues/20260208/revisions/2#20260208-03">第 2 版新增</a>' in revised.get(path).text


def test_an_entry_is_shown_as_a_revision_had_it(revised: FlaskClient) -> None:
    assert run(revised, "show", "20260208-01", "--revision", "1").stdout.startswith("千问上线\n")
    document = json.loads(run(revised, "show", "20260208-01", "--json").stdout)["entry"]
    assert (document["title"], document["revision"]) == ("千问上线<b>了", 2)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["20260208-03", "--revision", "1"], "第 1 版里没有 20260208-03"),
        (["20260208", "--revision", str(10**30)], f"没有第 {10**30} 版"),
    ],
)
def test_what_a_revision_does_not_have_is_told(revised: FlaskClient, arguments: list[str], told: str) -> None:
    done = run(revised, "show", *arguments)
    assert (done.exit_code, told in done.stderr) == (1, True)


def test_each_entry_of_an_issues_document_tells_its_own_revision(holding: Callable[..., FlaskClient]) -> None:
    client = holding(digest("千问上线", "飞鱼下线"), digest("千问上线了", "飞鱼下线"))
    answers = [client.get("/api/v1/issues/20260208").json, json.loads(run(client, "show", "20260208", "--json").stdout)]
    for answer in answers:
        entries = answer["issue"]["categories"][0]["entries"]
        assert [(each["id"], each["revision"]) for each in entries] == [("20260208-01", 2), ("20260208-02", 1)]


def test_the_first_revision_is_not_called_a_revised_one(revised: FlaskClient) -> None:
    page = revised.get("/issues/20260208?revision=1").text
    assert "修订（第 1 版）" not in page
    assert 'href="/issues/20260208/revisions/2?from=1"' in page
