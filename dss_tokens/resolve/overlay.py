"""Another permutation as an overlay: only what a context changes is resolved again."""

from __future__ import annotations

from ..model import TokenSet
from .evaluation import Evaluation


def overlay(base: Evaluation, tokens: TokenSet) -> tuple[Evaluation, set[str]]:
    """Resolves *tokens*, a set that differs little from *base*'s.

    Returns:
        The evaluation (its ``done`` in the order of *tokens*), and the paths whose own value, type or mark, or
        anything in their chains of references, differs from the base.
    """
    before, after = base.tokens.tokens, tokens.tokens
    changed = {path for path, token in after.items() if before.get(path) is not token and before.get(path) != token}
    changed |= before.keys() - after.keys()
    changed |= _in_changed_groups(base.tokens, tokens)
    affected = _closure(base, changed)
    kept = {path: found for path, found in base.done.items() if path not in affected}
    evaluation = Evaluation(tokens, strict=base.strict, done=kept)
    evaluation.failed = base.failed - affected
    evaluation.uses = {path: uses for path, uses in base.uses.items() if path not in affected}
    affected = {path for path in affected if path in after}
    evaluation.run(path for path in after if path in affected)
    evaluation.sort()
    return evaluation, affected


def _in_changed_groups(before: TokenSet, after: TokenSet) -> set[str]:
    """Tokens below groups whose cascading properties differ."""
    if before.groups is after.groups:
        return set()
    roots = [
        path
        for path in before.groups.keys() | after.groups.keys()
        if _cascading(before, path) != _cascading(after, path)
    ]
    if not roots:
        return set()
    if "" in roots:
        return set(after.tokens)
    prefixes = tuple(f"{path}." for path in roots)
    return {path for path in after.tokens if path.startswith(prefixes)}


def _cascading(tokens: TokenSet, path: str) -> tuple[object, object]:
    group = tokens.groups.get(path)
    properties = group.properties if group is not None else {}
    return properties.get("$type"), properties.get("$deprecated")


def _closure(base: Evaluation, changed: set[str]) -> set[str]:
    """*changed* and everything that refers to it, directly or not."""
    users: dict[str, list[str]] = {}
    for path, uses in base.uses.items():
        for used in uses:
            users.setdefault(used, []).append(path)
    affected = set(changed)
    waiting = list(changed)
    while waiting:
        for user in users.get(waiting.pop(), ()):
            if user not in affected:
                affected.add(user)
                waiting.append(user)
    return affected
