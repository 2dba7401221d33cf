"""A document's texts and a query's terms -> how much of the query stands together in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

WINDOW = 40  # characters

Weighted = tuple[str, float]


def share_of_best_window(texts: Iterable[str], terms: Sequence[Weighted]) -> float:
    """The share (0 to 1) of the terms' weight that the best window of WINDOW characters of one text holds."""
    whole = sum(weight for _, weight in terms)
    if not whole:
        return 0.0
    return max((_best_window(text, terms) for text in texts), default=0.0) / whole


def _best_window(text: str, terms: Sequence[Weighted]) -> float:
    found = sorted(_occurrences(text, terms))
    held = [0] * len(terms)
    best = weight = 0.0
    first = 0
    for start, number in found:
        weight += 0 if held[number] else terms[number][1]
        held[number] += 1
        while start + len(terms[number][0]) - found[first][0] > WINDOW and found[first][0] < start:
            left = found[first][1]
            held[left] -= 1
            weight -= 0 if held[left] else terms[left][1]
            first += 1
        best = max(best, weight)
    return best


def _occurrences(text: str, terms: Sequence[Weighted]) -> Iterator[tuple[int, int]]:
    """(place, number of the term) of each time that a term stands in the text."""
    for number, (term, _) in enumerate(terms):
        place = text.find(term)
        while place >= 0:
            yield place, number
            place = text.find(term, place + 1)
