"""``border/*``."""

from __future__ import annotations

from typing import Any

from .. import composites
from ..color.css import ColorSyntaxError
from ..transform import Setting, Token, TransformError, value_transform


@value_transform("border/css/shorthand", types=("border",), transitive=True)
def css_shorthand(value: Any, token: Token, setting: Setting) -> Any:
    """``2px solid #000000``."""
    if not isinstance(value, dict):
        return value
    try:
        return composites.border(value)
    except ColorSyntaxError as error:
        raise TransformError(str(error)) from error
