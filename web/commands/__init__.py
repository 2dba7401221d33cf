"""The command group: `--home`, and every known error as a sentence with its exit status."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

import click

from archive.errors import ArchiveError, Locked
from archive.refusals import REFUSALS, told
from indexer.errors import BadRequest, SearchError
from web.commands.diff import diff
from web.commands.export import export
from web.commands.ingest import ingest, reindex
from web.commands.keeping import backup, check, remove, restore
from web.commands.report import log, stats, status
from web.commands.search import search
from web.commands.serve import demo, serve
from web.commands.show import show
from web.commands.trend import trend
from web.commands.words import words


class Commands(click.Group):
    """Turns known errors into sentences; the unknown keep their traceback, they are ours to mend."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (ArchiveError, SearchError) as error:
            _fail(ctx, error)
        except REFUSALS as error:
            refused = told(error)
            if refused is None:
                raise
            _fail(ctx, refused)


def _fail(ctx: click.Context, error: ArchiveError | SearchError) -> NoReturn:
    click.echo(f"错误：{error}", err=True)
    if error.hint:
        click.echo(error.hint, err=True)
    ctx.exit(_status(error))


def _status(error: ArchiveError | SearchError) -> int:
    match error:
        case Locked():
            return 3
        case BadRequest():
            return 2
        case _:
            return 1


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home", type=click.Path(path_type=Path), envvar="WANGQI_HOME", help="资料库所在的文件夹（或 WANGQI_HOME）"
)
@click.version_option(package_name="wangqi", prog_name="wangqi")
@click.pass_context
def wangqi(ctx: click.Context, home: Path | None) -> None:
    """往期：中文 AI 行业动态的可检索资料库。"""
    ctx.obj = home


for command in (ingest, search, show, diff, remove, serve, demo, status, stats, log, check, reindex, backup, restore):
    wangqi.add_command(command)
for command in (words, export, trend):
    wangqi.add_command(command)
