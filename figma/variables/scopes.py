"""Figma types and scopes <-> DTCG types.

A *kind* is a DTCG type with the scale of its numbers: Figma counts opacity in hundredths, CSS does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, NamedTuple

from ..records import Raw, Variable
from ..values.colors import to_dtcg
from ..values.easings import parse_easing
from ..values.families import split_families
from ..values.numbers import is_number, shortest
from ..values.weights import parse_weight


class Kind(NamedTuple):
    """What a variable becomes."""

    type: str
    """A DTCG type, or the non-standard ``string`` and ``boolean``."""

    scale: int = 1
    """What one unit of the token is in Figma: 100 for percentages."""


COLOR, DIMENSION, NUMBER, WEIGHT = Kind("color"), Kind("dimension"), Kind("number"), Kind("fontWeight")
DURATION, FAMILY, STRING, BOOLEAN = Kind("duration"), Kind("fontFamily"), Kind("string"), Kind("boolean")
EASING = Kind("cubicBezier")
PERCENT = Kind("number", 100)

KINDS = {
    "color": COLOR,
    "dimension": DIMENSION,
    "number": NUMBER,
    "percent": PERCENT,
    "fontWeight": WEIGHT,
    "fontFamily": FAMILY,
    "duration": DURATION,
    "cubicBezier": EASING,
    "string": STRING,
    "boolean": BOOLEAN,
}
"""The types a user's rule may name."""


class Ground(IntEnum):
    """How firmly a kind is known."""

    FALLBACK = 0
    NAME = 1
    SCOPE = 2
    RULE = 3


class Typed(NamedTuple):
    """A variable's kind and how it was found."""

    kind: Kind
    ground: Ground
    ratio: bool = False
    """An opacity that somebody typed as a ratio although Figma counts in hundredths."""


_LENGTHS = frozenset(
    {
        *("CORNER_RADIUS", "WIDTH_HEIGHT", "GAP", "STROKE_FLOAT", "EFFECT_FLOAT"),
        *("FONT_SIZE", "LETTER_SPACING", "PARAGRAPH_SPACING", "PARAGRAPH_INDENT"),
    }
)
_OPACITIES = frozenset({"OPACITY", "COLOR_OPACITY"})
_WEIGHTS = frozenset({"FONT_WEIGHT", "FONT_STYLE"})
_RATIO_UP_TO = 4
"""A line height of at most 4 is a ratio; a variable bound to line height counts in px."""

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_A-Za-z]+")
_BY_WORD = (
    dict.fromkeys(("space", "spacing", "gap", "size", "radius", "width", "height", "border"), DIMENSION)
    | dict.fromkeys(("inset", "padding"), DIMENSION)
    | {"weight": WEIGHT}
    | dict.fromkeys(("duration", "delay"), DURATION)
    | dict.fromkeys(("opacity", "alpha", "z", "index", "ratio", "count", "columns"), NUMBER)
)
_LAST_WORD = {"scale": NUMBER}
"""Says least: ``space/scale/4`` is a length."""

_FIXED = {"COLOR": COLOR, "BOOLEAN": BOOLEAN}


def infer(variable: Variable, literals: Sequence[Raw], rules: tuple[tuple[str, str], ...] = ()) -> Typed:
    """The kind of *variable*, decided once over the *literals* of all its modes (without those that have none)."""
    if rules and (kind := _by_rule(variable, rules)) is not None and fits(kind, literals):
        return Typed(kind, Ground.RULE)
    if (fixed := _FIXED.get(variable.type)) is not None:
        return Typed(fixed, Ground.SCOPE)
    scopes = frozenset(variable.scopes or ()) - {"ALL_SCOPES"}
    if variable.type == "STRING":
        return _text(variable.name, scopes, literals)
    typed = _scoped(scopes, literals) if scopes else None
    if typed is None:
        typed = _named(variable.name, literals)
    return typed if fits(typed.kind, literals) else Typed(NUMBER, Ground.FALLBACK)


def _by_rule(variable: Variable, rules: tuple[tuple[str, str], ...]) -> Kind | None:
    whole = f"{variable.collection.name}/{variable.name}"
    for pattern, name in rules:
        if fnmatchcase(whole, pattern) or fnmatchcase(variable.name, pattern):
            return KINDS.get(name)
    return None


def _scoped(scopes: frozenset[str], literals: Sequence[Raw]) -> Typed | None:
    """The kind of a FLOAT by its *scopes*; ``None`` for a mix that crosses the groups."""
    if scopes <= _LENGTHS:
        return Typed(DIMENSION, Ground.SCOPE)
    if scopes == {"LINE_HEIGHT"}:
        return Typed(_line_height(literals), Ground.SCOPE)
    if scopes <= _LENGTHS | {"LINE_HEIGHT"}:
        return Typed(DIMENSION, Ground.SCOPE) if _line_height(literals) is DIMENSION else None
    if scopes <= _OPACITIES:
        if any(abs(value) > 1 for value in literals if is_number(value)) or not any(literals):
            return Typed(PERCENT, Ground.SCOPE)
        return Typed(NUMBER, Ground.SCOPE, ratio=True)
    if scopes <= _WEIGHTS:
        return Typed(WEIGHT, Ground.SCOPE)
    if scopes == {"FONT_VARIATIONS"}:
        return Typed(NUMBER, Ground.SCOPE)
    return None


def _line_height(literals: Sequence[Raw]) -> Kind:
    ratio = all(value <= _RATIO_UP_TO for value in literals if is_number(value))
    return NUMBER if ratio else DIMENSION


@cache
def _words(name: str) -> tuple[str, ...]:
    """The words of a name, last first, in lower case: ``space/insetLarge`` -> ``large inset space``."""
    return tuple(word.lower() for word in reversed(_WORD.findall(name)))


def _named(name: str, literals: Sequence[Raw]) -> Typed:
    """The kind of a FLOAT by the words of its name, the last telling word first."""
    words = _words(name)
    for index, word in enumerate(words):
        if word == "height" and words[index + 1 : index + 2] == ("line",):
            return Typed(_line_height(literals), Ground.NAME)
        if word in _BY_WORD:
            return Typed(_BY_WORD[word], Ground.NAME)
    for word in words:
        if word in _LAST_WORD:
            return Typed(_LAST_WORD[word], Ground.NAME)
    return Typed(NUMBER, Ground.FALLBACK)


def _text(name: str, scopes: frozenset[str], literals: Sequence[Raw]) -> Typed:
    """The kind of a STRING."""
    if scopes == {"FONT_FAMILY"} and fits(FAMILY, literals):
        return Typed(FAMILY, Ground.SCOPE)
    if scopes == {"FONT_STYLE"}:
        return Typed(WEIGHT if fits(WEIGHT, literals) else STRING, Ground.SCOPE)
    if not scopes - {"FONT_STYLE"} and "weight" in _words(name) and fits(WEIGHT, literals):
        return Typed(WEIGHT, Ground.NAME)
    if literals and fits(EASING, literals):
        return Typed(EASING, Ground.NAME)
    return Typed(STRING, Ground.FALLBACK if not scopes else Ground.SCOPE)


def fits(kind: Kind, literals: Sequence[Raw]) -> bool:
    """Whether every literal can be written as *kind*."""
    if kind is COLOR:
        return all(type(value) is dict for value in literals)
    if kind is WEIGHT:
        return all(_weight(value) is not None for value in literals)
    if kind is FAMILY:
        return all(type(value) is str and split_families(value) for value in literals)
    if kind is EASING:
        return all(type(value) is str and parse_easing(value) is not None for value in literals)
    if kind is STRING:
        return all(type(value) is str for value in literals)
    if kind is BOOLEAN:
        return all(type(value) is bool or value in (0, 1) for value in literals)
    return all(is_number(value) for value in literals)


def _weight(value: Raw) -> int | float | None:
    if type(value) is str:
        parsed = parse_weight(value)
        return parsed[0] if parsed else None
    return shortest(value) if is_number(value) and 1 <= value <= 1000 else None


def to_value(kind: Kind, raw: Raw, profile: str) -> Any:
    """The DTCG value of a literal that :func:`fits` *kind*."""
    name = kind.type
    if name == "color":
        return to_dtcg(raw, profile)
    if name == "dimension":
        return {"value": shortest(raw), "unit": "px"}
    if name == "number":
        return shortest(raw) if kind.scale == 1 else shortest(shortest(raw) / kind.scale)
    if name == "duration":
        return {"value": shortest(raw), "unit": "ms"}
    if name == "fontWeight":
        return _weight(raw)
    if name == "cubicBezier":
        return parse_easing(raw)
    if name == "fontFamily":
        families = split_families(raw)
        return families[0] if len(families) == 1 else families
    if name == "boolean":
        return bool(raw)
    return raw
