"""``shadow/*``."""

from __future__ import annotations

from typing import Any

from .. import composites
from ..color.css import ColorSyntaxError
from ..transform import Setting, Token, TransformError, value_transform


@value_transform("shadow/css/shorthand", types=("shadow",), transitive=True)
def css_shorthand(value: Any, token: Token, setting: Setting) -> Any:
    """``inset 2px 4px 10px 5px #000000``, several joined with commas."""
    if not isinstance(value, dict | list):
        return value
    try:
        return composites.shadow(value)
    except ColorSyntaxError as error:
        raise TransformError(str(error)) from error
