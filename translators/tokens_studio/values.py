"""Values of Tokens Studio's types as CSS, and typography as Jetpack Compose, needs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from ..style_dictionary.ecmascript.numbers import number, parse_float
from ..style_dictionary.ecmascript.values import text
from ..style_dictionary.rendering import value_text
from .arithmetic import FRACTION_DIGITS, resolved
from .colors import hex_rgba
from .preprocessing import FONT_STYLES, WEIGHT_STYLE

WEIGHTS: Mapping[str, int] = {
    **dict.fromkeys(("hairline", "thin"), 100),
    **dict.fromkeys(("extralight", "ultralight", "extraleicht"), 200),
    **dict.fromkeys(("light", "leicht"), 300),
    **dict.fromkeys(("normal", "regular", "buch", "book"), 400),
    **dict.fromkeys(("medium", "kraeftig", "kräftig"), 500),
    **dict.fromkeys(("semibold", "demibold", "halbfett"), 600),
    **dict.fromkeys(("bold", "dreiviertelfett"), 700),
    **dict.fromkeys(("extrabold", "ultrabold", "fett"), 800),
    **dict.fromkeys(("black", "heavy", "super", "extrafett"), 900),
    **dict.fromkeys(("ultra", "ultrablack", "extrablack"), 950),
}
"""Names of font weights, without spaces, as numbers."""


def _parts(value: Any, change: Callable[[Any], Any], *names: str) -> Any:
    """A composite *value* with *change* made to its members *names*, to all without names."""
    if not isinstance(value, dict):
        return value
    wanted = names or tuple(value)
    return {name: change(part) if name in wanted else part for name, part in value.items()}


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    return [change(item) for item in value] if isinstance(value, list) else change(value)


def math(value: Any, type_: Any, digits: int = FRACTION_DIGITS) -> Any:
    """*value* with the math in it done; in composites, in each member."""

    def done(part: Any) -> Any:
        return resolved(part, digits)

    if type_ in ("typography", "border"):
        return _parts(value, done)
    if type_ == "shadow":
        if isinstance(value, list):
            return [done(item) if isinstance(item, str) else _parts(item, done) for item in value]
        return _parts(value, done)
    return done(value)


def px(value: Any, type_: Any) -> Any:
    """*value* with ``px`` behind bare numbers: font sizes, shadow lengths, border widths, dimensions."""
    if type_ == "typography":
        return _parts(value, px_text, "fontSize")
    if type_ == "border":
        return _parts(value, px_text, "width")
    if type_ == "shadow":
        return _each(value, lambda item: _parts(item, px_text, "offsetX", "offsetY", "blur", "spread"))
    return px_text(value)


def px_text(value: Any) -> str:
    """``16px`` for 16; 0 and whatever is no number stay; each of several values on its own."""
    written = value_text(value)
    return " ".join(f"{part}px" if _is_length(part) else part for part in written.split(" "))


@lru_cache(1 << 16)  # many are the same
def _is_length(part: str) -> bool:
    try:
        return part.strip() != "" and float(part) == float(part) and parse_float(part) != 0 and "_" not in part
    except ValueError:
        return False


def decimal(value: Any) -> Any:
    """0.5 for ``50%``; ``None`` for what is no number."""
    written = text(value)
    if not written.endswith("%"):
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None
    found = parse_float(written[:-1])
    return None if found != found else number(found / 100)


def opacity(value: Any) -> Any:
    """0.5 for ``50%``."""
    found = decimal(value)
    return value if found is None else found


def line_height(value: Any) -> Any:
    """1.5 for ``150%``, all else as text."""
    found = decimal(value)
    return value_text(value) if found is None else found


def letter_spacing(value: Any) -> str:
    """``0.05em`` for ``5%``; a bare number counts as em."""
    found = decimal(value)
    return value_text(value) if found is None else f"{text(found)}em"


def font_weight(value: Any) -> Any:
    """``600`` for ``Semi Bold``, ``700 italic`` for ``Bold Italic``; other names in small letters."""
    found = WEIGHT_STYLE.search(text(value))
    if found is None:
        return value
    weight, style = found["weight"].lower(), (found["style"] or "").lower()
    if not style and weight not in WEIGHTS and weight in FONT_STYLES:
        return weight
    mapped: Any = WEIGHTS.get("".join(weight.split()), weight)
    return f"{mapped} {style}" if style else mapped


def in_typography(value: Any, type_: Any, member: str, change: Callable[[Any], Any]) -> Any:
    """*value* changed, or for typography its *member*."""
    return _parts(value, change, member) if type_ == "typography" else change(value)


def inner_shadow(value: Any) -> Any:
    """A shadow whose ``type`` is ``inset`` for inner shadows, and missing for the others."""

    def aligned(part: Any) -> Any:
        if not isinstance(part, dict):
            return part
        inner = part.get("type") in ("innerShadow", "inset")
        kept = {name: item for name, item in part.items() if name != "type" or inner}
        return {**kept, "type": "inset"} if inner else kept

    return _each(value, aligned)


def hex_alpha(value: Any, type_: Any) -> Any:
    """``rgba(#fff, 0.5)`` written out, also in the colour of borders and shadows."""

    def changed(part: Any) -> Any:
        return hex_rgba(part) if isinstance(part, str) else part

    if type_ in ("border", "shadow"):
        return _each(value, lambda item: _parts(item, changed, "color"))
    return changed(value)


_COMPOSE = ("fontFamily", "fontWeight", "lineHeight", "fontSize", "letterSpacing", "paragraphIndent")


def compose_text_style(value: Any) -> Any:
    """``TextStyle(…)`` of Jetpack Compose: the values only, one a line, as sd-transforms writes them."""
    if not isinstance(value, dict):
        return value
    lines = [
        f"{text(font_weight(part)) if name == 'fontWeight' else value_text(part)}\n"
        for name, part in value.items()
        if name in _COMPOSE
    ]
    return f"TextStyle(\n{''.join(lines)})"
