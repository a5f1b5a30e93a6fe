"""Aliases that lead in a circle only because of both sides' changes together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..json_equality import same
from .conflicts import Conflict, SideName
from .paths import Paths
from .state import OTHER, State
from .targets import References
from .trees import Tree

Json = Any


def break_rings(state: State, references: References) -> None:
    """Undoes one side's part of every ring that neither side has alone."""
    changed: dict[SideName, set[str]] = {side: _changed(state, references, side) for side in OTHER}
    if not all(changed.values()):
        return
    settled: set[str] = set()
    while ring := _ring(state, references, changed, settled):
        _break(state, references, ring, changed)
        settled.update(ring)


def _changed(state: State, references: References, side: SideName) -> set[str]:
    """Tokens whose references only *side* changed."""
    return {
        id
        for id, origin in state.origins.items()
        if origin == side
        and id not in state.unsettled
        and id in state.result
        and state.result[id].is_token
        and references.mentioned(state.result[id])
    }


def _ring(state: State, references: References, changed: dict[SideName, set[str]], settled: set[str]) -> list[str]:
    """A ring with changes of both sides that was not looked at before; empty where there is none."""
    paths = Paths(Tree(state.result, {}, {}))
    tree = Tree(state.result, {}, {})

    def targets(id: str) -> Iterator[str]:
        own_set: str | None = None
        for path in references.mentioned(state.result[id]):
            ids = paths.tokens(path)
            if len(ids) > 1:  # sets are layered: in one set, its own token is meant
                own_set = own_set or tree.set_of(id)
                ids = [found for found in ids if tree.set_of(found) == own_set] or ids
            yield from ids

    finished: set[str] = set()
    for start in sorted(changed["local"]):
        if start in finished:
            continue
        stack = [(start, targets(start))]
        active = {start: 0}
        while stack:
            id, waiting = stack[-1]
            for other in waiting:
                if other in state.unsettled:
                    continue
                if other in active:
                    ring = [found for found, _ in stack[active[other] :]]
                    if all(changed[side] & set(ring) for side in OTHER) and not settled.issuperset(ring):
                        return ring
                elif other not in finished:
                    active[other] = len(stack)
                    stack.append((other, targets(other)))
                    break
            else:
                stack.pop()
                del active[id]
                finished.add(id)
    return []


def _break(state: State, references: References, ring: list[str], changed: dict[SideName, set[str]]) -> None:
    start = ring.index(min(ring))
    ring = ring[start:] + ring[:start]
    mine: dict[SideName, list[str]] = {side: [id for id in ring if id in changed[side]] for side in OTHER}
    set_name, path = state.place(ring[0])
    stamps = []
    for side in OTHER:
        known = [stamp for id in mine[side] if (stamp := state.stamp(side, id, "$value")) is not None]
        stamps.append(max(known, default=None))
    shown = {side: _written(state, side, mine[side]) for side in OTHER}
    conflict = Conflict(
        kind="alias_cycle", entity="token", id=ring[0], set=set_name, path=path, field="$value",
        local=shown["local"], remote=shown["remote"], stamps=(stamps[0], stamps[1]),
        target=" -> ".join(state.place(id)[1] for id in [*ring, ring[0]]),
    )  # fmt: skip
    answer = state.decisions.decide(conflict)
    if answer is None:
        state.unsettled.update(ring)
    winner: SideName = "remote" if answer is not None and answer.choose == "remote" else "local"
    _undo(state, references, mine[OTHER[winner]], winner)


def _written(state: State, side: SideName, ids: list[str]) -> dict[str, Json]:
    """Path -> value of tokens, as a side has them; of what it deleted meanwhile, as it was brought back."""
    found = {}
    for id in ids:
        tree = state.trees[side]
        node = (tree.entities if id in tree.entities else state.result)[id].node
        path = tree.place(id).path if id in tree.entities else state.place(id)[1]
        found[path] = node.get("$value", node.get("value", node.get("$ref")))
    return found


def _undo(state: State, references: References, ids: list[str], winner: SideName) -> None:
    """Gives tokens the value that the winning side has for them."""
    after = Paths(Tree(state.result, {}, {}))
    for id in ids:
        known = state.trees[winner].entities.get(id)
        if known is None:
            continue
        node = dict(state.result[id].node)
        for key in ("$value", "value", "$ref", "$type", "type"):
            node.pop(key, None)
        source = references.rewritten(known, winner, after)
        kept = {key: source[key] for key in ("$type", "type", "$value", "value", "$ref") if key in source}
        found = {**kept, **node}
        if not same(found, dict(state.result[id].node)):
            state.result[id] = state.result[id]._replace(node=found, kind=known.kind)
        state.origins[id] = winner
