"""`wangqi ingest`, `wangqi reindex`: files into the archive, the archive into the index."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from web.commands.home import indexing, print_json, read_in, watched, with_services, writing
from web.priority import giving_way
from web.wording import HAPPENINGS

if TYPE_CHECKING:
    from archive.ingest import Options, Outcome
    from archive.model import Issue
    from archive.store import Reader, Status, Writer
    from archive.tagger import Tagger
    from web.services import Services

RETRY_SECONDS = 30.0  # how long a follower lets a full disk or a holder of the lock be
SWITCH_SECONDS = 600.0  # how long a rebuild waits for an ingest to end
INGEST_GIVES_WAY, REBUILD_GIVES_WAY = 3, 10  # how much nicer they are than the readers of a server
AT_A_TIME = 50  # issues that are derived anew while others wait
STATUSES: tuple[Status, ...] = ("added", "unchanged", "revised", "held", "rejected")


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--series", default="", help="没有标题的文件归入的系列")
@click.option("--dry-run", is_flag=True, help="只读不收，报告看懂了什么")
@click.option("--strict", is_flag=True, help="有一处警告就拒收")
@click.option("--force", is_flag=True, help="收下会撤下过半条目的修订")
@click.option("--wait", type=float, default=0.0, metavar="秒", help="等另一个写入者结束")
@click.option("--json", "as_json", is_flag=True, help="在标准输出打印一份 JSON")
@click.option("--quiet", is_flag=True, help="只报告出错的")
@click.option("--watch", is_flag=True, help="收完之后守着这些文件夹，来一期收一期")
@with_services
def ingest(
    services: Services,
    paths: tuple[Path, ...],
    dry_run: bool,
    wait: float,
    as_json: bool,
    quiet: bool,
    watch: bool,
    **how: Any,
) -> None:
    """收录文件、文件夹或标准输入（-）里的各期；可重复运行，没有变化的不动。"""
    from archive.errors import ArchiveError
    from archive.ingest import Options, find_files, read_only

    if watch:
        with giving_way(INGEST_GIVES_WAY):
            _follow(services, paths, Options(**how, today=services.today()), quiet=quiet)
        return
    files = find_files(paths)
    if not files:
        raise ArchiveError(f"{'、'.join(map(str, paths))} 里没有 Markdown 文件", "各期是以 .md 结尾的文件")
    options = Options(**how, today=services.today())
    with giving_way(INGEST_GIVES_WAY):
        if dry_run:
            outcomes = list(watched(read_only(files, options), len(files), "检查", quiet=quiet))
        else:
            outcomes = _ingested(services, files, options, wait, quiet=quiet)
    if as_json:
        print_json(_document(outcomes))
    _tell(outcomes, as_json=as_json, quiet=quiet)
    if any(outcome.status in ("held", "rejected") for outcome in outcomes):
        raise SystemExit(1)


@click.command()
@click.option("--wait", type=float, default=0.0, metavar="秒", help="等另一个写入者结束")
@click.option("--quiet", is_flag=True, help="不显示进度")
@click.option("--only-index", is_flag=True, help="只重建索引，不重新打标签、比对各期")
@with_services
def reindex(services: Services, wait: float, quiet: bool, only_index: bool) -> None:
    """重新打标签、比对各期，并重建索引。"""
    from archive import lock
    from archive.store import Reader
    from indexer.replaying import rebuild_beside

    services.names.check()  # whoever tags anew wants the list as it is now
    with giving_way(REBUILD_GIVES_WAY), lock.writing(services.home, "reindex", wait, lock.REBUILD):
        if not only_index:
            _derive_anew(services, wait, quiet=quiet)
        with closing(Reader.open(services.home)) as reader:  # what waits is about to come in
            issues = reader.counts()["issues"]
            made = rebuild_beside(
                reader,
                services.engine,
                services.lexicon.fingerprint,
                lambda: _switching(services),
                lambda each, total: read_in(each, total, "索引", quiet=quiet),
            )
    if not quiet:
        click.echo(f"第 {made.number} 代索引，{issues} 期")


def _derive_anew(services: Services, wait: float, *, quiet: bool) -> None:
    """Tag and compare every issue anew, some at a time, so that others write in between."""
    from archive.joining import join
    from archive.store import Reader

    with writing(services, "reindex", wait) as writer:  # makes the home, and migrates it
        issues, tagger = writer.reader.issue_ids(), services.tagger.knowing(writer.reader.spellings())
    seen = watched(issues, len(issues), "标签", quiet=quiet)
    with closing(Reader.open(services.home)) as reader:
        while some := [*islice(seen, AT_A_TIME)]:
            with reader.snapshot():
                tagged = [*_tagged_otherwise(reader, some, tagger)]
            with writing(services, "reindex", SWITCH_SECONDS) as writer:
                for issue in tagged:
                    if writer.reader.find(issue.id) and writer.reader.issue(issue.id).revision == issue.revision:
                        writer.retag(issue)
                writer.stories.compare_anew(some)
                join(writer)
    services.names.all_tagged_by(tagger)


def _tagged_otherwise(reader: Reader, issues: list[str], tagger: Tagger) -> Iterator[Issue]:
    """Of these issues, as far as they are still there, those whose tags are now derived as others."""
    from dataclasses import replace

    for issue in map(reader.issue, filter(reader.find, issues)):
        derived = reader.derived_tags([entry.id for entry in issue.entries])
        tagged = [replace(entry, tags=tagger.tags(entry)) for entry in issue.entries]
        if any(derived.get(entry.id, ()) != entry.tags for entry in tagged):
            yield replace(issue, entries=tuple(tagged))


@contextmanager
def _switching(services: Services) -> Iterator[Writer]:
    """The writer that puts a finished rebuild in force, and notes that it did."""
    with writing(services, "reindex", SWITCH_SECONDS) as writer:
        yield writer
        writer.note_run("重建索引")


def _ingested(services: Services, files: list[Path], options: Options, wait: float, *, quiet: bool) -> list[Outcome]:
    """Keep each file, then bring the index up to date."""
    from archive.ingest import ingest as keep_all
    from indexer.replaying import drain

    with writing(services, "ingest", wait) as writer:
        if not writer.reader.issue_ids():
            services.names.all_tagged_by(services.tagger)
        kept = keep_all(files, writer, services.tagger, options)
        outcomes = list(watched(kept, len(files), "收录", quiet=quiet, home=services.home))
        drain(writer, services.engine, services.lexicon.fingerprint, indexing(services, quiet=quiet))
        writer.note_run(_summary(outcomes))
    return outcomes


def _follow(services: Services, folders: tuple[Path, ...], options: Options, *, quiet: bool) -> None:
    """Ingest what is there, then each file that comes; only an interrupt ends it."""
    from dataclasses import replace

    from archive.errors import ArchiveError
    from archive.refusals import REFUSALS, told
    from indexer.errors import SearchError
    from web.commands.watching import settled

    if missing := [folder for folder in folders if not folder.is_dir()]:
        raise ArchiveError(f"{missing[0]} 不是文件夹", "--watch 守的是文件夹")
    waiting: dict[Path, None] = {}
    not_before = 0.0
    for batch in settled(folders):
        waiting |= dict.fromkeys(batch)
        if not waiting or time.monotonic() < not_before:
            continue
        now = _as_of_now(services)
        today = replace(options, today=now.today())
        try:
            _tell(_ingested(now, list(waiting), today, SWITCH_SECONDS, quiet=quiet), as_json=False, quiet=quiet)
            waiting.clear()
        except (ArchiveError, SearchError, *REFUSALS) as error:
            click.echo(f"错误：{told(error) or error}；继续守候，{RETRY_SECONDS:.0f} 秒后再试", err=True)
            not_before = time.monotonic() + RETRY_SECONDS


def _as_of_now(services: Services) -> Services:
    """The same home with its word lists as they are; with those of weeks ago each batch would rebuild the index."""
    from web.services import Services

    fresh = Services(services.home)
    fresh.tell = services.tell
    return fresh


def _tell(outcomes: list[Outcome], *, as_json: bool, quiet: bool) -> None:
    for outcome in outcomes:
        for each in outcome.diagnostics:
            if not quiet or each.severity == "error":
                click.echo(f"{outcome.path}:{each.line}: {each.severity} {each.code} {each.message}", err=True)
        if outcome.status == "held":
            click.echo(f"{outcome.path}: 搁置：{outcome.reason}", err=True)
    if as_json or quiet:
        return
    if len(outcomes) <= 20:
        for outcome in outcomes:
            click.echo(f"{HAPPENINGS[outcome.status]}  {(outcome.issue and outcome.issue.id) or '—'}  {outcome.path}")
    click.echo(_summary(outcomes))


def _summary(outcomes: list[Outcome]) -> str:
    totals = Counter[str](outcome.status for outcome in outcomes)
    return f"{len(outcomes)} 期：" + "，".join(f"{HAPPENINGS[status]} {totals[status]}" for status in STATUSES)


def _document(outcomes: list[Outcome]) -> dict[str, Any]:
    from dataclasses import asdict

    totals = Counter[str](outcome.status for outcome in outcomes)
    return {
        "issues": [
            {
                "path": outcome.path,
                "status": outcome.status,
                **_kept(outcome),
                "diagnostics": [asdict(each) for each in outcome.diagnostics],
            }
            for outcome in outcomes
        ],
        "totals": {status: totals[status] for status in STATUSES},
    }


def _kept(outcome: Outcome) -> dict[str, Any]:
    issue = outcome.issue
    return {
        "id": (issue.id or None) if issue else None,
        "date": issue.date.isoformat() if issue else None,
        "series": issue.series if issue else None,
        "revision": issue.revision if issue else None,
        "entries": len(issue.entries) if issue else 0,
        "key_points": sum(len(entry.key_points) for entry in issue.entries) if issue else 0,
    }
