"""``content/*``: text as string literals. Quotes inside are not escaped, as in the original."""

from __future__ import annotations

from typing import Any

from ..rendering import value_text
from ..transform import Setting, Token, value_transform

_CONTENT = ("content",)


@value_transform("content/quote", types=_CONTENT)
def quote(value: Any, token: Token, setting: Setting) -> str:
    """``'string'``."""
    return f"'{value_text(value)}'"


@value_transform("content/objC/literal", types=_CONTENT)
def objc_literal(value: Any, token: Token, setting: Setting) -> str:
    """``@"string"``."""
    return f'@"{value_text(value)}"'


@value_transform("content/swift/literal", types=_CONTENT)
@value_transform("content/flutter/literal", types=_CONTENT)
def literal(value: Any, token: Token, setting: Setting) -> str:
    """``"string"``."""
    return f'"{value_text(value)}"'
