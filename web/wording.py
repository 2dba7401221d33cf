"""What happened to the archive, and why a hit matched -> the words for it, on pages and in commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.store.values import Happening

HAPPENINGS: dict[Happening, str] = {
    "added": "新增",
    "unchanged": "未变",
    "revised": "修订",
    "held": "搁置",
    "rejected": "拒收",
    "removed": "移除",
    "erased": "销毁",
    "run": "运行",
}


def why(how: str, term: str, text: str) -> str:
    """How a word was found that does not stand as it was typed; empty where it does."""
    match how:
        case "alias":
            return f"“{text}”是“{term}”的别名"
        case "variant":
            return f"写作“{text}”"
        case "inside":
            return f"“{term}”在别的词里"
        case "part":
            return f"只有“{text}”"
        case _:
            return ""
