"""``color``. Source: DTCG Color 2025.10, "Format", "Supported Color spaces"."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from ..regex import lazy
from .numeric import is_css_function
from .protocol import Json, Kept, SimpleType, ValueFault, described, is_number

Range = tuple[float, float]

_UNIT: Range = (0, 1)
_PERCENT: Range = (0, 100)
_HUE: Range = (0, math.nextafter(360, 0))  # [0, 360)
_ANY: Range = (-math.inf, math.inf)
_CHROMA: Range = (0, math.inf)

_UNITS = _UNIT, _UNIT, _UNIT

SPACES: dict[str, tuple[Range, Range, Range]] = {
    **dict.fromkeys(("srgb", "srgb-linear", "display-p3", "a98-rgb", "prophoto-rgb", "rec2020"), _UNITS),
    "hsl": (_HUE, _PERCENT, _PERCENT),
    "hwb": (_HUE, _PERCENT, _PERCENT),
    "lab": (_PERCENT, _ANY, _ANY),
    "lch": (_PERCENT, _CHROMA, _HUE),
    "oklab": (_UNIT, _ANY, _ANY),
    "oklch": (_UNIT, _CHROMA, _HUE),
    "xyz-d65": _UNITS,
    "xyz-d50": _UNITS,
}
"""The 14 colour spaces with the ranges of their components."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_LEGACY_HEX = lazy(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_LONGEST = 256
"""Characters of a text that is tried as a CSS colour."""

_MEMBERS = frozenset({"colorSpace", "components", "alpha", "hex"})


def _is_color(value: Json) -> bool:
    if type(value) is not dict:
        return False
    try:
        ranges = SPACES[value["colorSpace"]]
        components = value["components"]
        one, two, three = components
    except (KeyError, TypeError, ValueError):
        return False
    if not (
        # Most colours are of this form, and unrolled it takes half the time.
        ranges is _UNITS
        and type(one) is type(two) is type(three) is float
        and 0 <= one <= 1
        and 0 <= two <= 1
        and 0 <= three <= 1
    ) and not _components_fit(components, ranges):
        return False
    members = len(value)
    if members == 3 and "hex" in value:
        written = value["hex"]
        return type(written) is str and _HEX.fullmatch(written) is not None
    return members == 2 or _extras_fit(value)


def _components_fit(components: Json, ranges: tuple[Range, Range, Range]) -> bool:
    if type(components) is not list:
        return False
    for part, (least, most) in zip(components, ranges, strict=True):
        if type(part) is float or type(part) is int:
            if not least <= part <= most:
                return False
        elif part != "none":
            return False
    return True


def _extras_fit(value: dict[str, Json]) -> bool:
    if not value.keys() <= _MEMBERS:
        return False
    written = value.get("hex")
    if (written is not None or "hex" in value) and (type(written) is not str or _HEX.fullmatch(written) is None):
        return False
    if "alpha" in value:
        alpha = value["alpha"]
        return (type(alpha) is float or type(alpha) is int) and 0 <= alpha <= 1
    return True


def _color_faults(value: Json) -> Iterator[ValueFault]:
    if not isinstance(value, dict):
        hint = 'e.g. {"colorSpace": "srgb", "components": [1, 0, 0]}'
        yield ValueFault(
            "COL-1", f"a color is an object with colorSpace and components, not {described(value)}", (), hint
        )
        return
    for key in ("colorSpace", "components"):
        if key not in value:
            yield ValueFault("COL-1", f"the color has no {key}")
    space = value.get("colorSpace")
    known = isinstance(space, str) and space in SPACES
    if "colorSpace" in value and not known:
        yield ValueFault(
            "COL-2",
            f"the color space {described(space)} is unknown",
            ("colorSpace",),
            "one of " + ", ".join(SPACES),
        )
    if "components" in value:
        ranges = SPACES[space] if known and isinstance(space, str) else (_ANY, _ANY, _ANY)
        yield from _component_faults(value["components"], ranges)
    if "alpha" in value:
        alpha = value["alpha"]
        if not is_number(alpha):
            yield ValueFault("COL-5", f"alpha is a number, not {described(alpha)}", ("alpha",))
        elif not 0 <= alpha <= 1:
            yield ValueFault("COL-5", f"alpha is {alpha}, outside 0 to 1", ("alpha",))
    if "hex" in value and not (isinstance(value["hex"], str) and _HEX.fullmatch(value["hex"])):
        yield ValueFault("COL-6", f"hex is # and six digits, not {described(value['hex'])}", ("hex",))
    for key in value:
        if key not in _MEMBERS:
            yield ValueFault("COL-7", f'a color has no "{key}"', (key,))


def _component_faults(components: Json, ranges: tuple[Range, Range, Range]) -> Iterator[ValueFault]:
    if not isinstance(components, list):
        yield ValueFault("COL-1", f"components is an array, not {described(components)}", ("components",))
        return
    if len(components) != 3:
        yield ValueFault("COL-3", f"a color has three components, not {len(components)}", ("components",))
    for place, (part, (least, most)) in enumerate(zip(components, ranges, strict=False)):
        keys = ("components", place)
        if is_number(part):
            if not least <= part <= most:
                limit = "[0, 360)" if (least, most) == _HUE else f"[{least:g}, {most:g}]"
                yield ValueFault("COL-3", f"component {place + 1} is {part}, outside {limit}", keys)
        elif isinstance(part, str):
            rule = "COL-3" if part[:1].isdigit() or part[:1] == "{" else "COL-4"
            yield ValueFault(rule, f'a component is a number or "none", not {described(part)}', keys)
        else:
            yield ValueFault("COL-3", f'a component is a number or "none", not {described(part)}', keys)


def from_hex(text: str) -> dict[str, Json]:
    """``#rgb``, ``#rgba``, ``#rrggbb`` or ``#rrggbbaa`` as a color value."""
    digits = text[1:]
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue, *alpha = (int(digits[at : at + 2], 16) / 255 for at in range(0, len(digits), 2))
    value: dict[str, Json] = {"colorSpace": "srgb", "components": [_short(c) for c in (red, green, blue)]}
    if alpha and alpha[0] != 1:
        value["alpha"] = _short(alpha[0])
    value["hex"] = "#" + digits[:6].lower()
    return value


def _short(number: float) -> int | float:
    return int(number) if number.is_integer() else number


def _upgrade_color(value: Json) -> Json | Kept | None:
    if isinstance(value, dict):
        renamed = {
            "components" if key == "channels" and "components" not in value else key: part
            for key, part in value.items()
        }
        written = renamed.get("hex")
        if isinstance(written, str) and _LEGACY_HEX.fullmatch(written) and not _HEX.fullmatch(written):
            renamed["hex"] = from_hex(written)["hex"]
        return None if renamed == value else renamed
    if not isinstance(value, str):
        return None
    text = value.strip()
    if _LEGACY_HEX.fullmatch(text):
        return from_hex(text)
    from ..color import parse_css

    parsed = parse_css(text) if len(text) <= _LONGEST else None
    if parsed is None and (is_css_function(text) or text.lower() in ("currentcolor", "inherit", "unset")):
        return Kept(value, "DTCG has no form for it")
    return parsed


color = SimpleType("color", _is_color, _color_faults, _upgrade_color, (dict,))
