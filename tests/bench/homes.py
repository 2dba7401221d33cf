"""`python -m tests.bench.homes --size 10000 HOME`: digests -> a home of so many entries, made by the real commands."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path
from subprocess import run

from archive.parser.writing import to_markdown
from tests.bench.corpus import varied

SAMPLES = Path("data/issues")


def wangqi(home: Path, *arguments: str) -> list[str]:
    """A command on a home."""
    return [sys.executable, "-m", "web", "--home", str(home), *arguments]


def write(folder: Path, corpus: Path, size: int) -> None:
    """One file an issue."""
    for number, issue in enumerate(varied(corpus, size)):
        (folder / f"{number:06}.md").write_text(to_markdown(issue), encoding="utf-8")


def furnished(home: Path, corpus: Path, size: int) -> Path:
    """The home, made where it is not there yet; a sum of what it was made of is its name's business."""
    if home.is_dir():
        return home
    half = home.with_name(f"{home.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="wangqi-bench-") as folder:
        write(Path(folder), corpus, size)
        made = run(wangqi(half, "ingest", "--quiet", folder), check=False)
    if made.returncode > 1:  # 1: an issue of the corpus was rejected or held, the others are there
        raise SystemExit(f"{half}: ingest ended with {made.returncode}")
    return half.rename(home)


def main() -> None:
    """Make one home, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--corpus", type=Path, default=SAMPLES)
    parser.add_argument("--size", type=int, default=10_000)
    asked = parser.parse_args()
    began = time.perf_counter()
    furnished(asked.home, asked.corpus, asked.size)
    print(f"{asked.home}: {asked.size} entries in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
