"""`wangqi tags` and `wangqi tag`: tags are listed, and changed by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from factories import digest
from flask.testing import FlaskClient

from archive.directory import KINDS as ALL_KINDS
from web.commands import wangqi
from web.commands.tags import KINDS
from web.services import Services

ENTRY = "20260208-01"


class Shell:
    """Runs `wangqi` on a home with an issue that names 千问 (by an alias), 阿里巴巴 and 百度."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "home"

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(wangqi, ["--home", str(self.home), *arguments])

    def said(self, *arguments: str) -> str:
        done = self.run(*arguments)
        assert done.exit_code == 0, done.output
        return done.stdout

    def refused(self, *arguments: str) -> str:
        done = self.run(*arguments)
        assert done.exit_code == 1, done.output
        return done.stderr

    def json(self, *arguments: str) -> dict:
        return json.loads(self.said(*arguments, "--json"))

    def counts(self) -> dict[str, int]:
        return {each["name"]: each["count"] for each in self.json("tags")["tags"]}

    def total(self, *arguments: str) -> int:
        return self.json("search", *arguments)["total"]

    def ingest(self, name: str, text: str) -> Result:
        (self.folder / name).write_text(text, encoding="utf-8")
        return self.run("ingest", str(self.folder / name))


@pytest.fixture
def shell(tmp_path: Path, samples: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setattr(Services, "segmenter", samples.application.extensions["wangqi"].segmenter)
    made = Shell(tmp_path)
    made.ingest("one.md", digest("阿里巴巴发布Qwen", "百度发布新模型", "《飞鱼管理办法》公布"))
    return made


def test_tags_are_listed_with_their_counts(shell):
    assert shell.counts() == {"千问": 1, "百度": 1, "阿里巴巴": 1, "飞鱼管理办法": 1}
    assert {each["kind"] for each in shell.json("tags", "--kind", "产品")["tags"]} == {"产品"}
    assert "百度  机构  1" in shell.said("tags")


def test_a_short_list_says_how_many_there_are(shell):
    done = shell.run("tags", "--limit", "1")
    assert len(done.stdout.splitlines()) == 1
    assert f"共 {len(shell.counts())} 个标签，列出前 1 个" in done.stderr


def test_the_kinds_are_those_of_the_list():
    assert KINDS == ALL_KINDS


def test_an_added_tag_is_found_by(shell):
    assert "第 1 号决定：20260208-01 加上“测试中”（主题）；撤销：wangqi tag undo 1" in shell.said(
        "tag", "add", ENTRY, "测试中"
    )
    assert shell.counts()["测试中"] == 1
    assert shell.total("标签:测试中") == 1


def test_an_added_tag_of_the_list_is_meant_by_any_of_its_names(shell):
    shell.said("tag", "add", "20260208-02", "通义千问")
    assert shell.counts()["千问"] == 2


def test_a_kind_may_be_given(shell):
    shell.said("tag", "add", ENTRY, "测试中", "--kind", "人物")
    assert [each["name"] for each in shell.json("tags", "--kind", "人物")["tags"]] == ["测试中"]


def test_a_removed_tag_is_not_found_by(shell):
    assert "去掉“千问”" in shell.said("tag", "remove", ENTRY, "Qwen")
    assert shell.total("", "--tag", "千问") == 0


@pytest.mark.parametrize("asked", [["标签:百度"], ["", "--tag", "百度"], ["标签:阿里巴巴"]])
def test_a_merged_tag_finds_what_the_other_does(shell, asked):
    assert "“百度”并入“阿里巴巴”" in shell.said("tag", "merge", "百度", "阿里巴巴")
    assert shell.total(*asked) == 2


@pytest.mark.parametrize("new", ["阿里", "阿里测试"])
def test_a_tag_is_renamed_to_an_alias_of_its_own_or_to_a_new_name(shell, new):
    assert f"“阿里巴巴”改名“{new}”" in shell.said("tag", "rename", "阿里巴巴", new)
    assert shell.counts()[new] == 1
    assert shell.total(f"标签:{new}") == shell.total("标签:阿里巴巴") == 1


def test_a_tag_is_not_renamed_to_an_alias_of_another(shell):
    assert "已经有叫“千问”的标签" in shell.refused("tag", "rename", "百度", "Qwen")


def test_a_hidden_tag_is_gone_until_that_is_undone(shell):
    assert "“百度”不再显示" in shell.said("tag", "hide", "百度")
    assert "百度" not in shell.counts()
    assert "已撤销第 1 号决定：“百度”不再显示" in shell.said("tag", "undo")
    assert shell.total("标签:百度") == 1


def test_decisions_survive_reindexing_and_ingesting_anew(shell):
    shell.said("tag", "merge", "百度", "阿里巴巴")
    shell.said("tag", "remove", ENTRY, "千问")
    before = shell.counts()
    shell.said("reindex", "--quiet")
    assert shell.counts() == before
    shell.said("remove", "20260208")
    assert shell.run("ingest", str(shell.folder / "one.md")).exit_code == 0
    assert shell.counts() == before
    assert shell.json("check")["faults"] == []


def test_decisions_are_listed_with_those_undone(shell):
    shell.said("tag", "hide", "百度")
    shell.said("tag", "undo", "1")
    [told] = shell.json("tags", "--decisions")["decisions"]
    assert (told["number"], told["action"], told["name"]) == (1, "hide", "百度")
    assert told["undone_at"] >= told["at"]
    shell.said("tag", "merge", "百度", "阿里巴巴")
    lines = shell.said("tags", "--decisions").splitlines()
    time = r"\d{4}-\d\d-\d\d \d\d:\d\d"
    assert re.fullmatch(rf"2  {time}  “百度”并入“阿里巴巴”", lines[0])
    assert re.fullmatch(rf"1  {time}  “百度”不再显示  （{time} 撤销）", lines[1])


def test_candidates_are_names_outside_the_list_with_an_example(shell):
    [told] = shell.json("tags", "--review")["candidates"]
    assert told == {
        "count": 1,
        "name": "飞鱼管理办法",
        "kind": "政策法规",
        "entry": "20260208-03",
        "example": "《飞鱼管理办法》公布",
    }
    assert shell.said("tags", "--review") == "1  飞鱼管理办法  政策法规  20260208-03  《飞鱼管理办法》公布\n"


def test_a_candidate_that_was_merged_is_none_any_more(shell):
    shell.said("tag", "merge", "飞鱼管理办法", "百度")
    assert shell.json("tags", "--review")["candidates"] == []


def test_a_refusal_says_what_would_do(shell):
    assert (
        shell.refused("tag", "add", ENTRY, "车").splitlines()[0] == "错误：“车”不能作标签：要 2 至 40 个字，在一行之内"
    )
    assert "没有" in shell.refused("tag", "add", "20260208-99", "测试中")
    shell.said("tag", "merge", "百度", "阿里巴巴")
    assert "成了圈" in shell.refused("tag", "merge", "阿里巴巴", "百度")
    assert "先撤销：wangqi tag undo 1" in shell.refused("tag", "merge", "百度", "千问")
