"""Whether a key is a known one with a slip of the fingers."""

from __future__ import annotations

from collections.abc import Iterable

_SHORT = 8
"""Keys of so many letters may differ by one slip, longer ones by two."""


def misspelt(name: str, known: Iterable[str]) -> str | None:
    """The key that *name* was meant to be: other case, a letter or two too many, missing, wrong or turned."""
    written = name.lower()
    slips = {key: _slips(written, key.lower()) for key in known if abs(len(key) - len(name)) <= 2}
    near = min(slips, key=lambda key: slips[key], default=None)
    return near if near is not None and slips[near] <= (1 if len(near) <= _SHORT else 2) else None


def _slips(one: str, other: str) -> int:
    """How many letters are to be put in, taken out, replaced or turned round to make *other* of *one*.

    The optimal string alignment distance.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]
