"""Canonical JSON (RFC 8785): one value, one sequence of bytes, whoever writes it.

Manifests are written in it, and the revision of a record is the digest of it.
"""

from __future__ import annotations

import math
import re
from typing import Any

import orjson

MAX_INTEGER = 2**53 - 1

# What the fast encoder may write in another way than RFC 8785: `1.0`, `-0.0`, any exponent, integers beyond 2^53-1;
# keys above U+FFFF (sorted by UTF-16 there); `null`, which may have been NaN. Texts that look alike take the slow way
# for nothing. Three searches, because one for everything has to look at every byte.
_DOUBTFUL_NUMBER = re.compile(rb"[:,\[]-?[0-9]+(?:\.0(?![0-9])|[0-9.]*[eE]|[0-9]{15})")
_ASTRAL = re.compile(rb"[\xf0-\xf4]")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'[\x00-\x1f"\\]')


def canonical(value: Any) -> bytes:
    """*value* in canonical form.

    Raises:
        ValueError: It holds what JSON or a double cannot: NaN, an infinity, an integer beyond 2^53-1, half a
            surrogate pair, a key that is no string.
    """
    try:
        quick = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except (TypeError, ValueError) as error:
        raise ValueError(str(error)) from error
    if (
        b"null" in quick
        or _DOUBTFUL_NUMBER.search(quick)
        or quick[:1] not in b'{["'
        or (not quick.isascii() and _ASTRAL.search(quick))
    ):
        return _text(value).encode()
    return quick


def _text(value: Any) -> str:
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise ValueError(f"the integer {value} is beyond 2^53-1")
        return str(value)
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be"))
        return "{" + ",".join(f"{_string(key)}:{_text(inner)}" for key, inner in pairs) + "}"
    return "[" + ",".join(map(_text, value)) + "]"


def _string(text: str) -> str:
    return '"' + _ESCAPED.sub(lambda found: _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}", text) + '"'


def number_text(number: float) -> str:
    """*number* as ECMAScript prints it: the shortest digits that give it back, ``1e+21``, ``1e-7``, ``0`` for -0.

    Raises:
        ValueError: It is not finite.
    """
    if not math.isfinite(number):
        raise ValueError(f"{number} is no number of JSON")
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    mantissa, _, exponent = f"{abs(number)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    point = len(whole) + int(exponent or 0)
    digits = (whole + fraction).lstrip("0")
    point -= len(whole + fraction) - len(digits)
    digits = digits.rstrip("0")
    return sign + _placed(digits, point)


def _placed(digits: str, point: int) -> str:
    """*digits* with the point after the first *point* of them. Source: ECMA-262, Number::toString."""
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    exponent = f"e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return f"{digits[0]}.{digits[1:]}{exponent}" if count > 1 else digits + exponent
