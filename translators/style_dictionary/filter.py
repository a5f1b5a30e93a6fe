"""Filters: which tokens go into a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dss_tokens.diagnostics import Diagnostic

from .ecmascript.values import loosely_equal
from .format import FormatError
from .registry import Registry
from .transform import Token

Filter = Callable[[Token], bool]
"""Whether a transformed token is kept."""

filters: Registry[Filter] = Registry("filter", f"{__package__}.filters")


def matching(pattern: Mapping[str, Any]) -> Filter:
    """A filter that keeps tokens with the members of *pattern*; plain values are compared as ``==`` does.

    Raises:
        FormatError: When called with a token that lacks an object *pattern* looks into.
    """
    if all(isinstance(value, str) for value in pattern.values()):
        return _with_texts(tuple(pattern.items()))
    return lambda token: _matches(token, pattern, token)


def unknown_member(pattern: Mapping[str, Any], tokens: Iterable[Token]) -> str | None:
    """Advice on a *pattern* that keeps nothing because no token has one of its members."""
    from difflib import get_close_matches

    members = {member for token in tokens for member in token}
    for key in pattern:
        if key not in members:
            near = get_close_matches(key, members, 1)
            return f"no token has {key}" + (f"; did you mean {near[0]}?" if near else "")
    return None


def _with_texts(pattern: tuple[tuple[str, str], ...]) -> Filter:
    def keep(token: Token) -> bool:
        for key, wanted in pattern:
            found = token.get(key)
            if found != wanted and (isinstance(found, str) or not loosely_equal(found, wanted)):
                return False
        return True

    return keep


def _matches(found: Any, pattern: Any, token: Token) -> bool:
    if not isinstance(pattern, Mapping):
        return loosely_equal(found, pattern)
    for key, wanted in pattern.items():
        if found is None:
            name = token["key"][1:-1]
            raise FormatError(
                Diagnostic(
                    code="DSS357",
                    message=f"a filter looks for {key} in something that {name} does not have",
                    hint="filter by a member that every token has, such as type, path or attributes",
                    path=name,
                )
            )
        if not _matches(found.get(key) if isinstance(found, Mapping) else None, wanted, token):
            return False
    return True
