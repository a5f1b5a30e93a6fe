"""A token's value as text where a format prints it into one line.

Style Dictionary leaves that to JavaScript's ``String``, so mappings print as ``[object Object]``. Here
they print as CSS would have them, by the token's type or else by their shape, and as JSON failing that.
"""

from __future__ import annotations

from typing import Any

from . import composites
from .color.css import ColorSyntaxError, is_dtcg_color, to_srgb
from .ecmascript.json import compact
from .ecmascript.numbers import number_text
from .ecmascript.values import text

_SIZE_OBJECT = {"original", "number", "decimal", "scale"}
"""What the transform ``size/object`` makes."""


def value_text(value: Any, type_: Any = None) -> str:
    """*value* of a token of type *type_*, in one line."""
    if isinstance(value, str):
        return value
    if not holds_mapping(value):
        return text(value)
    try:
        found = _by_type(value, type_)
    except ColorSyntaxError:
        found = None
    return compact(value) if found is None else found


def holds_mapping(value: Any) -> bool:
    """Whether JavaScript would print ``[object Object]`` somewhere in *value*."""
    return isinstance(value, dict) or (isinstance(value, list) and any(map(holds_mapping, value)))


def _by_type(value: Any, type_: Any) -> str | None:
    if isinstance(value, list):
        return ",".join("" if item is None else _item(item, type_) for item in value)
    match type_:
        case "shadow":
            return composites.shadow(value)
        case "border":
            return composites.border(value)
        case "typography":
            return composites.typography(value, "16")
        case "transition":
            return composites.transition(value)
        case "strokeStyle":
            return "dashed"
    if is_dtcg_color(value) or type_ == "color":
        return _color(value)
    if value.keys() == _SIZE_OBJECT:
        return value_text(value["original"])
    if value.keys() == {"value", "unit"} and not holds_mapping([value["value"]]):
        return text(value["value"]) + text(value["unit"])
    return None


def _item(item: Any, type_: Any) -> str:
    return _stop(item) if type_ == "gradient" else value_text(item, type_ if type_ == "shadow" else None)


def _stop(stop: Any) -> str:
    if not isinstance(stop, dict):
        return value_text(stop)
    painted = stop.get("color")
    color = painted if isinstance(painted, str) else value_text(painted, "color")
    position = stop.get("position")
    if isinstance(position, int | float):
        return f"{color} {number_text(round(position * 100, 4))}%"
    return color if position is None else f"{color} {value_text(position)}"


def _color(value: dict[str, Any]) -> str | None:
    found = to_srgb(value)
    if found is None:
        return None
    if found.alpha == 1:
        return "#" + found.hex6()
    red, green, blue = found.channels()
    return f"rgba({red}, {green}, {blue}, {number_text(found.alpha)})"


def color_shares(value: Any) -> list[str] | None:
    """Red, green and blue as shares of 1, or ``None`` where *value* is no colour."""
    found = to_srgb(value)
    return None if found is None else [number_text(channel / 255) for channel in found.channels()]
