"""Dimensions as Style Dictionary reads them: numbers, text with a unit, or DTCG objects."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from .ecmascript.numbers import parse_float
from .ecmascript.values import text

_UNIT = re.compile(r"[^0-9.\-]+\Z")


class Dimension(NamedTuple):
    """A number, as written, and its unit."""

    value: Any
    """A number or text; whatever was written where no number leads it."""

    unit: str | None

    def number(self) -> float:
        """The number, NaN where there is none."""
        return parse_float(text(self.value))


def dimension(value: Any) -> Dimension:
    """*value* split into number and unit. Text without a number comes back whole, without a unit."""
    if isinstance(value, dict):
        unit = value.get("unit")
        return Dimension(value.get("value", ""), None if unit is None else text(unit))
    if isinstance(value, int | float):
        return Dimension(value, None)
    written = text(value)
    found = _UNIT.search(written)
    if found is None:
        return Dimension(value, None)
    # The first occurrence goes, not the last: "1px 2px" keeps its second unit, as in the original.
    rest = written.replace(found[0], "", 1)
    if parse_float(rest) != parse_float(rest):
        return Dimension(value, None)
    return Dimension(rest, found[0])
