"""Orders for languages that define before they use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set


def defined_first(paths: Iterable[str], uses: Mapping[str, tuple[str, ...]], late: Set[str] | None = None) -> list[str]:
    """*paths* such that each comes after those it uses, otherwise in the order given.

    Args:
        paths: Those to order.
        uses: Path -> what it refers to.
        late: Where it is known: those that may come before something they use.
    """
    known = paths if isinstance(paths, dict) else dict.fromkeys(paths)
    ordered: dict[str, None] = {}
    for first in known:
        if first in ordered:
            continue
        if late is not None and first not in late:
            ordered[first] = None
            continue
        for used in uses.get(first, ()):
            if used not in ordered and used in known:
                break
        else:  # nothing to wait for: nearly always
            ordered[first] = None
            continue
        stack = [first]
        entered = set()  # two tokens may use parts of each other: neither is defined by the other's name
        while stack:
            path = stack[-1]
            if path in ordered:
                stack.pop()
                continue
            entered.add(path)
            waiting = [u for u in uses.get(path, ()) if u not in ordered and u in known and u not in entered]
            if waiting:
                stack += reversed(waiting)
            else:
                ordered[path] = None
                stack.pop()
    return list(ordered)
