"""SwiftUI: constants in an enum, own types for composites, an enum per context with what it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..code_text import doc_lines, reason_of, swift_string, value_text
from ..format_options import Known
from ..group_notes import GroupNotes
from ..identifiers import cased, identifiers
from ..losses import Losses
from ..measures import Rgba, decimal, hundred
from ..modes import blocks
from ..records import Border, Records, Shadow, Stop, Stroke, TextStyle, Transition
from ..registry import formats
from ..rendering import Rendering, all_tokens
from ..templating import render

OPTIONS: Known = {"base_font_size": float, "enum": str}

_WEIGHTS = ("ultraLight", "thin", "light", "regular", "medium", "semibold", "bold", "heavy", "black")
_TYPES = {
    "color": "Color",
    "dimension": "CGFloat",
    "duration": "TimeInterval",
    "number": "Double",
    "fontFamily": "[String]",
    "fontWeight": "Font.Weight",
    "cubicBezier": "UnitCurve",
    "strokeStyle": "TokenStroke",
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
    name = cased(str(rendering.platform.options.get("enum", "tokens")), "pascal")
    names, found = identifiers(rendering.names, all_tokens(rendering.permutations), "camel", "swift")
    losses = Losses()
    code = _Code(Records(rendering.platform, losses, "display-p3"), rendering)
    groups = blocks(rendering.permutations, name, lambda token: code.member(token, names[token.path]))
    rendering.diagnostics += [*found, *losses.diagnostics(rendering.platform)]
    yield OutputFile(rendering.platform.out, render("swift/swiftui.swift.j2", groups=groups))


class _Code:
    """Tokens as Swift."""

    def __init__(self, records: Records, rendering: Rendering) -> None:
        self.records = records
        self.rendering = rendering
        self.groups = GroupNotes(rendering.permutations, "// {}".format)
        self.writers: Mapping[str, Callable[[Any], str]] = {
            "boolean": lambda value: "true" if value else "false",
            "color": _color,
            "dimension": decimal,
            "duration": _seconds,
            "number": decimal,
            "fontFamily": _strings,
            "fontWeight": self.weight,
            "cubicBezier": _curve,
            "strokeStyle": _stroke,
            "border": _border,
            "transition": _animation,
            "shadow": lambda layers: f"[{', '.join(map(_shadow, layers))}]",
            "gradient": lambda stops: f"Gradient(stops: [{', '.join(map(_stop, stops))}])",
            "typography": self.typography,
        }

    def member(self, token: ResolvedToken, name: str) -> dict[str, Any]:
        """A constant with its type and comment."""
        value = self.records.of(token)
        if value is None:
            kind, text = "String", swift_string(value_text(self.rendering, token))
        else:
            key = "boolean" if type(value) is bool else token.type
            kind, text = _TYPES[key], self.writers[key](value)
        deprecated = (
            f"@available(*, deprecated, message: {swift_string(reason_of(token))})" if token.deprecated else None
        )
        comment = [*self.groups.before(token), *doc_lines(token, "///", deprecated)]
        return {"comment": comment, "name": name, "type": kind, "value": text}

    def weight(self, value: float) -> str:
        """One of the nine weights that SwiftUI has."""
        return f"Font.Weight.{_WEIGHTS[self.records.hundred(value) // 100 - 1]}"

    def typography(self, value: TextStyle) -> str:
        """Our own type: the parts of a text style are set in several places."""
        size = self.records.base if value.size is None else value.size
        weight = 400 if value.weight is None else value.weight
        height = 0 if value.height is None else round((value.height - 1) * size, 5)
        return (
            f"TokenTypography(families: {_strings(value.families)}, size: {decimal(size)}, "
            f"weight: Font.Weight.{_WEIGHTS[hundred(weight) // 100 - 1]}, weightValue: {decimal(weight)}, "
            f"tracking: {decimal(value.spacing or 0)}, lineSpacing: {decimal(height)}, "
            f"italic: {'true' if value.italic else 'false'})"
        )


def _color(value: Rgba) -> str:
    space = ".displayP3" if value.space == "display-p3" else ".sRGB"
    channels = f"red: {decimal(value.red)}, green: {decimal(value.green)}, blue: {decimal(value.blue)}"
    return f"Color({space}, {channels}, opacity: {decimal(value.alpha)})"


def _seconds(value: float) -> str:
    return decimal(round(value / 1000, 8))


def _strings(names: Any) -> str:
    return f"[{', '.join(map(swift_string, names))}]"


def _curve(value: Any) -> str:
    x1, y1, x2, y2 = map(decimal, value)
    start, end = f"UnitPoint(x: {x1}, y: {y1})", f"UnitPoint(x: {x2}, y: {y2})"
    return f"UnitCurve.bezier(startControlPoint: {start}, endControlPoint: {end})"


def _stroke(value: Stroke) -> str:
    dashes = ", ".join(map(decimal, value.dashes))
    return f"TokenStroke(style: {swift_string(value.style)}, dash: [{dashes}], cap: .{value.cap})"


def _border(value: Border) -> str:
    stroke = _stroke(value.stroke)
    return f"TokenBorder(color: {_color(value.color)}, width: {decimal(value.width)}, stroke: {stroke})"


def _animation(value: Transition) -> str:
    points = ", ".join(map(decimal, value.curve))
    return f"Animation.timingCurve({points}, duration: {_seconds(value.duration)}).delay({_seconds(value.delay)})"


def _shadow(value: Shadow) -> str:
    lengths = ", ".join(f"{part}: {decimal(getattr(value, part))}" for part in ("x", "y", "blur", "spread"))
    return f"TokenShadow(color: {_color(value.color)}, {lengths}, inset: {'true' if value.inset else 'false'})"


def _stop(value: Stop) -> str:
    return f"Gradient.Stop(color: {_color(value.color)}, location: {decimal(value.position)})"
