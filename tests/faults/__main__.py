"""`make faults`: the rows of the table, each as one JSON line; exit status 1 where anything was wrong."""

from __future__ import annotations

import sys

from tests.faults import damage, killing, looping, refusing, sharing

ROWS = (killing.row, looping.row, refusing.row, damage.row, sharing.row, sharing.backups)


def main(asked: list[str]) -> int:
    """All rows, or those of these numbers, in the table's order."""
    failed = False
    for number, row in enumerate(ROWS, 1):
        if not asked or str(number) in asked:
            counted = row()
            print(counted.json(), flush=True)
            failed = failed or bool(counted.wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
