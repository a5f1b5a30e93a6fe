"""``name/*``."""

from __future__ import annotations

from functools import lru_cache

from .. import letter_case
from ..ecmascript.values import text
from ..transform import Setting, Token, name_transform

# A name follows from the token's key: platforms of one build that name alike share the work.


def _parts(prefix: str | None, key: str) -> list[str]:
    path = key[1:-1].split(".")
    return [prefix, *path] if prefix else path


@lru_cache(maxsize=65536)
def _camel(prefix: str | None, key: str) -> str:
    return letter_case.camel(_parts(prefix, key))


@lru_cache(maxsize=65536)
def _joined(prefix: str | None, key: str, separator: str) -> str:
    group, _, name = key[1:-1].rpartition(".")
    start, own = _start(prefix, group, separator), letter_case.joined((name,), separator)
    return f"{start}{separator}{own}" if start and own else start or own


@lru_cache(maxsize=65536)
def _start(prefix: str | None, group: str, separator: str) -> str:
    """What the names of a group's tokens have in common."""
    return letter_case.joined((prefix or "", *group.split(".")), separator)


@name_transform("name/camel")
def camel(token: Token, setting: Setting) -> str:
    """``colorBrand500``."""
    return _camel(setting.prefix, token["key"])


@name_transform("name/pascal")
def pascal(token: Token, setting: Setting) -> str:
    """``ColorBrand500``."""
    name = _camel(setting.prefix, token["key"])
    return name[:1].upper() + name[1:]


@name_transform("name/kebab")
def kebab(token: Token, setting: Setting) -> str:
    """``color-brand-500``."""
    return _joined(setting.prefix, token["key"], "-")


@name_transform("name/snake")
def snake(token: Token, setting: Setting) -> str:
    """``color_brand_500``."""
    return _joined(setting.prefix, token["key"], "_")


@name_transform("name/constant")
def constant(token: Token, setting: Setting) -> str:
    """``COLOR_BRAND_500``."""
    return _joined(setting.prefix, token["key"], "_").upper()


@name_transform("name/human")
def human(token: Token, setting: Setting) -> str:
    """``button primary``: the attributes ``item`` and ``subitem``."""
    attributes = token["attributes"]
    return " ".join(text(attributes.get(key) or "") for key in ("item", "subitem"))
