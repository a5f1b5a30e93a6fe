"""Gamut mapping (CSS Color 4, "Sample Pseudocode for the Binary Search Gamut Mapping Algorithm")."""

from __future__ import annotations

import math

from .spaces import OKLAB, OKLCH, Coords, Space, convert, in_gamut

_JND, _EPSILON = 0.02, 0.0001


def to_gamut(coords: Coords, source: Space, target: Space) -> Coords:
    """*coords* of *source*, with the chroma reduced until *target* can show them; still in *source*."""
    if in_gamut(convert(coords, source, target), target, epsilon=0):
        return coords
    return convert(_mapped(coords, source, target), target, source)


def _mapped(coords: Coords, source: Space, target: Space) -> Coords:
    if not any(target.ranges):
        return convert(coords, source, target)
    lightness, chroma, hue = convert(coords, source, OKLCH)
    if lightness >= 1:
        return convert((1.0, 0.0, 0.0), OKLAB, target)
    if lightness <= 0:
        return convert((0.0, 0.0, 0.0), OKLAB, target)

    def inside(color: Coords) -> bool:
        return in_gamut(convert(color, OKLCH, target), target, epsilon=0)

    current: Coords = (lightness, chroma, hue)
    if inside(current):
        return convert(current, OKLCH, target)
    clipped = _clipped(current, target)
    if _difference(clipped, target, current) < _JND:
        return clipped
    low, high, low_inside = 0.0, chroma, True
    while high - low > _EPSILON:
        middle = (low + high) / 2
        current = (lightness, middle, hue)
        if low_inside and inside(current):
            low = middle
            continue
        clipped = _clipped(current, target)
        difference = _difference(clipped, target, current)
        if difference >= _JND:
            high = middle
        elif _JND - difference < _EPSILON:
            break
        else:
            low_inside = False
            low = middle
    return clipped


def _clipped(oklch: Coords, target: Space) -> Coords:
    return tuple(
        coord if bounds is None else max(min(bounds[1], coord), bounds[0])
        for coord, bounds in zip(convert(oklch, OKLCH, target), target.ranges, strict=True)
    )


def _difference(clipped: Coords, target: Space, oklch: Coords) -> float:
    """ΔE OK: the distance in Oklab."""
    one, other = convert(clipped, target, OKLAB), convert(oklch, OKLCH, OKLAB)
    return math.sqrt(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)))
