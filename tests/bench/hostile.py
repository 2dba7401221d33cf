"""`python -m tests.bench.hostile`: thousands of bad queries over HTTP, while somebody else asks a normal one.

Prints one JSON line; exit status 1 where a 500 was answered, one took a second, or the normal query beside them had to
wait (p99 of 0.3 s).
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from random import Random
from subprocess import run

from tests.bench.queries import by_grammar, hostile
from tests.serving import served

SLOWEST_SECONDS, NORMAL_SECONDS = 1.0, 0.3
NORMAL = "千问 数据"
CHARACTERS = "千问飞鱼智能体数据模型发布开源训练推理芯片政策监管医疗教育机器人视觉语言动作安全评测平台应用"


def sentence(chance: Random, length: int) -> str:
    """Words of two characters in a row, with a name or a number now and then."""
    words = ("".join(chance.sample(CHARACTERS, 2)) for _ in range(length))
    return "".join(word + chance.choice(("", "", "", "，", "GPT-5.3", "25%", " Qwen ")) for word in words)


def write(folder: Path, entries: int) -> list[str]:
    """That many entries as issues of twenty; their texts."""
    chance, texts = Random(5), []
    for number in range(0, entries, 20):
        day = datetime.date(1995, 1, 1) + datetime.timedelta(number // 20)
        lines = [f"# 示例动态 ({day})", "", "**类别**", ""]
        for entry in range(number, min(number + 20, entries)):
            title, summary = f"千问{sentence(chance, 6)}{entry}", f"数据{sentence(chance, 40)}"
            texts += [title, summary, f"https://news.example.com/{entry}?utm_source=x"]
            lines += [f"- **{title}**", f"  **说明**：{summary}", "  **要点**：", f"    - {sentence(chance, 15)}"]
            lines += [f"  **来源出处**：[示例报](https://news.example.com/{entry})", ""]
        (folder / f"{day}.md").write_text("\n".join(lines), encoding="utf-8")
    return texts


def ask(base: str, query: str) -> tuple[int, float]:
    """The status and the seconds of one search."""
    typed = urllib.parse.quote(query, errors="surrogatepass")
    began = time.perf_counter()
    try:
        with urllib.request.urlopen(f"{base}api/v1/search?q={typed}", timeout=60) as answer:
            answer.read()
            status = answer.status
    except urllib.error.HTTPError as error:
        status = error.code
    return status, time.perf_counter() - began


def measure(base: str, queries: Iterable[str]) -> dict[str, object]:
    """Ask them all, with the normal query beside."""
    statuses: Counter[int] = Counter()
    slowest, over = (0.0, ""), []
    normal: list[float] = []
    done = threading.Event()

    def beside() -> None:
        while not done.is_set():
            normal.append(ask(base, NORMAL)[1])
            done.wait(0.05)

    neighbour = threading.Thread(target=beside)
    neighbour.start()
    try:
        for query in queries:
            status, seconds = ask(base, query)
            statuses[status] += 1
            slowest = max(slowest, (seconds, query[:60]))
            over += [(round(seconds, 2), query[:60])] if seconds >= SLOWEST_SECONDS else []
    finally:
        done.set()
        neighbour.join()
    normal.sort()
    p99 = normal[len(normal) * 99 // 100]
    return {
        "passed": max(statuses) < 500 and slowest[0] < SLOWEST_SECONDS and p99 < NORMAL_SECONDS,
        "queries": statuses.total(),
        "statuses": dict(statuses),
        "slowest_s": round(slowest[0], 3),
        "slowest": slowest[1],
        "over_a_second": over[:5],
        "normal_p50_ms": round(1000 * normal[len(normal) // 2], 1),
        "normal_p99_ms": round(1000 * p99, 1),
    }


def main() -> int:
    """Build, serve, ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=5000)
    parser.add_argument("--entries", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, home = Path(folder) / "issues", Path(folder) / "home"
        source.mkdir()
        texts = write(source, asked.entries)
        wangqi = [sys.executable, "-m", "web", "--home", str(home)]
        run([*wangqi, "ingest", "--quiet", str(source)], check=True)
        chance = Random(7)
        queries = [*hostile(), *chance.sample(texts, min(300, len(texts))), *by_grammar(chance, asked.queries)]
        with served([*wangqi, "serve", "--port", "0"], seconds=3600) as base:
            ask(base, NORMAL)
            told = {"entries": asked.entries, **measure(base, queries)}
    print(json.dumps(told, ensure_ascii=False))
    return 0 if told["passed"] else 1


if __name__ == "__main__":
    sys.exit(main())
