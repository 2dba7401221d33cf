"""A list of outlets (TOML) -> whom a source's host or name belongs to, and of what kind they are."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from archive.errors import DataFileError
from archive.text import same_name

KINDS = ("政府", "企业", "媒体", "学术", "社区")
PRIMARY = ("政府", "企业")  # who tells of their own doings


@dataclass(frozen=True, slots=True)
class Outlet:
    """Someone who publishes; each host stands for its subdomains too."""

    name: str
    kind: str
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outlets:
    """Outlets by name and host, and the kinds of whole domains (gov.cn) for hosts that nobody has listed."""

    outlets: tuple[Outlet, ...] = ()
    domains: Mapping[str, str] = field(default_factory=dict)

    def named(self, name: str) -> Outlet | None:
        """The outlet of a name."""
        return next((each for each in self.outlets if same_name(each.name) == same_name(name)), None)

    def on(self, host: str) -> list[Outlet]:
        """Every outlet that a host belongs to, the nearest first (developer.example.com before example.com)."""
        places = {place: number for number, place in enumerate(enclosing(host))}
        held = ((min((places[at] for at in each.hosts if at in places), default=None), each) for each in self.outlets)
        return [each for _, each in sorted(((n, o) for n, o in held if n is not None), key=lambda pair: pair[0])]

    def kind(self, host: str) -> str:
        """The kind of the nearest outlet, else of the domain; empty where nobody knows."""
        listed = self.on(host)
        return listed[0].kind if listed else next(filter(None, map(self.domains.get, enclosing(host))), "")


def enclosing(host: str) -> Iterator[str]:
    """A host and the domains around it: a.b.c, b.c, c."""
    while host:
        yield host
        host = host.partition(".")[2]


def read_outlets(texts: Iterable[str]) -> Outlets:
    """The shipped list and the home's own, which adds to it and wins where both name one. Raises DataFileError."""
    outlets: dict[str, Outlet] = {}
    domains: dict[str, str] = {}
    for text in texts:
        try:
            held = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise DataFileError(f"outlets.toml 读不懂：{error}") from error
        domains.update({name: _kind(kind, name) for name, kind in held.get("domains", {}).items()})
        outlets.update({same_name(made.name): made for made in map(_outlet, held.get("outlet", []))})
    return Outlets(tuple(outlets.values()), domains)


def _outlet(held: Mapping[str, Any]) -> Outlet:
    name, hosts = held.get("name"), held.get("hosts", [])
    if not isinstance(name, str) or not name.strip():
        raise DataFileError("outlets.toml 里有一个 [[outlet]] 没有 name")
    if not isinstance(hosts, list) or not all(isinstance(each, str) and each for each in hosts):
        raise DataFileError(f"outlets.toml 里“{name}”的 hosts 不是一列域名")
    return Outlet(name, _kind(held.get("kind"), name), tuple(each.lower().removeprefix("www.") for each in hosts))


def _kind(kind: object, name: str) -> str:
    if kind not in KINDS:
        raise DataFileError(f"outlets.toml 里“{name}”的 kind 不认识：{kind}；可用的有 {'、'.join(KINDS)}")
    return str(kind)
