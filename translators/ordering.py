"""Orders for languages that define before they use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from itertools import compress


def defined_first(paths: Iterable[str], uses: Mapping[str, tuple[str, ...]], late: Set[str] | None = None) -> list[str]:
    """*paths* such that each comes after those it uses, otherwise in the order given; see the other function."""
    paths = list(paths)
    order = places_defined_first(paths, uses, late)
    return paths if order is None else [paths[place] for place in order]


def places_defined_first(
    paths: Iterable[str], uses: Mapping[str, tuple[str, ...]], late: Set[str] | None = None
) -> list[int] | None:
    """The places of *paths* in such an order, ``None`` where they have it as they stand.

    Args:
        paths: Those to order.
        uses: Path -> what it refers to.
        late: Where it is known: those that may come before something they use.
    """
    paths = list(paths)
    places = dict(zip(paths, range(len(paths)), strict=True))
    uses_of, place_of = uses.get, places.get
    waiting = []
    for path in paths if late is None else late:
        if (used := uses_of(path)) and (place := place_of(path)) is not None:
            for other in used:
                if place_of(other, -1) > place:
                    waiting.append(place)
                    break
    if not waiting:
        return None
    free = bytearray(b"\1") * len(paths)  # not in the order yet, nor on the way to it
    order: list[int] = []
    start = 0
    for first in sorted(waiting):
        if not free[first]:
            continue
        order += compress(range(start, first), free[start:first])
        start = first
        stack = [first]
        while stack:
            place = stack.pop()
            if place < 0:
                order.append(~place)
            elif free[place]:
                free[place] = 0  # two tokens may use parts of each other: neither is defined by the other's name
                stack.append(~place)  # once all that it uses are in the order
                for path in reversed(uses_of(paths[place], ())):
                    at = place_of(path, -1)
                    if at > first and free[at]:
                        stack.append(at)
    order += compress(range(start, len(paths)), free[start:])
    return order
