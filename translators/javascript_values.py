"""Typed values as JavaScript literals: numbers as numbers, everything else as CSS text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dss_tokens.resolve.answers import ResolvedToken

from .code_text import javascript_string
from .modes import modes
from .rendering import Rendering


def literal(rendering: Rendering, token: ResolvedToken) -> str:
    """A token's value as a literal."""
    value: Any = token.value
    if isinstance(value, bool):
        return "true" if value else "false"
    text = rendering.literal(token.type, value)
    if token.type in ("number", "fontWeight") and not isinstance(value, str | dict | list):
        return text
    if token.type == "fontWeight":
        return text if text.isdigit() else javascript_string(text)
    return javascript_string(value if token.type == "string" and isinstance(value, str) else text)


def changed_by_context(rendering: Rendering) -> Mapping[str, list[tuple[str, str]]]:
    """Context, e.g. ``"theme-dark"`` -> key and literal of each token that differs there."""
    return {
        javascript_string(mode.name): [
            (javascript_string(rendering.names[path]), literal(rendering, token))
            for path, token in mode.permutation.tokens.items()
            if path in mode.permutation.differing
        ]
        for mode in modes(rendering.permutations)
        if mode.permutation.inputs
    }
