"""Values as token files write them -> values as Figma's API writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..records import Raw
from ..values.numbers import is_number

_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_FUNCTION = re.compile(r"rgba?\(([^()]*)\)", re.IGNORECASE)
_LENGTH = re.compile(r"(-?[0-9.]+(?:e[+-]?[0-9]+)?)\s*(px|rem|em|ms|s|%)?", re.IGNORECASE)
_REM = 16
"""What 1 rem is in Figma's px."""


def reference(value: object) -> tuple[str, ...] | None:
    """The names of a whole-string brace reference."""
    if isinstance(value, str) and len(value) > 2 and value[0] == "{" and value[-1] == "}" and "{" not in value[1:]:
        return tuple(part.strip() for part in value[1:-1].split("."))
    return None


def color(value: object) -> Raw | None:
    """``{r,g,b,a}`` of a DTCG colour object, a hex string or ``rgb()``/``rgba()``; ``None``: none of these."""
    if isinstance(value, Mapping):
        return _color_object(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if _HEX.fullmatch(text):
        return _hex(text[1:])
    function = _FUNCTION.fullmatch(text)
    return _rgb(function[1]) if function else None


def _color_object(value: Mapping[str, Any]) -> Raw | None:
    if "r" in value:
        return dict(value)
    components, alpha, fallback = value.get("components"), value.get("alpha", 1), value.get("hex")
    if (
        value.get("colorSpace", "srgb") == "srgb"
        and isinstance(components, list)
        and len(components) == 3
        and all(map(is_number, components))
    ):
        channels: dict[str, Any] = dict(zip("rgb", components, strict=True))
    elif isinstance(fallback, str) and _HEX.fullmatch(fallback):
        channels = _hex(fallback[1:])
    else:
        return None
    return {**channels, "a": alpha} if is_number(alpha) else channels


def _hex(digits: str) -> dict[str, float]:
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[at : at + 2], 16) / 255 for at in range(0, len(digits), 2)]
    return dict(zip("rgba", [*channels, 1][:4], strict=True))


def _rgb(inside: str) -> dict[str, float] | None:
    parts = [part for part in re.split(r"[\s,/]+", inside.strip()) if part]
    if len(parts) not in (3, 4):
        return None
    try:
        red, green, blue = (float(p[:-1]) / 100 if p.endswith("%") else float(p) / 255 for p in parts[:3])
        alpha = 1.0
        if len(parts) == 4:
            alpha = float(parts[3][:-1]) / 100 if parts[3].endswith("%") else float(parts[3])
    except ValueError:
        return None
    return {"r": red, "g": green, "b": blue, "a": alpha}


def number(value: object) -> int | float | None:
    """A bare number, ``{"value", "unit"}`` or ``"16px"`` in the units Figma counts in: px and ms."""
    unit: object = None
    if isinstance(value, Mapping):
        unit = value.get("unit")
        value = value.get("value")
    elif isinstance(value, str):
        match = _LENGTH.fullmatch(value.strip())
        if match is None:
            return None
        try:
            value, unit = float(match[1]), match[2]
        except ValueError:
            return None
    if not is_number(value):
        return None
    assert isinstance(value, (int, float))
    factor = {"rem": _REM, "em": _REM, "s": 1000}.get(str(unit).lower(), 1)
    return value * factor
