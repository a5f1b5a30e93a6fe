"""Orders for languages that define before they use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set


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
    moved: set[int] = set()
    order: list[int] = []
    start = 0
    for first in sorted(waiting):
        if first in moved:
            continue
        order += [place for place in range(start, first) if place not in moved]
        start = first
        stack = [first]
        entered = set()  # two tokens may use parts of each other: neither is defined by the other's name
        while stack:
            place = stack.pop()
            if place in moved:
                continue
            entered.add(place)
            needed = [
                at
                for used in uses_of(paths[place], ())
                if (at := place_of(used, -1)) > first and at not in moved and at not in entered
            ]
            if needed:
                stack.append(place)
                stack += reversed(needed)
            elif place != first:
                moved.add(place)
                order.append(place)
    return order + [place for place in range(start, len(paths)) if place not in moved]
