"""Colours of any space: DTCG colour objects, and CSS text as the npm package colorjs.io reads and writes it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from ..ecmascript.numbers import number_text, rounded
from ..ecmascript.values import is_number
from .gamut import to_gamut
from .names import named_colors
from .spaces import HSL, HWB, LAB, LCH, OKLAB, OKLCH, SPACES, SRGB, Coords, Space, convert, in_gamut
from .srgb import Srgb, srgb

_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6,8})", re.IGNORECASE).fullmatch
_CALL = re.compile(r"([a-z]+)\((.+?)\)", re.IGNORECASE).fullmatch
_ARGUMENT = re.compile(r"(/?)\s*(none|[-\w.]+(?:%|deg|g?rad|turn)?)", re.ASCII)
_COMPONENT = re.compile(r"(-?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(%|deg|g?rad|turn)?").fullmatch
_ANGLES = {"deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}


class ColorSyntaxError(ValueError):
    """A text that is no colour, or one that colorjs.io does not read."""


class Color(NamedTuple):
    """A colour in one of the DTCG colour spaces; NaN is a missing (``none``) component."""

    space: Space
    coords: Coords
    alpha: float = 1

    def within(self, space: Space) -> Coords:
        """The coordinates in *space*, not mapped to its gamut."""
        return convert(self.coords, self.space, space)

    def alpha_text(self) -> str:
        """`` / 0.5``, or nothing for an opaque colour."""
        return "" if self.alpha == 1 or math.isnan(self.alpha) else f" / {number_text(self.alpha)}"


def is_dtcg_color(value: object) -> bool:
    """Whether *value* is a colour object of DTCG 2025.10, its components unchecked."""
    if not isinstance(value, Mapping) or not isinstance(value.get("components"), list):
        return False
    space = value.get("colorSpace")
    return isinstance(space, str) and space in SPACES


def dtcg_color(value: Mapping[str, object]) -> Color:
    """The colour of a DTCG colour object (see :func:`is_dtcg_color`)."""
    space = SPACES[str(value["colorSpace"])]
    components = value["components"]
    coords = tuple(map(_component, components if isinstance(components, list) else []))
    alpha = value.get("alpha")
    if alpha == "none":
        return Color(space, coords, math.nan)
    amount = alpha if isinstance(alpha, int | float) else 1
    return Color(space, coords, min(max(amount, 0), 1))


def _component(value: object) -> float:
    return float(value) if isinstance(value, int | float) else math.nan


def color(value: object) -> Color:
    """The colour of a DTCG colour object or of CSS text.

    Raises:
        ColorSyntaxError: *value* is neither, or text that colorjs.io 0.5.2 refuses.
    """
    if isinstance(value, Mapping) and is_dtcg_color(value):
        return dtcg_color(value)
    if not isinstance(value, str):
        raise ColorSyntaxError("not a colour")
    return _parsed(value.strip())


def to_srgb(value: object) -> Srgb | None:
    """*value* in sRGB: a DTCG object is mapped to the gamut (or its ``hex`` taken), text read by :func:`srgb`."""
    if not (isinstance(value, Mapping) and is_dtcg_color(value)):
        return srgb(value)
    found = dtcg_color(value)
    coords = found.coords
    if not in_gamut(found.within(SRGB), SRGB):
        if value.get("hex"):
            return _rounded(srgb(value["hex"]) or Srgb(0, 0, 0))
        coords = to_gamut(coords, found.space, SRGB)
    alpha = 1 if math.isnan(found.alpha) else found.alpha
    shares = convert(coords, found.space, SRGB)
    if any(map(math.isnan, shares)):
        return Srgb(0, 0, 0, alpha)  # an sRGB colour with a missing component is black to the original
    red, green, blue = (rounded(max(0, min(1, share)) * 255) for share in shares)
    return Srgb(red, green, blue, alpha)


def _rounded(found: Srgb) -> Srgb:
    return Srgb(*found.channels(), found.alpha)


def css_text(found: Color) -> str:
    """*found* in its own space as CSS text with five significant digits, mapped to that space's gamut."""
    coords = found.coords
    if not in_gamut(coords, found.space):
        coords = to_gamut(coords, found.space, found.space)
    name, *arguments = _arguments(found.space, coords)
    alpha = "" if found.alpha >= 1 else f" / {_significant(found.alpha)}"
    return f"{name}({' '.join(arguments)}{alpha})"


def hex_text(found: Color) -> str:
    """*found* as ``#rgb``, ``#rrggbb`` or with alpha, mapped to sRGB; short where every pair of digits is double."""
    coords = convert(found.coords, found.space, SRGB)
    if not in_gamut(coords, SRGB):
        coords = to_gamut(coords, SRGB, SRGB)
    shares = (*coords, found.alpha) if found.alpha < 1 else coords
    channels = [rounded((0 if share != share else share) * 255) for share in shares]
    if all(channel % 17 == 0 for channel in channels):
        return "#" + "".join(f"{channel // 17:x}" for channel in channels)
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def _arguments(space: Space, coords: Coords) -> list[str]:
    first, second, third = coords
    if space is SRGB:
        return ["rgb", *(_significant(100 * coord, "%") for coord in coords)]
    if space in (HSL, HWB):
        percentages = (_significant(second, "%"), _significant(third, "%"))
        return [space.name, _significant(first), *percentages]
    if space in (OKLAB, OKLCH):
        return [space.name, _significant(100 * first, "%"), _significant(second), _significant(third)]
    numbers = [_significant(coord) for coord in coords]
    return [space.name, *numbers] if space in (LAB, LCH) else ["color", space.name, *numbers]


def _significant(value: float, unit: str = "") -> str:
    """*value* with five digits, counted from the first one before the point."""
    if value != value:
        return "none"
    if value == 0:
        return f"0{unit}"
    whole = int(value)
    digits = int(math.log10(abs(whole))) + 1 if whole else 0
    scale = 10.0 ** (5 - digits)
    return number_text(math.floor(value * scale + 0.5) / scale) + unit


@lru_cache(1 << 16)  # many colours are made of few
def _parsed(text: str) -> Color:
    if digits := _HEX(text):
        channels = digits[1] if len(digits[1]) > 4 else "".join(digit * 2 for digit in digits[1])
        red, green, blue, *alpha = [byte / 255 for byte in bytes.fromhex(channels[: len(channels) & ~1])]
        return Color(SRGB, (red, green, blue), alpha[0] if alpha else 1)
    if call := _CALL(text):
        return _from_call(call[1].lower(), call[2])
    name = text.lower()
    if name == "transparent":
        return Color(SRGB, (0.0, 0.0, 0.0), 0)
    if name in named_colors():
        return _parsed("#" + named_colors()[name])
    raise ColorSyntaxError(f"could not parse {text} as a colour")


def _from_call(name: str, inner: str) -> Color:
    space, names = None, inner
    if name == "color":
        identifier, _, names = inner.strip().partition(" ")
        space = SPACES.get({"xyz": "xyz-d65"}.get(identifier, identifier))
    elif name in _CALLS:
        space = _CALLS[name]
    arguments = [_argument(slash, raw) for slash, raw in _ARGUMENT.findall(names)]
    if space is None or not arguments:
        raise ColorSyntaxError(f"could not parse {name}({inner}) as a colour")
    alpha = arguments.pop()[0] if name in ("rgba", "hsla") or arguments[-1][2] else 1.0
    if len(arguments) < 3:
        raise ColorSyntaxError(f"too few components in {name}({inner})")
    grammar = (_any, _any, _any) if name == "color" else _GRAMMARS[space.name]
    coords = tuple(read(value, unit) for read, (value, unit, _) in zip(grammar, arguments[:3], strict=True))
    return Color(space, coords, 1 if alpha > 1 else max(alpha, 0))


def _any(value: float, unit: str) -> float:
    return value


def _scaled(percent: tuple[float, float] | None, number: float | None = 1) -> Callable[[float, str], float]:
    """A reader of a component: *percent* is what 0 % and 100 % are, *number* what a bare number is divided by."""

    def read(value: float, unit: str) -> float:
        if unit == "%" and percent is not None:
            return percent[0] + (percent[1] - percent[0]) * value
        if unit == "" and number is not None:
            return value / number
        if value != value and not unit:
            return value
        raise ColorSyntaxError(f"a component may not be in {unit or 'no unit'}")

    return read


def _hue(value: float, unit: str) -> float:
    if unit == "%":
        raise ColorSyntaxError("a hue is no percentage")
    return value


_CHANNEL = _scaled((0, 1), 255)
_GRAMMARS: dict[str, tuple[Callable[[float, str], float], ...]] = {
    "srgb": (_CHANNEL, _CHANNEL, _CHANNEL),
    "hsl": (_hue, _scaled((0, 100), None), _scaled((0, 100), None)),
    "hwb": (_hue, _scaled((0, 100)), _scaled((0, 100))),
    "lab": (_scaled((0, 100)), _scaled((0, 125)), _scaled((0, 125))),
    "lch": (_scaled((0, 100)), _scaled((0, 150)), _hue),
    "oklab": (_scaled((0, 1)), _scaled((0, 0.4)), _scaled((0, 0.4))),
    "oklch": (_scaled((0, 1)), _scaled((0, 0.4)), _hue),
}
_CALLS = {
    "rgb": SRGB,
    "rgba": SRGB,
    "hsl": HSL,
    "hsla": HSL,
    "hwb": HWB,
    "lab": LAB,
    "lch": LCH,
    "oklab": OKLAB,
    "oklch": OKLCH,
}


def _argument(slash: str, raw: str) -> tuple[float, str, bool]:
    """Value (percentages as 0..1, angles in degrees), unit, and whether a slash makes it the alpha."""
    if raw == "none":
        return math.nan, "", bool(slash)
    if found := _COMPONENT(raw):
        value, unit = float(found[1]), found[2] or ""
        if unit:
            return (value / 100 if unit == "%" else value * _ANGLES[unit]), unit, bool(slash)
        if is_number(value):
            return value, "", bool(slash)
    raise ColorSyntaxError(f"{raw} is no component")
