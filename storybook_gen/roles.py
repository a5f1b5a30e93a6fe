"""What a token is for, so far as its type, its name and Figma's scopes tell: decides the page and the sample."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from dss_tokens.naming import words

from .handover import StoryToken

KINDS = {
    "color": "color",
    "dimension": "dimension",
    "fontFamily": "typography", "fontWeight": "typography", "typography": "typography",
    "border": "border", "strokeStyle": "border",
    "shadow": "shadow",
    "duration": "motion", "cubicBezier": "motion", "transition": "motion",
    "gradient": "gradient",
    "number": "number",
}  # fmt: skip
"""Type -> kind. The tokens of a kind share a data file; an alias never leaves it, since it keeps its type."""

KIND_NAMES = ("color", "dimension", "typography", "border", "shadow", "motion", "gradient", "number", "other")


def kind_of(type: str) -> str:
    """The kind of a type; ``other`` for one that the specification does not have."""
    return KINDS.get(type, "other")


_Rule = tuple[str, frozenset[str]]


def _rules(*rows: tuple[str, str]) -> tuple[_Rule, ...]:
    return tuple((role, frozenset(names.split())) for role, names in rows)


_DIMENSION = _rules(
    ("fontSize", "fontsize typesize textsize"),
    ("radius", "radius radii corner corners rounded roundness"),
    ("borderWidth", "borderwidth strokewidth stroke hairline outline"),
    ("letterSpacing", "letterspacing tracking"),
    ("lineHeight", "lineheight leading"),
    ("breakpoint", "breakpoint breakpoints viewport screen media"),
    ("blur", "blur spread offset elevation shadow"),
    ("spacing", "space spacing spacer gap padding margin inset gutter stack inline indent"),
    ("size", "size sizes sizing width height icon avatar container control target length"),
)
_PAIRS = {
    ("font", "size"): "fontSize", ("text", "size"): "fontSize", ("type", "size"): "fontSize",
    ("border", "width"): "borderWidth", ("stroke", "width"): "borderWidth", ("outline", "width"): "borderWidth",
    ("letter", "spacing"): "letterSpacing", ("line", "height"): "lineHeight", ("border", "radius"): "radius",
}  # fmt: skip
_SCOPES = {
    "FONT_SIZE": "fontSize", "CORNER_RADIUS": "radius", "STROKE_FLOAT": "borderWidth",
    "LETTER_SPACING": "letterSpacing", "LINE_HEIGHT": "lineHeight", "GAP": "spacing", "WIDTH_HEIGHT": "size",
    "EFFECT_FLOAT": "blur", "PARAGRAPH_SPACING": "spacing", "PARAGRAPH_INDENT": "spacing",
}  # fmt: skip
_SURE_SCOPES = frozenset({"FONT_SIZE", "CORNER_RADIUS", "STROKE_FLOAT", "LETTER_SPACING", "LINE_HEIGHT"})

_NUMBER = _rules(
    ("opacity", "opacity alpha transparency"),
    ("zIndex", "zindex z layer stacking elevation"),
    ("lineHeight", "lineheight leading"),
    ("weight", "weight"),
    ("ratio", "ratio scale aspect"),
)
_NUMBER_SCOPES = {"OPACITY": "opacity", "LINE_HEIGHT": "lineHeight", "FONT_WEIGHT": "weight"}

_COLOR = _rules(
    ("shadow", "shadow elevation"),
    ("border", "border borders stroke outline divider separator ring line hairline"),
    ("icon", "icon icons glyph"),
    ("text", "text fg foreground ink content typography on link label placeholder heading"),
    ("surface", "surface surfaces bg background canvas backdrop scrim overlay layer page paper fill"),
)
_COLOR_SCOPES = {
    "TEXT_FILL": "text", "STROKE_COLOR": "border", "FRAME_FILL": "surface", "EFFECT_COLOR": "shadow",
}  # fmt: skip


def role_of(token: StoryToken) -> str:
    """What *token* is for, e.g. ``radius``, ``text``; ``""`` when nothing says so."""
    scopes = _scopes(token.figma)
    if token.type == "dimension":
        return _dimension(token.path, scopes)
    if token.type == "number":
        return _number(token.path, scopes)
    if token.type == "color":
        return _color(token.path, scopes)
    return ""


def _scopes(figma: Mapping[str, Any] | None) -> tuple[str, ...]:
    found = figma.get("scopes") if figma else None
    return tuple(scope for scope in found if isinstance(scope, str)) if isinstance(found, list) else ()


def _by_scope(table: Mapping[str, str], scopes: Iterable[str]) -> str:
    return next((table[scope] for scope in scopes if scope in table), "")


@cache
def _dimension(path: str, scopes: tuple[str, ...]) -> str:
    sure = [scope for scope in scopes if scope in _SURE_SCOPES]
    if len(scopes) == 1 and sure:
        return _SCOPES[sure[0]]
    return _by_words(path, _DIMENSION, _PAIRS) or _by_scope(_SCOPES, scopes)


@cache
def _number(path: str, scopes: tuple[str, ...]) -> str:
    pairs = {("line", "height"): "lineHeight", ("z", "index"): "zIndex"}
    return _by_scope(_NUMBER_SCOPES, scopes) or _by_words(path, _NUMBER, pairs)


@cache
def _color(path: str, scopes: tuple[str, ...]) -> str:
    if len(scopes) == 1 and scopes[0] in _COLOR_SCOPES:
        return _COLOR_SCOPES[scopes[0]]
    return _by_words(path, _COLOR, {}) or _by_scope(_COLOR_SCOPES, scopes)


def _by_words(path: str, rules: tuple[_Rule, ...], pairs: Mapping[tuple[str, str], str]) -> str:
    """The role by the words of *path*, the last name first: ``border.radius`` is a radius."""
    names = [tuple(word.lower() for word in words(name)) for name in path.split(".")]
    flat = [word for name in names for word in name]
    for first, second in zip(reversed(flat[:-1]), reversed(flat[1:]), strict=True):
        if (first, second) in pairs:
            return pairs[first, second]
    for name in reversed(names):
        for role, known in rules:
            if not known.isdisjoint(name):
                return role
    return ""


_STEP = re.compile(r"(?:(.*?)[-_ ]?)(\d{1,4})")
LEAST_STEPS = 3


def ramps(tokens: Sequence[StoryToken]) -> dict[str, tuple[str, int]]:
    """Path -> (ramp, step) of colours that stand in a scale such as ``blue.50`` … ``blue.900`` or ``blue-50``.

    A scale has at least three numbered colours, most of them literals: numbered aliases are roles.
    """
    members: dict[str, list[tuple[StoryToken, int]]] = defaultdict(list)
    for token in tokens:
        parent, _, name = token.path.rpartition(".")
        match = _STEP.fullmatch(name)
        if match and token.type == "color":
            stem = match[1] or ""
            members[f"{parent}.{stem}".strip(".") if stem else parent].append((token, int(match[2])))
    found = {}
    for ramp, steps in members.items():
        literals = sum(token.alias is None for token, _ in steps)
        if ramp and len(steps) >= LEAST_STEPS and literals * 2 >= len(steps):
            found.update({token.path: (ramp, step) for token, step in steps})
    return found


_TEXT_PARTS = {
    "family": "fontFamily", "fontfamily": "fontFamily", "font": "fontFamily",
    "size": "fontSize", "fontsize": "fontSize",
    "weight": "fontWeight", "fontweight": "fontWeight",
    "lineheight": "lineHeight", "leading": "lineHeight",
    "letterspacing": "letterSpacing", "tracking": "letterSpacing",
}  # fmt: skip
_TEXT_TYPES = {
    "fontFamily": ("fontFamily", "string"), "fontSize": ("dimension", "fontSize"),
    "fontWeight": ("fontWeight", "number"),
    "lineHeight": ("number", "dimension"), "letterSpacing": ("dimension",),
}  # fmt: skip
_SHADOW_PARTS = {"x": "x", "offsetx": "x", "y": "y", "offsety": "y", "blur": "blur", "spread": "spread"}


def composed(tokens: Sequence[StoryToken]) -> dict[str, list[dict[str, Any]]]:
    """Text styles and shadows whose parts are tokens of their own, as Figma's variables have to write them.

    ``{"typography": [{"path", "parts": {"fontFamily": path, …}}], "shadow": […]}``, in the order of the tokens.
    """
    texts: dict[str, dict[str, str]] = {}
    shadows: dict[str, dict[str, str]] = {}
    shadow_colors: dict[str, str] = {}
    for token in tokens:
        parent, _, name = token.path.rpartition(".")
        key = "".join(words(name)).lower()
        part = _TEXT_PARTS.get(key)
        if parent and part and token.type in _TEXT_TYPES[part]:
            texts.setdefault(parent, {})[part] = token.path
        if parent and key in _SHADOW_PARTS and token.type == "dimension":
            shadows.setdefault(parent, {})[_SHADOW_PARTS[key]] = token.path
        if token.type == "color":
            if key in ("color", "colour"):
                shadows.setdefault(parent, {})["color"] = token.path
            elif role_of(token) == "shadow":
                shadow_colors[name.lower()] = token.path
    styles = [
        {"path": path, "parts": parts} for path, parts in texts.items() if {"fontFamily", "fontSize"} <= parts.keys()
    ]
    layers = []
    last = next(reversed(shadow_colors.values()), None)
    for path, parts in shadows.items():
        if "blur" not in parts or not {"x", "y"} & parts.keys():
            continue
        color = parts.get("color") or shadow_colors.get(path.rpartition(".")[2].lower()) or last
        layers.append({"path": path, "parts": {**parts, **({"color": color} if color else {})}})
    return {"typography": styles, "shadow": layers}
