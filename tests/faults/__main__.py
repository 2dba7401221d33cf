"""`make faults`: each row of the table as one JSON line; so far row 1, commands killed at each of their calls."""

from __future__ import annotations

import json
import sys

from tests.faults.killing import OPERATIONS, survivals

STEP = 29  # a case takes some seconds


def main() -> int:
    """Print what was counted; 1 where anything was wrong."""
    failed = 0
    for name in OPERATIONS:
        seen = list(survivals(name, step=STEP, system_calls=range(5, 60, 6)))
        wrong = [each for each in seen if each.wrong]
        slowest = round(max((each.seconds for each in seen), default=0.0), 2)
        row = {
            "row": "killed at a call",
            "command": name,
            "points": len(seen),
            "wrong": len(wrong),
            "slowest_s": slowest,
        }
        print(json.dumps(row, ensure_ascii=False), flush=True)
        failed += len(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
