"""A month -> the words that rise in its titles and those that are new there, with what a search finds of each."""

from __future__ import annotations

from dataclasses import dataclass

from archive.store import Reader
from indexer.engine import Request
from indexer.rising import Headlines
from web.asking import Search, understood
from web.services import Services

MOST_WORDS = 12
_EVER = "0001-01"


@dataclass(frozen=True, slots=True)
class RisingWord:
    """A word of titles, how many of the month and of the months before hold it, and the search that tells them."""

    word: str
    count: int
    before: int
    search: Search


@dataclass(frozen=True, slots=True)
class MonthWords:
    """The words of one month, and the months that it was compared with."""

    rising: tuple[RisingWord, ...]
    new: tuple[RisingWord, ...]
    compared: tuple[str, ...]


def headlines(services: Services, reader: Reader) -> Headlines:
    """The words of all titles; dear to make: 1.5 s of 13,000."""
    cut, stops = services.segmenter.cut, services.segmenter.is_stop_word
    return services.kept_beside(
        "headlines",
        reader,
        lambda own: Headlines.of(own.dated_titles(), lambda text: (word for word in cut(text) if not stops(word))),
    )


def words_of(month: str, services: Services, reader: Reader) -> MonthWords:
    """The words of a month, those that are new not among the rising ones."""
    held = headlines(services, reader)
    compared = held.before(month)
    offered = held.new(month)[:MOST_WORDS]
    counted = (_counted(word, month, _EVER, services, reader) for word in offered)
    new = tuple(each for each in counted if not each.before)  # a word may have stood inside another
    rising = [word for word in held.rising(month) if word not in offered][:MOST_WORDS]
    return MonthWords(
        tuple(_counted(word, month, compared[0], services, reader) for word in rising), new, tuple(compared)
    )


def _counted(word: str, month: str, first: str, services: Services, reader: Reader) -> RisingWord:
    """A word with the titles that a search finds in the month, and in the months from `first` on before it."""
    search = Search(text=f'标题:"{word}"', since=month, until=month)
    query = understood(search, services).request.query
    answer = services.engine_for(reader).search(Request(query=query, limit=0, facets=("month",)))
    counts = {each.value: each.count for each in answer.facets["month"]}
    before = sum(count for name, count in counts.items() if first <= name < month)
    return RisingWord(word, counts.get(month, 0), before, search)
