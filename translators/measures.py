"""Typed values as plain numbers: what code takes instead of CSS text."""

from __future__ import annotations

from typing import Any, NamedTuple

from dss_tokens.color import eight_bit, fits, to_rgb
from dss_tokens.types.numeric import split_quantity

from .css_text import number as number_text
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
        return "".join(f"{eight_bit(share):02X}" for share in (self.alpha, self.red, self.green, self.blue))


_WITHIN_SRGB = ("srgb", "hsl", "hwb")


def rgba(value: Json, *, wide: bool = False) -> Rgba | None:
    """A color's channels, mapped into sRGB; with *wide*, Display P3 where sRGB cannot hold it. ``None`` for text."""
    if not isinstance(value, dict):
        return None
    space = "display-p3" if wide and value["colorSpace"] not in _WITHIN_SRGB else "srgb"
    red, green, blue = to_rgb(value, space)
    return Rgba(round(red, 5), round(green, 5), round(blue, 5), value.get("alpha", 1), space)


def shows(value: Json, space: str) -> bool:
    """Whether a color lies inside of ``srgb`` or ``display-p3``."""
    if value["colorSpace"] in _WITHIN_SRGB or value["colorSpace"] == space:
        return True
    return fits(value, space)


def base_font_size(platform: Platform) -> float:
    """What 1 rem is, in px: the platform's option ``base_font_size``, 16 by default."""
    return float(platform.options.get("base_font_size", 16))


def pixels(value: Json, base: float, em: float | None = None) -> float | None:
    """A dimension in px (points, dp); ``None`` for text and other units.

    Args:
        value: The dimension, also one that was kept as text.
        base: What 1 rem is.
        em: The font size that ``em`` and ``%`` refer to, where they do.
    """
    if isinstance(value, str) and (parts := split_quantity(value)) is not None:
        value = {"value": parts[0], "unit": parts[1]}
    if not isinstance(value, dict):
        return None
    units = {"px": 1, "rem": base} if em is None else {"px": 1, "rem": base, "em": em, "%": em / 100}
    factor = units.get(value["unit"])
    return None if factor is None else float(round(value["value"] * factor, 5))


def is_text_size(path: str) -> bool:
    """Whether the dimension at *path* is one of text, which follows the reader's font size."""
    words = path.lower().replace("-", "").replace(".", "").replace(" ", "")
    return any(word in words for word in ("fontsize", "lineheight", "letterspacing"))


def milliseconds(value: Json) -> float | None:
    """A duration in ms; ``None`` for text and other units."""
    if not isinstance(value, dict) or value["unit"] not in _MILLISECONDS:
        return None
    return float(round(value["value"] * _MILLISECONDS[value["unit"]], 5))


_MILLISECONDS = {"ms": 1, "s": 1000}


def hundred(weight: float) -> int:
    """The nearest of the font weights 100, 200, …, 900."""
    return int(min(900, max(100, (weight + 50) // 100 * 100)))


def families(value: Json) -> list[str]:
    """The names of a font family."""
    return [value] if isinstance(value, str) else list(value)


def as_list(value: Json) -> list[Json]:
    """The shadows or stops of a value, one or several."""
    return value if isinstance(value, list) else [value]


def plain(number: float) -> str:
    """A number without a needless fraction."""
    return number_text(number if type(number) is int or not number.is_integer() else int(number))


def decimal(number: float) -> str:
    """A number with a fraction, for languages that tell ``1`` from ``1.0``."""
    text = plain(number)
    return text if "." in text else f"{text}.0"
