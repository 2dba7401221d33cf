"""A document's texts and a query's terms -> how much of the query stands together in one place."""

from __future__ import annotations

from collections.abc import Sequence

WINDOW = 40  # characters
_APART = " " * WINDOW

Weighted = tuple[str, float]


def share_of_best_window(texts: str, terms: Sequence[Weighted]) -> float:
    """The share (0 to 1) of the terms' weight that the best window of WINDOW characters of one text holds.

    The texts are closed by line feeds; no window holds parts of two.
    """
    if len(terms) == 1:
        return float(terms[0][0] in texts)
    whole = sum(weight for _, weight in terms)
    return _best_window(_occurrences(texts.replace("\n", _APART), terms), terms) / whole if whole else 0.0


def _best_window(found: list[tuple[int, int, int]], terms: Sequence[Weighted]) -> float:
    held = [0] * len(terms)
    best = weight = 0.0
    first = 0
    for start, end, number in found:
        if not held[number]:
            weight += terms[number][1]
        held[number] += 1
        while found[first][0] < start and end - found[first][0] > WINDOW:
            left = found[first][2]
            held[left] -= 1
            if not held[left]:
                weight -= terms[left][1]
            first += 1
        best = max(best, weight)
    return best


def _occurrences(text: str, terms: Sequence[Weighted]) -> list[tuple[int, int, int]]:
    """(start, end, number of the term) of each time that a term stands in the text, from left to right."""
    found = []
    find = text.find
    for number, (term, _) in enumerate(terms):
        place = find(term)
        while place >= 0:
            found.append((place, place + len(term), number))
            place = find(term, place + 1)
    found.sort()
    return found
