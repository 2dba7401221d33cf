"""Where things are and how the server behaves: the only module that reads the environment."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import platformdirs

from archive.errors import DataFileError

PAGE_SIZE = 20
PORT = 8710
LOCAL_URL = f"http://127.0.0.1:{PORT}"
DEFAULTS: dict[str, Any] = {
    "MAX_CONTENT_LENGTH": 4 * 1024 * 1024,
    "MAX_FORM_MEMORY_SIZE": 64 * 1024,
    "TRUSTED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
    "PUBLIC_URL": "",  # where readers reach the pages, for links that leave it; the request's own address where empty
    "INGEST_TOKEN": "",  # who has it may send issues over HTTP; nobody where empty
    "ENGINE": "",  # an engine's URL; the home's own index where empty
}


def default_home() -> Path:
    """`WANGQI_HOME`, or the platform's folder for a user's data."""
    return Path(os.environ.get("WANGQI_HOME") or platformdirs.user_data_path("wangqi"))


def settings_file(home: Path) -> Path:
    """Where a home's own settings stand."""
    return home / "config" / "wangqi.toml"


def public_url(home: Path) -> str:
    """Where readers reach the pages of a home, as far as a command can know. Raises DataFileError."""
    try:
        path = settings_file(home)
        held = tomllib.loads(path.read_text(encoding="utf-8-sig")) if path.exists() else {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataFileError(f"读不了 wangqi.toml：{error}") from error
    return str(held.get("PUBLIC_URL") or LOCAL_URL).rstrip("/")


def shipped_data() -> Path:
    """The folder of samples and word lists: inside the package when installed, beside it in a checkout."""
    packaged = Path(__file__).parent / "data"
    return packaged if packaged.is_dir() else Path(__file__).parents[1] / "data"


def own_data(home: Path, name: str) -> Path:
    """Where a home's own data file of a name stands, if it has one."""
    return home / "config" / name


def data_texts(home: Path, name: str) -> list[str]:
    """The shipped data file of a name, and the home's own of the same name, which adds to it. Raises DataFileError."""
    texts = map(data_text, (shipped_data() / name, own_data(home, name)))
    return [text for text in texts if text is not None]


def data_text(path: Path) -> str | None:
    """What a data file holds; None where there is none. Raises DataFileError."""
    try:
        data = path.read_bytes() if path.exists() else None
        return None if data is None else data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        place = f"第 {before.count(chr(10)) + 1} 行第 {len(before) - before.rfind(chr(10))} 列"
        raise DataFileError(f"{path.parent.name}/{path.name} {place}：不是 UTF-8", "改存为 UTF-8 后再试") from error
    except OSError as error:
        raise DataFileError(f"读不了 {path.name}：{error}") from error
