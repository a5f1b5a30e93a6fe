"""``strokeStyle/*``."""

from __future__ import annotations

from typing import Any

from ..transform import Setting, Token, value_transform


@value_transform("strokeStyle/css/shorthand", types=("strokeStyle",), transitive=True)
def css_shorthand(value: Any, token: Token, setting: Setting) -> Any:
    """A named style as it is; ``dashed`` for a dash pattern, which CSS cannot say."""
    return "dashed" if isinstance(value, dict | list) or value is None else value
