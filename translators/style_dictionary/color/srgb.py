"""sRGB colours from text, read as permissively as the npm package tinycolor2 reads them.

The notation may stand anywhere in the text (``1px rgb(0, 0, 0)`` is a colour), units are forgiven,
alpha outside 0..1 is 1. The steps below round where the original does, since the digits are printed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from ..ecmascript.numbers import number_text, parse_float, parse_int, remainder, rounded
from ..ecmascript.values import text
from .names import named_colors

_UNIT = r"(?:[-+]?[0-9]*\.[0-9]+%?)|(?:[-+]?[0-9]+%?)"
_THREE = rf"[\s|(]+({_UNIT})[,|\s]+({_UNIT})[,|\s]+({_UNIT})"
_FOUR = rf"{_THREE}[,|\s]+({_UNIT})"
_FUNCTIONS = ("rgb", "rgba", "hsl", "hsla", "hsv", "hsva")
_HEX = re.compile(r"#?([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{4}|[0-9a-f]{3})").fullmatch
_A_UNIT = re.compile(_UNIT)

_EXTRA_NAMES = {"burntsienna": "ea7e5d"}
"""No CSS name, but tinycolor2 knows it."""

Number = int | float
Channel = str | int | float


class Srgb(NamedTuple):
    """A colour in sRGB: red, green and blue 0..255, not rounded; alpha 0..1."""

    red: float
    green: float
    blue: float
    alpha: Number = 1

    def channels(self) -> tuple[int, int, int]:
        """Red, green and blue as whole numbers."""
        return rounded(self.red), rounded(self.green), rounded(self.blue)

    def hex6(self) -> str:
        """Six hexadecimal digits, without ``#``; alpha is left out."""
        return "{:02x}{:02x}{:02x}".format(*self.channels())

    def hex8(self) -> str:
        """Eight hexadecimal digits, alpha last, without ``#``."""
        return f"{self.hex6()}{rounded(self.alpha * 255):02x}"

    def rgb_text(self) -> str:
        """``rgb(…)``, or ``rgba(…)`` with alpha to two places."""
        red, green, blue = self.channels()
        if self.alpha == 1:
            return f"rgb({red}, {green}, {blue})"
        return f"rgba({red}, {green}, {blue}, {self._short_alpha()})"

    def hsl_text(self) -> str:
        """``hsl(…)``, or ``hsla(…)`` with alpha to two places; whole degrees and percent."""
        hue, saturation, lightness = self.hsl()
        inner = f"{rounded(hue)}, {rounded(saturation * 100)}%, {rounded(lightness * 100)}%"
        return f"hsl({inner})" if self.alpha == 1 else f"hsla({inner}, {self._short_alpha()})"

    def _short_alpha(self) -> str:
        return number_text(rounded(100 * self.alpha) / 100)

    def hsl(self) -> tuple[float, float, float]:
        """Hue 0..360, saturation and lightness 0..1."""
        red, green, blue = (_share(channel, 255) for channel in (self.red, self.green, self.blue))
        high, low = max(red, green, blue), min(red, green, blue)
        lightness = (high + low) / 2
        if high == low:
            return 0, 0, lightness
        chroma = high - low
        saturation = chroma / (2 - high - low) if lightness > 0.5 else chroma / (high + low)
        return _hue(red, green, blue, high, chroma) * 360, saturation, lightness

    def hsv(self) -> tuple[float, float, float]:
        """Hue 0..360, saturation and value 0..1."""
        red, green, blue = (_share(channel, 255) for channel in (self.red, self.green, self.blue))
        high, low = max(red, green, blue), min(red, green, blue)
        chroma = high - low
        saturation = 0 if high == 0 else chroma / high
        hue = 0 if high == low else _hue(red, green, blue, high, chroma)
        return hue * 360, saturation, high


def srgb(value: object) -> Srgb | None:
    """The colour *value* stands for, or ``None``.

    Args:
        value: Text, or a mapping with the keys ``r g b``, ``h s v`` or ``h s l`` and perhaps ``a``.
    """
    if isinstance(value, str):
        return _from_text(value)
    return _from_channels(value) if isinstance(value, Mapping) else None


@lru_cache(maxsize=65536)
def _from_text(value: str) -> Srgb | None:
    value = value.strip().lower()
    named = named_colors().get(value) or _EXTRA_NAMES.get(value)
    if named is not None:
        return _from_hex(named)
    if value == "transparent":
        return Srgb(0, 0, 0, 0)
    if value.startswith("#") and (digits := _HEX(value)):
        return _from_hex(digits[1])
    for name in _FUNCTIONS:
        if found := _call(name)(value):
            return _from_channels(dict(zip(name, found.groups(), strict=True)))
    digits = _HEX(value)
    return _from_hex(digits[1]) if digits else None


@cache
def _call(name: str) -> Callable[[str], re.Match[str] | None]:
    """Finds a call of the function *name*, whose letters are those of its channels."""
    return re.compile(name + (_FOUR if len(name) == 4 else _THREE)).search


def _from_hex(digits: str) -> Srgb:
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue, *alpha = (int(digits[at : at + 2], 16) for at in range(0, len(digits), 2))
    return Srgb(red, green, blue, _alpha(alpha[0] / 255) if alpha else 1)


def _from_channels(value: Mapping[str, object]) -> Srgb | None:
    def channels(keys: str) -> list[Channel] | None:
        found = [value.get(key) for key in keys]
        if all(isinstance(item, str | int | float) and _A_UNIT.search(text(item)) for item in found):
            return found  # type: ignore[return-value]
        return None

    if rgb := channels("rgb"):
        red, green, blue = (_share(channel, 255) * 255 for channel in rgb)
    elif hsv := channels("hsv"):
        red, green, blue = _hsv_to_rgb(hsv[0], _percent(hsv[1]), _percent(hsv[2]))
    elif hsl := channels("hsl"):
        red, green, blue = _hsl_to_rgb(hsl[0], _percent(hsl[1]), _percent(hsl[2]))
    else:
        return None
    if math.isnan(red + green + blue):
        return None
    return Srgb(_bounded(red), _bounded(green), _bounded(blue), _alpha(value.get("a", 1)))


def _bounded(channel: float) -> float:
    channel = min(255, max(channel, 0))
    # 0.5 of 255 must not be read as half of 1 later on.
    return rounded(channel) if channel < 1 else channel


def _alpha(value: object) -> Number:
    number = value if isinstance(value, int | float) else parse_float(text(value))
    if not 0 <= number <= 1:
        return 1
    return int(number) if number in (0, 1) else number


def _share(value: Channel, limit: int) -> float:
    """*value* of *limit* as 0..1; ``1.0`` as text is 100 %."""
    percent = False
    if isinstance(value, str):
        if "." in value and parse_float(value) == 1:
            value = "100%"
        percent = "%" in value
        value = parse_float(value)
    value = min(limit, max(0, value))
    if percent:
        value = parse_int(number_text(value * limit)) / 100
    if abs(value - limit) < 0.000001:
        return 1
    return remainder(value, limit) / limit


def _percent(value: Channel) -> Channel:
    """A share below 1 as a percentage; what is one already, or a larger number, stays."""
    if isinstance(value, str):
        try:
            number = float(value)
        except ValueError:
            return value
    else:
        number = value
    return f"{number_text(number * 100)}%" if number <= 1 else value


def _hue(red: float, green: float, blue: float, high: float, chroma: float) -> float:
    if high == red:
        sixth = (green - blue) / chroma + (6 if green < blue else 0)
    elif high == green:
        sixth = (blue - red) / chroma + 2
    else:
        sixth = (red - green) / chroma + 4
    return sixth / 6


def _hsl_to_rgb(hue: Channel, saturation: Channel, lightness: Channel) -> tuple[float, float, float]:
    h, s, l = _share(hue, 360), _share(saturation, 100), _share(lightness, 100)  # noqa: E741
    if s == 0:
        return l * 255, l * 255, l * 255
    q = l * (1 + s) if l < 0.5 else l + s - l * s
    p = 2 * l - q

    def channel(t: float) -> float:
        if t < 0:
            t += 1
        if t > 1:
            t -= 1
        if t < 1 / 6:
            return p + (q - p) * 6 * t
        if t < 1 / 2:
            return q
        if t < 2 / 3:
            return p + (q - p) * (2 / 3 - t) * 6
        return p

    return channel(h + 1 / 3) * 255, channel(h) * 255, channel(h - 1 / 3) * 255


def _hsv_to_rgb(hue: Channel, saturation: Channel, value: Channel) -> tuple[float, float, float]:
    h, s, v = _share(hue, 360) * 6, _share(saturation, 100), _share(value, 100)
    sixth = math.floor(h)
    rest = h - sixth
    p, q, t = v * (1 - s), v * (1 - rest * s), v * (1 - (1 - rest) * s)
    red, green, blue = ((v, t, p), (q, v, p), (p, v, t), (p, q, v), (t, p, v), (v, p, q))[sixth % 6]
    return red * 255, green * 255, blue * 255
