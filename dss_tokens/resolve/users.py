"""Who refers to whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def users_of(*graphs: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """What refers to each token in any of *graphs*: one context may point to what another one changes."""
    users: dict[str, set[str]] = {}
    for uses in graphs:
        for path, used in uses.items():
            for target in used:
                users.setdefault(target, set()).add(path)
    return users


def closure(paths: Iterable[str], users: Mapping[str, Iterable[str]]) -> set[str]:
    """*paths* and everything that refers to them, directly or not."""
    found = set(paths)
    waiting = list(found)
    while waiting:
        for user in users.get(waiting.pop(), ()):
            if user not in found:
                found.add(user)
                waiting.append(user)
    return found
