"""What a transform is, and how modules of :mod:`.transforms` register theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeVar

from .registry import Registry

Token = dict[str, Any]
"""One token as Style Dictionary holds and prints it: authored keys in their order, then ``filePath``,
``original``, ``name``, ``attributes``, ``path``."""

Kind = Literal["attribute", "name", "value"]


class TransformError(ValueError):
    """A value that a transform cannot change; it stays as it is and a warning says so."""


class Setting(NamedTuple):
    """What a transform may know of the platform it runs for."""

    value_key: str
    """``value`` or, with DTCG syntax, ``$value``."""

    type_key: str
    prefix: str | None = None
    base_font_px: float = 16
    """What 1 rem is, in px (``basePxFontSize``)."""

    platform: Mapping[str, Any] = MappingProxyType({})
    """The platform's keys as written."""

    working_directory: str = ""
    """What relative asset paths are relative to, for ``asset/path``."""

    read_asset: Callable[[str], bytes] | None = None
    """Gives the content of an asset, for ``asset/base64``."""

    warn: Callable[[str, Token, str], None] = lambda code, token, message: None
    """Takes a code, the token and a message: what a transform wants the user to know."""


class Transform(NamedTuple):
    """A named change of a token's attributes, name or value."""

    name: str
    kind: Kind
    apply: Callable[..., Any]
    """``(token, setting)``; for values ``(value, token, setting)``. Pure, raises :class:`TransformError`."""

    types: frozenset[str] | None = None
    """The token types it is for; ``None``: all."""

    accepts: Callable[[Any], bool] | None = None
    """Whether it is for this value; ``None``: any."""

    transitive: bool = False
    """Whether it also changes values that were references."""


transforms: Registry[Transform] = Registry("transform", f"{__package__}.transforms")

F = TypeVar("F", bound=Callable[..., Any])


def attribute_transform(
    name: str, *, types: tuple[str, ...] | None = None, accepts: Callable[[Any], bool] | None = None
) -> Callable[[F], F]:
    """Register a function ``(token, setting) -> attributes to add``."""
    return _register(name, "attribute", types, accepts, False)


def name_transform(name: str) -> Callable[[F], F]:
    """Register a function ``(token, setting) -> name``."""
    return _register(name, "name", None, None, False)


def value_transform(
    name: str,
    *,
    types: tuple[str, ...] | None,
    accepts: Callable[[Any], bool] | None = None,
    transitive: bool = False,
) -> Callable[[F], F]:
    """Register a function ``(value, token, setting) -> value``."""
    return _register(name, "value", types, accepts, transitive)


def _register(
    name: str,
    kind: Kind,
    types: tuple[str, ...] | None,
    accepts: Callable[[Any], bool] | None,
    transitive: bool,
) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        wanted = None if types is None else frozenset(types)
        transforms.add(name, Transform(name, kind, function, wanted, accepts, transitive))
        return function

    return decorate
