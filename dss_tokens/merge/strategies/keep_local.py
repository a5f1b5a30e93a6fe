"""``keep_local``: the local side wins every conflict."""

from __future__ import annotations

from ..conflicts import Answer, Conflict
from . import strategies


@strategies.register("keep_local")
def keep_local(conflict: Conflict, /) -> Answer:
    """The local side's state, whatever it is: a deletion included."""
    return Answer("local")
