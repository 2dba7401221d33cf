"""What happened to a file or to the archive -> the word for it, on pages and in commands."""

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
