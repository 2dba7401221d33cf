"""SEARCH 8: the first checks on the user's own issue alone, by command and by API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from web import create_app
from web.commands import wangqi
from web.services import Services

SEED = Path(__file__).parents[2] / "data" / "issues" / "2026" / "2026-02-08.md"
ALL = "01 02 03 04 05 06 07 08 09 10"
ADDRESS_OF_09 = "http://sh.people.com.cn/n2/2026/0207/c134768-41496488.html"
CHECKS = [
    ('"智能"', "01 02 05 06 09"),
    ('"人工智能"', "01 02 09"),
    ('"采不准"', "02"),
    ('"用上"', ""),
    ("OpenAI", "04"),
    ('"GPT5.3"', "04"),
    ("ＧＰＴ－５．３", "04"),
    ("GPT-5", "04"),
    ("gpt-5.3-codex", "04"),
    ("30亿", "07"),
    ('"0亿"', ""),
    ('"5亿"', ""),
    ('"25亿"', ""),
    ('"225亿"', "09"),
    ('"25%"', "04"),
    ('"２５％"', "04"),
    ("要点:(南海 科学)", ""),
    ("要点:南海 要点:科学", "03"),
    ("要点:(系统 电商)", "07"),
    ("（千问｜飞鱼） －免单", "03 08"),
    ("视觉-语言-动作", "06"),
    ("AI+电商", "07"),
    ("来源:人民网", "09 10"),
    ("来源:people.com.cn", "09 10"),
    ("来源:nda.gov.cn", "01"),
    (f"{ADDRESS_OF_09}?utm_source=x", "09"),
    ("日期:2026年2月8日", ALL),
    ("千问 冬奥会", "08"),
    ('"具身智能"', "06"),
    ("飞鱼-1.0", "03"),
    ("千问", "07 08"),
    ("RT-2", "06"),
    ("要点:一站式", "09"),
    ("类别:政策与监管 数据", "01 02"),
    ("日期:2026-02-08 OpenAI", "04"),
]
POINT_CHECKS = [("系统 电商", "07.2"), ("标题:千问 奥委会", "08.1 08.2")]
UNREADABLE = ["说明：", '"', "((", "OR", "-", "|||", "**", "第 193 期：跳过"]
TITLES_AND_SUMMARIES = [
    (line.removeprefix("- **").removesuffix("**") if line.startswith("- **") else line.removeprefix("  **说明**："))
    for line in SEED.read_text(encoding="utf-8").splitlines()
    if line.startswith(("- **", "  **说明**："))
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The user's issue and nothing else."""
    folder = tmp_path_factory.mktemp("home")
    done = CliRunner().invoke(wangqi, ["--home", str(folder), "ingest", str(SEED)])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[FlaskClient]:
    with create_app(home).test_client() as client:
        yield client


def by_api(client: FlaskClient, query: str, **parameters: str) -> dict:
    answer = client.get("/api/v1/search", query_string={"q": query, **parameters})
    assert answer.status_code == 200, answer.text
    return answer.json


def numbers(document: dict) -> str:
    """The entries' (or key points') numbers, in order."""
    return " ".join(sorted(hit["id"].partition("-")[2] for hit in document["hits"] if not hit["partial"]))


@pytest.mark.parametrize(("query", "found"), CHECKS)
def test_the_api_finds_what_was_told(client: FlaskClient, query: str, found: str) -> None:
    document = by_api(client, query)
    assert (numbers(document), document["total"]) == (found, len(found.split()))


@pytest.mark.parametrize(("query", "found"), POINT_CHECKS)
def test_the_api_finds_the_points_that_were_told(client: FlaskClient, query: str, found: str) -> None:
    assert numbers(by_api(client, query, scope="point")) == found


def test_the_command_finds_what_the_api_finds(client: FlaskClient, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runner = CliRunner()
    loaded = client.application.extensions["wangqi"].segmenter  # one dictionary for all the runs
    monkeypatch.setattr(Services, "segmenter", loaded)
    for query, found in CHECKS:
        done = runner.invoke(wangqi, ["--home", str(home), "search", "--json", "--", query])
        assert numbers(json.loads(done.stdout)) == found, query
    for query, found in POINT_CHECKS:
        done = runner.invoke(wangqi, ["--home", str(home), "search", query, "--json", "--scope", "point"])
        assert numbers(json.loads(done.stdout)) == found, query


@pytest.mark.parametrize("place", range(20))
def test_a_title_or_a_summary_typed_whole_finds_its_entry_first(client: FlaskClient, place: int) -> None:
    first = by_api(client, TITLES_AND_SUMMARIES[place])["hits"][0]
    assert (first["id"], first["partial"]) == (f"20260208-{place // 2 + 1:02d}", False)


@pytest.mark.parametrize("query", UNREADABLE)
def test_what_cannot_be_read_is_answered_with_a_notice(client: FlaskClient, query: str) -> None:
    assert by_api(client, query)["query"]["notices"]
