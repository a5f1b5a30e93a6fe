"""Typed values as plain numbers: what code takes instead of CSS text."""

from __future__ import annotations

from typing import Any, NamedTuple

from dss_tokens.types import WEIGHTS

from .platform import Platform

Json = Any


class Rgba(NamedTuple):
    """A colour in a display's space, channels 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float
    space: str = "srgb"
    """``srgb`` or ``display-p3``."""

    @property
    def argb(self) -> str:
        """``AARRGGBB``."""
        return "".join(f"{min(255, max(0, round(c * 255))):02X}" for c in (self.alpha, self.red, self.green, self.blue))


def rgba(value: Json, *, wide: bool = False) -> Rgba | None:
    """A color's channels, mapped into sRGB; with *wide*, Display P3 where sRGB cannot hold it. ``None`` for text."""
    if not isinstance(value, dict):
        return None
    from dss_tokens.color import to_rgb

    space = "display-p3" if wide and value["colorSpace"] not in ("srgb", "hsl", "hwb") else "srgb"
    red, green, blue = to_rgb(value, space)
    return Rgba(round(red, 5), round(green, 5), round(blue, 5), value.get("alpha", 1), space)


def base_font_size(platform: Platform) -> float:
    """What 1 rem is, in px: the platform's option ``base_font_size``, 16 by default."""
    return float(platform.options.get("base_font_size", 16))


def pixels(value: Json, base: float) -> float | None:
    """A dimension in px (points, dp); ``None`` for one that was kept as text."""
    if not isinstance(value, dict):
        return None
    amount = value["value"] * (base if value["unit"] == "rem" else 1)
    return float(round(amount, 5))


def milliseconds(value: Json) -> float | None:
    """A duration in ms."""
    if not isinstance(value, dict):
        return None
    return float(round(value["value"] * (1000 if value["unit"] == "s" else 1), 5))


def weight(value: Json) -> int:
    """A font weight as the nearest hundred from 100 to 900."""
    number = WEIGHTS.get(value, 400) if isinstance(value, str) else value
    return int(min(900, max(100, round(number / 100) * 100)))


def families(value: Json) -> list[str]:
    """The names of a font family."""
    return [value] if isinstance(value, str) else list(value)


def as_list(value: Json) -> list[Json]:
    """The shadows or stops of a value, one or several."""
    return value if isinstance(value, list) else [value]


def plain(number: float) -> str:
    """A number without a needless fraction."""
    from .css_text import number as text

    return text(int(number) if float(number).is_integer() else number)


def decimal(number: float) -> str:
    """A number with a fraction, for languages that tell ``1`` from ``1.0``."""
    text = plain(number)
    return text if "." in text else f"{text}.0"
