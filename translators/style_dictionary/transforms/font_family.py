"""``fontFamily/*``."""

from __future__ import annotations

from typing import Any

from ..ecmascript.values import truthy
from ..transform import Setting, Token, TransformError, value_transform


@value_transform("fontFamily/css", types=("fontFamily", "typography"), transitive=True)
def css(value: Any, token: Token, setting: Setting) -> Any:
    """``'Arial Narrow', Arial, sans-serif``: names with white space in quotes; also inside typography."""
    if token.get(setting.type_key) != "typography":
        return _families(value)
    if isinstance(value, dict) and truthy(value.get("fontFamily")):
        return {**value, "fontFamily": _families(value["fontFamily"])}
    return value


def _families(value: Any) -> str:
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise TransformError("a font family is a name or a list of names")
    return ", ".join(map(_quoted, value))


def _quoted(name: str) -> str:
    name = name.strip()
    if name[:1] == name[-1:] and name[:1] in ("'", '"'):
        return name
    name = name.replace("'", "\\'")
    return f"'{name}'" if any(letter.isspace() for letter in name) else name
