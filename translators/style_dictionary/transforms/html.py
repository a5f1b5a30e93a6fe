"""``html/*``."""

from __future__ import annotations

import re
from typing import Any

from ..transform import Setting, Token, TransformError, value_transform

_CODE_POINT = re.compile(r"&#x([^;]+);")


@value_transform("html/icon", types=("html",))
def icon(value: Any, token: Token, setting: Setting) -> str:
    r"""``'\E001'`` for ``&#xE001;``: a code point as CSS writes it."""
    if not isinstance(value, str):
        raise TransformError("an icon is text with a code point like &#xE001;")
    return _CODE_POINT.sub(lambda found: f"'\\{found[1]}'", value)
