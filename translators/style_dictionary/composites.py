"""Composite values as CSS shorthand, the way Style Dictionary 5.5.5 writes it.

Where the original would print ``[object Object]`` or ``undefined``, the value itself is printed.
"""

from __future__ import annotations

from typing import Any

from .color.css import ColorSyntaxError, color, css_text
from .dimension import dimension
from .ecmascript.values import text, truthy

FONT_PROPERTIES = (
    "fontStyle",
    "fontVariant",
    "fontWeight",
    "fontWidth",
    "fontSize",
    "lineHeight",
    "fontFamily",
)
"""What CSS' ``font`` shorthand can hold."""


def part_text(value: Any) -> str:
    """A part of a composite: mappings by what they are, all else as JavaScript's ``String`` has it."""
    if isinstance(value, dict):
        if "colorSpace" in value:
            try:
                return css_text(color(value))
            except ColorSyntaxError:
                return text(value.get("hex", ""))
        return dimension_text(value)
    return text(value)


def dimension_text(value: Any) -> str:
    """A dimension as text, e.g. ``16px``."""
    if isinstance(value, dict) and "original" in value:  # made by the transform size/object
        value = value["original"]
    number, unit = dimension(value)
    return part_text(number) + (unit or "")


def border(value: dict[str, Any]) -> str:
    """``2px solid #000000``."""
    parts = []
    if "width" in value and (width := dimension_text(value["width"])):
        parts.append(width)
    style = value.get("style")
    if isinstance(style, dict | list) or ("style" in value and style is None):
        parts.append("dashed")  # CSS cannot say a dash pattern
    else:
        parts.append(text(style) if truthy(style) else "none")
    if painted := _color(value):
        parts.append(painted)
    return " ".join(parts)


def typography(value: dict[str, Any], base_font_px: str) -> str:
    """``500 20px/1.5 Arial``."""
    leading = "".join(
        f"{part_text(value[key])} "
        for key in ("fontStyle", "fontVariant", "fontWeight", "fontWidth")
        if truthy(value.get(key))
    )
    size = dimension_text(value["fontSize"]) if "fontSize" in value else ""
    height = dimension_text(value["lineHeight"]) if "lineHeight" in value else ""
    family = value.get("fontFamily")
    return (
        f"{leading}{size or f'{base_font_px}px'}{f'/{height} ' if height else ' '}"
        f"{'sans-serif' if family is None else part_text(family)}"
    )


def transition(value: dict[str, Any]) -> str:
    """``200ms linear 50ms``."""
    return " ".join(part_text(value[key]) for key in ("duration", "timingFunction", "delay") if key in value)


def shadow(value: Any) -> str:
    """``inset 2px 4px 10px 5px #000000``, several joined with commas."""
    if isinstance(value, list):
        return ", ".join("" if item is None else shadow(item) for item in value)
    if not isinstance(value, dict):
        return text(value)
    inset = "inset " if truthy(value.get("inset")) or value.get("type") == "inset" else ""
    offsets = " ".join(dimension_text(value[key]) if key in value else "0" for key in ("offsetX", "offsetY", "blur"))
    spread = dimension_text(value["spread"]) if "spread" in value else ""
    painted = _color(value)
    return f"{inset}{offsets} {f'{spread} ' if spread else ''}{'#000000' if painted is None else painted}"


def _color(value: dict[str, Any]) -> str | None:
    if "color" not in value:
        return None
    found = value["color"]
    return found if isinstance(found, str) else css_text(color(found))
