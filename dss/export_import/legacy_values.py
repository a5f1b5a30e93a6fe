"""Values and times as version 1 wrote them -> DTCG values and stamps."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from .faults import printable

_HEX = re.compile(r"#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_QUANTITY = re.compile(r"(-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+))(px|rem|ms|s)")
_ALIAS = re.compile(r"\{[^{}]+\}")
_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d)")
_UNITS = {"dimension": ("px", "rem"), "duration": ("ms", "s")}


class LegacyValueError(ValueError):
    """Something that version 1 never wrote."""


def dtcg_value(kind: str, value: Any) -> Any:
    """*value* of a token of type *kind* in the form of DTCG 2025.10. An alias stays an alias.

    Raises:
        LegacyValueError: It is no value of that type.
    """
    if isinstance(value, str):
        if _ALIAS.fullmatch(value):
            return value
        if kind == "color":
            return _color(value)
        if kind in _UNITS:
            return _quantity(value, _UNITS[kind], kind)
    return value


def _color(text: str) -> dict[str, Any]:
    found = _HEX.fullmatch(text)
    if not found:
        raise LegacyValueError(f"{printable(text)} is no colour of version 1, e.g. #336699")
    digits = found[1].lower()
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[at : at + 2], 16) for at in range(0, len(digits), 2)]
    color: dict[str, Any] = {
        "colorSpace": "srgb",
        "components": [_unit(channel) for channel in channels[:3]],
        "hex": "#" + digits[:6],
    }
    if len(channels) == 4:
        color["alpha"] = _unit(channels[3])
    return color


def _unit(channel: int) -> float | int:
    """A channel of 0 to 255 as 0 to 1: six digits tell all 256 apart."""
    return channel // 255 if channel in (0, 255) else round(channel / 255, 6)


def _quantity(text: str, units: tuple[str, ...], kind: str) -> dict[str, Any]:
    found = _QUANTITY.fullmatch(text)
    if not found or found[2] not in units or len(found[1]) > 64:
        raise LegacyValueError(f"{printable(text)} is no {kind} of version 1, e.g. 16{units[0]}")
    number = float(found[1])
    return {"value": int(number) if number.is_integer() and abs(number) < 2**53 else number, "unit": found[2]}


def stamp_of(time: Any) -> str:
    """The stamp of an RFC 3339 time with its zone; finer parts than milliseconds are cut.

    Raises:
        LegacyValueError: It is none, has no zone, or says 24:00 or second 60.
    """
    found = _TIME.fullmatch(time) if isinstance(time, str) else None
    if not found:
        shown = printable(time) if isinstance(time, str) else "nothing"
        raise LegacyValueError(f"{shown} is no time with a zone, e.g. 2025-01-31T12:00:00Z")
    year, month, day, hour, minute, second = map(int, found.groups()[:6])
    zone = "+00:00" if found[8] in "Zz" else found[8]
    try:
        moment = datetime.fromisoformat(f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}{zone}")
        seconds = int((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())
    except (ValueError, OverflowError) as error:
        raise LegacyValueError(f"{printable(time)} is no time: {error}") from error
    milliseconds = seconds * 1000 + int((found[7] or "").ljust(3, "0")[:3])
    if milliseconds < 0:
        raise LegacyValueError(f"{printable(time)} lies before 1970")
    return f"{milliseconds:013d}-0000-{0:016x}"
