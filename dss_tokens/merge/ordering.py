"""The order of a group's members after a merge. Order is nobody's conflict: it is decided alike on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from .trees import Item


def merged_order(
    wanted: Sequence[Item], base: Sequence[Item], local: Sequence[Item], remote: Sequence[Item],
    *, prefer: Literal["local", "remote"] = "local",
) -> list[Item]:  # fmt: skip
    """*wanted* in the order of whoever changed the order.

    What only one side has follows the member it follows there. Runs that both sides added at one place stand in the
    order of their ids, so that it does not matter who merges whom.

    Args:
        wanted: The members, each once.
        base: Members and order before.
        local: Likewise, locally.
        remote: Likewise, remotely.
        prefer: Whose order holds where both changed it.
    """
    members = set(wanted)
    ours = [item for item in local if item in members]
    theirs = [item for item in remote if item in members]
    if ours == theirs and len(ours) == len(members):
        return ours
    shared = set(ours) & set(theirs)
    backbone = _backbone(shared, base, ours, theirs, prefer)
    runs_local, runs_remote = _runs(ours, shared), _runs(theirs, shared)
    placed: list[Item] = []
    for anchor in (None, *backbone):
        if anchor is not None:
            placed.append(anchor)
        runs = [run for run in (runs_local.get(anchor), runs_remote.get(anchor)) if run]
        for run in sorted(runs, key=lambda run: _key(run[0])):
            placed += run
    rest = members - set(placed)
    return placed + sorted(rest, key=_key)


def _backbone(shared: set[Item], base: Sequence[Item], ours: list[Item], theirs: list[Item], prefer: str) -> list[Item]:
    mine = [item for item in ours if item in shared]
    others = [item for item in theirs if item in shared]
    if mine == others:
        return mine
    known = set(base)
    before = [item for item in base if item in shared]
    moved_here = [item for item in mine if item in known] != before
    moved_there = [item for item in others if item in known] != before
    if moved_here != moved_there:
        return mine if moved_here else others
    return others if prefer == "remote" else mine


def _runs(items: list[Item], shared: set[Item]) -> dict[Item | None, list[Item]]:
    """What stands behind each shared member (``None``: before the first) and is not shared."""
    found: dict[Item | None, list[Item]] = {}
    anchor: Item | None = None
    for item in items:
        if item in shared:
            anchor = item
        else:
            found.setdefault(anchor, []).append(item)
    return found


def _key(item: Item) -> tuple[bool, str]:
    """Properties before children."""
    return (False, item[0]) if isinstance(item, tuple) else (True, item)
