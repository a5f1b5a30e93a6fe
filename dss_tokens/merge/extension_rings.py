"""Groups that extend each other in a circle, only because of both sides' changes together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..json_equality import ABSENT
from .conflicts import Conflict, SideName
from .paths import Paths
from .state import OTHER, State
from .targets import References
from .trees import Tree

Json = Any
_KEYS = ("$extends", "$ref")


def break_extension_rings(state: State, references: References) -> None:
    """Undoes one side's part of every ring."""
    if any(_extension(entity.node) is not ABSENT for entity in state.result.values() if not entity.is_token):
        while ring := _ring(state, references):
            _break(state, references, ring)


def _extension(node: Mapping[str, Json]) -> Json:
    return node.get("$extends", node.get("$ref", ABSENT))


def _ring(state: State, references: References) -> list[str]:
    """A ring, from its smallest id on; empty where there is none."""
    paths = Paths(Tree(state.result, {}, {}))
    edges = {
        id: [group for path in references.mentioned(entity) for group in paths.at(path, tokens=False)]
        for id, entity in state.result.items()
        if not entity.is_token and _extension(entity.node) is not ABSENT
    }
    finished: set[str] = set()
    for start in sorted(edges):
        active: dict[str, list[str]] = {start: list(edges[start])}
        while active:
            id = next(reversed(active))
            following = active[id].pop() if active[id] else None
            if following is None:
                finished.add(id)
                del active[id]
            elif following in active:
                ring = list(active)[list(active).index(following) :]
                first = ring.index(min(ring))
                return ring[first:] + ring[:first]
            elif following in edges and following not in finished:
                active[following] = list(edges[following])
    return []


def _break(state: State, references: References, ring: list[str]) -> None:
    mine: dict[SideName, list[str]] = {side: [id for id in ring if state.origins.get(id) == side] for side in OTHER}
    stamps = [
        max((stamp for id in mine[side] if (stamp := state.stamp(side, id, "$extends")) is not None), default=None)
        for side in OTHER
    ]
    shown = {side: {state.place(id)[1]: _extension(state.result[id].node) for id in mine[side]} for side in OTHER}
    set_name, path = state.place(ring[0])
    conflict = Conflict(
        kind="alias_cycle", entity="group", id=ring[0], set=set_name, path=path, field="$extends",
        local=shown["local"], remote=shown["remote"], stamps=(stamps[0], stamps[1]),
        target=" -> ".join(state.place(id)[1] for id in [*ring, ring[0]]),
    )  # fmt: skip
    answer = state.decisions.decide(conflict)
    if answer is None:
        state.unsettled.update(ring)
    winner: SideName = "remote" if answer is not None and answer.choose == "remote" else "local"
    for id in mine[OTHER[winner]] or ring[:1]:
        _undo(state, references, id, winner)


def _undo(state: State, references: References, id: str, winner: SideName) -> None:
    """Gives a group the extension that the winning side has for it; none where that is in the ring as well."""
    entity = state.result[id]
    known = state.trees[winner].entities.get(id)
    node = {key: part for key, part in entity.node.items() if key not in _KEYS}
    if known is not None and state.origins.get(id) == OTHER[winner]:
        source = references.rewritten(known, winner, Paths(Tree(state.result, {}, {})))
        node |= {key: source[key] for key in _KEYS if key in source}
    state.result[id] = entity._replace(node=node)
    state.origins[id] = winner
