"""What the API lists besides hits, how it describes itself, and an issue that comes over HTTP."""

from __future__ import annotations

import re
import subprocess

import pytest
from factories import digest

from web import create_app, receiving
from web.openapi import description

TOKEN = "secret"
BUSY = "另一个进程正在写入\n稍后再试".encode()


def get(client, address, status=200):
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == status, response.text
    return response.json


# ── lists ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_issue_is_listed_newest_first(samples):
    listed = get(samples, "issues")
    days = [each["date"] for each in listed["issues"]]
    assert listed["total"] == len(days) == 31
    assert days == sorted(days, reverse=True)
    last = listed["issues"][-1]
    assert last == {
        "id": "20260208",
        "date": "2026-02-08",
        "series": "AI 行业动态",
        "entries": 10,
        "url": "/issues/20260208",
    }


def test_issues_are_listed_by_days_and_in_parts(samples):
    march = get(samples, "issues?from=2026-03&to=2026-03")
    assert {each["date"][:7] for each in march["issues"]} == {"2026-03"}
    assert get(samples, "issues?to=2026-03&from=2026-03-31&limit=0")["total"] <= march["total"]
    parts = get(samples, "issues?limit=5")["issues"] + get(samples, "issues?limit=50&offset=5")["issues"]
    assert parts == get(samples, "issues")["issues"]


@pytest.mark.parametrize("address", ["issues?limit=x", "issues?limit=1001", "issues?offset=-1", "issues?from=x"])
def test_a_mistake_in_an_address_is_named(samples, address):
    assert get(samples, address, 400)["error"]["code"] == "bad-request"


def test_tags_and_categories_have_the_counts_of_their_pages(samples):
    tag = get(samples, "tags")["tags"][0]
    assert tag["count"] == get(samples, f"search?tag={tag['name']}&limit=0")["total"]
    assert set(tag) == {"name", "kind", "count"}
    categories = get(samples, "categories")["categories"]
    assert sum(each["count"] for each in categories) == get(samples, "search?limit=0")["total"]


def test_sources_are_listed_whole_by_name_and_host(samples, holding):
    sources = get(samples, "sources")["sources"]
    assert len({(each["name"], each["host"]) for each in sources}) == len(sources) > 30
    assert [each["count"] for each in sources] == sorted((each["count"] for each in sources), reverse=True)
    hosts = {each["host"] for each in sources if each["name"] == "人民网"}
    assert hosts == {"sh.people.com.cn", "finance.people.com.cn"}
    client = holding(digest("甲", "乙"), digest("甲"))
    assert get(client, "sources")["sources"] == [{"name": "示例日报", "host": "news.example.com", "count": 1}]


# ── the description ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_description_has_every_route_and_nothing_else(samples):
    rules = [each for each in samples.application.url_map.iter_rules() if each.rule.startswith("/api/")]
    routes = {
        (re.sub("<(.*?)>", r"{\1}", each.rule), method.lower())
        for each in rules
        for method in each.methods - {"HEAD", "OPTIONS"}
    }
    paths = get(samples, "openapi.json")["paths"]
    assert {(path, method) for path, methods in paths.items() for method in methods} == routes


@pytest.mark.parametrize(
    "address",
    ["search", "suggest?q=千", "issues", "issues/20260208", "entries/20260208-03", "tags", "categories", "sources"],
)
def test_each_answer_has_the_shape_that_is_described(samples, address):
    held = description("")
    path = re.sub(r"/2026\S*", "/{identifier}", "/api/v1/" + address.partition("?")[0])
    named = held["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    schema = held["components"]["schemas"][named.rpartition("/")[2]]
    answer = get(samples, address)
    assert set(schema["required"]) == set(answer)
    types = {"string": str, "integer": int, "number": float, "object": dict, "array": list}
    for name, value in answer.items():
        assert isinstance(value, types[schema["properties"][name]["type"]]), name
    for name, of in schema["properties"].items():
        if "items" in of:
            assert set(answer[name][0]) == set(of["items"]["required"])


def test_every_parameter_of_a_search_is_described(samples):
    named = {each["name"]: each for each in description("")["paths"]["/api/v1/search"]["get"]["parameters"]}
    for name in ("scope", "sort", "aliases", "as_of", "limit", "offset", "from"):
        wrong = samples.get(f"/api/v1/search?q=千问&{name}=无此值")
        assert (wrong.status_code, name in named) == (400, True)
    for value in named["sort"]["schema"]["enum"]:
        assert samples.get(f"/api/v1/search?q=千问&sort={value}").status_code == 200


# ── an issue over HTTP ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def receiver(tmp_path):
    """A client of an empty home that takes issues from whoever has the token."""
    return create_app(tmp_path / "home", TESTING=True, INGEST_TOKEN=TOKEN).test_client()


def put(client, text, token=TOKEN, address="issues"):
    head = {"Authorization": f"Bearer {token}"} if token else {}
    return client.put(f"/api/v1/{address}", data=text.encode(), headers=head)


def test_an_issue_is_taken_revised_and_found(receiver):
    first = put(receiver, digest("模型甲"))
    assert (first.status_code, first.json["issues"][0]["status"]) == (201, "added")
    assert get(receiver, "search?q=模型甲")["total"] == 1
    assert put(receiver, digest("模型甲")).json["issues"][0]["status"] == "unchanged"
    revised = put(receiver, digest("模型甲", "模型乙"))
    assert (revised.status_code, revised.json["issues"][0]["status"]) == (200, "revised")
    assert get(receiver, "search?q=模型乙")["total"] == 1


def test_what_cannot_be_taken_is_told(receiver):
    refused = put(receiver, "没有日期")
    assert refused.status_code == 422
    assert refused.json["issues"][0]["status"] == "rejected"


@pytest.mark.parametrize("token", ["", "secre", "secret2", "Basic secret"])
def test_nothing_is_taken_without_the_token(receiver, token, monkeypatch):
    monkeypatch.setattr(receiving.subprocess, "run", None)
    refused = put(receiver, digest("甲"), token)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="wangqi"'


def test_nothing_is_taken_where_no_token_is_set(samples):
    for token in ("", "x"):
        assert put(samples, digest("甲"), token).status_code == 403


@pytest.fixture
def running(receiver, monkeypatch):
    """Have the writer end in a way; the commands it was started with."""
    commands = []

    def ending(status, out=b"", err=BUSY, error=None):
        def run(command, **options):
            commands.append(command)
            if error:
                raise error
            return subprocess.CompletedProcess(command, status, out, err)

        monkeypatch.setattr(receiving.subprocess, "run", run)
        return commands

    return ending


def test_a_writer_at_work_is_waited_for_and_then_told(receiver, running):
    commands = running(3)
    refused = put(receiver, digest("甲"))
    assert refused.status_code == 503
    assert refused.json["error"] == {"code": "busy", "message": "另一个进程正在写入", "hint": "稍后再试"}
    assert refused.headers["Retry-After"] == "30"
    assert "--wait=20" in commands[0]


def test_a_writer_that_hangs_is_ended_and_told(receiver, running):
    running(0, error=subprocess.TimeoutExpired("wangqi", 300))
    assert put(receiver, digest("甲")).json["error"]["message"] == "写入超过 300 秒"


@pytest.mark.parametrize("out", [b"", b"{", b"{}"])
def test_a_writer_that_breaks_off_is_told(receiver, running, out):
    running(1, out, b"")
    refused = put(receiver, digest("甲"))
    assert (refused.status_code, refused.json["error"]["code"]) == (503, "not-written")
    assert refused.json["error"]["message"] == "没有收下"


def test_an_issue_that_is_held_is_told(receiver, running):
    running(1, b'{"issues": [{"status": "held"}]}')
    assert put(receiver, digest("甲")).status_code == 409


def test_a_series_cannot_be_read_as_an_option(receiver, running):
    commands = running(3)
    put(receiver, digest("甲"), address="issues?series=--force")
    assert "--series=--force" in commands[0]
    assert "--force" not in commands[0]
