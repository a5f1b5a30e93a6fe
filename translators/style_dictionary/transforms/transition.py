"""``transition/*``."""

from __future__ import annotations

from typing import Any

from .. import composites
from ..transform import Setting, Token, value_transform


@value_transform("transition/css/shorthand", types=("transition",), transitive=True)
def css_shorthand(value: Any, token: Token, setting: Setting) -> Any:
    """``200ms linear 50ms``; what is missing is left out."""
    return composites.transition(value) if isinstance(value, dict) else value
