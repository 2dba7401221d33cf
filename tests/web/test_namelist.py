"""A home's own tags.toml: what it adds, and what stays in force where it has a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from factories import digest
from flask.testing import FlaskClient

from web.commands import wangqi
from web.namelist import NameList
from web.services import Services

GOOD = '[[tag]]\nname = "飞鱼计划"\nkind = "主题"\naliases = ["小飞鱼"]\n'
BETTER = GOOD.replace("小飞鱼", "大飞鱼")
BAD = '[[tag]]\nname = "飞鱼计划"\nkind = "鱼"\n'
PLACE = "config/tags.toml 第 3 行第 8 列：“飞鱼计划”的类型“鱼”不是"


def write(home: Path, text: str | bytes) -> None:
    """As an editor does: beside it, then in its place, so that its state differs however fast it is."""
    beside = home / "config" / "new.toml"
    beside.parent.mkdir(parents=True, exist_ok=True)
    beside.write_bytes(text if isinstance(text, bytes) else text.encode())
    beside.replace(beside.with_name("tags.toml"))


class Shell:
    """Runs `wangqi` on a home in which one entry names 飞鱼计划."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "home"

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(wangqi, ["--home", str(self.home), *arguments])

    def ingest(self) -> Result:
        path = self.folder / "one.md"
        path.write_text(digest("飞鱼计划启动"), encoding="utf-8")
        return self.run("ingest", str(path))


@pytest.fixture
def shell(tmp_path: Path, samples: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setattr(Services, "segmenter", samples.application.extensions["wangqi"].segmenter)
    return Shell(tmp_path)


@pytest.fixture
def names(tmp_path: Path) -> NameList:
    return NameList(tmp_path)


def aliases(names: NameList) -> list[str]:
    """Whether 小飞鱼 or 大飞鱼 are in force."""
    return [each for each in ("小飞鱼", "大飞鱼") if names.in_force().tagger.name(each)]


# ── one process ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_home_adds_to_the_shipped_names(tmp_path: Path, names: NameList) -> None:
    write(tmp_path, GOOD)
    assert aliases(names) == ["小飞鱼"]
    assert names.in_force().tagger.name("Qwen")


def test_a_changed_list_is_in_force_at_once(tmp_path: Path, names: NameList) -> None:
    assert aliases(names) == []
    write(tmp_path, GOOD)
    before = names.in_force()
    write(tmp_path, BETTER)
    assert aliases(names) == ["大飞鱼"]
    assert names.in_force().number != before.number


def test_an_unchanged_list_is_read_once(tmp_path: Path, names: NameList) -> None:
    write(tmp_path, GOOD)
    assert names.in_force() is names.in_force()


def test_a_mistake_leaves_the_list_as_it_was_until_it_is_mended(tmp_path: Path, names: NameList) -> None:
    write(tmp_path, GOOD)
    before = names.in_force()
    write(tmp_path, BAD)
    assert aliases(names) == ["小飞鱼"]
    assert str(names.in_force().mistake).startswith(PLACE)
    assert names.in_force().number == before.number
    write(tmp_path, BETTER)
    assert aliases(names) == ["大飞鱼"]
    assert names.in_force().mistake is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[tag]]\nname = ", "config/tags.toml 第 2 行第 8 列：读不了"),
        (GOOD.encode("gbk"), "config/tags.toml 第 2 行第 9 列：不是 UTF-8"),
        (
            GOOD.replace("小飞鱼", "千问"),
            "config/tags.toml 第 1 行第 1 列：“千问”同时属于“飞鱼计划”和“千问”（自带的 tags.toml 第",
        ),
        (
            f'{GOOD}\n[[tag]]\nname = "飞鱼号"\nkind = "产品"\nparent = "飞鱼局"\n',
            "config/tags.toml 第 6 行第 1 列：“飞鱼号”的上级“飞鱼局”不在名录里",
        ),
    ],
)
def test_a_mistake_names_file_line_and_column(tmp_path: Path, names: NameList, text: str | bytes, told: str) -> None:
    write(tmp_path, text)
    assert str(names.in_force().mistake).startswith(told)


def test_a_list_of_windows_is_read(tmp_path: Path, names: NameList) -> None:
    write(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert aliases(names) == ["小飞鱼"]


# ── one process after another ───────────────────────────────────────────────────────────────────────────────────────


def test_what_a_writer_went_by_outlives_a_mistake(tmp_path: Path, names: NameList) -> None:
    write(tmp_path, GOOD)
    names.keep()
    write(tmp_path, BAD)
    names.keep()
    assert aliases(NameList(tmp_path)) == ["小飞鱼"]


def test_what_no_writer_went_by_does_not(tmp_path: Path, names: NameList) -> None:
    write(tmp_path, GOOD)
    names.in_force()
    write(tmp_path, BAD)
    assert aliases(NameList(tmp_path)) == []
    assert NameList(tmp_path).in_force().tagger.name("千问")


def test_a_list_that_was_taken_away_is_forgotten(tmp_path: Path, names: NameList) -> None:
    write(tmp_path, GOOD)
    names.keep()
    (tmp_path / "config" / "tags.toml").unlink()
    names.keep()
    write(tmp_path, BAD)
    assert aliases(NameList(tmp_path)) == []


@pytest.mark.parametrize("kept", [BAD.encode(), GOOD.encode("gbk"), GOOD.replace("小飞鱼", "千问").encode()])
def test_a_kept_list_that_fits_no_longer_is_passed_over(tmp_path: Path, names: NameList, kept: bytes) -> None:
    write(tmp_path, BAD)
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "tags.toml").write_bytes(kept)
    assert aliases(names) == []
    assert str(names.in_force().mistake).startswith(PLACE)


def test_a_list_that_cannot_be_kept_is_in_force_all_the_same(tmp_path: Path, names: NameList) -> None:
    write(tmp_path, GOOD)
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    names.keep()
    assert aliases(names) == ["小飞鱼"]


# ── the faces ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_running_server_goes_by_the_old_list_and_says_so(holding) -> None:
    client: FlaskClient = holding(digest("飞鱼计划启动"))
    services: Services = client.application.extensions["wangqi"]
    told: list[str] = []
    services.tell = told.append
    write(services.home, GOOD)
    assert client.get("/tags/小飞鱼").status_code == 302
    write(services.home, BAD)
    assert [client.get("/tags/小飞鱼").status_code for _ in range(2)] == [302, 302]
    assert client.get("/api/v1/search?q=标签:小飞鱼").status_code == 200
    assert PLACE in client.get("/status").text
    assert [each.startswith(PLACE) for each in told] == [True]
    write(services.home, BETTER)
    assert client.get("/tags/大飞鱼").status_code == 302
    assert "标签名录有误" not in client.get("/status").text


def test_issues_are_taken_and_found_whatever_the_mistake(shell: Shell) -> None:
    write(shell.home, GOOD)
    shell.ingest()
    write(shell.home, BAD)
    (shell.folder / "two.md").write_text(digest("飞鱼计划结束", day="2026-02-09"), encoding="utf-8")
    taken = shell.run("ingest", str(shell.folder / "two.md"))
    assert taken.exit_code == 0
    assert PLACE in taken.stderr
    found = shell.run("search", "标签:小飞鱼", "--json")
    assert '"total": 2' in found.stdout
    assert "改好之前，原来的名录照旧" in found.stderr


def test_status_and_check_tell_the_mistake(shell: Shell) -> None:
    shell.ingest()
    write(shell.home, BAD)
    assert PLACE in shell.run("status").stdout
    checked = shell.run("check")
    assert checked.exit_code == 1
    assert f"names  {PLACE}" in checked.stdout


def test_who_tags_anew_is_told_and_nothing_changes(shell: Shell) -> None:
    shell.ingest()
    before = shell.run("stats", "--json").stdout
    write(shell.home, BAD)
    refused = shell.run("reindex")
    assert refused.exit_code == 1
    assert PLACE in refused.stderr
    assert shell.run("stats", "--json").stdout == before


def test_entries_tagged_by_other_names_are_told_until_they_are_tagged_anew(shell: Shell) -> None:
    shell.ingest()
    assert "名录" not in shell.run("status").stdout
    assert shell.run("check").exit_code == 0
    write(shell.home, GOOD)
    assert "标签名录  名录改过" in shell.run("status").stdout
    shell.ingest()  # which tags no entry but those that it brings
    checked = shell.run("check")
    assert (checked.exit_code, "完好" in checked.stdout) == (0, True)
    assert "提示：标签名录改过，先前的条目还是按从前的名录打的标签；运行 wangqi reindex" in checked.stderr
    made = shell.run("reindex")
    assert made.exit_code == 0
    assert "还没有进入索引" not in made.stderr
    assert "名录改过" not in shell.run("status").stdout
    assert "名录改过" not in shell.run("check").stderr


def test_a_remark_in_the_list_changes_no_name(shell: Shell) -> None:
    write(shell.home, GOOD)
    shell.ingest()
    write(shell.home, f"# 我们自己的\n{GOOD}")
    assert "名录改过" not in shell.run("status").stdout


def test_the_status_page_tells_of_entries_tagged_by_other_names(holding) -> None:
    client: FlaskClient = holding(digest("飞鱼计划启动"))
    names = client.application.extensions["wangqi"].names
    assert "名录改过" not in client.get("/status").text  # nobody knows
    names.all_tagged_by(names.in_force().tagger)
    assert "名录改过" not in client.get("/status").text
    write(client.application.extensions["wangqi"].home, GOOD)
    assert "标签名录改过" in client.get("/status").text
