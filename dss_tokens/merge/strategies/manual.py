"""``manual``: conflicts are recorded and left to a person."""

from __future__ import annotations

from ..conflicts import Answer, Conflict
from . import strategies


@strategies.register("manual")
def manual(conflict: Conflict, /) -> Answer | None:
    """Nothing is decided."""
    return None
