"""References as they are written: ``{color.base.red}`` anywhere in text, nested to any depth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dss_tokens.source import Location

REFERENCE = re.compile(r"\{[^}]+\}")

KEPT = frozenset({"original", "key", "path", "attributes"})
"""Keys whose content is never resolved, at any depth."""


def key_of(reference: str) -> str:
    """The key of the token that *reference* (with braces) names; white space inside the braces is forgiven."""
    return "{" + reference[1:-1].strip() + "}"


def uses_references(value: Any) -> bool:
    """Whether there is a reference anywhere in *value*."""
    if isinstance(value, str):
        return "{" in value and REFERENCE.search(value) is not None
    if isinstance(value, dict):
        return any(map(uses_references, value.values()))
    return isinstance(value, list) and any(map(uses_references, value))


def references(value: Any, at: Location = ()) -> Iterator[tuple[str, Location]]:
    """Every reference in *value* that is to be resolved, with where in *value* it stands."""
    if isinstance(value, str):
        if "{" in value:
            for found in REFERENCE.findall(value):
                yield found, at
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in KEPT:
                yield from references(item, (*at, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from references(item, (*at, index))


def keeps_references(value: Any) -> bool:
    """Whether a reference stands below a key that is never resolved: such a value is never free of references."""
    if isinstance(value, dict):
        return any(uses_references(item) if key in KEPT else keeps_references(item) for key, item in value.items())
    return isinstance(value, list) and any(map(keeps_references, value))
