"""Who refers to whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dss_tokens.resolve.permutations import Permutation


def users_of(paths: Iterable[str], uses: Mapping[str, Iterable[str]]) -> set[str]:
    """*paths*, and all whose references lead to one of them.

    Args:
        paths: Where to begin.
        uses: Path -> what it refers to.
    """
    users: dict[str, list[str]] = {}
    for path, used in uses.items():
        for target in used:
            users.setdefault(target, []).append(path)
    found = set(paths)
    waiting = list(found)
    while waiting:
        for user in users.get(waiting.pop(), ()):
            if user not in found:
                found.add(user)
                waiting.append(user)
    return found


def differing(base: Permutation, other: Permutation) -> frozenset[str]:
    """Tokens of *other* whose own value, or anything in their chains of references, differs from *base*."""
    before = base.tokens
    found = {
        path for path, token in other.tokens.items()
        if path not in before or before[path].value != token.value or before[path].written != token.written
    }  # fmt: skip
    return frozenset(path for path in users_of(found, other.uses) if path in other.tokens)
