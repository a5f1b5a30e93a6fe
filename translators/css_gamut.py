"""Wide colours with a fallback: what every screen can show first, more where a media query says that it is shown.

Source: Media Queries 4, "color-gamut"; CSS Color 4, "Gamut Mapping".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .css_colors import color
from .css_values import Writers

Json = Any

GAMUTS = {"srgb": "srgb", "p3": "display-p3", "rec2020": "rec2020"}
"""What ``color-gamut`` calls it -> its colour space, from narrow to wide."""


def within(gamut: str) -> Callable[[Writers], Writers]:
    """Writers whose colours lie in *gamut*."""
    space = GAMUTS[gamut]
    made: dict[int, Writers] = {}

    def limited(simple: Writers) -> Writers:
        found = made.get(id(simple))
        if found is None:
            found = made[id(simple)] = simple.but(color=_limited(simple["color"], space))
        return found

    return limited


def _limited(write: Callable[[Json], str], space: str) -> Callable[[Json], str]:
    from dss_tokens.color import fits, fitted

    def limited(value: Json) -> str:
        if type(value) is not dict or value["colorSpace"] in ("srgb", "hsl", "hwb"):
            return write(value)
        inside = {key: part for key, part in fitted(value, space).items() if key != "hex"}
        # A form of sRGB cannot say what only a wider screen shows.
        return write(inside) if space == "srgb" or fits(value, "srgb") else color(inside)

    return limited
