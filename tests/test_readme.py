"""The README is true: its commands run, its lists are whole."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from serving import found, served

from web.commands import wangqi

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINES = [
    line.partition("#")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
]
COMMANDS = [shlex.split(line) for line in LINES if line.startswith("wangqi ")]


def run(arguments: list[str], home: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "web", "--home", str(home), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after the README's first command."""
    folder = tmp_path_factory.mktemp("readme")
    done = run(COMMANDS[0][1:], folder)
    assert done.returncode == 0, done.stderr.decode()
    return folder


def test_the_five_commands_are_the_main_job() -> None:
    assert [command[1] for command in COMMANDS] == ["ingest", "search", "show", "show", "serve"]


def test_ingesting_again_leaves_all_unchanged(home: Path) -> None:
    assert "新增 0，未变 31" in run(COMMANDS[0][1:], home).stdout.decode()


def test_the_search_finds_the_entry(home: Path) -> None:
    assert "20260208-08" in run(COMMANDS[1][1:], home).stdout.decode()


def test_the_entry_is_shown(home: Path) -> None:
    assert "飞鱼-1.0" in run(COMMANDS[2][1:], home).stdout.decode()


def test_the_files_bytes_come_back(home: Path) -> None:
    assert run(COMMANDS[3][1:], home).stdout == (ROOT / "data/issues/2026/2026-02-08.md").read_bytes()


def test_every_shipped_issues_bytes_come_back(home: Path) -> None:
    for path in sorted((ROOT / "data" / "issues").rglob("*.md"))[::10]:
        shown = CliRunner().invoke(wangqi, ["--home", str(home), "show", path.stem, "--raw"])
        assert shown.stdout_bytes == path.read_bytes()


def test_the_server_answers(home: Path) -> None:
    with served([sys.executable, "-m", "web", "--home", str(home), *COMMANDS[4][1:], "--port", "0"], ROOT) as base:
        assert found(base, "千问 冬奥会") == ["20260208-08"]


def test_every_command_is_in_the_readme() -> None:
    named = set(re.findall(r"`?wangqi ([a-z]+)", README))
    assert named >= set(wangqi.commands)


def test_every_command_in_the_readme_exists() -> None:
    assert {command[1] for command in COMMANDS} | set(re.findall(r"`wangqi ([a-z]+)`", README)) == set(wangqi.commands)


def test_every_option_in_the_readme_exists() -> None:
    known = {name for command in wangqi.commands.values() for option in command.params for name in option.opts}
    known |= {name for option in wangqi.params for name in option.opts} | {"--help"}
    assert set(re.findall(r"--[a-z][a-z-]+", README)) <= known


def test_what_the_readme_links_to_exists() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_readme_can_be_read_in_one_go() -> None:
    assert len(README.splitlines()) <= 150


def test_continuous_integration_runs_the_readmes_own_test_command() -> None:
    assert "make test" in LINES
    assert "\nmake test\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.install
def test_a_fresh_clone_answers_after_the_readmes_first_command(tmp_path: Path) -> None:
    files = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    clone = tmp_path / "clone"
    for name in filter(None, files.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            (clone / name).write_bytes((ROOT / name).read_bytes())
    with served([*shlex.split(LINES[0]), f"PYTHON={sys.executable}"], clone) as base:
        assert found(base, "千问 冬奥会") == ["20260208-08"]
