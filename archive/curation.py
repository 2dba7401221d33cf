"""What people decided on tags, in order -> an entry's derived tags as they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from archive.errors import RefusedDecision
from archive.model import Tag
from archive.text import same_name

Action: TypeAlias = Literal["add", "remove", "merge", "rename", "hide"]
BY_HAND = "手工"  # the rule of a tag that was added
LONGEST = 40  # characters of a name


@dataclass(frozen=True, slots=True)
class Decision:
    """`name` is added to or removed from `entry`, becomes `target` everywhere, or is shown nowhere."""

    action: Action
    name: str
    target: str = ""
    kind: str = ""  # of the target, or of what is added
    entry: str = ""
    number: int = 0


class Curation:
    """The decisions in force."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self.decisions = tuple(decisions)
        self._becomes = {same_name(each.name): each for each in self.decisions if each.target}
        self._hidden = {same_name(each.name) for each in self.decisions if each.action == "hide"}
        self._kinds = {same_name(each.target or each.name): each.kind for each in self.decisions if each.kind}
        self._marks: dict[str, dict[str, Decision]] = {}  # entry -> name -> what was decided last
        for each in self.decisions:
            if each.entry:
                self._marks.setdefault(each.entry, {})[same_name(each.name)] = each

    def path(self, name: str) -> tuple[str, ...]:
        """The names that a name goes by, one after another, itself first; the last is the one that is shown."""
        names, seen = [name], {same_name(name)}
        while decision := self._becomes.get(same_name(names[-1])):
            names.append(decision.target)
            if same_name(decision.target) in seen:  # only written otherwise
                break
            seen.add(same_name(decision.target))
        return tuple(names)

    def shown(self, name: str) -> str | None:
        """The name under which a name is shown; None where it is hidden."""
        path = self.path(name)
        return None if self._hidden.intersection(map(same_name, path)) else path[-1]

    def aliases(self, name: str) -> tuple[str, ...]:
        """The names that became this one."""
        names = dict.fromkeys(each.name for each in self.decisions if each.target)
        return tuple(each for each in names if each != name and self.path(each)[-1] == name)

    def names(self, listed: Mapping[str, str]) -> dict[str, str]:
        """`same_name` of every spelling, of a list and of those decided on -> the name under which it is shown."""
        named = {same_name(each.name): each.name for each in self.decisions} | dict(listed)
        return {spelling: self.path(name)[-1] for spelling, name in named.items()}

    def applied(self, entry: str, tags: Iterable[Tag]) -> tuple[Tag, ...]:
        """The tags of an entry as they are shown."""
        marks = self._marks.get(entry, {})
        removed = {name for name, each in marks.items() if each.action == "remove"}
        made: dict[tuple[str, str], Tag] = {}
        for tag in tags:
            if not removed.intersection(map(same_name, self.path(tag.name))) and (shown := self.shown(tag.name)):
                kind = self._kinds.get(same_name(shown), tag.kind)
                made.setdefault((shown, tag.field), replace(tag, name=shown, kind=kind))
        names = {name for name, _ in made}
        for each in marks.values():
            if each.action == "add" and (shown := self.shown(each.name)) and shown not in names:
                kind = self._kinds.get(same_name(shown), each.kind)
                made[shown, ""] = Tag(shown, kind, BY_HAND, "", each.name)
        return tuple(made.values())

    def check(self, decision: Decision, known: Iterable[str]) -> None:
        """Raise RefusedDecision where a decision contradicts those in force; `known` are the `same_name` of tags."""
        held = set(known)
        renames = decision.action in ("merge", "rename")
        for name in (decision.name, decision.target) if renames else (decision.name,):
            if not (1 < len(name) <= LONGEST and name.isprintable() and same_name(name)):
                raise RefusedDecision(f"“{name[:LONGEST]}”不能作标签：要 2 至 {LONGEST} 个字，在一行之内", "换一个名称")
        if decision.action not in ("add", "remove") and same_name(decision.name) not in held:
            raise RefusedDecision(f"没有叫“{decision.name}”的标签", "wangqi tags 列出全部标签")
        if renames:
            self._check_target(decision, held)

    def _check_target(self, decision: Decision, held: set[str]) -> None:
        name, target = decision.name, decision.target
        if before := self._becomes.get(same_name(name)):
            raise RefusedDecision(
                f"“{name}”已经是“{before.target}”的别名，不能再归“{target}”", f"先撤销：wangqi tag undo {before.number}"
            )
        if same_name(name) in map(same_name, self.path(target)) and (decision.action == "merge" or name == target):
            raise RefusedDecision(
                f"“{target}”已经归于“{name}”，再并回去就成了圈", "wangqi tags --decisions 列出各项决定"
            )
        if decision.action == "merge" and same_name(target) not in held:
            raise RefusedDecision(f"没有叫“{target}”的标签", f"若要改名：wangqi tag rename {name} {target}")
        if decision.action == "rename" and same_name(target) in held - {same_name(name)}:
            raise RefusedDecision(f"已经有叫“{target}”的标签", f"若要合并：wangqi tag merge {name} {target}")
