"""Times and figures -> the percentiles, ratios and tables that are told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

from tests.bench.pages import Times, percentile
from tests.bench.questions import KINDS, Question

COLUMNS = (
    *("cold_p50_ms", "cold_p95_ms", "warm_p50_ms", "warm_p95_ms", "quoted_cold_p50_ms"),
    *("build_s", "index_mb", "rss_mb", "open_ms", "ingest_ms"),
)
QUOTED_BY_ALL = "quoted_found_by_all_cold_p50_ms"
GROWING = ("cold_p50_ms", "warm_p50_ms", "build_s", "index_mb", "rss_mb", "open_ms", "ingest_ms")


def summary(questions: Sequence[Question], times: Times, answered: Collection[Question]) -> dict[str, Any]:
    """One engine's pages: over all questions, over the quoted ones, over those of them to which every engine finds
    something, and by kind."""

    def of(values: Sequence[float], kind: str, length: int = 0) -> list[float]:
        asked = zip(questions, values, strict=True)
        return [each for question, each in asked if question.kind == kind and length in (0, len(question.words[0]))]

    four = of(times.cold, "quoted", 4)
    cold = zip(questions, times.cold, strict=True)
    by_all = [each for question, each in cold if question.kind == "quoted" and question in answered]
    return {
        "cold_p50_ms": median(times.cold),
        "cold_p95_ms": percentile(times.cold, 95),
        "warm_p50_ms": median(times.warm),
        "warm_p95_ms": percentile(times.warm, 95),
        "quoted_cold_p50_ms": median(of(times.cold, "quoted")),
        **({"quoted_4_cold_p50_ms": median(four)} if four else {}),
        **({QUOTED_BY_ALL: median(by_all)} if by_all else {}),
        "kinds": {
            kind: {"cold_p50_ms": median(of(times.cold, kind)), "warm_p50_ms": median(of(times.warm, kind))}
            for kind in KINDS
        },
    }


def ratios(told: Mapping[str, Any]) -> dict[str, float]:
    """What issue after issue is judged by: ours divided by the peer's, in the same run."""
    made: dict[str, float] = {}
    for ours in ("wangqi", "wangqi_full"):
        for peer in ("fts5", "tantivy"):
            if ours in told and peer in told:
                figures = [key for key in (*COLUMNS[:5], QUOTED_BY_ALL) if key in told[ours]]
                made |= {f"{ours}/{peer} {key}": told[ours][key] / told[peer][key] for key in figures}
    if "wangqi" in told:
        build, three = told["wangqi"]["build_s"], told["fts5_three"]["build_s"]
        made["reindex/fts5_three"] = build / three
        made["reindex/(cutting + fts5_three)"] = build / (told["prepare_s"] + three)
    return made


def growth(sizes: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """`10000 -> 100000` -> `engine figure` -> how many times as much."""
    return {
        f"{small} -> {large}": rounded(
            {
                f"{engine} {key}": sizes[large][engine][key] / figures[key]
                for engine, figures in sizes[small].items()
                if isinstance(figures, dict)
                for key in GROWING
                if figures.get(key)
            }
        )
        for small, large in pairwise(sizes)
    }


def rounded(value: Any) -> Any:
    """Every fraction to three digits behind the point."""
    if isinstance(value, float):
        return round(value, 3)
    return {key: rounded(each) for key, each in value.items()} if isinstance(value, dict) else value


def table(size: int, told: Mapping[str, Any]) -> str:
    """One size, to be read on a terminal."""
    engines = [name for name, figures in told.items() if isinstance(figures, dict) and "build_s" in figures]
    engines += ["wangqi_full"] if "wangqi_full" in told else []
    lines = [
        f"\n{size} entries (cutting once: {told['prepare_s']} s)",
        f"{'':24}" + "".join(f"{e:>14}" for e in engines),
    ]
    lines += [f"{key:24}" + "".join(f"{told[engine].get(key, ''):>14}" for engine in engines) for key in COLUMNS]
    lines += [f"  {name:44} {ratio:.3f}" for name, ratio in told["ratios"].items()]
    for peer, agreement in told["agreement"].items():
        lines.append(f"  {peer}: {agreement}")
    return "\n".join(lines)
