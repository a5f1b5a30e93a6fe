"""Numbers as ECMA-262 writes, rounds and reads them."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal

_LEADING_NUMBER = re.compile(r"\s*([+-]?(?:Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?))")
_LEADING_INTEGER = re.compile(r"\s*([+-]?[0-9]+)")


def number(value: float) -> int | float:
    """*value* as JavaScript holds it: one kind of number, so ``1.0`` is ``1`` and ``-0`` prints as ``0``.

    Whole numbers come back as ``int`` (rounded to a double first), the rest as ``float``.
    """
    if isinstance(value, int):
        return value if -9007199254740992 <= value <= 9007199254740992 else int(float(value))
    return int(value) if value.is_integer() else value


def number_text(value: float) -> str:
    """``String(value)``: the shortest digits that read back, exponents from 1e21 up and below 1e-6.

    Source: ECMA-262, "Number::toString".
    """
    if isinstance(value, int):
        if -(10**21) < value < 10**21:
            return str(value)
        value = float(value)
    if value != value:
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    text = repr(value)
    if "e" not in text and abs(value) < 1e21:
        return text[:-2] if text.endswith(".0") else text
    return _expanded(text)


def _expanded(text: str) -> str:
    sign, digits, exponent = _scientific(text)
    count = len(digits)
    point = exponent + 1
    if count <= point <= 21:
        return sign + digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    mantissa = digits if count == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{sign}{mantissa}e{'+' if exponent >= 0 else '-'}{abs(exponent)}"


def _scientific(text: str) -> tuple[str, str, int]:
    """Sign, significant digits and the exponent of the first digit of ``repr(float)``."""
    sign = "-" if text.startswith("-") else ""
    mantissa, _, power = text.lstrip("-").partition("e")
    whole, _, fraction = mantissa.partition(".")
    if fraction == "0":
        fraction = ""
    exponent = int(power or 0) + len(whole) - 1
    return sign, (whole + fraction).rstrip("0"), exponent


def to_fixed(value: float, places: int) -> str:
    """``value.toFixed(places)``: half away from zero on the exact binary value.

    Python's own formatting rounds exact halves to even: 0.125 would be ``0.12``.
    """
    if value != value or abs(value) >= 1e21:
        return number_text(value)
    doubled = value * 2 * 10**places
    if doubled == int(doubled) and int(doubled) % 2:
        exact = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        return format(exact, "f")
    if value == 0:
        value = 0  # toFixed writes no sign for -0
    return f"{value:.{places}f}"


def rounded(value: float) -> int:
    """``Math.round``: halves go up, also below zero."""
    floor = math.floor(value)
    return floor + 1 if value - floor >= 0.5 else floor


def parse_float(text: str) -> float:
    """``parseFloat``: the longest leading number, NaN where there is none."""
    found = _LEADING_NUMBER.match(text)
    return float(found[1].replace("Infinity", "inf")) if found else math.nan


def parse_int(text: str) -> float:
    """``parseInt(text, 10)``, NaN where no digit leads."""
    found = _LEADING_INTEGER.match(text)
    return int(found[1]) if found else math.nan


def remainder(value: float, divisor: float) -> float:
    """``value % divisor``: the sign is the dividend's."""
    return math.fmod(value, divisor)
