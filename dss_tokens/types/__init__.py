"""The 13 token types of DTCG 2025.10 (Format, "Types") with their checks."""

from __future__ import annotations

from .color import SPACES, color
from .composite import LINE_CAPS, border, gradient, shadow, stroke_style, transition, typography
from .font import WEIGHTS, font_family, font_weight
from .numeric import cubic_bezier, dimension, duration, number
from .protocol import CompositeType, Kept, Part, SimpleType, TokenType, ValueFault, described

TYPES: dict[str, TokenType] = {
    kind.name: kind
    for kind in (
        color, dimension, font_family, font_weight, duration, cubic_bezier, number,
        stroke_style, border, transition, shadow, gradient, typography,
    )
}  # fmt: skip

LEGACY_TYPES = {"spacing": "dimension", "sizing": "dimension", "fontSize": "dimension", "opacity": "number"}
"""Types of older tools that are surely one of the 13 when the value fits it."""

__all__ = (
    "LEGACY_TYPES", "LINE_CAPS", "SPACES", "TYPES", "WEIGHTS", "CompositeType", "Kept", "Part", "SimpleType",
    "TokenType", "ValueFault", "described",
)  # fmt: skip
