"""Both sides of open conflicts in one text, between the marks that git users and editors know."""

from __future__ import annotations

from collections.abc import Sequence

_RESYNC = 2
"""Lines that must agree before two texts count as one again: a single brace agrees by chance."""

_FURTHEST = 2_000
"""Lines looked ahead for that."""


def marked(local: str, remote: str, *, labels: tuple[str, str], size: int = 7) -> str:
    """The lines of two variants of one file; where they differ, both, marked.

    Args:
        local: The text with every open conflict decided for ours.
        remote: The same for theirs.
        labels: What the two sides are called.
        size: How many characters a mark has.
    """
    ours, theirs = local.splitlines(keepends=True), remote.splitlines(keepends=True)
    pieces: list[str] = []
    for start, end, other_start, other_end in _hunks(ours, theirs):
        if start == end and other_start == other_end:
            continue
        mine, others = ours[start:end], theirs[other_start:other_end]
        if mine == others:
            pieces += mine
            continue
        pieces += [f"{'<' * size} {labels[0]}\n", *_whole_lines(mine), f"{'=' * size}\n"]
        pieces += [*_whole_lines(others), f"{'>' * size} {labels[1]}\n"]
    return "".join(pieces)


def _whole_lines(lines: Sequence[str]) -> list[str]:
    """Lines that all end, the last one of a file too: a mark stands on its own line."""
    return [line if line.endswith("\n") else line + "\n" for line in lines]


def _hunks(ours: list[str], theirs: list[str]) -> list[tuple[int, int, int, int]]:
    """Stretches of both texts, equal ones and differing ones in turn, from the first line to the last."""
    found: list[tuple[int, int, int, int]] = []
    at = other = 0
    while at < len(ours) or other < len(theirs):
        start, other_start = at, other
        while at < len(ours) and other < len(theirs) and ours[at] == theirs[other]:
            at, other = at + 1, other + 1
        found.append((start, at, other_start, other))
        if at == len(ours) and other == len(theirs):
            break
        start, other_start = at, other
        at, other = _meeting(ours, theirs, at, other)
        found.append((start, at, other_start, other))
    return found


def _meeting(ours: list[str], theirs: list[str], start: int, other_start: int) -> tuple[int, int]:
    """Where two texts go on alike behind a difference; the nearest such place."""
    for distance in range(1, _FURTHEST):
        for ahead in range(distance + 1):
            at, other = start + ahead, other_start + distance - ahead
            if at <= len(ours) and other <= len(theirs) and _agree(ours, theirs, at, other):
                return at, other
    return len(ours), len(theirs)


def _agree(ours: list[str], theirs: list[str], at: int, other: int) -> bool:
    mine = ours[at : at + _RESYNC]
    if mine != theirs[other : other + _RESYNC]:
        return False
    return len(mine) == _RESYNC or (at + len(mine) == len(ours) and other + len(mine) == len(theirs))
