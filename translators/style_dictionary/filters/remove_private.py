"""``removePrivate``."""

from __future__ import annotations

from ..ecmascript.values import truthy
from ..filter import filters
from ..transform import Token


@filters.register("removePrivate")
def remove_private(token: Token) -> bool:
    """Leaves out tokens that are marked ``private``."""
    return not truthy(token.get("private"))
