"""The figures of a run -> the README's plot as SVG: a panel a size, a row an engine, its median and 95th percentile.

`python -m tests.bench.plot FIGURES.json > PLOT.svg` draws it anew. Its colours follow the reader's light or dark.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

TOLD = {"wangqi": "往期（同样的 BM25）", "wangqi_full": "往期（完整排序）", "fts5": "SQLite FTS5", "tantivy": "tantivy"}
STATES = {"warm": "问过一次", "cold": "第一次问"}
WIDTH, LEFT, RIGHT, TOP, ROW, BETWEEN = 760, 190, 24, 80, 30, 56
STYLE = """
  text { font: 13px system-ui, "Noto Sans CJK SC", sans-serif; fill: #24292f }
  .title { font-size: 15px; font-weight: 600 } .quiet { fill: #57606a; font-size: 12px } .end { text-anchor: end }
  .grid { stroke: #d0d7de } .ours { --colour: #0969da } .peer { --colour: #6e7781 }
  .range { stroke: var(--colour); stroke-width: 2 } .warm { fill: var(--colour); stroke: var(--colour) }
  .cold { fill: #ffffff; stroke: var(--colour) } circle { stroke-width: 2 } .ground { fill: #ffffff }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .quiet { fill: #9198a1 } .grid { stroke: #30363d } .ground, .cold { fill: #0d1117 }
    .ours { --colour: #4493f8 } .peer { --colour: #9198a1 }
  }
"""


def drawing(sizes: Mapping[str, Mapping[str, Any]]) -> str:
    """A whole SVG document."""
    height, panels = TOP, []
    scale = _Scale(sizes)
    for size, figures in sizes.items():
        engines = [name for name in TOLD if name in figures]
        panels += _panel(f"{int(size):,} 条", {name: figures[name] for name in engines}, height, scale)
        height += len(engines) * ROW + BETWEEN
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
            f"<title>一页结果要多少毫秒</title><style>{STYLE}</style>",
            f'<rect class="ground" width="{WIDTH}" height="{height}"/>',
            '<text class="title" x="16" y="26">一页结果的处理器时间（毫秒，越靠左越快）</text>',
            '<text class="quiet" x="16" y="46">圆点是中位数，线到第 95 百分位；实心：问过一次；空心：第一次问</text>',
            *panels,
            "</svg>\n",
        ]
    )


class _Scale:
    """Milliseconds -> where they stand, by their logarithm, from one power of ten to another."""

    def __init__(self, sizes: Mapping[str, Mapping[str, Any]]) -> None:
        told = [
            figures[name][f"{state}_{end}_ms"]
            for figures in sizes.values()
            for name in TOLD
            if name in figures
            for state in STATES
            for end in ("p50", "p95")
        ]
        self.least, self.most = math.floor(math.log10(min(told))), math.ceil(math.log10(max(told)))

    def place(self, milliseconds: float) -> float:
        """A point on the horizontal axis."""
        share = (math.log10(milliseconds) - self.least) / max(1, self.most - self.least)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _panel(name: str, engines: Mapping[str, Mapping[str, float]], top: int, scale: _Scale) -> Iterator[str]:
    bottom = top + len(engines) * ROW + 8
    yield f'<text class="title" x="16" y="{top - 6}">{name}</text>'
    for power in range(scale.least, scale.most + 1):
        x = scale.place(10**power)
        yield f'<path class="grid" d="M{x} {top}V{bottom}"/>'
        yield f'<text class="quiet" x="{x}" y="{bottom + 14}" text-anchor="middle">{10**power:g}</text>'
    for row, (engine, figures) in enumerate(engines.items()):
        y = top + row * ROW + 18
        yield f'<g class="{"ours" if engine.startswith("wangqi") else "peer"}">'
        yield f'<text class="end" x="{LEFT - 12}" y="{y + 4}">{TOLD[engine]}</text>'
        for shift, state in ((-5, "warm"), (5, "cold")):
            middle, end = (scale.place(figures[f"{state}_{which}_ms"]) for which in ("p50", "p95"))
            told = f"{STATES[state]}：{figures[f'{state}_p50_ms']} 毫秒，第 95 百分位 {figures[f'{state}_p95_ms']} 毫秒"
            yield f'<path class="range" d="M{middle} {y + shift}H{end}"/>'
            yield f'<circle class="{state}" cx="{middle}" cy="{y + shift}" r="4"><title>{told}</title></circle>'
        yield "</g>"


if __name__ == "__main__":
    print(drawing(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["sizes"]), end="")
