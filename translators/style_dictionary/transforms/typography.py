"""``typography/*``."""

from __future__ import annotations

from typing import Any

from .. import composites
from ..ecmascript.numbers import number_text
from ..transform import Setting, Token, value_transform


@value_transform("typography/css/shorthand", types=("typography",), transitive=True)
def css_shorthand(value: Any, token: Token, setting: Setting) -> Any:
    """``500 20px/1.5 Arial``; warns of properties that CSS' ``font`` cannot hold."""
    if not isinstance(value, dict):
        return value
    unknown = [key for key in value if key not in composites.FONT_PROPERTIES]
    if unknown:
        setting.warn("DSS367", token, f"CSS' font shorthand has no {', '.join(unknown)}: left out")
    return composites.typography(value, number_text(setting.base_font_px))
