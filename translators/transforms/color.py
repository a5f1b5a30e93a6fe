"""Colours in another colour space."""

from __future__ import annotations

from dss_tokens.resolve.answers import ResolvedToken

from ..css_colors import in_space
from ..platform import Platform
from ..registry import transforms


@transforms.register("color/srgb")
def srgb(token: ResolvedToken, platform: Platform) -> ResolvedToken:
    """Colours in sRGB, brought into its gamut."""
    return _in(token, "srgb")


@transforms.register("color/oklch")
def oklch(token: ResolvedToken, platform: Platform) -> ResolvedToken:
    """Colours in OKLCH."""
    return _in(token, "oklch")


@transforms.register("color/display-p3")
def display_p3(token: ResolvedToken, platform: Platform) -> ResolvedToken:
    """Colours in Display P3, brought into its gamut."""
    return _in(token, "display-p3")


def _in(token: ResolvedToken, space: str) -> ResolvedToken:
    if token.type != "color" or type(token.value) is not dict:
        return token
    return token._replace(value=in_space(token.value, space))
