"""Where everything stands after a merge: groups that are still needed, rings of moves, two things at one place."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from ..json_equality import ABSENT, same
from .conflicts import Conflict, SideName
from .fields import built, side_by_side
from .presence import unchanged
from .state import OTHER, State, shown
from .trees import Entity

Json = Any


def settle_places(state: State) -> None:
    """Makes the result a tree again, with one entity for each place."""
    _revive(state)
    while ring := _ring(state):
        _break(state, ring)
        _revive(state)
    _separate(state)


def _revive(state: State) -> None:
    """Brings back the groups, deleted on one side, that something of the other side stands in."""
    waiting = [entity for entity in state.result.values() if entity.parent and entity.parent not in state.result]
    while waiting:
        entity = waiting.pop()
        id = entity.parent
        if not id or id in state.result:
            continue
        side: SideName = "local" if id in state.trees["local"].entities else "remote"
        tree = state.trees[side] if id in state.trees[side].entities else state.base
        group = state.result[id] = tree.entities[id]
        state.origins[id] = side
        state.tombstones.pop(id, None)
        waiting.append(group)


def _moved(state: State, id: str, side: SideName) -> bool:
    """Whether *side* gave an entity the parent it has now, the other one not."""
    there = state.trees[OTHER[side]].entities.get(id)
    here = state.trees[side].entities.get(id)
    parent = state.result[id].parent
    return here is not None and here.parent == parent and (there is None or there.parent != parent)


def _ring(state: State) -> list[str]:
    """Groups that stand in each other, by the moves of both sides; empty where there are none."""
    finished: set[str] = set()
    for start in [id for side in OTHER for id in _moved_groups(state, side)]:
        path: dict[str, None] = {}
        id = start
        while id and id not in finished:
            if id in path:
                chain = list(path)
                return chain[chain.index(id) :]
            path[id] = None
            id = state.result[id].parent
        finished.update(path)
    return []


def _moved_groups(state: State, side: SideName) -> list[str]:
    """Groups that *side* moved, in a fixed order."""
    tree, other = state.trees[side], state.trees[OTHER[side]]
    return sorted(
        id
        for id in tree.members
        if id in state.result and id in other.entities and other.entities[id].parent != tree.entities[id].parent
    )


def _break(state: State, ring: list[str]) -> None:
    """Undoes one side's moves in a ring."""
    movers: dict[SideName, list[str]] = {side: sorted(id for id in ring if _moved(state, id, side)) for side in OTHER}
    id, partner = (min(movers[side], default=min(ring)) for side in OTHER)
    if partner < id:
        id, partner = partner, id  # named alike whichever side asks
    set_name, path = state.place(id)
    stamps = []
    for side in OTHER:
        known = [stamp for mover in movers[side] if (stamp := state.stamp(side, mover, "parent")) is not None]
        stamps.append(max(known, default=None))
    conflict = Conflict(
        kind="move_cycle", entity="group", id=id, set=set_name, path=path, field="parent",
        local=[state.trees["local"].place(mover).path for mover in movers["local"]],
        remote=[state.trees["remote"].place(mover).path for mover in movers["remote"]],
        stamps=(stamps[0], stamps[1]), target=state.place(partner)[1],
    )  # fmt: skip
    answer = state.decisions.decide(conflict)
    if answer is None:
        state.unsettled.update(ring)
    winner: SideName = "remote" if answer is not None and answer.choose == "remote" else "local"
    undone = movers[OTHER[winner]] or ring
    for mover in undone:
        source = state.trees[winner].entities.get(mover) or state.base.entities[mover]
        state.result[mover] = state.result[mover]._replace(parent=source.parent)
        state.origins.setdefault(mover, "both")


def _separate(state: State) -> None:
    """Joins groups at one place, and equal tokens; gives other tokens at one place two names."""
    result = state.result
    if not _has_newcomers(state):
        return
    children: dict[str, dict[str, str]] = {}
    clashes: list[str] = []
    for id, entity in result.items():
        if children.setdefault(entity.parent, {}).setdefault(entity.name, id) != id:
            clashes.append(id)
    if not clashes:
        return
    below: dict[str, list[str]] = {}
    for id, entity in result.items():
        below.setdefault(entity.parent, []).append(id)
    # From the top, since groups that are joined bring their members together.
    waiting = [""]
    while waiting:
        parent = waiting.pop()
        taken: dict[str, str] = {}
        for id in sorted(below.get(parent, ())):
            _settle(state, id, taken, below)
        waiting += [id for id in taken.values() if not result[id].is_token]


def _has_newcomers(state: State) -> bool:
    """Whether anything stands at a place where it does not stand on both sides. Two of one side never share a place."""
    trees = [state.trees[side].entities for side in OTHER]
    for id in state.origins:
        now = state.result.get(id)
        if now is not None and any(id not in tree or tree[id][2:4] != now[2:4] for tree in trees):
            return True
    return False


def _settle(state: State, id: str, taken: dict[str, str], below: dict[str, list[str]]) -> None:
    """Finds *id* its name among those that are taken; ids come sorted, so that the smaller one is there first."""
    result = state.result
    entity = result[id]
    other_id = taken.get(entity.name)
    if other_id is None:
        taken[entity.name] = id
        return
    other = result[other_id]
    if not entity.is_token and not other.is_token:
        _join_groups(state, other, entity)
        below.setdefault(other_id, []).extend(below.pop(id, ()))
        for child in below[other_id]:
            result[child] = result[child]._replace(parent=other_id)
    elif unchanged(entity, other) and not state.based_ids(id, other_id):
        _join(state, other_id, id)
    else:
        loser = _loser(state, other, entity)
        kept = other_id if loser == id else id
        name = result[loser].name
        digits = sha256(loser.encode()).hexdigest()
        start = name.lstrip("$")  # $root is the only name that may begin so
        length = next(n for n in range(4, 64) if f"{start}~{digits[:n]}" not in taken)
        renamed = f"{start}~{digits[:length]}"
        result[loser] = result[loser]._replace(name=renamed)
        state.origins.setdefault(loser, "both")
        taken[name], taken[renamed] = kept, loser


def _join(state: State, living: str, given_up: str) -> None:
    del state.result[given_up]
    state.origins.pop(given_up, None)
    state.joined[given_up] = living
    stamps = [state.stamps[id] for id in (living, given_up) if id in state.stamps]
    if stamps:
        state.stamps[living] = max(stamps, key=lambda known: known.whole)
    state.stamps.pop(given_up, None)


def _join_groups(state: State, living: Entity, given_up: Entity) -> None:
    """Two groups at one place are one: their members together, their properties merged."""
    sides = _sides_of(state, living, given_up)
    first: SideName = "remote" if sides is not None and sides["remote"] is living else "local"
    nodes = (living.node, given_up.node) if first == "local" else (given_up.node, living.node)
    fields = {}
    for field, (ours, theirs) in side_by_side(nodes).items():
        if ours is ABSENT or theirs is ABSENT or same(ours, theirs):
            fields[field] = theirs if ours is ABSENT else ours
            continue
        set_name, path = state.place(living.id)
        name = ".".join(field)
        ids = (living.id, given_up.id) if first == "local" else (given_up.id, living.id)
        conflict = Conflict(
            kind="add_add", entity="group", id=living.id, set=set_name, path=path, field=name,
            local=ours, remote=theirs,
            stamps=(state.stamp("local", ids[0], name), state.stamp("remote", ids[1], name)),
        )  # fmt: skip
        answer = state.decisions.decide(conflict)
        if answer is None:
            state.unsettled.add(living.id)
        choose = answer.choose if answer else "local"
        fields[field] = answer.value if answer and choose == "value" else theirs if choose == "remote" else ours
    state.result[living.id] = living._replace(node=built(fields))
    _join(state, living.id, given_up.id)


def _sides_of(state: State, one: Entity, other: Entity) -> dict[SideName, Entity] | None:
    """Which of two entities at one place came there on which side; ``None`` where that does not tell them apart."""
    found: dict[SideName, Entity] = {}
    for side in OTHER:
        known = state.trees[side].entities
        there = [entity for entity in (one, other) if (was := known.get(entity.id)) and was[2:4] == entity[2:4]]
        if len(there) == 1:
            found[side] = there[0]
    if len(found) == 1:  # the other one came there by a name of one side and a parent of the other
        ((side, entity),) = found.items()
        found[OTHER[side]] = other if entity is one else one
    return found if len(found) == 2 and found["local"] is not found["remote"] else None


def _loser(state: State, one: Entity, other: Entity) -> str:
    """Which of two entities at one place gets another name."""
    unsettled = [entity.id for entity in (one, other) if entity.id in state.unsettled]
    if unsettled:
        return max(unsettled)  # where it stands is open still: no conflict of its own
    sides = _sides_of(state, one, other)
    if sides is None:
        return max(one.id, other.id)
    ours, theirs = sides["local"], sides["remote"]
    set_name, path = state.place(ours.id)
    stamps = []
    for side in OTHER:
        placed = [state.stamp(side, sides[side].id, name) for name in ("name", "parent")]
        stamps.append(max((stamp for stamp in placed if stamp is not None), default=None))
    conflict = Conflict(
        kind="add_add", entity="token" if one.is_token else "group", id=min(one.id, other.id), set=set_name, path=path,
        field="", local=_node(state, "local", ours), remote=_node(state, "remote", theirs),
        stamps=(stamps[0], stamps[1]),
    )  # fmt: skip
    answer = state.decisions.decide(conflict)
    if answer is None:
        state.unsettled.update(sides[side].id for side in OTHER)
    if answer is not None and answer.choose == "value" and isinstance(answer.value, dict):
        state.result[ours.id] = state.result[ours.id]._replace(node=answer.value)
    return ours.id if answer is not None and answer.choose == "remote" else theirs.id


def _node(state: State, side: SideName, entity: Entity) -> Json:
    """An entity's object as a side has it."""
    return shown(state.trees[side].entities.get(entity.id, entity).node)
