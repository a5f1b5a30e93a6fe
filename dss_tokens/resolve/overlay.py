"""Another permutation as an overlay: only what a context changes is resolved again."""

from __future__ import annotations

from ..json_equality import same
from ..model import Token, TokenSet
from .evaluation import Evaluation


def overlay(base: Evaluation, tokens: TokenSet) -> tuple[Evaluation, set[str]]:
    """Resolves *tokens*, a set that differs little from *base*'s.

    Returns:
        The evaluation (its ``done`` in the order of *tokens*), and the paths whose own value, type or mark, or
        anything in their chains of references, differs from the base.
    """
    before, after = base.tokens.tokens, tokens.tokens
    changed = {
        path for path, token in after.items() if (old := before.get(path)) is not token and not _is_same(old, token)
    }
    changed |= before.keys() - after.keys()
    changed |= _in_changed_groups(base.tokens, tokens)
    changed |= _changed_groups(base.tokens, tokens)
    affected = _closure(base, changed)
    evaluation = Evaluation(tokens, strict=base.strict, done=dict(base.done))
    evaluation.failed = base.failed - affected
    evaluation.uses = dict(base.uses)
    evaluation.adapted = set(base.adapted)
    evaluation.has_places = len(base.done) == len(after) and list(base.done) == list(after)
    for path in affected:
        evaluation.uses.pop(path, None)
        if evaluation.has_places and path in after:  # not a group
            evaluation.done[path] = None  # type: ignore[assignment]  # its place
        else:
            evaluation.done.pop(path, None)
    affected = {path for path in affected if path in after}
    evaluation.run(path for path in after if path in affected)
    return evaluation, affected


def _is_same(old: Token | None, new: Token) -> bool:
    """Whether a token is one and the same: an equal object of another place may say ``true`` for ``1``."""
    return old is new or (old is not None and old.node is new.node and old[3:] == new[3:])


def _changed_groups(before: TokenSet, after: TokenSet) -> set[str]:
    """Groups whose properties differ: a pointer may lead into them."""
    return {
        path
        for path, group in after.groups.items()
        if (old := before.groups.get(path)) is not group and (old is None or not same(old.properties, group.properties))
    }


def _in_changed_groups(before: TokenSet, after: TokenSet) -> set[str]:
    """Tokens below groups whose cascading properties differ."""
    if before.groups is after.groups:
        return set()
    roots = [
        path
        for path in before.groups.keys() | after.groups.keys()
        if before.groups.get(path) is not after.groups.get(path) and _cascading(before, path) != _cascading(after, path)
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
    users = base.users()
    affected = set(changed)
    waiting = list(changed)
    while waiting:
        for user in users.get(waiting.pop(), ()):
            if user not in affected:
                affected.add(user)
                waiting.append(user)
    return affected
