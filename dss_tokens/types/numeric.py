"""``number``, ``dimension``, ``duration``, ``cubicBezier``. Source: DTCG Format 2025.10, "Types"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .protocol import Json, Kept, SimpleType, ValueFault, described, is_number

_QUANTITY = re.compile(r"\s*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)\s*([a-zA-Z%]*)\s*")
_FUNCTION = re.compile(r"-?[a-zA-Z][a-zA-Z-]*\(.*\)", re.S)
_EASINGS: dict[str, list[float]] = {
    "linear": [0, 0, 1, 1],
    "ease": [0.25, 0.1, 0.25, 1],
    "ease-in": [0.42, 0, 1, 1],
    "ease-out": [0, 0, 0.58, 1],
    "ease-in-out": [0.42, 0, 0.58, 1],
}
_NUMBERS = (int, float)


def as_number(text: str) -> int | float:
    """The number a text writes; an integer stays one."""
    value = float(text)
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def split_quantity(text: str) -> tuple[int | float, str] | None:
    """``"16px"`` as ``(16, "px")``."""
    match = _QUANTITY.fullmatch(text)
    return (as_number(match.group(1)), match.group(2)) if match else None


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


number = SimpleType("number", is_number, _number_faults, _upgrade_number)


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

    return SimpleType(name, fits, faults, upgrade)


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
        try:
            numbers = [as_number(part) for part in text[13:-1].split(",")]
        except ValueError:
            return None
        return numbers if _is_bezier(numbers) else None
    return Kept(value, "only cubic Bézier curves have a form in DTCG") if is_css_function(text) else None


cubic_bezier = SimpleType("cubicBezier", _is_bezier, _bezier_faults, _upgrade_bezier)
