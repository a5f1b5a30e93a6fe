"""Typed values -> CSS text. Sources: CSS Color 4, CSS Values 4, CSS Easing 2, CSS Fonts 4.

Everything a token holds is untrusted: what is printed can never end a declaration, a rule or a comment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from dss_tokens.resolve.evaluation import ResolvedToken
from dss_tokens.types import TYPES, WEIGHTS

Json = Any
Reference = Callable[[str], str | None]
"""The text that refers to the token at a path, ``None`` where the output has no such token."""

_FUNCTIONS = {"hsl": "hsl", "hwb": "hwb", "lab": "lab", "lch": "lch", "oklab": "oklab", "oklch": "oklch"}
_PERCENT_SPACES = ("hsl", "hwb")
_KEYWORD_FAMILIES = frozenset(
    [
        "serif",
        "sans-serif",
        "monospace",
        "cursive",
        "fantasy",
        "system-ui",
        "ui-serif",
        "ui-sans-serif",
        "ui-monospace",
        "ui-rounded",
        "math",
        "emoji",
        "fangsong",
        "-apple-system",
        "BlinkMacSystemFont",
    ]
)
_PLAIN = re.compile(r"[\w.%#+, -]*")
_OPENERS = {"(": ")", "[": "]"}
_HEX_TOLERANCE = 0.02  # of 1/255: components written with four decimals still mean their 8-bit value


def number(value: float) -> str:
    """A number as CSS writes it: shortest, without an exponent."""
    if type(value) is int:
        return str(value)
    text = repr(value)
    if "e" in text:
        text = f"{value:.12f}".rstrip("0").rstrip(".")
    elif text.endswith(".0"):
        text = text[:-2]
    return "0" if text in ("-0", "") else text


def _alpha(value: Mapping[str, Json]) -> str:
    alpha = value.get("alpha", 1)
    return "" if alpha == 1 else f" / {number(alpha)}"


def color(value: Json) -> str:
    """A color: ``#rrggbb`` (or ``rgb()`` with alpha) where sRGB components are 8-bit values, else as authored."""
    space = value["colorSpace"]
    parts = value["components"]
    if space == "srgb":
        eight = []
        for part in parts:
            if part == "none":
                break
            scaled = part * 255
            whole = round(scaled)
            if abs(scaled - whole) > _HEX_TOLERANCE:
                break
            eight.append(whole)
        else:
            alpha = value.get("alpha", 1)
            if alpha == 1:
                return "#%02x%02x%02x" % tuple(eight)  # noqa: UP031 -- half the time of an f-string
            return f"rgb({eight[0]} {eight[1]} {eight[2]} / {number(alpha)})"
    texts = [part if part == "none" else number(part) for part in parts]
    if space in _PERCENT_SPACES:
        texts[1:] = [text if text == "none" else f"{text}%" for text in texts[1:]]
    inside = " ".join(texts) + _alpha(value)
    name = _FUNCTIONS.get(space)
    return f"{name}({inside})" if name else f"color({space} {inside})"


def dimension(value: Json) -> str:
    """``16px``; a length that DTCG does not know, kept as written, stays so."""
    return number(value["value"]) + value["unit"] if type(value) is dict else raw(value)


def font_weight(value: Json) -> str:
    """The number of a weight."""
    return raw(value) if isinstance(value, str) and value not in WEIGHTS else number(WEIGHTS.get(value, value))


def cubic_bezier(value: Json) -> str:
    """``cubic-bezier(0.4, 0, 0.2, 1)``."""
    return f"cubic-bezier({', '.join(map(number, value))})" if type(value) is list else raw(value)


@cache
def quoted(text: str) -> str:
    """*text* as a CSS string. ``</`` is broken up, so that a style element cannot end in it."""
    out = []
    for character in text:
        if character in '"\\':
            out.append("\\" + character)
        elif character < " " or character == "\x7f" or character in "\u2028\u2029":
            out.append(f"\\{ord(character):x} ")
        else:
            out.append(character)
    return '"' + "".join(out).replace("</", "<\\/") + '"'


@cache
def _family(name: str) -> str:
    return name if name in _KEYWORD_FAMILIES else quoted(name)


def font_family(value: Json) -> str:
    """Family names, quoted but for the generic ones."""
    return ", ".join([_family(name) for name in ([value] if isinstance(value, str) else value)])


def stroke_style(value: Json) -> str:
    """The keyword; CSS has no dash patterns, so that an own pattern is ``dashed``."""
    return raw(value) if isinstance(value, str) else "dashed"


def raw(value: Json) -> str:
    """A value of no DTCG type: as it stands when it is harmless as a CSS value, else as a string."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (int, float)):
        return number(value)
    if not isinstance(value, str):
        import json

        return quoted(json.dumps(value, ensure_ascii=False))
    return value if value and is_harmless(value) else quoted(value)


@cache
def is_harmless(text: str) -> bool:
    """Whether *text* can stand as a CSS value without changing what follows it."""
    if _PLAIN.fullmatch(text):
        return True
    if re.search(r"[;{}\\\x00-\x1f\x7f<>`@$!\u2028\u2029]|/\*|\*/|//|url\(|expression\(", text, re.I):
        return False
    stack: list[str] = []
    quote = ""
    for character in text:
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in _OPENERS:
            stack.append(_OPENERS[character])
        elif character in ")]" and (not stack or stack.pop() != character):
            return False
    return not stack and not quote


def literal(kind: str, value: Json) -> str:
    """The CSS text of a resolved value."""
    return text_of(kind, value, value, None)


def text_of(kind: str, value: Json, written: Json, reference: Reference | None) -> str:
    """The CSS text of a value, references inside kept where *reference* knows them.

    Args:
        kind: The token's type.
        value: Resolved.
        written: The same with references as authored.
        reference: ``None`` for literals throughout.
    """
    simple = _SIMPLE.get(kind)
    if simple is not None:
        return simple(value)
    composite = _COMPOSITE.get(kind)
    if composite is None or isinstance(value, str):
        return raw(value)
    return composite(value, written, reference)


def _part(kind: str, name: str, value: Json, written: Json, reference: Reference | None) -> str:
    inner = written.get(name) if type(written) is dict else None
    if reference is not None and type(inner) is str and inner[:1] == "{" and inner[-1:] == "}":
        found = reference(inner[1:-1])
        if found is not None:
            return found
    return text_of(kind, value[name], inner if inner is not None else value[name], reference)


def _border(value: Json, written: Json, reference: Reference | None) -> str:
    width, style, color_ = (
        _part(kind, name, value, written, reference)
        for kind, name in (("dimension", "width"), ("strokeStyle", "style"), ("color", "color"))
    )
    return f"{width} {style} {color_}"


def _transition(value: Json, written: Json, reference: Reference | None) -> str:
    duration = _part("duration", "duration", value, written, reference)
    delay = _part("duration", "delay", value, written, reference)
    return f"{duration} {delay} {_part('cubicBezier', 'timingFunction', value, written, reference)}"


_SHADOW_LENGTHS = ("offsetX", "offsetY", "blur", "spread")


def _shadow(value: Json, written: Json, reference: Reference | None) -> str:
    return _list(_one_shadow, value, written, reference)


def _one_shadow(value: Json, written: Json, reference: Reference | None) -> str:
    parts = [_part("dimension", name, value, written, reference) for name in _SHADOW_LENGTHS]
    inset = "inset " if value.get("inset") else ""
    return f"{inset}{' '.join(parts)} {_part('color', 'color', value, written, reference)}"


def _gradient(value: Json, written: Json, reference: Reference | None) -> str:
    """The stops, to be used inside any gradient function: DTCG gives no kind and no direction."""
    return _list(_stop, value, written, reference)


def _stop(value: Json, written: Json, reference: Reference | None) -> str:
    shown = _part("color", "color", value, written, reference)
    position = written.get("position") if type(written) is dict else None
    if reference is not None and type(position) is str and (found := reference(position[1:-1])) is not None:
        return f"{shown} calc({found} * 100%)"
    return f"{shown} {number(round(min(1, max(0, value['position'])) * 100, 6))}%"


def _list(
    one: Callable[[Json, Json, Reference | None], str], value: Json, written: Json, reference: Reference | None
) -> str:
    if type(value) is dict:
        return one(value, written, reference)
    texts = []
    for place, item in enumerate(value):
        inner = written[place] if type(written) is list and place < len(written) else item
        if reference is not None and type(inner) is str and (found := reference(inner[1:-1])) is not None:
            texts.append(found)
        else:
            texts.append(one(item, inner, reference))
    return ", ".join(texts)


def _typography(value: Json, written: Json, reference: Reference | None) -> str:
    """A ``font`` shorthand; letter spacing has no place in one, see :func:`extra_parts`."""
    if "fontSize" not in value or "fontFamily" not in value:
        names = (("fontWeight", "fontWeight"), ("dimension", "fontSize"), ("fontFamily", "fontFamily"))
        return (
            " ".join(_part(kind, name, value, written, reference) for kind, name in names if name in value) or "initial"
        )
    weight = _part("fontWeight", "fontWeight", value, written, reference) + " " if "fontWeight" in value else ""
    size = _part("dimension", "fontSize", value, written, reference)
    height = "/" + _part("number", "lineHeight", value, written, reference) if "lineHeight" in value else ""
    return f"{weight}{size}{height} {_part('fontFamily', 'fontFamily', value, written, reference)}"


def extra_parts(token: ResolvedToken, reference: Reference | None) -> list[tuple[str, str]]:
    """Parts that the one text of a composite cannot hold, as ``(suffix, text)``: typography's letter spacing."""
    value = token.value
    if token.type != "typography" or type(value) is not dict or "letterSpacing" not in value:
        return []
    return [("letter-spacing", _part("dimension", "letterSpacing", value, token.written, reference))]


_SIMPLE: dict[str, Callable[[Json], str]] = {
    "color": lambda value: color(value) if type(value) is dict else raw(value),
    "dimension": dimension,
    "duration": dimension,
    "number": lambda value: number(value) if not isinstance(value, (str, bool)) else raw(value),
    "fontFamily": font_family,
    "fontWeight": font_weight,
    "cubicBezier": cubic_bezier,
    "strokeStyle": stroke_style,
}
_COMPOSITE: dict[str, Callable[[Json, Json, Reference | None], str]] = {
    "border": _border,
    "transition": _transition,
    "shadow": _shadow,
    "gradient": _gradient,
    "typography": _typography,
}
assert _SIMPLE.keys() | _COMPOSITE.keys() == TYPES.keys()

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def comment(token: ResolvedToken) -> str:
    """A token's description and mark, for a comment."""
    deprecated = token.deprecated
    parts = [token.token.description or ""]
    if deprecated:
        parts.append(f"@deprecated {deprecated if isinstance(deprecated, str) else ''}".rstrip())
    return comment_text(" ".join(filter(None, parts)))


@cache
def comment_text(text: str) -> str:
    """*text* for a comment on one line: it cannot end the comment, start a line or close a style element."""
    return _CONTROLS.sub(" ", text).strip().replace("*/", "*\\/").replace("</", "<\\/")
