"""Figma stores float32 and sends doubles: numbers without that noise."""

from __future__ import annotations

import math
from functools import lru_cache
from struct import Struct
from typing import Any, TypeGuard

_SINGLE = Struct("<f")
_EXACT = 2**53
"""Above it a double does not tell neighbouring whole numbers apart, and JSON readers refuse integers."""


@lru_cache(maxsize=65536)
def _shortest(value: float) -> int | float:
    if abs(value) < _EXACT and value == (whole := int(value)):
        return whole  # -0.0 becomes 0
    try:
        single = _SINGLE.pack(value)
    except OverflowError:
        return value
    for digits in (6, 7, 8, 9):
        short = float(f"{value:.{digits}g}")
        if _SINGLE.pack(short) == single:
            return int(short) if abs(short) < _EXACT and short.is_integer() else short
    return value


def shortest(value: float) -> int | float:
    """The shortest decimal with the same float32: ``1.7799999713897705`` -> ``1.78``; whole numbers as ``int``."""
    if type(value) is int:
        return value
    return _shortest(value)


def same_single(left: float, right: float) -> bool:
    """Whether two numbers are one float32."""
    return _SINGLE.pack(left) == _SINGLE.pack(right)


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether *value* is a finite JSON number (a boolean is none)."""
    kind = type(value)
    return kind is int or (isinstance(value, float) and math.isfinite(value))


def pixels(value: object) -> dict[str, Any]:
    """A DTCG dimension of *value* px; 0 px for what is no number."""
    return {"value": shortest(value) if is_number(value) else 0, "unit": "px"}
