"""`wangqi words`: candidates for new words, listed, or accepted and refused by hand."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from web.commands.home import print_json, reading, watched, with_services

if TYPE_CHECKING:
    from indexer.newwords import Candidate
    from web.services import Services

LONGEST = 40  # characters of a word that is decided on
ANSWERS = ("a", "r", "s", "q")
# As in indexer.newwords and archive.tagger, which are too heavy to import for --help.
KINDS = ("名称", "版本", "新词")
TAG_KINDS = ("机构", "产品", "人物", "地区", "政策法规", "主题")


def _checked(_: click.Context, __: click.Parameter, words: tuple[str, ...]) -> tuple[str, ...]:
    stripped = tuple(word.strip() for word in words)
    for word in stripped:
        if not (2 <= len(word) <= LONGEST and word.isprintable()) or "#" in word:
            raise click.BadParameter(f"“{word}”不能作词：要 2 至 {LONGEST} 个字，在一行之内，不含 #")
    return stripped


@click.command()
@click.option("--review", is_flag=True, help="一个一个地问：a 接受，r 拒绝，s 跳过，q 结束")
@click.option("--accept", multiple=True, metavar="词", callback=_checked, help="接受这个词，可多次")
@click.option("--refuse", multiple=True, metavar="词", callback=_checked, help="拒绝这个词，可多次")
@click.option("--kind", type=click.Choice(KINDS), help="只要一种候选")
@click.option("--tag-kind", type=click.Choice(TAG_KINDS), default="产品", help="接受为标签时的类型；默认产品")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, metavar="N", help="每种至多几个；默认 20")
@click.option("--json", "as_json", is_flag=True, help="打印 JSON")
@click.option("--wait", type=float, default=0.0, metavar="秒", help="等另一个写入者结束")
@with_services
def words(
    services: Services, review: bool, accept: tuple[str, ...], refuse: tuple[str, ...], as_json: bool, **options: Any
) -> None:
    """列出可能的新词，由人接受或拒绝；收录从不自动添词。

    两至八个汉字的写进 config/words.txt，其余的作为标签写进 config/tags.toml，拒绝的写进 config/refused.txt。
    """
    for word in accept:
        _accept(services, word, options["tag_kind"], options["wait"])
    for word in refuse:
        _refuse(services, word, options["wait"])
    if accept or refuse:
        return
    found = _candidates(services, options["kind"], options["limit"])
    if as_json:
        print_json({"candidates": [{**asdict(each), "becomes": each.becomes} for each in found]})
    elif review:
        _review(services, found, options["tag_kind"], options["wait"])
    else:
        _print_table(found)


def _candidates(services: Services, kind: str | None, limit: int) -> list[Candidate]:
    from archive.text import same_name
    from indexer.newwords import EntryTexts, candidates
    from web.wordlists import refused

    known = {same_name(word) for word in services.lexicon.words | refused(services.home)}
    with reading(services) as reader:
        issues = watched(reader.issues(), len(reader.issue_ids()), "读取", quiet=False)
        texts = [EntryTexts.of(entry) for issue in issues for entry in issue.entries]
    found = candidates(texts, services.segmenter, known.union(services.lexicon.names), limit)
    return [each for each in found if kind in (None, each.kind)]


def _accept(services: Services, word: str, tag_kind: str, wait: float) -> None:
    from archive import lock
    from archive.text import fold, same_name
    from indexer.newwords import is_user_word
    from web.wordlists import TAGS, WORDS, accept_tag, accept_word

    if fold(word) in services.lexicon.words or same_name(word) in services.lexicon.names:
        click.echo(f"“{word}”已在词表或名录里")
        return
    with lock.writing(services.home, "words", wait):
        if is_user_word(word):
            accept_word(services.home, word, services.today())
            click.echo(f"“{word}”已写进 config/{WORDS}；下次收录或 wangqi reindex 时按它重编索引")
        else:
            accept_tag(services.home, word, tag_kind, services.today())
            click.echo(f"“{word}”已作为标签（{tag_kind}）写进 config/{TAGS}；wangqi reindex 后打上")


def _refuse(services: Services, word: str, wait: float) -> None:
    from archive import lock
    from web.wordlists import REFUSED, refuse

    with lock.writing(services.home, "words", wait):
        refuse(services.home, word, services.today())
    click.echo(f"“{word}”已写进 config/{REFUSED}，不再列出")


def _review(services: Services, found: list[Candidate], tag_kind: str, wait: float) -> None:
    """Each decision is kept at once, so that nothing is lost when the reviewer leaves."""
    for number, each in enumerate(found, 1):
        click.echo(f"\n{number}/{len(found)}  {each.text}  （{each.kind}，{each.entries} 条）")
        for example in each.examples:
            click.echo(f"    {example.entry}  {example.text}")
        match click.prompt("接受 a · 拒绝 r · 跳过 s · 结束 q", type=click.Choice(ANSWERS), show_choices=False):
            case "a":
                _accept(services, each.text, tag_kind, wait)
            case "r":
                _refuse(services, each.text, wait)
            case "q":
                return


def _print_table(found: list[Candidate]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, expand=True)
    for heading in ("词", "种类", "条数", "可作", "例"):
        table.add_column(heading, overflow="fold")
    for each in found:
        becomes = "用户词" if each.becomes == "word" else "标签"
        shown = each.examples[0].text if each.examples else ""
        table.add_row(Text(each.text), each.kind, str(each.entries), becomes, Text(shown))
    Console().print(table)
    click.echo(f"{len(found)} 个候选；wangqi words --review 逐个决定")
