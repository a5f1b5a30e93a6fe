"""DTCG values -> Figma's."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..records import Raw
from ..values.numbers import is_number, shortest
from .braces import guarded
from .scopes import KINDS, fits, to_value

WEIGHT_NAMES: dict[int | float, str] = {
    100: "Thin",
    200: "Extra Light",
    300: "Light",
    400: "Regular",
    500: "Medium",
    600: "Semi Bold",
    700: "Bold",
    800: "Extra Bold",
    900: "Black",
    950: "Extra Black",
}

RESOLVED_TYPES = {
    "color": "COLOR",
    "dimension": "FLOAT",
    "number": "FLOAT",
    "duration": "FLOAT",
    "fontWeight": "FLOAT",
    "fontFamily": "STRING",
    "string": "STRING",
    "cubicBezier": "STRING",
    "boolean": "BOOLEAN",
}
"""What a new variable becomes."""


class Written(NamedTuple):
    """A value for Figma, or why there is none."""

    value: Raw | None
    problem: str | None = None
    """Why there is no value."""

    remark: str | None = None
    """What was lost on the way."""


class Notation(NamedTuple):
    """The project's decisions about values."""

    color_profile: str = "srgb"
    rem: float = 16.0
    """What 1 rem is in px."""


def to_figma(type_: str | None, value: Any, resolved: str, origin: dict[str, Any], notation: Notation) -> Written:
    """The literal *value* of a token of *type_*, for a variable of the type *resolved*.

    Args:
        type_: The token's DTCG type.
        value: Its literal value.
        resolved: ``resolvedType`` of the variable.
        origin: The token's ``com.figma`` extension: what the pull remembered.
        notation: How lengths and colours are counted.
    """
    remembered = origin.get("value")
    if remembered is not None and _unchanged(type_, value, remembered, notation):
        return Written(remembered)
    value = _upgraded(type_, value)
    if resolved == "COLOR":
        return _color(value, notation.color_profile) if type_ == "color" else _misfit(type_, resolved)
    if resolved == "FLOAT":
        return _number(type_, value, origin.get("scale", 1), notation.rem)
    if resolved == "BOOLEAN":
        return Written(value) if isinstance(value, bool) else _misfit(type_, resolved)
    if resolved == "STRING":
        return _text(type_, value)
    return Written(None, f"its Figma type is {resolved}")


def _upgraded(type_: str | None, value: Any) -> Any:
    """*value*, of an older form such as ``"#f00"`` or ``"8px"`` in the present one."""
    if type_ not in ("color", "dimension", "duration") or isinstance(value, dict):
        return value
    from dss_tokens.types import TYPES, Kept, SimpleType

    kind = TYPES[type_]
    found = kind.upgrade(value) if isinstance(kind, SimpleType) else None
    return value if found is None or isinstance(found, Kept) else found


def _unchanged(type_: str | None, value: Any, remembered: Raw, notation: Notation) -> bool:
    """Whether *value* is still what the pull made of *remembered*."""
    kind = KINDS.get(type_ or "")
    if kind is None or isinstance(remembered, dict) or not fits(kind, (remembered,)):
        return False
    return bool(guarded(to_value(kind, remembered, notation.color_profile)) == value)


def _misfit(type_: str | None, resolved: str) -> Written:
    return Written(None, f"a {type_ or 'token without type'} does not fit a variable of the type {resolved}")


def _color(value: Any, profile: str) -> Written:
    if not isinstance(value, dict) or not isinstance(value.get("components"), list):
        return Written(None, "it is no color")
    remark = None
    channels = [0 if channel == "none" else channel for channel in value["components"]]
    if value.get("colorSpace") != profile:
        from dss_tokens.color import to_library

        converted = to_library(value).convert(profile)
        if not converted.in_gamut(tolerance=1e-4):
            remark = f"it is outside {profile} and was mapped into it"
        channels = converted.fit(method="oklch-chroma").coords(nans=False)
    alpha = value.get("alpha", 1)
    clipped = [min(max(channel, 0), 1) for channel in (*channels, alpha)]
    return Written(dict(zip("rgba", map(shortest, clipped), strict=True)), remark=remark)


def _number(type_: str | None, value: Any, scale: Any, rem: float) -> Written:
    if isinstance(value, dict) and is_number(value.get("value")):
        unit = value.get("unit")
        factor = {"px": 1, "rem": rem, "ms": 1, "s": 1000}.get(str(unit))
        if factor is None:
            return Written(None, f"Figma has no unit {unit}")
        remark = f"1 rem became {rem:g} px" if unit == "rem" else None
        return Written(shortest(value["value"] * factor), remark=remark)
    if type_ == "fontWeight" and isinstance(value, str):
        from ..values.weights import parse_weight

        parsed = parse_weight(value)
        return Written(parsed[0]) if parsed else _misfit(type_, "FLOAT")
    if type_ in ("number", "fontWeight") and is_number(value):
        return Written(shortest(value * scale) if is_number(scale) and scale != 1 else shortest(value))
    return _misfit(type_, "FLOAT")


def _text(type_: str | None, value: Any) -> Written:
    if type_ == "fontFamily":
        families = value if isinstance(value, list) else [value]
        if families and all(isinstance(family, str) for family in families):
            remark = "Figma uses one family: the first" if len(families) > 1 else None
            return Written(families[0], remark=remark)
    if type_ == "fontWeight":
        name = WEIGHT_NAMES.get(value) if is_number(value) else _title(value)
        return Written(name) if name else Written(None, f"there is no style name for the weight {value}")
    if type_ == "cubicBezier" and isinstance(value, list) and all(map(is_number, value)):
        return Written(f"cubic-bezier({', '.join(map(str, value))})")
    return Written(value) if isinstance(value, str) else _misfit(type_, "STRING")


def _title(value: Any) -> str | None:
    return value.replace("-", " ").title() if isinstance(value, str) else None


def same_raw(one: Raw, other: Raw) -> bool:
    """Whether two values of Figma are one: colours within 1/512, alpha within 1/1000, numbers as float32."""
    if isinstance(one, dict) and isinstance(other, dict) and "r" in one and "r" in other:
        near = all(abs(one[channel] - other[channel]) < 1 / 512 for channel in "rgb")
        return near and abs(one.get("a", 1) - other.get("a", 1)) < 1 / 1000
    if is_number(one) and is_number(other):
        return shortest(float(one)) == shortest(float(other))
    return type(one) is type(other) and bool(one == other)
