"""`wangqi export` gives every original back, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from factories import digest

from web.commands import wangqi

SAMPLES = Path(__file__).parents[2] / "data" / "issues"


def run(client, folder, *options):
    home = client.application.extensions["wangqi"].home
    return CliRunner().invoke(wangqi, ["--home", str(home), "export", "--to", str(folder), *options])


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.md")}


def test_every_sample_comes_back_under_its_own_name(samples, tmp_path):
    assert run(samples, tmp_path).exit_code == 0
    assert files(tmp_path) == files(SAMPLES)


def test_earlier_revisions_and_removed_issues_are_kept_apart(holding, tmp_path):
    texts = digest("甲"), digest("甲改"), digest("乙", day="2026-02-09"), digest("丙", series="另一个")
    client = holding(*texts)
    home = client.application.extensions["wangqi"].home
    assert CliRunner().invoke(wangqi, ["--home", str(home), "remove", "20260209"]).exit_code == 0
    assert run(client, tmp_path / "out").exit_code == 0
    assert files(tmp_path / "out") == {
        "2026/2026-02-08.md": texts[1].encode(),
        "2026/2026-02-08.b.md": texts[3].encode(),
        "revisions/2026/2026-02-08.1.md": texts[0].encode(),
        "revisions/2026/2026-02-09.1.md": texts[2].encode(),
    }


def test_exporting_again_leaves_all_unchanged(holding, tmp_path):
    client = holding(digest("甲"))
    run(client, tmp_path / "out")
    assert "写出 0 份，未变 1 份" in run(client, tmp_path / "out").output


def test_another_file_of_that_name_is_not_overwritten_unless_forced(holding, tmp_path):
    client = holding(digest("甲"))
    path = tmp_path / "out" / "2026" / "2026-02-08.md"
    path.parent.mkdir(parents=True)
    path.write_text("别人的", encoding="utf-8")
    refused = run(client, tmp_path / "out")
    assert refused.exit_code == 1
    assert "2026-02-08.md 已经存在" in refused.output
    assert path.read_text(encoding="utf-8") == "别人的"
    assert run(client, tmp_path / "out", "--force").exit_code == 0
    assert path.read_text(encoding="utf-8") == digest("甲")


def test_a_folder_that_cannot_be_written_is_named(holding, tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    refused = run(holding(digest("甲")), tmp_path / "out")
    assert refused.exit_code == 1
    assert "写不了" in refused.output


@pytest.mark.parametrize("texts", [(digest("甲"),), (digest("甲"), digest("乙", series="另一个"))])
def test_what_was_exported_is_ingested_again_alike(holding, tmp_path, texts):
    client = holding(*texts)
    run(client, tmp_path / "out")
    home = tmp_path / "second"
    assert CliRunner().invoke(wangqi, ["--home", str(home), "ingest", str(tmp_path / "out" / "2026")]).exit_code == 0
    again = CliRunner().invoke(wangqi, ["--home", str(home), "stats"]).output
    first = CliRunner().invoke(wangqi, ["--home", str(client.application.extensions["wangqi"].home), "stats"]).output
    assert again.splitlines()[:3] == first.splitlines()[:3]
