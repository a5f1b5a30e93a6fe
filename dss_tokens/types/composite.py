"""``strokeStyle``, ``border``, ``transition``, ``shadow``, ``gradient``, ``typography``.

Source: DTCG Format 2025.10, "Composite types".
"""

from __future__ import annotations

import math
import re

from .numeric import is_css_function, split_quantity
from .protocol import CompositeType, Json, Kept, Part, is_number

STROKE_WORDS = frozenset({"solid", "dashed", "dotted", "double", "groove", "ridge", "outset", "inset"})
LINE_CAPS = frozenset({"round", "butt", "square"})


def _kept_shorthand(value: Json) -> Kept | None:
    """A composite written as CSS, e.g. ``"1px solid red"``: kept, since it cannot be taken apart safely."""
    if isinstance(value, str) and (is_css_function(value) or re.search(r"\s", value.strip()) or value == "none"):
        return Kept(value, "a composite written as one CSS string has no form in DTCG")
    return None


stroke_style = CompositeType(
    "strokeStyle", "SS-2", {"dashArray": Part("dashArray"), "lineCap": Part("lineCap")}, words=STROKE_WORDS,
    upgrade=lambda value: Kept(value, "not one of DTCG's stroke styles") if value in ("none", "hidden") else None,
)  # fmt: skip

border = CompositeType(
    "border", "BOR-1", {"color": Part("color"), "width": Part("dimension"), "style": Part("strokeStyle")},
    upgrade=_kept_shorthand,
)  # fmt: skip

transition = CompositeType(
    "transition", "TRA-1",
    {"duration": Part("duration"), "delay": Part("duration"), "timingFunction": Part("cubicBezier")},
    upgrade=_kept_shorthand,
)  # fmt: skip

_SHADOW_NAMES = {"x": "offsetX", "y": "offsetY"}


def _upgrade_shadow(value: Json) -> Json | Kept | None:
    """Tokens Studio's ``x``, ``y`` and ``type``. Source: the digest's legacy forms."""
    if isinstance(value, dict) and ("x" in value or "y" in value or "type" in value):
        renamed = {_SHADOW_NAMES.get(key, key): part for key, part in value.items() if key != "type"}
        if value.get("type") in ("innerShadow", "inner"):
            renamed["inset"] = True
        return renamed
    return _kept_shorthand(value)


shadow = CompositeType(
    "shadow", "SHA-1",
    {
        "color": Part("color"), "offsetX": Part("dimension"), "offsetY": Part("dimension"),
        "blur": Part("dimension"), "spread": Part("dimension"), "inset": Part("boolean", required=False),
    },
    is_list=True, single_allowed=True, upgrade=_upgrade_shadow,
)  # fmt: skip

gradient = CompositeType(
    "gradient",
    "GRA-1",
    {"color": Part("color"), "position": Part("number", rule="GRA-1")},
    is_list=True,
    upgrade=_kept_shorthand,
)


def _upgrade_typography(value: Json) -> Json | Kept | None:
    """A line height as a dimension or percentage, as a ratio where that is exact."""
    if not isinstance(value, dict):
        return _kept_shorthand(value)
    height = value.get("lineHeight")
    ratio: Json = None
    if isinstance(height, str) and (parts := split_quantity(height)):
        height = {"value": parts[0], "unit": parts[1]}
    if isinstance(height, dict) and is_number(height.get("value")):
        if height.get("unit") in ("%", ""):
            ratio = height["value"] / 100 if height["unit"] else height["value"]
        else:
            ratio = _ratio(height, value.get("fontSize"))
    return None if ratio is None or ratio == value["lineHeight"] else {**value, "lineHeight": ratio}


def _ratio(height: dict[str, Json], size: Json) -> float | None:
    if isinstance(size, str) and (parts := split_quantity(size)):
        size = {"value": parts[0], "unit": parts[1]}
    if not isinstance(size, dict) or size.get("unit") != height.get("unit") or not is_number(size.get("value")):
        return None
    ratio = float(height["value"] / size["value"]) if size["value"] else math.inf
    return ratio if math.isfinite(ratio) else None


typography = CompositeType(
    "typography", "TYP-1",
    {
        "fontFamily": Part("fontFamily"), "fontSize": Part("dimension"), "fontWeight": Part("fontWeight"),
        "letterSpacing": Part("dimension"), "lineHeight": Part("number", rule="TYP-2", reference_rule="TYP-2"),
    },
    upgrade=_upgrade_typography,
)  # fmt: skip
