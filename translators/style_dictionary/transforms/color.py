"""``color/*``."""

from __future__ import annotations

import math
from typing import Any

from ..color.css import ColorSyntaxError, color, is_dtcg_color, to_srgb
from ..color.spaces import DISPLAY_P3, LCH, OKLAB, OKLCH, Coords, Space
from ..color.srgb import Srgb
from ..ecmascript.numbers import number_text, rounded, to_fixed
from ..ecmascript.values import text
from ..transform import Setting, Token, TransformError, value_transform

_GRADIENTS = tuple(
    f"{repeating}{kind}-gradient" for kind in ("linear", "radial", "conic") for repeating in ("", "repeating-")
)


def is_color(value: Any) -> bool:
    """Whether *value* is a colour that the colour transforms take: gradients are not, nor CSS Color 4 text."""
    if is_dtcg_color(value):
        return True
    if to_srgb(value) is None:
        return False
    return not (isinstance(value, str) and value.startswith(_GRADIENTS))


def _srgb(value: Any) -> Srgb:
    found = to_srgb(value)
    if found is None:
        raise TransformError(f"{text(value)} is not a colour")
    return found


@value_transform("color/rgb", types=("color",), accepts=is_color)
def rgb(value: Any, token: Token, setting: Setting) -> str:
    """``rgb(0, 150, 136)``, ``rgba(…)`` with transparency."""
    return _srgb(value).rgb_text()


@value_transform("color/hsl", types=("color",), accepts=is_color)
def hsl(value: Any, token: Token, setting: Setting) -> str:
    """``hsl(174, 100%, 29%)``, ``hsla(…)`` with transparency."""
    return _srgb(value).hsl_text()


@value_transform("color/hsl-4", types=("color",), accepts=is_color)
def hsl_4(value: Any, token: Token, setting: Setting) -> str:
    """``hsl(174 100% 29% / 0.5)``."""
    found = _srgb(value)
    hue, saturation, lightness = found.hsl()
    inner = f"{rounded(hue)} {rounded(saturation * 100)}% {rounded(lightness * 100)}%"
    return f"hsl({inner})" if found.alpha == 1 else f"hsl({inner} / {number_text(found.alpha)})"


@value_transform("color/hex", types=("color",), accepts=is_color)
def hex_(value: Any, token: Token, setting: Setting) -> str:
    """``#009688``, with transparency ``#009688de``."""
    found = _srgb(value)
    return "#" + (found.hex6() if found.alpha == 1 else found.hex8())


@value_transform("color/hex8", types=("color",), accepts=is_color)
def hex8(value: Any, token: Token, setting: Setting) -> str:
    """``#009688ff``."""
    return "#" + _srgb(value).hex8()


def _alpha_first(value: Any) -> str:
    digits = _srgb(value).hex8()
    return digits[6:] + digits[:6]


@value_transform("color/hex8android", types=("color",), accepts=is_color)
def hex8android(value: Any, token: Token, setting: Setting) -> str:
    """``#ff009688``: alpha first."""
    return "#" + _alpha_first(value)


@value_transform("color/composeColor", types=("color",), accepts=is_color)
def compose_color(value: Any, token: Token, setting: Setting) -> str:
    """``Color(0xff009688)``."""
    return f"Color(0x{_alpha_first(value)})"


@value_transform("color/hex8flutter", types=("color",), accepts=is_color)
def hex8flutter(value: Any, token: Token, setting: Setting) -> str:
    """``Color(0xFF009688)``."""
    return f"Color(0x{_alpha_first(value).upper()})"


def _shares(found: Srgb, places: int) -> list[str]:
    return [to_fixed(channel / 255, places) for channel in found.channels()]


@value_transform("color/UIColor", types=("color",), accepts=is_color)
def ui_color(value: Any, token: Token, setting: Setting) -> str:
    """``[UIColor colorWithRed:0.114f green:0.114f blue:0.114f alpha:1.000f]``."""
    found = _srgb(value)
    red, green, blue = _shares(found, 3)
    alpha = to_fixed(found.alpha, 3)
    return f"[UIColor colorWithRed:{red}f green:{green}f blue:{blue}f alpha:{alpha}f]"


@value_transform("color/UIColorSwift", types=("color",), accepts=is_color)
def ui_color_swift(value: Any, token: Token, setting: Setting) -> str:
    """``UIColor(red: 0.667, green: 0.667, blue: 0.667, alpha: 0.6)``."""
    found = _srgb(value)
    red, green, blue = _shares(found, 3)
    return f"UIColor(red: {red}, green: {green}, blue: {blue}, alpha: {number_text(found.alpha)})"


@value_transform("color/ColorSwiftUI", types=("color",), accepts=is_color)
def color_swift_ui(value: Any, token: Token, setting: Setting) -> str:
    """``Color(red: 0.667, green: 0.667, blue: 0.667, opacity: 0.6)``."""
    found = _srgb(value)
    red, green, blue = _shares(found, 3)
    return f"Color(red: {red}, green: {green}, blue: {blue}, opacity: {number_text(found.alpha)})"


@value_transform("color/css", types=("color",), accepts=is_color)
def css(value: Any, token: Token, setting: Setting) -> str:
    """``#000000``, with transparency ``rgba(0, 0, 0, 0.5)``."""
    found = _srgb(value)
    if found.alpha == 1:
        return "#" + found.hex6()
    red, green, blue = found.channels()
    return f"rgba({red}, {green}, {blue}, {number_text(found.alpha)})"


@value_transform("color/sketch", types=("color",), accepts=is_color)
def sketch(value: Any, token: Token, setting: Setting) -> dict[str, Any]:
    """Red, green and blue as text with five places, and alpha."""
    found = _srgb(value)
    red, green, blue = _shares(found, 5)
    return {"red": red, "green": green, "blue": blue, "alpha": found.alpha}


def _function(value: Any, space: Space, name: str, places: tuple[int, int, int], unit: str = "") -> str:
    try:
        found = color(value)
    except ColorSyntaxError as error:
        raise TransformError(str(error)) from error
    first, second, third = _fixed(found.within(space), places)
    return f"{name}{first}{unit} {second} {third}{found.alpha_text()})"


def _fixed(coords: Coords, places: tuple[int, int, int]) -> list[str]:
    return [to_fixed(0 if math.isnan(c) else c, count) for c, count in zip(coords, places, strict=True)]


@value_transform("color/oklch", types=("color",), accepts=is_color)
def oklch(value: Any, token: Token, setting: Setting) -> str:
    """``oklch(0.7000 0.1500 180.00)``; colours outside sRGB stay outside."""
    return _function(value, OKLCH, "oklch(", (4, 4, 2))


@value_transform("color/oklab", types=("color",), accepts=is_color)
def oklab(value: Any, token: Token, setting: Setting) -> str:
    """``oklab(0.7000 -0.1000 0.1000)``."""
    return _function(value, OKLAB, "oklab(", (4, 4, 4))


@value_transform("color/p3", types=("color",), accepts=is_color)
def p3(value: Any, token: Token, setting: Setting) -> str:
    """``color(display-p3 0.50000 0.50000 0.50000)``."""
    return _function(value, DISPLAY_P3, "color(display-p3 ", (5, 5, 5))


@value_transform("color/lch", types=("color",), accepts=is_color)
def lch(value: Any, token: Token, setting: Setting) -> str:
    """``lch(50.00% 30.00 180.00)``."""
    return _function(value, LCH, "lch(", (2, 2, 2), "%")
