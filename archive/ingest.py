"""Paths -> issues in the archive, one outcome a file; a bad file never stops the others."""

from __future__ import annotations

import datetime
import errno
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from archive.errors import RejectedIssue
from archive.model import Diagnostic, Issue, Reading
from archive.parser import decode, parse
from archive.parser.decoding import LARGEST
from archive.store import Incoming, Kept, Status, Writer
from archive.tagger import Tagger

SUFFIXES = (".md", ".markdown")
STANDARD_INPUT = "-"
_REASONS = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有读取的权限",
    errno.EISDIR: "它是文件夹",
    errno.ENAMETOOLONG: "文件名太长",
}

Claimed: TypeAlias = dict[str, tuple[str, bytes]]  # issue -> the file of this run that gave it, and its sha256


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; without an issue where it was rejected."""

    path: str
    status: Status
    issue: Issue | None
    diagnostics: tuple[Diagnostic, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """How to read and keep: `strict` rejects what has a warning, `force` takes what would be held.

    An issue dated more than two days after `today` has a warning.
    """

    series: str = ""
    strict: bool = False
    force: bool = False
    today: datetime.date | None = None


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files that these files and folders name, each once; of folders the Markdown files, in order."""
    found: list[Path] = []
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 (Path.is_dir raises on a name that is too long)
            found += sorted(each for each in path.rglob("*") if each.suffix.lower() in SUFFIXES and each.is_file())
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def ingest(files: Iterable[Path], writer: Writer, tagger: Tagger, options: Options) -> Iterator[Outcome]:
    """Read and keep each file."""
    claimed: Claimed = {}
    knowing = tagger.knowing(writer.reader.spellings())
    for path in files:
        outcome = _one(path, writer, knowing, options, claimed)
        if outcome.status == "rejected":
            writer.reject(outcome.path, outcome.reason)
        yield outcome


def read_only(files: Iterable[Path], options: Options) -> Iterator[Outcome]:
    """What `ingest` would say of each file by itself, without an archive (a dry run)."""
    for path in files:
        try:
            _, reading = _read(path, options)
        except RejectedIssue as error:
            yield _rejected(path, error)
        else:
            yield Outcome(_shown(path), "added", reading.issue, reading.diagnostics)


def _one(path: Path, writer: Writer, tagger: Tagger, options: Options, claimed: Claimed) -> Outcome:
    try:
        data, reading = _read(path, options)
        issue = reading.issue
        tagged = replace(issue, entries=tuple(replace(entry, tags=tagger.tags(entry)) for entry in issue.entries))
        kept = _keep(writer, Incoming(_shown(path), data, replace(reading, issue=tagged)), options, claimed)
    except RejectedIssue as error:
        return _rejected(path, error)
    return Outcome(_shown(path), kept.status, kept.issue, reading.diagnostics, kept.reason)


def _keep(writer: Writer, incoming: Incoming, options: Options, claimed: Claimed) -> Kept:
    """Keep it, unless another file of this run, with other bytes, was the same issue."""
    held, checksum = writer.held(incoming.reading.issue), hashlib.sha256(incoming.data).digest()
    first = claimed.get(held or "")
    if first and first[1] != checksum:
        raise RejectedIssue("same-issue", f"与 {first[0]} 是同一期（{held}），内容却不同；请只留一个")
    kept = writer.keep(incoming, force=options.force)
    claimed[kept.issue.id] = (incoming.path, checksum)
    return kept


def _read(path: Path, options: Options) -> tuple[bytes, Reading]:
    data = sys.stdin.buffer.read(LARGEST + 1) if str(path) == STANDARD_INPUT else _bytes(path)
    reading = parse(decode(data), file_name=_shown(Path(path.name)), series=options.series, today=options.today)
    warned = [each for each in reading.diagnostics if each.severity == "warning"]
    if options.strict and warned:
        first = warned[0]
        reason = f"有 {len(warned)} 处警告（--strict）；第一处在第 {first.line} 行：{first.message}"
        raise RejectedIssue("strict", reason, first.line, reading.diagnostics)
    return data, reading


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)  # one byte more than is taken is enough to know
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or error.strerror
        raise RejectedIssue("unreadable", f"读不了 {_shown(path)}：{reason}") from error


def _shown(path: Path) -> str:
    """A path as text; bytes of its name that are not UTF-8 become U+FFFD, since SQLite takes no half characters."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def _rejected(path: Path, error: RejectedIssue) -> Outcome:
    diagnostic = Diagnostic(error.line, "error", error.code, str(error))
    return Outcome(_shown(path), "rejected", None, (diagnostic, *error.diagnostics), str(error))
