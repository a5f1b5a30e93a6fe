"""Which token a text may name in place of a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dss_tokens.resolve.answers import ResolvedToken

from .css_values import Reference


def referring(tokens: Mapping[str, ResolvedToken], names: Mapping[str, str], form: tuple[str, str]) -> Reference:
    """Refers to the token at a path where it stands for just the value that is needed.

    Args:
        tokens: The permutation.
        names: Path -> name of each token that may be referred to.
        form: What stands before and behind the name.

    Without a type, in the middle of a text, any token will do.
    """

    before, behind = form

    def reference(path: str, kind: str, value: Any) -> str | None:
        name = names.get(path)
        target = tokens.get(path)
        if target is not None and name is not None and target[2] is value and target[1] == kind:  # nearly always
            return f"{before}{name}{behind}"
        if name is None:
            path = _older(path, tokens)
            name = names.get(path)
            target = tokens.get(path)
        if name is None or target is None:
            return None
        return f"{before}{name}{behind}" if not kind or stands_for(target, kind, value) else None

    return reference


def stands_for(target: ResolvedToken, kind: str, value: Any) -> bool:
    """Whether *target*'s text is right where a *value* of type *kind* is needed.

    Text and numbers are written alike in every type but for strings, which some types put into quotes.
    """
    found = target.value
    if found is value:
        return target.type == kind or type(value) is not str
    if type(found) is list and len(found) == 1 and target.type == kind:
        return found[0] is value or found[0] == value  # a list of one shadow stands in another list
    return target.type == kind and bool(found == value)


def _older(path: str, tokens: Mapping[str, ResolvedToken]) -> str:
    """``{a.b.value}`` and ``{group}`` as older tools wrote them."""
    if path.endswith(".value") and path not in tokens:
        return path[: -len(".value")]
    return f"{path}.$root"
