"""``name/*``."""

from __future__ import annotations

from .. import letter_case
from ..ecmascript.values import text
from ..transform import Setting, Token, name_transform


def _parts(token: Token, setting: Setting) -> list[str]:
    return [setting.prefix, *token["path"]] if setting.prefix else token["path"]


@name_transform("name/camel")
def camel(token: Token, setting: Setting) -> str:
    """``colorBrand500``."""
    return letter_case.camel(_parts(token, setting))


@name_transform("name/pascal")
def pascal(token: Token, setting: Setting) -> str:
    """``ColorBrand500``."""
    return letter_case.pascal(_parts(token, setting))


@name_transform("name/kebab")
def kebab(token: Token, setting: Setting) -> str:
    """``color-brand-500``."""
    return letter_case.joined(_parts(token, setting), "-")


@name_transform("name/snake")
def snake(token: Token, setting: Setting) -> str:
    """``color_brand_500``."""
    return letter_case.joined(_parts(token, setting), "_")


@name_transform("name/constant")
def constant(token: Token, setting: Setting) -> str:
    """``COLOR_BRAND_500``."""
    return letter_case.joined(_parts(token, setting), "_").upper()


@name_transform("name/human")
def human(token: Token, setting: Setting) -> str:
    """``button primary``: the attributes ``item`` and ``subitem``."""
    attributes = token["attributes"]
    return " ".join(text(attributes.get(key) or "") for key in ("item", "subitem"))
