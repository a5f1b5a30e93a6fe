"""``attribute/*``."""

from __future__ import annotations

from typing import Any

from ..color.css import to_srgb
from ..ecmascript.numbers import number
from ..transform import Setting, Token, attribute_transform
from .color import is_color

_LEVELS = ("category", "type", "item", "subitem", "state")


@attribute_transform("attribute/cti")
def cti(token: Token, setting: Setting) -> dict[str, Any]:
    """Category, type, item, subitem and state from the path; what is authored wins."""
    authored: dict[str, Any] = token["attributes"]
    return dict(zip(_LEVELS, token["path"], strict=False)) | authored


@attribute_transform("attribute/color", types=("color",), accepts=is_color)
def color(token: Token, setting: Setting) -> dict[str, Any]:
    """The colour as ``hex``, ``rgb``, ``hsl`` and ``hsv``."""
    found = to_srgb(token[setting.value_key])
    if found is None:  # excluded by ``accepts``
        return {}
    alpha = found.alpha

    def keyed(keys: str, values: tuple[float, ...]) -> dict[str, float]:
        return dict(zip(keys, map(number, (*values, alpha)), strict=True))

    return {
        "hex": found.hex6(),
        "rgb": keyed("rgba", found.channels()),
        "hsl": keyed("hsla", found.hsl()),
        "hsv": keyed("hsva", found.hsv()),
    }
