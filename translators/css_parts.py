"""Typed values whose simple parts are CSS text: how tools before DTCG 2025.10 write them."""

from __future__ import annotations

from typing import Any

from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.resolve.references import Malformed, pointer_parts
from dss_tokens.types import TYPES, CompositeType

from .css_values import literal

Json = Any


def text_value(kind: str, value: Json) -> Json:
    """A value, references inside kept, with every simple part as CSS text."""
    if isinstance(value, str):
        return value
    if kind in ("color", "dimension", "duration") and isinstance(value, dict):
        return literal(kind, value) if "$ref" not in value else value
    composite = TYPES.get(kind)
    if isinstance(composite, CompositeType):
        if isinstance(value, list):
            return [text_value(kind, item) for item in value]
        if isinstance(value, dict):
            return {
                name: text_value(composite.parts[name].type, part) if name in composite.parts else part
                for name, part in value.items()
            }
    return value


def without_pointers(written: Json, value: Json) -> Json:
    """*written* with every pointer as a reference in braces where it names a token, else as the *value* it leads to."""
    if isinstance(written, dict) and isinstance(written.get("$ref"), str):
        parts = pointer_parts(written["$ref"])
        is_whole = not isinstance(parts, Malformed) and parts[-1:] == ("$value",)
        return f"{{{'.'.join(parts[:-1])}}}" if is_whole and not isinstance(parts, Malformed) else value
    if isinstance(written, dict) and isinstance(value, dict):
        return {name: without_pointers(part, value.get(name)) for name, part in written.items()}
    if isinstance(written, list) and isinstance(value, list) and len(written) == len(value):
        return [without_pointers(part, other) for part, other in zip(written, value, strict=True)]
    return written


def holds_pointer(value: Json) -> bool:
    """Whether a pointer stands anywhere in a value."""
    if isinstance(value, dict):
        return "$ref" in value or any(map(holds_pointer, value.values()))
    return isinstance(value, list) and any(map(holds_pointer, value))


def reads_back(token: ResolvedToken, value: Json) -> bool:
    """Whether reading *value* gives what was written, ``hex`` aside, which only repeats the components."""
    return same_value(_read(token.type, value), token.written)


def _read(kind: str, value: Json) -> Json:
    found = TYPES.get(kind)
    if isinstance(value, str) and value[:1] == "{":
        return value
    if found is None:
        return value
    if isinstance(found, CompositeType):
        if isinstance(value, list):
            return [_read(kind, item) for item in value]
        if isinstance(value, dict):
            return {n: _read(found.parts[n].type, part) if n in found.parts else part for n, part in value.items()}
        return value
    if found.fits(value):
        return value
    return found.upgrade(value)


def same_value(one: Json, other: Json) -> bool:
    """Whether two values mean the same: ``hex`` and an alpha of 1 only repeat what a colour says."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = (one.keys() | other.keys()) - {"hex"}
        defaults = {"alpha": 1}
        return all(same_value(one.get(k, defaults.get(k)), other.get(k, defaults.get(k))) for k in keys)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_value, one, other))
    return (bool(one == other) and type(one) is not bool) or one is other
