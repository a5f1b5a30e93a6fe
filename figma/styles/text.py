"""TEXT styles -> typography."""

from __future__ import annotations

from typing import Any

from ..values.numbers import is_number, pixels, shortest
from ..values.weights import parse_weight
from .bindings import Binder, bound_variable

Json = dict[str, Any]

_KEPT = ("textCase", "textDecoration", "paragraphSpacing", "paragraphIndent", "fontPostScriptName", "opentypeFlags")


def typography(node: Json, binder: Binder) -> tuple[Json, Json] | None:
    """The value, and what goes into the extension; ``None`` without a font and a size.

    ``lineHeight`` multiplies the font size in DTCG, whatever unit it has in Figma.
    """
    style = node.get("style")
    if not isinstance(style, dict):
        return None
    family, size = style.get("fontFamily"), style.get("fontSize")
    if not isinstance(family, str) or not is_number(size):
        return None
    owner = _bindings(node, style)
    value: Json = {
        "fontFamily": binder.reference(owner, "fontFamily", "fontFamily") or [family],
        "fontWeight": _weight(style, owner, binder),
        "fontSize": binder.reference(owner, "fontSize", "dimension") or pixels(size),
        "letterSpacing": binder.reference(owner, "letterSpacing", "dimension") or pixels(_spacing(style)),
        "lineHeight": binder.reference(owner, "lineHeight", "number") or _line_height(style, size),
    }
    extension = {field: style[field] for field in _KEPT if style.get(field)}
    if style.get("italic") is True:
        extension["fontStyle"] = "italic"
    if style.get("lineHeightUnit") == "INTRINSIC_%":
        extension["auto"] = True
    for field in ("paragraphSpacing", "paragraphIndent"):
        binder.unreferred(owner, field)
    return value, extension


def _bindings(node: Json, style: Json) -> Json:
    """Bindings stand on the node in real answers, inside ``style`` in the API's description."""
    found: Json = {}
    for owner in (style, node):
        if isinstance(owner.get("boundVariables"), dict):
            found |= owner["boundVariables"]
    return {"boundVariables": found}


def _weight(style: Json, owner: Json, binder: Binder) -> Any:
    for field in ("fontWeight", "fontStyle"):
        if bound_variable(owner, field) and (reference := binder.reference(owner, field, "fontWeight")):
            return reference
    weight = style.get("fontWeight")
    if is_number(weight) and 1 <= weight <= 1000:
        return shortest(weight)
    parsed = parse_weight(str(style.get("fontStyle", "")))
    return parsed[0] if parsed else 400


def _spacing(style: Json) -> float:
    """Letter spacing in px. Figma computes it from percentages, which leaves more noise than float32 alone."""
    value = style.get("letterSpacing", 0)
    return round(value, 4) if is_number(value) else 0


def _line_height(style: Json, size: float) -> int | float:
    percent, px = style.get("lineHeightPercentFontSize"), style.get("lineHeightPx")
    if style.get("lineHeightUnit") == "FONT_SIZE_%" and is_number(percent):
        return shortest(round(percent / 100, 4))
    if is_number(px) and size:
        return shortest(round(px / size, 4))
    return 1.2  # what browsers take for "normal", near enough
