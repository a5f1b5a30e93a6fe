"""Lengths in another unit. The names are Style Dictionary's."""

from __future__ import annotations

from dss_tokens.resolve.answers import ResolvedToken

from ..effects import Effects, changed
from ..platform import Platform
from ..registry import transforms


@transforms.register("size/rem")
def rem(token: ResolvedToken, platform: Platform) -> ResolvedToken:
    """Lengths in rem."""
    return _in(token, platform, "rem")


@transforms.register("size/px")
def px(token: ResolvedToken, platform: Platform) -> ResolvedToken:
    """Lengths in px."""
    return _in(token, platform, "px")


def _in(token: ResolvedToken, platform: Platform, unit: str) -> ResolvedToken:
    if token.type != "dimension":
        return token
    kind, value = changed(token.type, token.value, Effects(unit=unit, base=platform.effects.base))
    return token._replace(type=kind, value=value)
