"""The sources of all entries -> how many entries cite each outlet, each host and each kind of source."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from archive.outlets import KINDS, PRIMARY, Outlet, Outlets, enclosing
from archive.store import Reader
from archive.text import plain, same_name
from web.services import Services

UNKNOWN = "未归类"
_MOST_NAMES = 4  # under which a source is told


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet, or a host or a name that no listed outlet has: the entries are those that `asked` finds as filters."""

    name: str
    kind: str  # empty where nobody knows
    entries: int
    asked: tuple[str, ...]
    is_host: bool = False
    outlet: str = ""  # of a host
    names: tuple[str, ...] = ()  # under which it is cited, the most frequent first


@dataclass(frozen=True)
class Sources:
    """All sources, the most cited first; `shares` has for each kind how many entries cite one of it."""

    outlets: tuple[Source, ...]  # and the hosts and names of none
    hosts: tuple[Source, ...]
    shares: Mapping[str, int]
    primary: int  # entries that cite a government or a company
    entries: int  # that cite anything
    _by_name: dict[str, Source] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_name = {same_name(host): each for each in self.outlets for host in each.asked}
        by_name |= {same_name(each.name): each for each in (*reversed(self.hosts), *reversed(self.outlets))}
        object.__setattr__(self, "_by_name", by_name)

    def named(self, text: str) -> Source | None:
        """The source of a name, or of a host with or without `www.`."""
        return self._by_name.get(same_name(text)) or self._by_name.get(same_name(text.lower().removeprefix("www.")))


@dataclass(frozen=True)
class _Cited:
    """Entries by what they cite, as a search finds them: a host with its subdomains, a name whatever its host."""

    by_host: Mapping[str, set[str]]
    by_name: Mapping[str, set[str]]
    names_of: Mapping[str, Counter[str]]  # host, with its subdomains -> the names
    hosts: frozenset[str]
    spelled: Mapping[str, str]  # name, folded -> as it is written
    nowhere: frozenset[str]  # folded names that were cited without an address

    def finding(self, asked: Sequence[str]) -> set[str]:
        """The entries that cite one of these hosts or names."""
        found: set[str] = set()
        for each in asked:
            found |= self.by_host.get(each, set()) | self.by_name.get(same_name(each), set())
        return found

    def names(self, hosts: Iterable[str]) -> tuple[str, ...]:
        """The most frequent names of some hosts."""
        held: Counter[str] = Counter()
        for host in hosts:
            held.update(self.names_of.get(host, {}))
        return tuple(name for name, _ in sorted(held.items(), key=lambda each: (-each[1], each[0]))[:_MOST_NAMES])


def sources_in(services: Services, reader: Reader) -> Sources:
    """Those of the archive; dear to make: a second of 13,000 entries."""
    return services.kept_beside("sources", reader, lambda own: sources_of(own.cited(), services.outlets))


def sources_of(cited: Iterable[tuple[str, str, str]], listed: Outlets) -> Sources:
    """Of (entry, name in Markdown, host)."""
    held, kinds = _gathered(cited, listed)
    outlets = [_of_outlet(each, held) for each in listed.outlets]
    hosts = [_of_host(host, held, listed) for host in held.hosts]
    taken = {same_name(each.name) for each in listed.outlets}
    named = [_of_name(held.spelled[key], held) for key in held.nowhere if key not in taken]
    alone = [each for each in hosts if not each.outlet]
    found = [each for each in (*outlets, *alone, *named) if each.entries]
    return Sources(
        outlets=tuple(sorted(found, key=_most_first)),
        hosts=tuple(sorted(hosts, key=_most_first)),
        shares={kind: len(kinds[kind]) for kind in (*KINDS, UNKNOWN)},
        primary=len(set[str]().union(*(kinds[kind] for kind in PRIMARY))),
        entries=len(set[str]().union(*kinds.values())),
    )


def _gathered(cited: Iterable[tuple[str, str, str]], listed: Outlets) -> tuple[_Cited, dict[str, set[str]]]:
    by_host: dict[str, set[str]] = defaultdict(set)
    by_name: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, set[str]] = defaultdict(set)
    names_of: dict[str, Counter[str]] = defaultdict(Counter)
    spelled: dict[str, str] = {}
    hosts: set[str] = set()
    nowhere: set[str] = set()
    kind_of: dict[str, str] = {}
    for entry, markdown, host in cited:
        name = plain(markdown)
        key = same_name(name)
        spelled.setdefault(key, name)
        by_name[key].add(entry)
        for around in enclosing(host):
            by_host[around].add(entry)
            names_of[around][name] += 1
        if host:
            hosts.add(host)
        elif key:
            nowhere.add(key)
        at = host or f" {key}"
        if at not in kind_of:
            outlet = None if host else listed.named(name)
            kind_of[at] = outlet.kind if outlet else listed.kind(host)
        kinds[kind_of[at] or UNKNOWN].add(entry)
    return _Cited(by_host, by_name, names_of, frozenset(hosts), spelled, frozenset(nowhere)), kinds


def _of_outlet(outlet: Outlet, held: _Cited) -> Source:
    asked = (*outlet.hosts, outlet.name)
    return Source(
        outlet.name, outlet.kind, len(held.finding(asked)), asked, outlet=outlet.name, names=held.names(outlet.hosts)
    )


def _of_host(host: str, held: _Cited, listed: Outlets) -> Source:
    outlet = next((each.name for each in listed.on(host)), "")
    entries = len(held.finding([host]))
    return Source(host, listed.kind(host), entries, (host,), is_host=True, outlet=outlet, names=held.names([host]))


def _of_name(name: str, held: _Cited) -> Source:
    return Source(name, "", len(held.finding([name])), (name,))


def _most_first(source: Source) -> tuple[int, str]:
    return -source.entries, source.name
