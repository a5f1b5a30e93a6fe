"""Contrast of two colours. Source: WCAG 2.2, "contrast ratio", "relative luminance"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_KNEE = 0.04045
"""Texts before May 2021 print 0.03928, taken from an older draft of sRGB; no 8-bit value lies between."""


def contrast_ratio(front: Mapping[str, Any], back: Mapping[str, Any]) -> float | None:
    """The ratio of two colour values, 1 to 21, unrounded.

    A translucent foreground is laid on the background first; a translucent background stands on something unknown:
    ``None``.
    """
    if _alpha(back) < 1:
        return None
    channels, ground = _srgb(front), _srgb(back)
    if channels is None or ground is None:
        return None
    alpha = _alpha(front)
    mixed = [over * alpha + under * (1 - alpha) for over, under in zip(channels, ground, strict=True)]
    light, dark = sorted((relative_luminance(mixed), relative_luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def relative_luminance(channels: list[float]) -> float:
    """The relative luminance of sRGB channels, 0 (black) to 1 (white)."""
    red, green, blue = (
        channel / 12.92 if channel <= _KNEE else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _alpha(value: Mapping[str, Any]) -> float:
    alpha = value.get("alpha", 1)
    return 0.0 if alpha == "none" else float(alpha)


def _srgb(value: Mapping[str, Any]) -> list[float] | None:
    """The channels in sRGB; ``None`` for what is no colour value, such as an older form that was kept."""
    if not isinstance(value, Mapping) or "components" not in value:
        return None
    from .color import to_rgb

    return [min(1.0, max(0.0, channel)) for channel in to_rgb(dict(value))]
