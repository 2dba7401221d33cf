"""The bytes of a file -> its text, or the reason why it is none."""

from __future__ import annotations

from archive.errors import RejectedIssue
from archive.parser.marks import trim

LARGEST = 2 * 1024 * 1024


def decode(data: bytes) -> str:
    """UTF-8 (with or without BOM) or GB18030 -> text without BOM; raises RejectedIssue too-large, not-text or empty."""
    if len(data) > LARGEST:
        raise RejectedIssue("too-large", "文件超过 2 MiB 的上限")
    text = _decoded(data)
    if not trim(text):
        raise RejectedIssue("empty", "文件是空的")
    return text


def _decoded(data: bytes) -> str:
    if b"\0" in data:
        raise RejectedIssue("not-text", "文件不是文本：含有空字节")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    raise RejectedIssue("not-text", "文件不是文本：既不是 UTF-8，也不是 GB18030")
