"""``asset/*``: files that tokens name."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from ..paths import joined
from ..rendering import value_text
from ..transform import Setting, Token, TransformError, value_transform

_ASSET = ("asset",)


@value_transform("asset/url", types=_ASSET)
def url(value: Any, token: Token, setting: Setting) -> str:
    """``url("logo.png")``."""
    if not isinstance(value, str):
        raise TransformError("an asset is the path of a file, as text")
    escaped = value.replace('"', '\\"')
    return f'url("{escaped}")'


@value_transform("asset/base64", types=_ASSET)
def base64(value: Any, token: Token, setting: Setting) -> str:
    """The file's content in base 64."""
    if not isinstance(value, str):
        raise TransformError("an asset is the path of a file, as text")
    if setting.read_asset is None:
        raise TransformError("assets cannot be read here")
    try:
        content = setting.read_asset(value)
    except OSError as error:
        raise TransformError(f"{value} cannot be read: {error.strerror}") from error
    return b64encode(content).decode("ascii")


@value_transform("asset/path", types=_ASSET)
def path(value: Any, token: Token, setting: Setting) -> str:
    """The path below the working directory."""
    return joined(setting.working_directory, value_text(value))


@value_transform("asset/objC/literal", types=_ASSET)
def objc_literal(value: Any, token: Token, setting: Setting) -> str:
    """``@"logo.png"``."""
    return f'@"{value_text(value)}"'


@value_transform("asset/swift/literal", types=_ASSET)
@value_transform("asset/flutter/literal", types=_ASSET)
def literal(value: Any, token: Token, setting: Setting) -> str:
    """``"logo.png"``."""
    return f'"{value_text(value)}"'
