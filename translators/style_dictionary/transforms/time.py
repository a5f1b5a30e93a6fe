"""``time/*``."""

from __future__ import annotations

from typing import Any

from ..ecmascript.numbers import parse_float, to_fixed
from ..ecmascript.values import text
from ..transform import Setting, Token, TransformError, value_transform


@value_transform("time/seconds", types=("time",))
def seconds(value: Any, token: Token, setting: Setting) -> str:
    """``0.50s`` for 500 milliseconds, with or without unit; a DTCG duration by its unit."""
    if isinstance(value, dict):
        amount = parse_float(text(value.get("value")))
        milliseconds = amount * 1000 if value.get("unit") == "s" else amount
    else:
        milliseconds = parse_float(text(value))
    if milliseconds != milliseconds:
        raise TransformError(f"{text(value)} is not a number of milliseconds")
    return to_fixed(milliseconds / 1000, 2) + "s"
