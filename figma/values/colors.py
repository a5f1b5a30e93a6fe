"""Colours: Figma's channels <-> DTCG."""

from __future__ import annotations

from functools import lru_cache
from math import isfinite
from typing import Any

from ..records import Raw
from .numbers import is_number, same_single, shortest


@lru_cache(maxsize=65536)
def _channel(value: float) -> tuple[int | float, int]:
    """A channel's clean decimal in 0…1 with its 8-bit meaning."""
    value = min(max(value, 0.0), 1.0)
    return shortest(value), int(value * 255 + 0.5)


def is_color(value: Raw) -> bool:
    """Whether *value* is a literal ``{r,g,b}`` or ``{r,g,b,a}``."""
    if type(value) is not dict:
        return False
    get = value.get
    red, green, blue, alpha = get("r"), get("g"), get("b"), get("a")
    if type(red) is float and type(green) is float and type(blue) is float:  # most often
        return isfinite(red + green + blue) and (alpha is None or is_number(alpha))
    return is_number(red) and is_number(green) and is_number(blue) and (alpha is None or is_number(alpha))


def to_dtcg(value: Raw, profile: str = "srgb") -> dict[str, Any]:
    """The DTCG color of a literal *value*; ``hex`` only in sRGB, whose fallback it is.

    Channels that are bytes keep their 8-bit meaning: ``hex`` is exact.
    """
    red, r8 = _channel(value["r"])
    green, g8 = _channel(value["g"])
    blue, b8 = _channel(value["b"])
    alpha = value.get("a")
    color: dict[str, Any] = {
        "colorSpace": profile,
        "components": [red, green, blue],
        "alpha": 1 if alpha is None or alpha == 1 else _channel(alpha)[0],
    }
    if profile == "srgb":
        color["hex"] = f"#{r8:02x}{g8:02x}{b8:02x}"
    return color


def out_of_range(value: Raw) -> bool:
    """Whether a channel of a literal had to be clipped visibly."""
    return any(not -1e-6 <= value.get(channel, 0) <= 1.000001 for channel in "rgba" if value.get(channel) is not None)


def is_byte(channel: float) -> bool:
    """Whether *channel* is exactly n/255 in float32."""
    return same_single(round(channel * 255) / 255, channel)
