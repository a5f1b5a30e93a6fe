"""Colour conversion, the one module over a colour library (coloraide), imported when first needed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coloraide import Color

_TO_LIBRARY = {
    "srgb": "srgb", "srgb-linear": "srgb-linear", "display-p3": "display-p3", "a98-rgb": "a98-rgb",
    "prophoto-rgb": "prophoto-rgb", "rec2020": "rec2020", "hsl": "hsl", "hwb": "hwb", "lab": "lab", "lch": "lch",
    "oklab": "oklab", "oklch": "oklch", "xyz-d65": "xyz-d65", "xyz-d50": "xyz-d50",
}  # fmt: skip
_FROM_LIBRARY = {name: space for space, name in _TO_LIBRARY.items()}
_PERCENT_SPACES = ("hsl", "hwb")  # DTCG counts saturation and the like to 100, the library to 1


@lru_cache(maxsize=1)
def _library() -> type[Color]:
    from coloraide import Color

    return Color


def to_library(value: dict[str, Any]) -> Color:
    """A DTCG color value as a coloraide colour; ``none`` stays undefined."""
    space = value["colorSpace"]
    scale = (1, 100, 100) if space in _PERCENT_SPACES else (1, 1, 1)
    parts = [float("nan") if c == "none" else c / by for c, by in zip(value["components"], scale, strict=True)]
    return _library()(_TO_LIBRARY[space], parts, value.get("alpha", 1))


def from_library(color: Color, *, digits: int = 6) -> dict[str, Any]:
    """A coloraide colour as a DTCG color value, rounded to *digits* decimals."""
    space = _FROM_LIBRARY[color.space()]
    scale = (1, 100, 100) if space in _PERCENT_SPACES else (1, 1, 1)
    parts = ["none" if c != c else _short(round(c * by, digits)) for c, by in zip(color.coords(), scale, strict=True)]
    value: dict[str, Any] = {"colorSpace": space, "components": parts}
    alpha = color.alpha(nans=False)
    if alpha < 1:
        value["alpha"] = _short(round(alpha, digits))
    return value


def _short(number: float) -> int | float:
    return int(number) if number == int(number) else number


def parse_css(text: str) -> dict[str, Any] | None:
    """A CSS colour (``rgb()``, ``hsl()``, ``oklch()``, ``color()``, a name) as a color value; ``None`` otherwise.

    Source: CSS Color 4, "Representing Color".
    """
    try:
        color = _library()(text.strip())
    except ValueError:
        return None
    if color.space() not in _FROM_LIBRARY:
        return None
    value = from_library(color)
    if value["colorSpace"] in ("hsl", "hwb", "lch", "oklch"):
        place = 0 if value["colorSpace"] in ("hsl", "hwb") else 2
        hue = value["components"][place]
        if hue != "none":
            value["components"][place] = hue % 360
    if value["colorSpace"] == "srgb":
        value["hex"] = to_hex(value)
    return value


def to_rgb(value: dict[str, Any], space: str = "srgb") -> tuple[float, float, float]:
    """The channels of a color in ``srgb`` or ``display-p3``, mapped into that gamut; ``none`` is 0.

    Source: CSS Color 4, "Gamut Mapping".
    """
    if value["colorSpace"] == space:
        red, green, blue = (0.0 if c == "none" else float(c) for c in value["components"])
        return red, green, blue
    red, green, blue = to_library(value).convert(_TO_LIBRARY[space]).fit(method="oklch-chroma").coords(nans=False)
    return float(red), float(green), float(blue)


def to_hex(value: dict[str, Any]) -> str:
    """``#rrggbb`` of a color, mapped into the sRGB gamut; alpha is left out. Source: CSS Color 4, "Gamut Mapping"."""
    return "#" + "".join(f"{eight_bit(channel):02x}" for channel in to_rgb(value))


def eight_bit(share: float) -> int:
    """A channel or an alpha from 0 to 1 as one from 0 to 255. Halves go up, as in CSS; the last decimals are noise."""
    return min(255, max(0, int(round(share * 255, 6) + 0.5)))


def fits(value: dict[str, Any], space: str) -> bool:
    """Whether a color can be shown in an RGB colour space; rounding does not count."""
    return bool(to_library(value).in_gamut(space, tolerance=0.0005))


def fitted(value: dict[str, Any], space: str, *, digits: int = 5) -> dict[str, Any]:
    """A color brought into the gamut of an RGB colour space, in its own. Source: CSS Color 4, "Gamut Mapping"."""
    if fits(value, space):
        return value
    return from_library(to_library(value).fit(space, method="oklch-chroma"), digits=digits)
