"""Queries that nobody should be able to hurt the archive with: by grammar at random, pasted, and made to hurt."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

WORDS = (
    *("千问", "飞鱼", "智能体", "数据", "采不准", "的", "了", "OpenAI", "GPT-5.3", "gpt", "C++", ".NET", "5亿", "25%"),
    *("2026", "第 193 期", "結構", "ＧＰＴ", "½", "™", "😵‍💫", "é", "\u200b", "\ufffd", "a", "一", "http://", "12:30"),
)
SIGNS = (
    "-",
    "－",
    "NOT ",
    " OR ",
    "|",
    "｜",
    " AND ",
    "(",
    "（",
    ")",
    "）",
    '"',
    "“",
    "”",
    "「",
    "」",
    "《",
    "*",
    " ",
    "\t",
)
FIELDS = ("标题:", "说明：", "要点:", "来源:", "类别:", "标签:", "系列:", "期:", "日期:", "事件:", "point:", "日期:>=")
VALUES = ("2026-02", "近30天", "..", "2026-02-31", "昨天", "people.com.cn", "20260208-03", "(", "“", "-", "9999999999")
PIECES = (*WORDS, *WORDS, *SIGNS, *FIELDS, *VALUES)


def by_grammar(chance: Random, count: int) -> Iterator[str]:
    """Pieces of the language in any order."""
    for _ in range(count):
        yield "".join(
            chance.choice(PIECES) + chance.choice(("", "", " ")) for _ in range(chance.choice((1, 2, 3, 5, 9, 30)))
        )


def hostile() -> tuple[str, ...]:
    """Sixty that were made to be slow, deep or wrong."""
    return (
        *("-" * n for n in (1, 2, 512, 4096)),
        *("-a " * n for n in (18, 64, 500)),
        *("NOT " * n + "a" for n in (2, 100, 1000)),
        *("(" * n + "a" + ")" * n for n in (17, 1000, 2000)),
        *("（" * n for n in (1, 3000)),
        *("a OR " * n + "a" for n in (18, 800)),
        *("a|" * n + "a" for n in (60, 2000)),
        *("一* " * n for n in (1, 60)),
        *(f"{each}*" for each in ("一", "a", "an", "千", "GP", "**", "5", "的的", "的")),
        *(f"{each}~9" for each in ("人工智能", "abc")),
        *("的" * n for n in (1, 64, 512, 4096)),
        *(" ".join(f"w{each}" for each in range(n)) for n in (64, 1000)),
        *("千问 " * n for n in (64, 1300)),
        *('"' * n for n in (1, 2, 999)),
        *("“" * n + "千问" + "”" * n for n in (1, 500)),
        *("标题:" * n + "千问" for n in (2, 700)),
        *("要点:(" * n + "a" + ")" * n for n in (3, 500)),
        *("日期:" + "1" * n for n in (8, 4000)),
        "日期:0000-00-00..9999-99-99",
        "日期:2026年2月30日",
        "期:" + "9" * 300,
        "https://" + "a." * 2000 + "cn/",
        "https://[",
        "来源:" + "." * 400,
        "'; DROP TABLE entries; --",
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "%00%0d%0aSet-Cookie:x=1",
        "\x00\x07\x1b[31m",
        "\ud800",
        "\u202e千问\u202c",
        "a" * 4096,
        "𠮷" * 512,
        "e\u0301" * 512,
        "ﷺ" * 512,
    )
