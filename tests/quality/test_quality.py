"""What is told where the labelled digests are not at hand."""

import sys
from pathlib import Path

import pytest

from tests.quality.__main__ import main


def test_a_folder_that_is_missing_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["quality", "--corpus", str(tmp_path / "none")])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert f"no folder {tmp_path / 'none'}" in (told := capsys.readouterr().err)
    assert "make quality CORPUS=" in told
