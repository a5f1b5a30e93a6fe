"""One path, a token of two sets: each side deleted the other's, and what refers to the path is left with neither."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from .conflicts import Conflict, SideName
from .state import OTHER

if TYPE_CHECKING:
    from .targets import References

Gone = Mapping[SideName, Mapping[tuple[str, bool], list[str]]]
"""Of each side: a path, and whether of tokens -> who stood there, none of whom is in the result."""


def settle_crossed(references: References, gone: Gone) -> Iterator[str]:
    """Brings back what one side has at such a path; a conflict tells which. Gives the ids that came back."""
    crossed = gone["local"].keys() & gone["remote"].keys()
    if not crossed:
        return
    for id in sorted(references.state.result):
        entity = references.state.result[id]
        for path in references.mentioned(entity):
            place = path, entity.is_token
            if place in crossed and not any(references.is_there(one) for side in OTHER for one in gone[side][place]):
                yield from _settle(references, id, path, {side: gone[side][place] for side in OTHER})


def _settle(references: References, id: str, path: str, left: Mapping[SideName, list[str]]) -> list[str]:
    state = references.state
    entity = state.result[id]
    sets = {side: sorted(state.trees[side].place(one).set for one in left[side]) for side in OTHER}
    deleted = {
        side: max(
            (stamp for one in left[OTHER[side]] if (stamp := state.sides[side].deletion_stamp(one))), default=None
        )
        for side in OTHER
    }
    set_name, shown_path = state.place(id)
    conflict = Conflict(
        kind="alias_target_deleted", entity="token" if entity.is_token else "group", id=id, set=set_name,
        path=shown_path, field="$value" if entity.is_token else "$extends", local=sets["local"],
        remote=sets["remote"], target=path, stamps=(deleted["local"], deleted["remote"]),
    )  # fmt: skip
    answer = None if id in state.unsettled else state.decisions.decide(conflict)
    if answer is not None and answer.choose == "value":
        state.result[id] = references.with_value(entity, answer.value)
        return []
    kept = _kept(answer.choose if answer else "base")
    restored = [one for side in kept for one in references.restore(left[side], side)]
    if answer is None:
        state.unsettled.update((id, *restored))
    return restored


def _kept(choose: str) -> Iterable[SideName]:
    """Whose tokens come back."""
    for side in OTHER:
        if choose in (side, "base"):
            yield side
