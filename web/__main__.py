"""`wangqi`: the command line, one command a function; what a command needs is imported when it runs."""

from __future__ import annotations

from web.commands import wangqi


def main() -> None:
    """The console script."""
    wangqi(prog_name="wangqi")


if __name__ == "__main__":
    main()
