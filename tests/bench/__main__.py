"""`python -m tests.bench --sizes 1000,10000 --json FILE`: wangqi, SQLite FTS5 and tantivy, the same pages, in one run.

Each size is a home made of `--corpus` (`tests.bench.corpus` says how), whose entries are folded and cut once for the
peers. Each engine builds, opens and adds in a process of its own; then one process asks all the 180 questions by turns.
A page is: match, the twenty best by the engine's own BM25, their rows with the texts from one SQLite, exact counts by
category, tag and month, what to mark. Times are CPU of that process; `cold`: nothing kept of ours, each term read anew
(the peers keep what they keep), `warm`: asked before. Files are in the operating system's memory for all.
Then `tests.bench.weighing` loads the first page and a search of each home in Chromium, where there is one.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.bench.agreement import Texts, compared
from tests.bench.child import in_a_child
from tests.bench.contenders import NAMES, Contender, Place, contender
from tests.bench.homes import SAMPLES, furnished
from tests.bench.pages import Shown, measured
from tests.bench.plot import drawing
from tests.bench.prepared import prepare
from tests.bench.questions import drawn
from tests.bench.reporting import growth, ratios, rounded, summary, table
from tests.bench.weighing import lines, weighed
from web.services import Services

EACH, REPEATS = 20, 3


def one_size(home: Path, work: Path, engines: Sequence[str], each: int, repeats: int) -> dict[str, Any]:
    """All figures of one home; what lies in the working folder from before is not made anew."""
    services, prepared = Services(home), work / "prepared.db"
    told = _once(prepared, lambda: {"prepare_s": prepare(home, prepared, services.segmenter)})
    folders = {name: work / name.removesuffix("_full") for name in (*engines, "fts5_three")}
    for name, folder in folders.items():
        built = _once(folder, lambda n=name, f=folder: in_a_child(n, "build", home, prepared, f))
        told[name] = built if folder.name == name else {}
        if name in engines:
            told[name] |= in_a_child(name, "open", home, prepared, folder)
    questions = drawn(prepared, services.segmenter, each)
    made = {name: contender(name, Place(folders[name], services, prepared)) for name in engines}
    times = measured(made, questions, Shown(prepared), repeats)
    answered = {each for each in questions if all(held.found(each).total for held in made.values())}
    for name, measures in times.items():
        told[name].update(summary(questions, measures, answered))
    told["agreement"] = _agreement(made, questions, prepared)
    for name in engines:
        if folders[name].name == name:
            told[name] |= _adding(name, home, prepared, folders[name])
    told["ratios"] = ratios(told)
    return told


def _once(path: Path, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What was told when a file or folder was made, now or before."""
    kept = path.with_name(f"{path.name}.json")
    if not kept.exists():
        kept.write_text(json.dumps(make()))
    told: dict[str, Any] = json.loads(kept.read_text())
    return told


def _adding(name: str, home: Path, prepared: Path, folder: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="wangqi-bench-") as scratch:
        copy = Path(shutil.copytree(folder, Path(scratch) / "copy"))
        return in_a_child(name, "add", home, prepared, copy)


def _agreement(made: dict[str, Contender], questions: Sequence[Any], prepared: Path) -> dict[str, Any]:
    texts = Texts(prepared)
    for each in made.values():
        each.open()
    peers = [name for name in made if not name.startswith("wangqi")]
    return {name: compared(made["wangqi"], made[name], questions, texts).told() for name in peers if "wangqi" in made}


def main() -> int:
    """Measure, print, write; exit status 1 where the engines disagree."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--corpus", type=Path, default=SAMPLES, help="a folder of digests")
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--engines", default=",".join(NAMES))
    parser.add_argument("--homes", type=Path, help="where homes by size are kept, and made where missing")
    parser.add_argument("--keep", type=Path, help="where indexes by size are kept, and used again: delete what changed")
    parser.add_argument("--json", type=Path, help="where to write all figures")
    parser.add_argument("--plot", type=Path, help="where to draw the warm and cold page as SVG")
    parser.add_argument("--short", action="store_true", help="2 questions of each kind, once")
    asked = parser.parse_args()
    each, repeats = (2, 1) if asked.short else (EACH, REPEATS)
    sizes: dict[str, Any] = {}
    pages: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="wangqi-bench-") as scratch:
        for size in map(int, asked.sizes.split(",")):
            home = furnished((asked.homes or Path(scratch) / "homes") / str(size), asked.corpus, size)
            work = (asked.keep or Path(scratch)) / str(size)
            work.mkdir(parents=True, exist_ok=True)
            sizes[str(size)] = rounded(one_size(home, work, asked.engines.split(","), each, repeats))
            pages[str(size)] = rounded(weighed(home))
            print(table(size, sizes[str(size)]), lines(pages[str(size)]), sep="\n", flush=True)
    told = {"questions": 9 * each, "repeats": repeats, "sizes": sizes, "growth": growth(sizes), "pages": pages}
    print(json.dumps(told["growth"]))
    if asked.json:
        asked.json.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if asked.plot:
        asked.plot.write_text(drawing(sizes), encoding="utf-8")
    agreed = all(peer["holds"] for figures in sizes.values() for peer in figures["agreement"].values())
    return 0 if agreed else 1


if __name__ == "__main__":
    sys.exit(main())
