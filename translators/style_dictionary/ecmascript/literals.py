"""Literals, keys and names as Prettier 3 prints them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from unicodedata import category, combining, east_asian_width

from .json import compact, quoted
from .numbers import number_text

_QUOTES = re.compile(r"\\(.)|([\"'])", re.DOTALL)
_SIMPLE_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?").fullmatch
_ASCII_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*").fullmatch
_RESERVED = """
break case catch class const continue debugger default delete do else export extends false finally for function
if import in instanceof new null return super switch this throw true try typeof var void while with
"""


def string_literal(value: str) -> str:
    """*value* in double quotes, in single ones where that saves escapes."""
    return with_preferred_quotes(quoted(value))


def with_preferred_quotes(literal: str) -> str:
    """A literal in double quotes, in single ones where that saves escapes."""
    content = literal[1:-1]
    if '"' not in content or content.count('"') <= content.count("'"):
        return literal

    def swapped(found: re.Match[str]) -> str:
        escaped, plain = found.groups()
        if escaped is not None:
            return '"' if escaped == '"' else found[0]
        return "\\'" if plain == "'" else plain

    return "'" + _QUOTES.sub(swapped, content) + "'"


def scalar(value: Any) -> str:
    """The literal of anything but a non-empty list or object."""
    if isinstance(value, str):
        return string_literal(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        written = number_text(value)
        return "null" if written[-1] in "yN" else written.replace("e+", "e")
    return compact(value)


@lru_cache(maxsize=65536)
def property_key(name: str, *, typescript: bool = False) -> str:
    """*name* as a key, without quotes where that is safe."""
    if _ASCII_NAME(name) or _is_es5_name(name):
        return name
    if not typescript and _SIMPLE_NUMBER(name) and number_text(_number(name)) == name:
        return name
    return string_literal(name)


def _number(name: str) -> float:
    return float(name) if "." in name else int(name) if len(name) < 17 else float(name)


def is_binding(name: str, *, reserved: str = "") -> bool:
    """Whether a declaration may call something *name*; *reserved* is one more word that it may not use."""
    return name.replace("$", "_").isidentifier() and name not in _RESERVED.split() and name != reserved


def _is_es5_name(name: str) -> bool:
    if not name or name.isascii():
        return False
    return all(
        letter in "$_"
        or (ord(letter) < 0x10000 and category(letter) in _NAME_START)
        or (at > 0 and (letter in "\u200c\u200d" or (ord(letter) < 0x10000 and category(letter) in _NAME_PART)))
        for at, letter in enumerate(name)
    )


_NAME_START = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nl"})
_NAME_PART = frozenset({"Mn", "Mc", "Nd", "Pc"})


def width(text: str) -> int:
    """How many columns *text* takes: two for wide characters and emoji, none for marks."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(letter: str) -> int:
    if ord(letter) < 0x20 or 0x7F <= ord(letter) <= 0x9F or category(letter) in ("Mn", "Me") or combining(letter):
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1
