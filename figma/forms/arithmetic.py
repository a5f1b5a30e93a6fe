"""Sums in token values, e.g. ``4 * 1.5 + 2px``: numbers, + - * / and brackets; nothing is executed."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\s*(?:([0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)(?:px)?|([()+*/-]))", re.IGNORECASE)
_LONGEST = 500
_DEEPEST = 50


def evaluate(text: str) -> float | None:
    """The value of *text*; ``None`` when it is no sum."""
    if len(text) > _LONGEST:
        return None
    tokens = _split(text)
    if tokens is None:
        return None
    try:
        value, rest = _sum(tokens, 0, 0)
    except (ArithmeticError, IndexError, ValueError):
        return None
    return value if rest == len(tokens) else None


def _split(text: str) -> list[str] | None:
    tokens, place = [], 0
    text = text.rstrip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            return None
        tokens.append(match[1] or match[2])
        place = match.end()
    return tokens


def _sum(tokens: list[str], place: int, depth: int) -> tuple[float, int]:
    value, place = _product(tokens, place, depth)
    while place < len(tokens) and tokens[place] in "+-":
        sign = tokens[place]
        other, place = _product(tokens, place + 1, depth)
        value = value + other if sign == "+" else value - other
    return value, place


def _product(tokens: list[str], place: int, depth: int) -> tuple[float, int]:
    value, place = _factor(tokens, place, depth)
    while place < len(tokens) and tokens[place] in "*/":
        sign = tokens[place]
        other, place = _factor(tokens, place + 1, depth)
        value = value * other if sign == "*" else value / other
    return value, place


def _factor(tokens: list[str], place: int, depth: int) -> tuple[float, int]:
    if depth > _DEEPEST:
        raise ValueError("too many brackets")
    token = tokens[place]
    if token in "+-":
        value, place = _factor(tokens, place + 1, depth + 1)
        return (value if token == "+" else -value), place
    if token == "(":
        value, place = _sum(tokens, place + 1, depth + 1)
        if tokens[place] != ")":
            raise ValueError("a bracket is missing")
        return value, place + 1
    return float(token), place + 1
