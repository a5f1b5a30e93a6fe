"""Sums and products of dimensions in one unit, as CSS' ``calc()`` has them."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<calc>(?:-(?:webkit|mox)-)?calc[^\s()+*/\"',]*\()|(?P<sign>[-+*/()])"
    r"|(?P<word>(?:[0-9.])[^\s()+*/\"',-]*)",
    re.IGNORECASE,
)
_WORD = re.compile(r"([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)(.*)", re.DOTALL)
_UNITS = """
em ex ch rem vw vh vmin vmax px mm cm in pt pc q vm deg grad turn rad s ms hz khz dpi dpcm dppm fr %
"""
_DEEPEST = 64


class NoCalcError(ValueError):
    """Text that is no sum or product of dimensions."""


class Quantity(NamedTuple):
    """A number and its unit in small letters, empty for none."""

    value: float
    unit: str


def reduced(text: str) -> float:
    """The number that the calculation in *text* comes to; its unit is the one all its dimensions have.

    Raises:
        NoCalcError: Other text, unknown units, or units that do not go together.
    """
    parser = _Parser(_closed(_tokens(text)))
    found = parser.sum()
    if parser.at < len(parser.tokens):
        raise NoCalcError("more than one value")
    return found.value


def _tokens(text: str) -> list[str]:
    """Words and operators. A minus right behind a word is an operator; before a number, elsewhere, its sign."""
    tokens: list[str] = []
    at, after_word = 0, False
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise NoCalcError(f"unexpected {text[at]}")
        kind, token = found.lastgroup, found[0]
        if token in ("-", "+") and not after_word:
            signed = _TOKEN.match(text, at + 1)
            if signed is not None and signed.lastgroup == "word":
                found, kind, token = signed, "word", token + signed[0]
        at = found.end()
        after_word = kind == "word"
        if kind == "calc":
            tokens.append("(")
        elif kind != "space":
            tokens.append(token)
    return tokens


def _closed(tokens: list[str]) -> list[str]:
    """*tokens* without parentheses round everything that are never closed."""
    missing = tokens.count("(") - tokens.count(")")
    leading = 0
    while leading < len(tokens) and tokens[leading] == "(":
        leading += 1
    return tokens[missing:] if 0 < missing <= leading else tokens


class _Parser:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def take(self, *wanted: str) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at] in wanted:
            self.at += 1
            return self.tokens[self.at - 1]
        return ""

    def sum(self) -> Quantity:
        found = self.product()
        while operator := self.take("+", "-"):
            other = self.product()
            if found.unit != other.unit:
                raise NoCalcError("units that cannot be added")
            value = found.value + other.value if operator == "+" else found.value - other.value
            found = Quantity(value, found.unit)
        return found

    def product(self) -> Quantity:
        found = self.value()
        while operator := self.take("*", "/"):
            other = self.value()
            if other.unit and (found.unit or operator == "/"):
                raise NoCalcError("units that cannot be multiplied")
            if operator == "/":
                if not other.value:
                    raise NoCalcError("division by zero")
                found = Quantity(found.value / other.value, found.unit)
            else:
                found = Quantity(found.value * other.value, found.unit or other.unit)
        return found

    def value(self) -> Quantity:
        if self.take("("):
            self.depth += 1
            if self.depth > _DEEPEST:
                raise NoCalcError("nested too deep")
            found = self.sum()
            if not self.take(")"):
                raise NoCalcError("more than one value")
            self.depth -= 1
            return found
        word = _WORD.fullmatch(self.tokens[self.at]) if self.at < len(self.tokens) else None
        if word is None:
            raise NoCalcError("a number is missing")
        self.at += 1
        number, unit = word.groups()
        if unit and unit.lower() not in _UNITS.split():
            raise NoCalcError(f"unknown unit {unit}")
        return Quantity(float(number), unit.lower())
