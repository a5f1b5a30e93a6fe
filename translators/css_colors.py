"""A color as CSS text, in the form that is asked for. Sources: CSS Color 4; DTCG Color 2025.10."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from .css_text import number, raw

Json = Any
Writer = Callable[[Json], str]

_FUNCTIONS = frozenset({"hsl", "hwb", "lab", "lch", "oklab", "oklch"})
_PERCENT_SPACES = ("hsl", "hwb")
DIGITS = 12
_HEX_TOLERANCE = 0.02  # of 1/255: components written with four decimals still mean their 8-bit value

_HEX_DIGITS: dict[float, str] = {}
"""Component -> its two digits: most colours are made of the same few hundred components."""

_MOST_DIGITS = 4096

FORMS = (
    "authored", "short", "hex", "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color",
    "display-p3",
)  # fmt: skip
"""What ``color =`` takes.

``short`` is like ``authored``, with ``transparent`` and ``#rgb`` where they say the same; ``rgba`` and ``hsla`` are the
older forms with commas; ``color`` is ``color(srgb …)``.
"""


@cache
def writer(form: str, digits: int = DIGITS) -> Writer:
    """What writes a color in *form* with at most *digits* decimals."""
    if form == "authored":
        return color if digits >= DIGITS else partial(color, digits=digits)
    return partial(_WRITERS.get(form, _in_space), form=form, digits=digits)


def color(value: Json, digits: int = DIGITS) -> str:
    """A color: ``#rrggbb`` (or ``rgb()`` with alpha) where sRGB components are 8-bit values, else as authored."""
    if type(value) is not dict:
        return raw(value)
    if value["colorSpace"] != "srgb":
        return _function(value, digits)
    one, two, three = value["components"]
    alpha = value.get("alpha", 1)
    if alpha == 1:
        try:
            return f"#{_HEX_DIGITS[one]}{_HEX_DIGITS[two]}{_HEX_DIGITS[three]}"
        except KeyError:
            pass
    red, green, blue = _eight_bit(one), _eight_bit(two), _eight_bit(three)
    if red is None or green is None or blue is None:
        return _function(value, digits)
    if alpha != 1:
        return f"rgb({red} {green} {blue} / {number(alpha, digits)})"
    if len(_HEX_DIGITS) < _MOST_DIGITS:
        _HEX_DIGITS.update({one: f"{red:02x}", two: f"{green:02x}", three: f"{blue:02x}"})
    return f"#{red:02x}{green:02x}{blue:02x}"


def _short(value: Json, form: str, digits: int) -> str:
    if type(value) is dict and value["components"] == [0, 0, 0] and value.get("alpha", 1) == 0:
        return "transparent"
    text = color(value, digits)
    is_long = len(text) == 7 and text[:1] == "#" and text[1::2] == text[2::2]
    return f"#{text[1::2]}" if is_long else text


def _eight_bit(component: Json) -> int | None:
    """A component of sRGB as an 8-bit value, where it is one."""
    if type(component) is str:  # none
        return None
    exact = component * 255
    rounded = round(exact)
    return rounded if abs(exact - rounded) <= _HEX_TOLERANCE else None


def _function(value: Mapping[str, Json], digits: int) -> str:
    """The function of its own colour space."""
    space = value["colorSpace"]
    texts = [part if part == "none" else number(part, digits) for part in value["components"]]
    if space in _PERCENT_SPACES:
        texts[1:] = [text if text == "none" else f"{text}%" for text in texts[1:]]
    alpha = value.get("alpha", 1)
    inside = " ".join(texts) + ("" if alpha == 1 else f" / {number(alpha, digits)}")
    return f"{space}({inside})" if space in _FUNCTIONS else f"color({space} {inside})"


def _srgb(value: Json) -> tuple[float, float, float]:
    """The color in sRGB, channels to 1, brought into the gamut; a ``hex`` of another space is its author's choice."""
    if value["colorSpace"] == "srgb":
        red, green, blue = (0 if part == "none" else part for part in value["components"])
        return red, green, blue
    given = value.get("hex")
    if given is None:
        from dss_tokens.color import to_library

        fitted = to_library(value).convert("srgb").fit(method="oklch-chroma")
        red, green, blue = (min(1.0, max(0.0, part)) for part in fitted.coords(nans=False))
        return red, green, blue
    return int(given[1:3], 16) / 255, int(given[3:5], 16) / 255, int(given[5:7], 16) / 255


def _hex(value: Json, form: str, digits: int) -> str:
    """``#rrggbb``, with alpha ``#rrggbbaa``."""
    if type(value) is not dict:
        return raw(value)
    from dss_tokens.color import eight_bit

    alpha = value.get("alpha", 1)
    shares = _srgb(value) if alpha == 1 else (*_srgb(value), alpha)
    return "#" + "".join(f"{eight_bit(share):02x}" for share in shares)


def _rgb(value: Json, form: str, digits: int) -> str:
    if type(value) is not dict:
        return raw(value)
    from dss_tokens.color import eight_bit

    return _joined(form, [str(eight_bit(share)) for share in _srgb(value)], value.get("alpha", 1), digits)


def _hsl(value: Json, form: str, digits: int) -> str:
    if type(value) is not dict:
        return raw(value)
    if value["colorSpace"] == "hsl":
        parts = [0 if part == "none" else part for part in value["components"]]
    else:
        from colorsys import rgb_to_hls

        hue, light, saturation = rgb_to_hls(*_srgb(value))
        parts = [hue * 360, saturation * 100, light * 100]
    texts = [number(float(part), min(digits, 4)) for part in parts]
    return _joined(form, [texts[0], f"{texts[1]}%", f"{texts[2]}%"], value.get("alpha", 1), digits)


def _joined(form: str, parts: list[str], alpha: float, digits: int) -> str:
    """``rgb(1 2 3 / 0.5)``, or with commas ``rgba(1, 2, 3, 0.5)``."""
    if form.endswith("a"):
        name = form if alpha != 1 else form[:-1]
        return f"{name}({', '.join([*parts, number(alpha, digits)] if alpha != 1 else parts)})"
    return f"{form}({' '.join(parts)}{'' if alpha == 1 else f' / {number(alpha, digits)}'})"


def _in_space(value: Json, form: str, digits: int) -> str:
    if type(value) is not dict:
        return raw(value)
    return _function(in_space(value, form), digits)


def in_space(value: Json, space: str) -> Json:
    """A color in another colour space, brought into its gamut where it has one."""
    if value["colorSpace"] == space:
        return value
    from dss_tokens.color import from_library, to_library

    converted = to_library(value).convert(space).fit(method="oklch-chroma")
    return from_library(converted, digits=4 if space in ("lab", "lch", "hsl", "hwb") else 5)


def _color(value: Json, form: str, digits: int) -> str:
    """``color(srgb …)``; a color of another space that the function knows keeps it."""
    if type(value) is not dict:
        return raw(value)
    space = "srgb" if value["colorSpace"] in _FUNCTIONS else value["colorSpace"]
    return _function(in_space(value, space), digits)


_WRITERS: Mapping[str, Callable[..., str]] = {
    "short": _short, "hex": _hex, "rgb": _rgb, "rgba": _rgb, "hsl": _hsl, "hsla": _hsl, "color": _color,
}  # fmt: skip
