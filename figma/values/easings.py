"""Easing curves: Figma has no variable for them, so designers keep CSS text."""

from __future__ import annotations

import re

_FUNCTION = re.compile(r"cubic-bezier\(([^()]*)\)")


def parse_easing(text: str) -> list[int | float] | None:
    """The four numbers of ``cubic-bezier(x1, y1, x2, y2)``, x in 0…1; ``None``: it is none."""
    match = _FUNCTION.fullmatch(text.strip().casefold())
    if match is None:
        return None
    try:
        numbers = [float(part) for part in match[1].split(",")]
    except ValueError:
        return None
    if len(numbers) != 4 or not all(0 <= x <= 1 for x in numbers[::2]) or not all(abs(y) < 1e6 for y in numbers[1::2]):
        return None
    return [int(number) if number.is_integer() else number for number in numbers]
