"""Math in values: ``{spacing.sm} * 2``, ``floor(7px / 2)``, several values separated by spaces."""

from __future__ import annotations

import re
from functools import lru_cache
from math import isfinite
from typing import Any

from ..style_dictionary.ecmascript.numbers import number, number_text, to_fixed
from .calc import NoCalcError, reduced
from .expressions import NotArithmeticError, evaluated

FRACTION_DIGITS = 4
"""How many decimal places results have, where the platform does not say (``mathFractionDigits``)."""

_OPERATORS = ("+", "-", "*", "/")
_UNIT = re.compile(r"[0-9]+\.?[0-9]*(?![eE][-+]?[0-9])([a-zA-Z%]+)")
"""A unit behind a number; the exponent of ``1e3`` is none."""

_LETTER = re.compile(r"[a-zA-Z%]").search
_MAYBE_MATH = re.compile(r"[0-9]|\bE\b|\bPI\b|  |^ | $")
_NUMBER = re.compile(r"\s*(?:[-+]?(?:Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)|0x[0-9a-fA-F]+)?\s*")
_LENGTH = re.compile(r"\b([0-9]+(?:\.[0-9]+)?)\.(dp|sp|em)\b")
"""What transforms for Jetpack Compose make of a length, e.g. ``16.00.dp``."""
_COLOR = re.compile(r"(?:rgb|hsl)a?\(|(?:ok)?l(?:ab|ch)\(|hwb\(|color\(").match
"""How a colour begins, which has numbers in it, yet is no function of math."""

_LONGEST = 2000
"""Longer texts are texts."""


def resolved(value: Any, digits: int = FRACTION_DIGITS) -> Any:
    """*value* with its math done, a number where it has no unit; what is no math stays as it is."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return value
    return _resolved(value, digits)


@lru_cache(1 << 16)  # many tokens have the same text
def _resolved(value: str, digits: int) -> str | float:
    if not _MAYBE_MATH.search(value):
        return value
    parts = [calculated(part, digits) for part in single_values(value)]
    if len(parts) == 1:
        return parts[0]
    return " ".join(part if isinstance(part, str) else number_text(part) for part in parts)


@lru_cache(1 << 16)  # many tokens come to the same
def calculated(text: str, digits: int = FRACTION_DIGITS) -> str | float:
    """The result of one expression: a number, or text with the one unit that *text* uses.

    Text that is a plain number stays, as does text with two units besides px, or without any sense as math.
    """
    if _NUMBER.fullmatch(text) or is_hex(text):
        return text
    if _LENGTH.search(text):
        return text if "calc(" in text else _calculated_length(text)
    if _COLOR(text):
        return text
    plain = text.replace("px", "")
    units = list(dict.fromkeys(found[1] for found in _UNIT.finditer(plain))) if _LETTER(plain) else []
    if len(units) > 1:
        return text
    unit = units[0] if units else ("px" if "px" in text else "")
    try:
        result = _result(plain, unit)
    except (NotArithmeticError, NoCalcError):
        return text
    if not isfinite(result):
        return text
    short = number(float(to_fixed(result, digits)))
    return number_text(short) + unit if unit else short


def is_hex(text: str) -> bool:
    """Whether *text* is a colour, as many are."""
    return text[:1] == "#" and text[1:].isalnum()


def _calculated_length(text: str) -> str:
    """The result where references were resolved to lengths of Kotlin. (The original prints NaN.)"""
    units = {found[2] for found in _LENGTH.finditer(text)}
    plain = _LENGTH.sub(r"\1", text).replace("px", "")
    try:
        result = _result(plain, "")
    except (NotArithmeticError, NoCalcError):
        return text
    return f"{to_fixed(result, 2)}.{units.pop()}" if len(units) == 1 and isfinite(result) else text


def _result(plain: str, unit: str) -> float:
    if _NUMBER.fullmatch(plain):
        stripped = plain.strip()
        if "Infinity" in stripped:
            raise NotArithmeticError("not finite")
        return float(int(stripped, 16) if stripped.startswith("0x") else stripped or 0)
    try:
        return evaluated(plain)
    except NotArithmeticError:
        pass
    if unit and not re.search(r"[/+%-]", plain):
        plain = plain.replace(unit, "")  # nothing but products: the unit may stand anywhere
    return reduced(plain)


def single_values(text: str) -> list[str]:
    """The values of *text* that are separated by spaces, e.g. ``["8 / 4 * 7px", "8 * 5px"]``.

    A space separates where there is no operator on either side and no parenthesis round it.
    """
    words = text.split(" ")
    if len(words) == 1 or (len(words) == 3 and words[1] in _OPERATORS):
        return [text]
    ends: list[int] = []
    skip = False
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        after = words[at + 1] if at + 1 < len(words) else ""
        if _belongs(word, before, after, text):
            continue
        if skip:
            skip = False
            continue
        ends.append(at)
        # The next word would be found to stand alone too: the same gap seen from its other side.
        skip = not any(operator in word for operator in _OPERATORS)
    if not ends:
        return [text]
    parts, start = [], 0
    for end in [*ends, len(words)]:
        part = " ".join(words[start : end + 1])
        if part:
            parts.append(part)
        start = end + 1
    return parts


def _belongs(word: str, before: str, after: str, text: str) -> bool:
    """Whether *word* is part of an expression that goes on beyond it."""
    return (
        word in _OPERATORS
        or (after in _OPERATORS and (before in _OPERATORS or before == "" or word.endswith(")")))
        or (after == "" and before in _OPERATORS)
        or "(" in word
        or _inside_parentheses(word, text)
    )


def _inside_parentheses(word: str, text: str) -> bool:
    opening, closing = text.find("("), text.rfind(")")
    if not 0 <= opening < closing:
        return False
    if "\n" in text:  # both parentheses stand on the line of the word
        return re.search(r"\(.*?" + re.escape(word) + r".*?\)", text) is not None
    return word in text[opening + 1 : closing]
