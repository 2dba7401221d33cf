"""`wangqi tags` and `wangqi tag`: what tags there are, and what people decide on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from web.commands.home import print_json, reading, with_services, writing

if TYPE_CHECKING:
    from archive.curation import Action, Decision
    from archive.store import Reader
    from web.services import Services

# As in archive.directory, which is too heavy to import for --help.
KINDS = ("机构", "产品", "人物", "地区", "政策法规", "主题")
_WAIT = click.option("--wait", type=float, default=0.0, metavar="秒", help="等另一个写入者结束")
_KIND = click.option("--kind", type=click.Choice(KINDS), help="它的类型；名录里有的不必写")


@click.command()
@click.option("--review", is_flag=True, help="只列名录以外的名称，多的在前，各带一个例子")
@click.option("--decisions", is_flag=True, help="列出各项决定和编号，供 wangqi tag undo 用")
@click.option("--kind", type=click.Choice(KINDS), help="只要一种")
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, metavar="N", help="至多几个；默认 50")
@click.option("--json", "as_json", is_flag=True, help="打印 JSON")
@with_services
def tags(services: Services, review: bool, decisions: bool, kind: str | None, limit: int, as_json: bool) -> None:
    """列出标签和条数，多的在前。"""
    with reading(services) as reader:
        what = "decisions" if decisions else "candidates" if review else "tags"
        held = reader.decisions() if decisions else _candidates(services, reader) if review else reader.tag_counts()
        found = [each for each in held if kind in (None, each["kind"])]
        listed = _with_examples(found[:limit], reader) if review else found[:limit]
    if as_json:
        print_json({"total": len(found), what: listed})
        return
    for each in listed:
        click.echo(_decision_line(each) if decisions else "  ".join(str(value) for value in each.values()))
    shown = f"，列出前 {limit} 个（--limit）" if len(found) > limit else ""
    click.echo(f"共 {len(found)} {'项决定' if decisions else '个候选' if review else '个标签'}{shown}", err=True)


def _candidates(services: Services, reader: Reader) -> list[dict[str, Any]]:
    """What texts told and the list has not."""
    listed = services.planner_for(reader).lexicon.names
    return [each for each in reader.told_tags() if _same(each["name"]) not in listed]


def _with_examples(candidates: list[dict[str, Any]], reader: Reader) -> list[dict[str, Any]]:
    """The same with what stands around the name."""
    from archive.tagger import surroundings

    def example(each: dict[str, Any]) -> str:
        entry = records[each["entry"]].entry
        return next((surroundings(entry, tag) for tag in entry.tags if tag.name == each["name"]), each["words"])

    records = reader.records(each["entry"] for each in candidates)
    return [{name: each[name] for name in each if name != "words"} | {"example": example(each)} for each in candidates]


def _decision_line(row: dict[str, Any]) -> str:
    """`7  2026-02-08 09:30  “云梯科技”不再显示`, in Shanghai's time."""
    from archive.curation import Decision

    what = _told(Decision(row["action"], row["name"], row["target"], row["kind"], row["entry"]))
    undone = f"  （{_moment(row['undone_at'])} 撤销）" if row["undone_at"] else ""
    return f"{row['number']}  {_moment(row['at'])}  {what}{undone}"


def _moment(text: str) -> str:
    import datetime

    from web.services import TIME_ZONE

    return f"{datetime.datetime.fromisoformat(text).astimezone(TIME_ZONE):%Y-%m-%d %H:%M}"


@click.group()
def tag() -> None:
    """手工改标签：每项决定都留着，重新收录、重打标签、重编索引后照旧，也都能撤销。"""


@tag.command()
@click.argument("entry", metavar="条目编号")
@click.argument("name", metavar="标签")
@_KIND
@_WAIT
@with_services
def add(services: Services, entry: str, name: str, kind: str | None, wait: float) -> None:
    """给一个条目加一个标签。"""
    _decide(services, wait, "add", name, entry=entry, kind=kind or "")


@tag.command()
@click.argument("entry", metavar="条目编号")
@click.argument("name", metavar="标签")
@_WAIT
@with_services
def remove(services: Services, entry: str, name: str, wait: float) -> None:
    """从一个条目去掉一个标签。"""
    _decide(services, wait, "remove", name, entry=entry)


@tag.command()
@click.argument("name", metavar="标签")
@click.argument("target", metavar="并入")
@_WAIT
@with_services
def merge(services: Services, name: str, target: str, wait: float) -> None:
    """把一个标签并入另一个，前者成为后者的别名。"""
    _decide(services, wait, "merge", name, target=target)


@tag.command()
@click.argument("name", metavar="标签")
@click.argument("target", metavar="新名")
@_KIND
@_WAIT
@with_services
def rename(services: Services, name: str, target: str, kind: str | None, wait: float) -> None:
    """给一个标签改名，原名成为别名；--kind 连类型一起改。"""
    _decide(services, wait, "rename", name, target=target, kind=kind or "")


@tag.command()
@click.argument("name", metavar="标签")
@_WAIT
@with_services
def hide(services: Services, name: str, wait: float) -> None:
    """哪里都不再显示一个标签。"""
    _decide(services, wait, "hide", name)


@tag.command()
@click.argument("number", metavar="[编号]", type=int, required=False)
@_WAIT
@with_services
def undo(services: Services, number: int | None, wait: float) -> None:
    """撤销一项决定；不给编号即撤销最后一项。"""
    from indexer.replaying import drain

    with writing(services, "tag", wait) as writer:
        taken_back = writer.undo(number)
        drain(writer, services.engine, services.lexicon.fingerprint)
    click.echo(f"已撤销第 {taken_back.number} 号决定：{_told(taken_back)}")


def _decide(services: Services, wait: float, action: Action, name: str, **more: str) -> None:
    """Names of the list are meant whichever of their spellings was typed."""
    from archive.curation import Decision
    from indexer.replaying import drain

    tagger = services.tagger
    own = _named(services, name)
    target = more.get("target", "").strip()
    if target and _named(services, target) != own:  # a tag may be renamed to an alias of its own
        target = _named(services, target)
    with writing(services, "tag", wait) as writer:
        kinds = {_same(each["name"]): each["kind"] for each in writer.reader.tag_counts()}
        kind = more.get("kind", "")
        if action == "add" and not kind:
            listed = tagger.name(own)
            kind = kinds.get(_same(own)) or (listed.kind if listed else "主题")
        decision = Decision(action, own, target, kind, more.get("entry", "").strip())
        number = writer.decide(decision, [_same(each.name) for each in tagger.names])
        drain(writer, services.engine, services.lexicon.fingerprint)
    click.echo(f"第 {number} 号决定：{_told(decision)}；撤销：wangqi tag undo {number}")


def _named(services: Services, typed: str) -> str:
    listed = services.tagger.name(typed)
    return listed.name if listed else typed.strip()


def _same(name: str) -> str:
    from archive.text import same_name

    return same_name(name)


def _told(decision: Decision) -> str:
    match decision.action:
        case "add":
            return f"{decision.entry} 加上“{decision.name}”（{decision.kind}）"
        case "remove":
            return f"{decision.entry} 去掉“{decision.name}”"
        case "merge":
            return f"“{decision.name}”并入“{decision.target}”"
        case "rename":
            return f"“{decision.name}”改名“{decision.target}”"
        case "hide":
            return f"“{decision.name}”不再显示"
