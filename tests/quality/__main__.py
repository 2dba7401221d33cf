"""`python -m tests.quality --corpus DIR`: prints every measure of what is derived, each in a line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from tests.quality import stories, tags

MEASURES: tuple[Callable[[Path], list[str]], ...] = (tags.measure, stories.measure)


def main() -> None:
    """Measure on the digests of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="the folder of the labelled digests")
    corpus = parser.parse_args().corpus
    if not corpus.is_dir():
        parser.error(f"no folder {corpus}; the labelled digests are not part of the project: make quality CORPUS=…")
    for measure in MEASURES:
        print(*measure(corpus), sep="\n")


if __name__ == "__main__":
    main()
