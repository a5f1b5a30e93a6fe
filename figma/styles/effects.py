"""EFFECT styles -> shadow."""

from __future__ import annotations

from typing import Any

from ..values.colors import is_color
from ..values.numbers import pixels
from .bindings import Binder
from .listing import visible
from .paints import color

Json = dict[str, Any]

_SHADOWS = ("DROP_SHADOW", "INNER_SHADOW")


def shadows(node: Json, binder: Binder, profile: str) -> tuple[list[Json], list[Json]]:
    """The visible shadows in order, and the visible effects that are none."""
    found, others = [], []
    for index, effect in enumerate(visible(node, "effects")):
        if effect.get("type") in _SHADOWS and is_color(effect.get("color")):
            found.append(_shadow(effect, index, binder, profile))
        else:
            others.append(effect)
    return found, others


def _shadow(effect: Json, index: int, binder: Binder, profile: str) -> Json:
    offset = effect.get("offset")
    offset = offset if isinstance(offset, dict) else {}
    label = f"effects.{index}."

    def length(field: str, value: object) -> Any:
        return binder.reference(effect, field, "dimension", label + field) or pixels(value)

    shadow: Json = {
        "color": color(effect, 1, binder, profile, label + "color"),
        "offsetX": length("offsetX", offset.get("x", 0)),
        "offsetY": length("offsetY", offset.get("y", 0)),
        "blur": length("radius", effect.get("radius", 0)),
        "spread": length("spread", effect.get("spread", 0)),
    }
    if effect["type"] == "INNER_SHADOW":
        shadow["inset"] = True
    return shadow
