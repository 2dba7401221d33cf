"""Two words -> how many slips of the fingers lie between them."""

from __future__ import annotations


def distance(one: str, other: str) -> int:
    """Letters left out, added, exchanged or swapped with the next one: optimal string alignment, which Damerau's
    paper (1964) counts as the four common misspellings; O(len(one) * len(other))."""
    before, row = list[int](), list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        earlier, before, row = before, row, [n]
        for m, across in enumerate(other, 1):
            least = min(before[m] + 1, row[m - 1] + 1, before[m - 1] + (letter != across))
            if n > 1 and m > 1 and one[n - 2] == across and letter == other[m - 2]:
                least = min(least, earlier[m - 2] + 1)
            row.append(least)
    return row[-1]


def letters(word: str) -> int:
    """The set of a word's letters as bits, of which one slip changes two at most: a quick look before `distance`."""
    bits = 0
    for letter in word:
        bits |= 1 << ord(letter) % 64
    return bits


def allowed(word: str) -> int:
    """How many slips may be meant in a word of this length: one, from seven letters on two, below three none."""
    return 0 if len(word) < 3 else 1 if len(word) < 7 else 2
