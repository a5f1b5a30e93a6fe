"""``fontFamily`` and ``fontWeight``. Source: DTCG Format 2025.10, "Font family", "Font weight"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..regex import lazy
from .numeric import is_css_function, split_quantity
from .protocol import Json, Kept, SimpleType, ValueFault, described, is_number

WEIGHTS = {
    "thin": 100, "hairline": 100, "extra-light": 200, "ultra-light": 200, "light": 300, "normal": 400,
    "regular": 400, "book": 400, "medium": 500, "semi-bold": 600, "demi-bold": 600, "bold": 700,
    "extra-bold": 800, "ultra-bold": 800, "black": 900, "heavy": 900, "extra-black": 950, "ultra-black": 950,
}  # fmt: skip
"""The names of font weights and their numbers."""

_BY_LETTERS = {name.replace("-", ""): name for name in WEIGHTS} | {"roman": "regular"}
_ITALIC = lazy(r"(?:italic|oblique)\Z", re.I)


def _is_family(value: Json) -> bool:
    if type(value) is str:
        return True
    return type(value) is list and len(value) > 0 and all(type(name) is str for name in value)


def _family_faults(value: Json) -> Iterator[ValueFault]:
    if not isinstance(value, list):
        yield ValueFault("FF-1", f"a fontFamily is a name or an array of names, not {described(value)}")
        return
    if not value:
        yield ValueFault("FF-2", "an empty array names no font family")
    for place, name in enumerate(value):
        if not isinstance(name, str):
            yield ValueFault("FF-1", f"a font family's name is a string, not {described(name)}", (place,))


font_family = SimpleType("fontFamily", _is_family, _family_faults, lambda value: None, (str, list))


def _is_weight(value: Json) -> bool:
    if type(value) is int or type(value) is float:
        return 1 <= value <= 1000
    return type(value) is str and value in WEIGHTS


def _weight_faults(value: Json) -> Iterator[ValueFault]:
    if is_number(value):
        yield ValueFault("FW-1", f"the font weight {value} is outside 1 to 1000")
    elif isinstance(value, str):
        suggestion = weight_name(value)
        hint = f'write "{suggestion}"' if suggestion else "one of " + ", ".join(WEIGHTS)
        yield ValueFault("FW-2", f"the font weight {described(value)} is unknown", (), hint)
    else:
        yield ValueFault("FW-1", f"a font weight is a number or a name, not {described(value)}")


def weight_name(text: str) -> str | None:
    """The DTCG name for a weight as tools write it (``SemiBold``, ``Extra Bold``), or ``None``."""
    letters = re.sub(r"[\s_-]", "", text).lower()
    return _BY_LETTERS.get(letters)


def _without_style(text: str) -> str:
    """``Bold Italic`` without its last word."""
    match = _ITALIC.search(text)
    return text if match is None else text[: match.start()].rstrip("\t _-")


def _upgrade_weight(value: Json) -> Json | Kept | None:
    if not isinstance(value, str):
        return None
    parts = split_quantity(value)
    if parts is not None and parts[1] == "" and 1 <= parts[0] <= 1000:
        return parts[0]
    if (name := weight_name(value)) is not None:
        return name
    without_style = _without_style(value)
    if without_style != value and (name := weight_name(without_style or "regular")) is not None:
        return name
    return Kept(value, "the weight has no form in DTCG") if is_css_function(value) else None


font_weight = SimpleType("fontWeight", _is_weight, _weight_faults, _upgrade_weight, (int, float, str))
