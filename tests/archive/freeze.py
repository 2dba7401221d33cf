"""The last frozen database -> the same at the newest schema, frozen beside it: run once for each new migration.

`python -m tests.archive.freeze`; then give the new tables some rows by hand, where the old data fill none.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.store.connection import FILE, connect_writing

FOLDER = Path(__file__).parent / "frozen"


def freeze(folder: Path) -> Path:
    """Write the newest schema's file. Raises FileExistsError: what is frozen is never changed."""
    last = max(folder.glob("*.sql"))
    with TemporaryDirectory() as home:
        path = Path(home) / FILE
        with closing(sqlite3.connect(path)) as db:
            db.executescript(last.read_text(encoding="utf-8"))
        connect_writing(Path(home)).close()
        with closing(sqlite3.connect(path)) as db:
            (name,) = db.execute("SELECT name FROM _sqlite_migrations ORDER BY id DESC LIMIT 1").fetchone()
            with (folder / f"{name}.sql").open("x", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in db.iterdump())
            return Path(file.name)


if __name__ == "__main__":
    try:
        print(freeze(FOLDER))
    except FileExistsError as error:
        sys.exit(f"{error.filename} is frozen already: there is no new migration")
