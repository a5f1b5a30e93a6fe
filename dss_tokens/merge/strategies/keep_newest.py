"""``keep_newest``: the later change wins; both replicas choose the same, whoever merges whom."""

from __future__ import annotations

from ..clock import newest
from ..conflicts import Answer, Conflict
from . import strategies


@strategies.register("keep_newest")
def keep_newest(conflict: Conflict, /) -> Answer:
    """The side with the larger stamp; where time does not tell, the one whose content has the larger digest."""
    local, remote = conflict.stamps
    unknown = local is None or remote is None
    tied = unknown or local == remote
    choice = newest(local, remote, revisions=conflict.revisions() if tied else ("", ""))
    return Answer(choice.winner, warning=choice.warning if unknown else None)
