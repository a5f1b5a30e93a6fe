"""Typed values as JavaScript literals: numbers as numbers, text styles as objects, everything else as CSS text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.types import TYPES, CompositeType

from .code_text import javascript_string
from .modes import modes, said_by
from .rendering import Rendering

Json = Any


def literal(rendering: Rendering, token: ResolvedToken) -> str:
    """A token's value as a literal; as an object where one CSS text could not hold all of it."""
    value = token.value
    if token.type == "typography" or type(value if token.type == "strokeStyle" else _style(value)) is dict:
        return _part(rendering, token.type, value)
    return _simple(token.type, value, rendering.text(token))


def _style(value: Json) -> Json:
    return value.get("style") if type(value) is dict else None


def _part(rendering: Rendering, kind: str, value: Json) -> str:
    composite = TYPES.get(kind)
    if type(value) is dict and isinstance(composite, CompositeType):
        kinds = {name: part.type for name, part in composite.parts.items()}
        inner = {name: _part(rendering, kinds.get(name, "string"), part) for name, part in value.items()}
        return "{ " + ", ".join(f"{_key(name)}: {text}" for name, text in inner.items()) + " }"
    if kind == "dashArray" and type(value) is list:
        return f"[{', '.join(_part(rendering, 'dimension', dash) for dash in value)}]"
    return _simple(kind, value, rendering.literal(kind, value))


def _key(name: str) -> str:
    return name if name.isascii() and name.isidentifier() else javascript_string(name)


def _simple(kind: str, value: Json, text: str) -> str:
    """A value with its CSS *text*."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if kind in ("number", "fontWeight") and not isinstance(value, str | dict | list):
        return text
    if kind == "fontWeight":
        return text if text.isdigit() else javascript_string(text)
    return javascript_string(value if kind in _WORDS and isinstance(value, str) else text)


_WORDS = ("string", "lineCap")


def changed_by_context(rendering: Rendering) -> Mapping[str, list[tuple[str, str]]]:
    """Context, e.g. ``"theme-dark"`` -> key and literal of each token that differs there."""
    _, *others = modes(rendering.permutations)
    return {
        javascript_string(mode.name): [
            (javascript_string(rendering.names[token.path]), literal(rendering, token)) for token in said_by(mode)
        ]
        for mode in others
    }
