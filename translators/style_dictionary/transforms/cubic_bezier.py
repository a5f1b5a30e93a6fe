"""``cubicBezier/*``."""

from __future__ import annotations

from typing import Any

from ..ecmascript.values import text, truthy
from ..transform import Setting, Token, value_transform


@value_transform("cubicBezier/css", types=("cubicBezier", "transition"), transitive=True)
def css(value: Any, token: Token, setting: Setting) -> Any:
    """``cubic-bezier(0.5, 0, 1, 1)``; also inside transitions."""
    if token.get(setting.type_key) != "transition":
        return _easing(value)
    if isinstance(value, dict) and truthy(value.get("timingFunction")):
        return {**value, "timingFunction": _easing(value["timingFunction"])}
    return value


def _easing(value: Any) -> Any:
    if isinstance(value, list):
        return f"cubic-bezier({', '.join('' if item is None else text(item) for item in value)})"
    return value
