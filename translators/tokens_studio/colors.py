"""Colour modifiers (``$extensions["studio.tokens"].modify``) and ``rgba(#hex, alpha)``."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from ..style_dictionary.color.css import Color, ColorSyntaxError, color, css_text, hex_text
from ..style_dictionary.color.gamut import to_gamut
from ..style_dictionary.color.spaces import DISPLAY_P3, HSL, LCH, OKLCH, SPACES, SRGB, Coords, Space, convert
from ..style_dictionary.ecmascript.numbers import number_text, remainder
from .arithmetic import calculated

_UI_COLOR = re.compile(r"UIColor\(red: ([\d.]+?), green: ([\d.]+?), blue: ([\d.]+?), alpha: ([\d.]+?)\)", re.ASCII)
_HEX_RGBA = re.compile(r"rgba\(\s*(#.+?)\s*,\s*([0-9]*(?:\.[0-9]*|%)*)\s*\)")
_SPACES: Mapping[str, Space] = {**SPACES, "p3": DISPLAY_P3}
_FORMATS: Mapping[str, Space] = {"lch": LCH, "srgb": SRGB, "p3": DISPLAY_P3, "hsl": HSL, "hex": SRGB}


def modified(base: str, modifier: Mapping[str, Any]) -> str:
    """*base* as *modifier* says: ``{"type": "lighten", "value": "0.2", "space": "lch", "format": "hex"}``.

    Types are lighten, darken, mix (with ``color``) and alpha; spaces lch, hsl, p3 and srgb. A modifier that
    cannot be followed leaves the colour alone.

    Raises:
        ColorSyntaxError: *base* is no colour.
    """
    base = _from_ui_color(base)
    start = color(base)
    space = _SPACES.get(str(modifier.get("space")))
    amount = _number(modifier.get("value"))
    change = _unchanged if amount != amount else _MODIFIERS.get(str(modifier.get("type")), _unchanged)
    try:
        found = change(start, space, amount, modifier)
    except ColorSyntaxError:
        return base
    if space is None:
        return base
    found = _within(found, space)
    if (target := _FORMATS.get(str(modifier.get("format")))) is not None:
        found = _within(found, target)
    return hex_text(found) if modifier.get("format") == "hex" else css_text(found)


def _number(value: object) -> float:
    if isinstance(value, str):
        value = calculated(value)
    if isinstance(value, str):
        try:
            return float(value) if value.strip() else 0.0
        except ValueError:
            return math.nan
    return float(value) if isinstance(value, int | float) else math.nan


def _from_ui_color(text: str) -> str:
    found = _UI_COLOR.search(text) if "UIColor" in text else None
    if found is None:
        return text
    red, green, blue = (number_text(float(share) * 255) for share in found.groups()[:3])
    return f"rgba({red}, {green}, {blue}, {found[4]})"


def _within(found: Color, space: Space) -> Color:
    return Color(space, found.within(space), found.alpha)


def _with(found: Color, space: Space, coords: Coords) -> Color:
    """*found* in its own space, with *coords* of *space*."""
    return Color(found.space, convert(coords, space, found.space), found.alpha)


def _at(coords: Coords, index: int, value: float) -> Coords:
    return (*coords[:index], value, *coords[index + 1 :])


def _unchanged(start: Color, space: Space | None, amount: float, modifier: Mapping[str, Any]) -> Color:
    return start


def _lighten(start: Color, space: Space | None, amount: float, modifier: Mapping[str, Any]) -> Color:
    if space is LCH:
        lightness, chroma, hue = start.within(LCH)
        lighter = _with(start, LCH, (min(100.0, lightness + (100 - lightness) * amount), chroma, hue))
        return _with(lighter, LCH, _at(lighter.within(LCH), 1, max(0.0, chroma - amount * chroma)))
    if space is HSL:
        hue, saturation, lightness = start.within(HSL)
        return _with(start, HSL, (hue, saturation, min(100.0, lightness + (100 - lightness) * amount)))
    if space in (DISPLAY_P3, SRGB):
        return _channels(start, space, lambda channel: min(1.0, channel + amount * (1 - channel)))
    lightness, chroma, hue = start.within(OKLCH)
    return _with(start, OKLCH, (lightness * (1 + amount), chroma, hue))


def _darken(start: Color, space: Space | None, amount: float, modifier: Mapping[str, Any]) -> Color:
    if space is LCH:
        lightness, chroma, hue = start.within(LCH)
        darker = _with(start, LCH, (max(0.0, lightness - lightness * amount), chroma, hue))
        return _with(darker, LCH, _at(darker.within(LCH), 1, max(0.0, chroma - amount * chroma)))
    if space is HSL:
        hue, saturation, lightness = start.within(HSL)
        return _with(start, HSL, (hue, saturation, max(0.0, lightness - lightness * amount)))
    if space in (DISPLAY_P3, SRGB):
        return _channels(start, space, lambda channel: max(0.0, channel - amount * channel))
    lightness, chroma, hue = start.within(OKLCH)
    return _with(start, OKLCH, (lightness * (1 - amount), chroma, hue))


def _channels(start: Color, space: Space | None, change: Callable[[float], float]) -> Color:
    if space is DISPLAY_P3:
        start = _within(start, DISPLAY_P3)
    target = space or SRGB
    found = tuple(change(channel) for channel in start.within(target))
    for index, channel in enumerate(found):
        start = _with(start, target, _at(start.within(target), index, channel))
    return start


def _alpha(start: Color, space: Space | None, amount: float, modifier: Mapping[str, Any]) -> Color:
    return start._replace(alpha=_share(amount))


def _share(amount: float) -> float:
    return max(0.0, min(1.0, amount))


def _mix(start: Color, space: Space | None, amount: float, modifier: Mapping[str, Any]) -> Color:
    """A colour between both, of which the text with five digits is read again, as the original does."""
    other = color(modifier.get("color"))
    space = space or start.space
    one, two = (to_gamut(found.within(space), space, space) for found in (start, other))
    if space.polar:
        hue = 2 if space in (LCH, OKLCH) else 0
        one, two = _shorter_arc(one, two, hue)
    share = _share(amount)
    coords = tuple(_between(a, b, share) for a, b in zip(one, two, strict=True))
    mixed = Color(space, coords, _between(start.alpha, other.alpha, share))
    return color(css_text(mixed))


def _between(start: float, end: float, share: float) -> float:
    if start != start:
        return end
    return start if end != end else start + (end - start) * share


def _shorter_arc(one: Coords, two: Coords, hue: int) -> tuple[Coords, Coords]:
    a, b = one[hue], two[hue]
    if a != a:
        a = b
    elif b != b:
        b = a
    a, b = (remainder(remainder(angle, 360) + 360, 360) if angle == angle else angle for angle in (a, b))
    if b - a > 180:
        a += 360
    elif b - a < -180:
        b += 360
    return _at(one, hue, a), _at(two, hue, b)


_MODIFIERS = {"lighten": _lighten, "darken": _darken, "mix": _mix, "alpha": _alpha}


def hex_rgba(text: str) -> str:
    """*text* with every ``rgba(#ffffff, 0.5)`` as ``rgba(255, 255, 255, 0.5)``."""
    return _HEX_RGBA.sub(_plain_rgba, text)


def _plain_rgba(found: re.Match[str]) -> str:
    try:
        channels = color(found[1]).within(SRGB)
    except ColorSyntaxError:
        return found[0]
    red, green, blue = (number_text(channel * 255) for channel in channels)
    return f"rgba({red}, {green}, {blue}, {found[2]})"
