"""Tags as they are shown -> the one that a spelling means, those near it, their index, and which come together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from itertools import combinations

from archive.store import Reader
from archive.tagger import Name
from archive.text import same_name
from indexer.engine import FacetCount, Request, SearchEngine
from indexer.pinyin import initial, letter
from web.services import Services

MOST_NEAR = 5
LEAST_LIKE = 0.4
MOST_COMPARED = 1000  # names, the more frequent first: a near name is looked for in no more
SIZES = 5  # of a cloud
MOST_TOGETHER = 8  # names of a table
NAMED = ("机构", "产品", "人物")  # who appears with whom


@dataclass(frozen=True, slots=True)
class Shown:
    """A tag with its count of entries."""

    name: str
    kind: str
    count: int


@dataclass(frozen=True)
class Tags:
    """Every tag that entries have, the most frequent first."""

    all: tuple[Shown, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Shown]:
        """By `same_name`."""
        return {same_name(each.name): each for each in self.all}

    @cached_property
    def by_letter(self) -> Mapping[str, tuple[Shown, ...]]:
        """By how the name begins: A to Z as it is said or written, then #."""
        found: dict[str, list[Shown]] = {}
        for each in self.all:
            found.setdefault(letter(each.name).upper() or "#", []).append(each)
        return {begun: tuple(found[begun]) for begun in sorted(found, key=lambda begun: (begun == "#", begun))}

    def under(self, begun: str) -> tuple[Shown, ...]:
        """Those of a letter in the order of names, sounded out only for who looks there."""
        return tuple(sorted(self.by_letter.get(begun, ()), key=lambda each: (initial(each.name), each.name)))

    def of_kind(self, kind: str) -> tuple[Shown, ...]:
        """Those of a kind."""
        return tuple(each for each in self.all if each.kind == kind)

    def cloud(self, most: int) -> list[tuple[Shown, int]]:
        """The most frequent with a size from 1, in the order of how they begin."""
        chosen = self.all[:most]
        if not chosen:
            return []
        least, widest = math.log(chosen[-1].count), math.log(chosen[0].count) - math.log(chosen[-1].count)
        sizes = [1 + round((SIZES - 1) * (math.log(each.count) - least) / (widest or 1)) for each in chosen]
        return sorted(zip(chosen, sizes, strict=True), key=lambda pair: (initial(pair[0].name), pair[0].name))

    def near(self, typed: str, spelled: Iterable[str]) -> list[str]:
        """Names like the one that was typed: those that a speller gives, then those written alike."""
        folded = same_name(typed)
        letters = set(folded)
        alike = [each for each in self.by_name if 2 * len(letters & set(each)) >= len(letters)][:MOST_COMPARED]
        found = [*map(same_name, spelled), *get_close_matches(folded, alike, MOST_NEAR, LEAST_LIKE)]
        return [self.by_name[each].name for each in dict.fromkeys(found) if each in self.by_name][:MOST_NEAR]


def tags_in(services: Services, reader: Reader) -> Tags:
    """As they are now, counted once after each change."""
    return services.kept("tags", reader, lambda: Tags(tuple(Shown(**each) for each in reader.tag_counts())))


def tags_of(month: str, services: Services, reader: Reader) -> tuple[Shown, ...]:
    """Those of the entries of a month (`2026-02`), counted once after each change."""

    def counted() -> tuple[Shown, ...]:
        return tuple(Shown(**each) for each in reader.tag_counts(f"{month}-01", f"{month}-31"))

    return services.kept(f"tags of {month}", reader, counted)


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a tag beside its entries; `below` are the tags of which it is the parent."""

    name: str
    kind: str
    aliases: tuple[str, ...]
    above: str
    below: tuple[str, ...]


def named(typed: str, tags: Tags, services: Services, reader: Reader) -> str | None:
    """The name under which a spelling is shown; None where no tag is called so, or it is hidden."""
    spelling = same_name(typed)
    listed = services.planner_for(reader).lexicon.names.get(spelling)
    if listed and same_name(listed) not in tags.by_name and not reader.curation().shown(listed):
        return None
    own = listed or typed
    return tags.by_name[same_name(own)].name if same_name(own) in tags.by_name else listed


def about(name: str, tags: Tags, services: Services, reader: Reader) -> About:
    """Of a tag as it is shown: what the list says of all that became it."""
    names = services.planner_for(reader).lexicon.names
    merged = reader.curation().aliases(name)
    listed = [known for each in (name, *merged) if (known := services.tagger.name(each))]
    spellings = dict.fromkeys((*merged, *(spelling for known in listed for spelling in known.spellings)))
    held = tags.by_name.get(same_name(name))
    above = next((names.get(same_name(each.parent), each.parent) for each in listed if each.parent), "")
    return About(
        name,
        held.kind if held else next((each.kind for each in listed), ""),
        tuple(each for each in spellings if each != name),
        above if above != name else "",
        tuple(dict.fromkeys(_below(name, services.tagger.names, names, tags))),
    )


def _below(name: str, listed: Iterable[Name], names: Mapping[str, str], tags: Tags) -> Iterator[str]:
    for each in listed:
        if each.parent and names.get(same_name(each.parent)) == name:
            own = names.get(same_name(each.name), each.name)
            if own != name and same_name(own) in tags.by_name:
                yield own


@dataclass(frozen=True, slots=True)
class Together:
    """How many of some entries have both of two names."""

    names: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]


def together(request: Request, found: Sequence[FacetCount], tags: Tags, engine: SearchEngine) -> Together:
    """The most frequent organisations, products and people of what was found, each with each."""
    kinds = {each.name: each.kind for each in tags.all}
    own = set(request.tags)
    others = [each for each in found if each.value not in own and kinds.get(each.value) in NAMED][:MOST_TOGETHER]
    counts = {(each.value, each.value): each.count for each in others}
    for one, other in combinations([each.value for each in others], 2):
        asked = replace(request, tags=(*request.tags, one, other), literal=None, limit=0, offset=0, facets=())
        counts[one, other] = counts[other, one] = engine.search(asked).total
    return Together(tuple(each.value for each in others), counts)
