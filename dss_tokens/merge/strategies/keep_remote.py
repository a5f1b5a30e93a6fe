"""``keep_remote``: the remote side wins every conflict."""

from __future__ import annotations

from ..conflicts import Answer, Conflict
from . import strategies


@strategies.register("keep_remote")
def keep_remote(conflict: Conflict, /) -> Answer:
    """The remote side's state, whatever it is: a deletion included."""
    return Answer("remote")
