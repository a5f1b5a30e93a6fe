"""``number``, ``dimension``, ``duration``, ``cubicBezier``. Source: DTCG Format 2025.10, "Types"."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from ..limits import MAX_INTEGER
from ..regex import lazy
from .protocol import Json, Kept, SimpleType, ValueFault, described, is_number

_NUMBER_TEXT = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_NUMBER = lazy(_NUMBER_TEXT)
_QUANTITY = lazy(rf"({_NUMBER_TEXT})\s*([a-zA-Z%]*)")
_LONGEST = 128
"""Characters of a text that is looked into for a number: older forms are short, and hostile ones are not."""

_FUNCTION = lazy(r"-?[a-zA-Z][a-zA-Z-]*\(.*\)", re.S)
_EASINGS: dict[str, list[float]] = {
    "linear": [0, 0, 1, 1],
    "ease": [0.25, 0.1, 0.25, 1],
    "ease-in": [0.42, 0, 1, 1],
    "ease-out": [0, 0, 0.58, 1],
    "ease-in-out": [0.42, 0, 0.58, 1],
}


def as_number(text: str) -> int | float | None:
    """The number a text writes; an integer stays one. ``None`` when it is none, or beyond what JSON readers take."""
    text = text.strip()
    if len(text) > _LONGEST or _NUMBER.fullmatch(text) is None:
        return None
    value = float(text)
    if math.isinf(value) or (value.is_integer() and abs(value) > MAX_INTEGER and text.lstrip("+-").isdigit()):
        return None
    return int(value) if value.is_integer() and abs(value) <= MAX_INTEGER else value


def split_quantity(text: str) -> tuple[int | float, str] | None:
    """``"16px"`` as ``(16, "px")``."""
    text = text.strip()
    match = _QUANTITY.fullmatch(text) if len(text) <= _LONGEST else None
    amount = as_number(match.group(1)) if match else None
    return None if match is None or amount is None else (amount, match.group(2))


def is_css_function(text: str) -> bool:
    """Whether *text* is a CSS function call such as ``calc(1rem + 2px)``."""
    return _FUNCTION.fullmatch(text.strip()) is not None


def _number_faults(value: Json) -> Iterator[ValueFault]:
    yield ValueFault("NUM-1", f"a number is needed, not {described(value)}")


def _upgrade_number(value: Json) -> Json | Kept | None:
    if not isinstance(value, str):
        return None
    parts = split_quantity(value)
    if parts is None:
        return Kept(value, "a CSS function has no form in DTCG") if is_css_function(value) else None
    number, unit = parts
    if unit == "":
        return number
    return number / 100 if unit == "%" else Kept(value, f"a number has no unit {unit}")


number = SimpleType("number", is_number, _number_faults, _upgrade_number, (int, float))


def _quantity(name: str, prefix: str, units: tuple[str, ...], bare_unit: str) -> SimpleType:
    """A type of the form ``{"value": number, "unit": unit}``."""
    listed = " or ".join(units)

    def fits(value: Json) -> bool:
        if type(value) is not dict or len(value) != 2:
            return False
        amount = value.get("value")
        return (type(amount) is float or type(amount) is int) and value.get("unit") in units

    def faults(value: Json) -> Iterator[ValueFault]:
        if not isinstance(value, dict):
            hint = f'write it as {{"value": 16, "unit": "{units[0]}"}}'
            yield ValueFault(
                f"{prefix}-1", f"a {name} is an object with value and unit, not {described(value)}", (), hint
            )
            return
        if "value" not in value:
            yield ValueFault(f"{prefix}-1", f"the {name} has no value")
        elif not is_number(value["value"]):
            yield ValueFault(
                f"{prefix}-1",
                f"the value of a {name} is a number, not {described(value['value'])}",
                ("value",),
            )
        if "unit" not in value:
            rule = "DIM-2" if name == "dimension" else f"{prefix}-1"
            yield ValueFault(rule, f"the {name} has no unit, which is needed even for 0", (), f"add a unit: {listed}")
        elif value["unit"] not in units:
            yield ValueFault(f"{prefix}-1", f"the unit {described(value['unit'])} is not one of {listed}", ("unit",))
        for key in value:
            if key not in ("value", "unit"):
                yield ValueFault("DIM-3" if name == "dimension" else f"{prefix}-1", f'a {name} has no "{key}"', (key,))

    def upgrade(value: Json) -> Json | Kept | None:
        if isinstance(value, str):
            parts = split_quantity(value)
            if parts is None:
                return Kept(value, "a CSS function has no form in DTCG") if is_css_function(value) else None
            amount, unit = parts
        elif is_number(value):
            amount, unit = value, ""
        elif isinstance(value, dict) and value.keys() == {"value", "unit"} and is_number(value["value"]):
            amount, unit = value["value"], value["unit"]
            if not isinstance(unit, str) or not unit.isalpha():
                return Kept(f"{amount}%", "DTCG has no percentages") if unit == "%" else None
        else:
            return None
        if unit.lower() in units:
            return {"value": amount, "unit": unit.lower()}
        if unit == "":
            return {"value": amount, "unit": bare_unit}
        return Kept(f"{amount}{unit}", f"DTCG knows {listed} only, not {unit}")

    return SimpleType(name, fits, faults, upgrade, (dict,))


dimension = _quantity("dimension", "DIM", ("px", "rem"), "px")
duration = _quantity("duration", "DUR", ("ms", "s"), "ms")


def _is_bezier(value: Json) -> bool:
    return (
        type(value) is list
        and len(value) == 4
        and all(type(part) is float or type(part) is int for part in value)
        and 0 <= value[0] <= 1
        and 0 <= value[2] <= 1
    )


def _bezier_faults(value: Json) -> Iterator[ValueFault]:
    if not isinstance(value, list):
        yield ValueFault("CB-1", f"a cubicBezier is an array of four numbers, not {described(value)}")
        return
    if len(value) != 4:
        yield ValueFault("CB-1", f"a cubicBezier has four numbers, not {len(value)}")
    for place, part in enumerate(value[:4]):
        if not is_number(part):
            yield ValueFault("CB-1", f"a cubicBezier holds numbers, not {described(part)}", (place,))
        elif place in (0, 2) and not 0 <= part <= 1:
            yield ValueFault("CB-2", f"x{place // 2 + 1} of a cubicBezier is {part}, outside 0 to 1", (place,))


def _upgrade_bezier(value: Json) -> Json | Kept | None:
    if not isinstance(value, str):
        return None
    text = value.strip().lower()
    if text in _EASINGS:
        return list(_EASINGS[text])
    if text.startswith("cubic-bezier(") and text.endswith(")"):
        numbers = [as_number(part) for part in text[13:-1].split(",", 4)]
        return numbers if _is_bezier(numbers) else None
    return Kept(value, "only cubic Bézier curves have a form in DTCG") if is_css_function(text) else None


cubic_bezier = SimpleType("cubicBezier", _is_bezier, _bezier_faults, _upgrade_bezier, (list,))
