"""``@property`` definitions. Source: CSS Properties and Values API 1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dss_tokens.resolve.answers import ResolvedToken

from .css_options import Pair
from .css_sheet import Sheet

_SYNTAX = {"color": "<color>", "number": "<number>", "fontWeight": "<number>"}


def definitions(sheet: Sheet, pair: Pair | None) -> Iterator[tuple[str, list[str]]]:
    """One definition for each token that is written: its name and descriptors.

    A colour that the contexts of *pair* make one ``light-dark()`` has no type: with one it would be computed where it
    is declared, and elements inside with another scheme would inherit the wrong colour.
    """
    permutations = sheet.rendering.permutations
    late = {
        path
        for permutation in permutations.others
        if pair is not None and pair.modifier in permutation.inputs
        for path in permutation.differing
    }
    for token in sheet.rendering.tokens.values():
        syntax, initial = ("*", False) if token.type == "color" and token.path in late else _typed(token)
        lines = [f'syntax: "{syntax}";', "inherits: true;"]
        if initial:
            lines.append(f"initial-value: {sheet.rendering.text(token)};")
        yield f"@property --{sheet.names[token.path]}", lines


def _typed(token: ResolvedToken) -> tuple[str, bool]:
    """The syntax of a token's values, and whether it can have an initial value, which depends on nothing else."""
    value: Any = token.value
    if token.type in ("dimension", "duration"):
        unit = value["unit"] if type(value) is dict else None
        syntax = {"px": "<length>", "rem": "<length>", "ms": "<time>", "s": "<time>"}.get(unit or "")
        # A length in rem depends on the root's font: it can be no initial value, and without one no syntax but "*".
        return (syntax, True) if syntax is not None and unit != "rem" else ("*", False)
    if token.type in _SYNTAX and type(value) is not str:
        return _SYNTAX[token.type], True
    return "*", False
