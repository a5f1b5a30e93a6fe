"""Values in few words, colours with a patch of their colour before them."""

from __future__ import annotations

from typing import Any

from dss_tokens.diff.explain import short
from dss_tokens.json_equality import ABSENT

from .output import swatch
from .rendering import escaped

MOST = 80
"""Characters of a value that are shown."""


def described(value: Any, *, most: int = MOST) -> str:
    """A JSON value for one line of a terminal."""
    text = escaped(_cut(short(value), most))
    patch = patch_of(value)
    return f"{patch} {text}" if patch else text


def brief(value: Any) -> str:
    """A value inside a sentence: without a patch, which a message would print as escapes."""
    return "nothing" if value is ABSENT else _cut(short(value), 60)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def patch_of(value: Any) -> str:
    """A patch of colour, or nothing where *value* is no colour or no colours are shown."""
    digits = _hex_of(value)
    return swatch(*(int(digits[at : at + 2], 16) for at in (1, 3, 5))) if digits else ""


def _hex_of(value: Any) -> str | None:
    if isinstance(value, str):
        if not value.startswith("#"):
            return None
        digits = value[1:]
        if len(digits) in (3, 4):
            digits = "".join(2 * digit for digit in digits)
        known = set("0123456789abcdefABCDEF")
        return f"#{digits[:6]}" if len(digits) in (6, 8) and set(digits) <= known else None
    if not isinstance(value, dict) or "colorSpace" not in value:
        return None
    from dss_tokens.types import TYPES

    kind = TYPES["color"]
    if not getattr(kind, "fits", lambda value: False)(value):
        return None
    from dss_tokens.color import to_hex

    return to_hex(value)
