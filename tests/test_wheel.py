"""The wheel carries all that the program needs."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from serving import found, read, served

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("wangqi-*.whl"))


def test_everything_in_the_wheel_lies_in_the_three_packages(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0] for name in names if ".dist-info" not in name} == {"archive", "indexer", "web"}


def test_word_lists_samples_templates_and_styles_are_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in ((ROOT / "data", "web/data"), (ROOT / "web" / "templates", "web/templates")):
        for path in folder.rglob("*.*"):
            assert f"{inside}/{path.relative_to(folder).as_posix()}" in names
    assert "web/static/style.css" in names


@pytest.mark.install
def test_the_wheel_runs_its_demo_from_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    pip = [str(tmp_path / "venv" / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    pinned = ["--constraint", str(_versions(tmp_path))]
    subprocess.run([*pip, *pinned, str(wheel)], check=True, cwd=tmp_path)
    with served([str(tmp_path / "venv" / "bin" / "wangqi"), "demo", "--port", "0"], tmp_path) as base:
        assert found(base, "千问 冬奥会") == ["20260208-08"]
        assert "最新一期".encode() in read(base)
        assert b"--" in read(f"{base}static/style.css")


def _versions(folder: Path) -> Path:
    """The lock file's versions without their hashes, since a wheel of ours has none there."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    path = folder / "constraints.txt"
    path.write_text("\n".join(line.rstrip(" \\") for line in lines if "==" in line), encoding="utf-8")
    return path
