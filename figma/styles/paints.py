"""FILL styles -> color and gradient."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from ..values.colors import is_color, to_dtcg
from ..values.numbers import is_number, shortest
from .bindings import Binder

Json = dict[str, Any]


class Fill(NamedTuple):
    """What a paint becomes."""

    type: str
    value: Any
    extension: Json


def fill(paint: Json, binder: Binder, profile: str) -> Fill | None:
    """The token of one paint; ``None`` for pictures, patterns and the like."""
    opacity = paint.get("opacity", 1)
    opacity = opacity if is_number(opacity) else 1
    extension = {"blendMode": paint["blendMode"]} if paint.get("blendMode", "NORMAL") != "NORMAL" else {}
    if paint.get("type") == "SOLID" and is_color(paint.get("color")):
        return Fill("color", color(paint, opacity, binder, profile, "color"), extension)
    kind = str(paint.get("type", ""))
    stops = paint.get("gradientStops")
    if not kind.startswith("GRADIENT_") or not isinstance(stops, list):
        return None
    found = [
        {
            "color": color(stop, opacity, binder, profile, f"gradientStops.{index}"),
            "position": shortest(stop.get("position", 0)),
        }
        for index, stop in enumerate(stops)
        if isinstance(stop, dict) and is_color(stop.get("color")) and is_number(stop.get("position", 0))
    ]
    if not found:
        return None
    return Fill("gradient", found, extension | {"gradient": _geometry(kind, paint.get("gradientHandlePositions"))})


def color(owner: Json, opacity: float, binder: Binder, profile: str, label: str) -> Any:
    """The colour of a paint or stop: a reference where it is bound and fully opaque paint covers it."""
    if opacity == 1:
        if reference := binder.reference(owner, "color", "color", label):
            return reference
    else:
        binder.unreferred(owner, "color", label)
    literal = dict(owner["color"])
    literal["a"] = literal.get("a", 1) * opacity
    return to_dtcg(literal, profile)


def _geometry(kind: str, handles: object) -> Json:
    """What DTCG's gradient leaves out: its kind, its handles, and the angle that CSS would give it."""
    found: Json = {"kind": kind.removeprefix("GRADIENT_").lower()}
    points = [
        (point["x"], point["y"])
        for point in handles
        if isinstance(point, dict) and is_number(point.get("x")) and is_number(point.get("y"))
    ] if isinstance(handles, list) else []  # fmt: skip
    if points:
        found["handles"] = [{"x": _tidy(x), "y": _tidy(y)} for x, y in points]
    if kind == "GRADIENT_LINEAR" and len(points) > 1:
        (x0, y0), (x1, y1) = points[:2]
        # CSS counts clockwise from "upwards"; Figma's y grows downwards.
        found["angle"] = _tidy(math.degrees(math.atan2(x1 - x0, -(y1 - y0))) % 360)
    return found


def _tidy(number: float) -> int | float:
    return shortest(round(number, 4) + 0.0)
