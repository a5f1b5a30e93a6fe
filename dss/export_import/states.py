"""States and where they came from: what two sides have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from .identity import state_id
from .manifest import MAX_PARENTS, MAX_STATES
from .records import Record, sealed
from .state_store import KnownState

Known = Callable[[str], KnownState | None]


HIGHEST_SEQUENCE = 2**53 - 1
"""Of the numbers that a manifest can hold."""


def following(sequence: int) -> int:
    """The number of the state after that of number *sequence*. The highest number stays: it may come from somebody
    hostile, and must not keep a project from its next state.
    """
    return min(sequence + 1, HIGHEST_SEQUENCE)


def ancestors(starts: Iterable[str], known: Known) -> dict[str, KnownState]:
    """The states that *starts* come from, themselves included, as far as they are known."""
    found: dict[str, KnownState] = {}
    waiting = list(starts)
    while waiting:
        snapshot = waiting.pop()
        if snapshot in found:
            continue
        state = known(snapshot)
        if state is not None:
            found[snapshot] = state
            waiting += state.parents
    return found


def common_states(local: str, remote: Iterable[str], known: Known) -> list[str]:
    """The newest states that both sides know and whose content is here; none where there is no common one.

    Those that another common one comes from are left out: two or more remain where the sides met crosswise before.
    Where a state came back, each of the ring comes from the other: the nearest to both sides remains.
    """
    remote = tuple(remote)
    ours, theirs = ancestors([local], known), ancestors(remote, known)
    common = {name for name in ours.keys() & theirs.keys() if ours[name].has_content}
    before = {name: ancestors(ours[name].parents, known).keys() & common for name in common}
    newest = {name for name in common if all(name not in before[one] or one in before[name] for one in common)}
    steps = [_steps([local], known), _steps(remote, known)]

    def rank(name: str) -> tuple[int, int, str, str]:
        return -sum(found[name] for found in steps), ours[name].sequence, ours[name].stamp, name

    nearest = {max(before[name] & newest | {name}, key=rank) for name in newest}
    return sorted(nearest, key=lambda name: (ours[name].sequence, ours[name].stamp, name), reverse=True)


def _steps(starts: Iterable[str], known: Known) -> dict[str, int]:
    """How many generations the states that *starts* come from are away."""
    found: dict[str, int] = {}
    generation, number = list(starts), 0
    while generation:
        fresh = [name for name in dict.fromkeys(generation) if name not in found]
        found |= dict.fromkeys(fresh, number)
        generation = [parent for name in fresh if (state := known(name)) is not None for parent in state.parents]
        number += 1
    return found


def history_records(parents: Iterable[str], project: str, known: Known) -> list[Record]:
    """The records of the member ``history.jsonl`` of a state: *parents* and what they come from, sorted by id."""
    earlier = ancestors(parents, known).values()
    newest = sorted(earlier, key=lambda state: (state.sequence, state.stamp, state.snapshot), reverse=True)
    return sorted(_records(newest[:MAX_STATES], project), key=lambda record: str(record["id"]))


def _records(states: Iterable[KnownState], project: str) -> Iterator[Record]:
    for state in states:
        yield sealed(
            {
                "id": state_id(project, state.snapshot),
                "kind": "state",
                "snapshot": state.snapshot,
                "parents": list(state.parents[:MAX_PARENTS]),
                "sequence": state.sequence,
            },
            state.stamp,
        )
