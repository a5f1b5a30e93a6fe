"""SwiftUI: constants in an enum, own types for composites, an enum per context with what it changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..code_text import doc_lines, swift_string
from ..format_options import Known
from ..identifiers import cased, identifiers
from ..measures import as_list, base_font_size, decimal, families, milliseconds, pixels, rgba, weight
from ..modes import modes
from ..registry import formats
from ..rendering import Rendering
from ..templating import render

OPTIONS: Known = {"base_font_size": float, "enum": str}

_WEIGHTS = ("ultraLight", "thin", "light", "regular", "medium", "semibold", "bold", "heavy", "black")
_TYPES = {
    "color": "Color",
    "dimension": "CGFloat",
    "duration": "TimeInterval",
    "number": "Double",
    "fontFamily": "String",
    "fontWeight": "Font.Weight",
    "cubicBezier": "UnitCurve",
    "border": "TokenBorder",
    "transition": "Animation",
    "shadow": "[TokenShadow]",
    "gradient": "Gradient",
    "typography": "TokenTypography",
    "boolean": "Bool",
}


@formats.register("swift/swiftui", "swift")
def swiftui(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``swift/swiftui``: lengths in points, durations in seconds; the option ``enum`` names the enum (``Tokens``)."""
    base = base_font_size(rendering.platform)
    name = cased(str(rendering.platform.options.get("enum", "tokens")), "pascal")
    names, found = identifiers(rendering.names, rendering.tokens, "camel", "swift")
    rendering.diagnostics += found
    groups = []
    for mode in modes(rendering.permutations):
        tokens = mode.permutation.tokens
        differing = mode.permutation.differing if mode.permutation.inputs else tokens
        shown = [token for path, token in tokens.items() if path in differing and path in names]
        groups.append(
            {
                "name": name if not mode.permutation.inputs else name + cased(mode.name, "pascal"),
                "members": [
                    _member(rendering, token, names[token.path], base) for token in shown if token.path in names
                ],
            }
        )
    yield OutputFile(rendering.platform.out, render("swift/swiftui.swift.j2", groups=groups))


def _member(rendering: Rendering, token: ResolvedToken, name: str, base: float) -> dict[str, Any]:
    value = _value(token.type, token.value, base)
    kind = _TYPES.get(token.type, "String")
    if value is None:
        kind, value = "String", swift_string(_text(rendering, token))
    lines = doc_lines(token, start="///")
    if token.deprecated:
        reason = token.deprecated if isinstance(token.deprecated, str) else "deprecated"
        lines = [
            *doc_lines(token._replace(deprecated=None), start="///"),
            f"@available(*, deprecated, message: {swift_string(reason)})",
        ]
    return {"comment": lines, "name": name, "type": kind, "value": value}


def _text(rendering: Rendering, token: ResolvedToken) -> str:
    value = token.value
    return value if token.type == "string" and isinstance(value, str) else rendering.literal(token.type, value)


def _value(kind: str, value: Any, base: float) -> str | None:
    """A Swift expression; ``None`` where the value has none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if kind == "color":
        return _color(value)
    if kind == "dimension":
        length = pixels(value, base)
        return decimal(length) if length is not None else None
    if kind == "duration":
        time = milliseconds(value)
        return decimal(round(time / 1000, 6)) if time is not None else None
    if kind == "number" and isinstance(value, (int, float)):
        return decimal(value)
    if kind == "fontFamily":
        return swift_string(families(value)[0])
    if kind == "fontWeight":
        return f"Font.Weight.{_WEIGHTS[weight(value) // 100 - 1]}"
    if isinstance(value, str):
        return None
    composite = {
        "cubicBezier": _curve, "border": _border, "transition": _animation, "shadow": _shadows,
        "gradient": _gradient, "typography": _typography,
    }.get(kind)  # fmt: skip
    return composite(value, base) if composite is not None else None


def _color(value: Any) -> str | None:
    found = rgba(value, wide=True)
    if found is None:
        return None
    space = ".displayP3" if found.space == "display-p3" else ".sRGB"
    channels = f"red: {decimal(found.red)}, green: {decimal(found.green)}, blue: {decimal(found.blue)}"
    return f"Color({space}, {channels}, opacity: {decimal(found.alpha)})"


def _curve(value: Any, base: float) -> str:
    x1, y1, x2, y2 = map(decimal, value)
    start, end = f"UnitPoint(x: {x1}, y: {y1})", f"UnitPoint(x: {x2}, y: {y2})"
    return f"UnitCurve.bezier(startControlPoint: {start}, endControlPoint: {end})"


def _border(value: Any, base: float) -> str:
    style = swift_string(value["style"] if isinstance(value["style"], str) else "dashed")
    dashes = value["style"]["dashArray"] if isinstance(value["style"], dict) else []
    lengths = ", ".join(decimal(pixels(dash, base) or 0) for dash in dashes)
    width = decimal(pixels(value["width"], base) or 0)
    color = _color(value["color"]) or "Color.clear"
    return f"TokenBorder(color: {color}, width: {width}, style: {style}, dash: [{lengths}])"


def _animation(value: Any, base: float) -> str:
    curve = value["timingFunction"]
    x1, y1, x2, y2 = map(decimal, curve if isinstance(curve, list) else [0, 0, 1, 1])
    seconds = decimal(round((milliseconds(value["duration"]) or 0) / 1000, 6))
    delay = decimal(round((milliseconds(value["delay"]) or 0) / 1000, 6))
    return f"Animation.timingCurve({x1}, {y1}, {x2}, {y2}, duration: {seconds}).delay({delay})"


def _shadows(value: Any, base: float) -> str:
    shown = []
    for shadow in as_list(value):
        lengths = {
            part: decimal(pixels(shadow.get(part), base) or 0) for part in ("offsetX", "offsetY", "blur", "spread")
        }
        inset = "true" if shadow.get("inset") else "false"
        shown.append(
            f"TokenShadow(color: {_color(shadow['color']) or 'Color.clear'}, x: {lengths['offsetX']}, "
            f"y: {lengths['offsetY']}, blur: {lengths['blur']}, spread: {lengths['spread']}, inset: {inset})"
        )
    return f"[{', '.join(shown)}]"


def _gradient(value: Any, base: float) -> str:
    stops = [
        f"Gradient.Stop(color: {_color(stop['color']) or 'Color.clear'}, "
        f"location: {decimal(min(1, max(0, stop['position'])))})"
        for stop in as_list(value)
    ]
    return f"Gradient(stops: [{', '.join(stops)}])"


def _typography(value: Any, base: float) -> str:
    size = pixels(value.get("fontSize"), base) or base
    height = value.get("lineHeight")
    spacing = (height - 1) * size if isinstance(height, (int, float)) else 0
    family = swift_string(families(value["fontFamily"])[0]) if "fontFamily" in value else '""'
    return (
        f"TokenTypography(family: {family}, size: {decimal(size)}, "
        f"weight: {_value('fontWeight', value.get('fontWeight', 400), base)}, "
        f"tracking: {decimal(pixels(value.get('letterSpacing'), base) or 0)}, "
        f"lineSpacing: {decimal(round(spacing, 5))})"
    )
