"""Times in another unit. ``time/seconds`` is Style Dictionary's name."""

from __future__ import annotations

from dss_tokens.resolve.answers import ResolvedToken

from ..effects import Effects, changed
from ..platform import Platform
from ..registry import transforms


@transforms.register("time/seconds")
def seconds(token: ResolvedToken, platform: Platform) -> ResolvedToken:
    """Durations in seconds."""
    return _in(token, "s")


@transforms.register("time/milliseconds")
def milliseconds(token: ResolvedToken, platform: Platform) -> ResolvedToken:
    """Durations in milliseconds."""
    return _in(token, "ms")


def _in(token: ResolvedToken, unit: str) -> ResolvedToken:
    if token.type != "duration":
        return token
    kind, value = changed(token.type, token.value, Effects(unit=unit))
    return token._replace(type=kind, value=value)
