"""A Python module: frozen dataclasses for the values, a typed constant per token, and what each context changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..code_text import said
from ..format_options import Known
from ..group_notes import GroupNotes
from ..identifiers import identifiers
from ..losses import Losses
from ..measures import as_list, families
from ..modes import modes, said_by
from ..registry import formats
from ..rendering import Rendering, all_tokens
from ..templating import render

OPTIONS: Known = {}

_TYPES = {
    "color": "Color", "dimension": "Dimension", "duration": "Duration", "number": "float",
    "fontFamily": "tuple[str, ...]",
    "fontWeight": "int | float | str", "cubicBezier": "CubicBezier", "strokeStyle": "str | StrokeStyle",
    "border": "Border", "transition": "Transition", "shadow": "tuple[Shadow, ...]",
    "gradient": "tuple[GradientStop, ...]", "typography": "Typography", "boolean": "bool",
}  # fmt: skip


@formats.register("python/module", "python")
def module(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``python/module``: needs nothing but the standard library; passes a strict type check."""
    shown = rendering.tokens
    names, found = identifiers(rendering.names, shown, "constant", "python", ("TOKENS", "CONTEXTS"))
    rendering.diagnostics += found
    groups = GroupNotes(rendering.permutations, "# {}".format)
    constants = [
        {
            "name": names[path],
            "type": _TYPES.get(token.type, "object")
            if not isinstance(token.value, str) or token.type == "fontFamily"
            else "str",
            "value": _expression(token.type, token.value),
            "groups": groups.before(token),
            "comment": _docstring(token),
            "key": repr(path),
        }
        for path, token in shown.items()
    ]
    _, *others = modes(rendering.permutations)
    contexts = {
        repr(mode.name): [(repr(token.path), _expression(token.type, token.value)) for token in said_by(mode)]
        for mode in others
    }
    losses = Losses()
    for path, token in all_tokens(rendering.permutations).items():
        losses.path = path
        losses.other_parts(token.type, token.value)
    rendering.diagnostics += losses.diagnostics(rendering.platform)
    text = render("python/module.py.j2", constants=constants, contexts=contexts)
    yield OutputFile(rendering.platform.out, text)


def _docstring(token: ResolvedToken) -> str:
    text = said(token)
    return repr(text) if text else ""


def _expression(kind: str, value: Any) -> str:
    """A value as a Python expression."""
    if isinstance(value, str) and kind != "fontFamily":
        return repr(value)
    if kind == "color":
        parts = ", ".join(map(repr, value["components"]))
        return f"Color({value['colorSpace']!r}, ({parts}), {value.get('alpha', 1)!r})"
    if kind in ("dimension", "duration"):
        return f"{kind.capitalize()}({value['value']!r}, {value['unit']!r})"
    if kind == "fontFamily":
        return "(" + "".join(f"{name!r}, " for name in families(value)).rstrip() + ")"
    if kind == "cubicBezier":
        return f"CubicBezier({', '.join(map(repr, value))})"
    composite = _COMPOSITES.get(kind)
    if composite is not None and not isinstance(value, str):
        return composite(value)
    return repr(value)


def _parts(name: str, kinds: dict[str, str], value: dict[str, Any]) -> str:
    shown = [
        f"{_SNAKE.get(part, part)}={_expression(kind, value[part])}" for part, kind in kinds.items() if part in value
    ]
    return f"{name}({', '.join(shown)})"


_SNAKE = {
    "offsetX": "offset_x", "offsetY": "offset_y", "timingFunction": "timing_function", "fontFamily": "font_family",
    "fontSize": "font_size", "fontWeight": "font_weight", "letterSpacing": "letter_spacing",
    "lineHeight": "line_height",
}  # fmt: skip
_SHADOW = {"color": "color", "offsetX": "dimension", "offsetY": "dimension", "blur": "dimension", "spread": "dimension",
           "inset": "boolean"}  # fmt: skip
_BORDER = {"color": "color", "width": "dimension", "style": "strokeStyle"}
_TRANSITION = {"duration": "duration", "delay": "duration", "timingFunction": "cubicBezier"}
_TYPOGRAPHY = {"fontFamily": "fontFamily", "fontSize": "dimension", "fontWeight": "fontWeight",
               "letterSpacing": "dimension", "lineHeight": "number"}  # fmt: skip


def _tuple(name: str, kinds: dict[str, str], value: Any) -> str:
    return "(" + "".join(f"{_parts(name, kinds, item)}, " for item in as_list(value)).rstrip() + ")"


def _stroke(value: dict[str, Any]) -> str:
    dashes = "".join(f"{_expression('dimension', dash)}, " for dash in value["dashArray"]).rstrip()
    return f"StrokeStyle(({dashes}), {value['lineCap']!r})"


_COMPOSITES = {
    "shadow": lambda value: _tuple("Shadow", _SHADOW, value),
    "gradient": lambda value: _tuple("GradientStop", {"color": "color", "position": "number"}, value),
    "border": lambda value: _parts("Border", _BORDER, value),
    "transition": lambda value: _parts("Transition", _TRANSITION, value),
    "typography": lambda value: _parts("Typography", _TYPOGRAPHY, value),
    "strokeStyle": _stroke,
}
