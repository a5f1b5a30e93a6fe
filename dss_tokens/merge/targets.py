"""References across the sides: what they lead to by identity, targets that the other side deleted or renamed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..json_equality import ABSENT
from ..mentions import extended_path, mentions, renamed_node
from .conflicts import Conflict, SideName
from .crossed import Gone, settle_crossed
from .forms import DTCG, Form
from .inlining import inlined
from .paths import Paths
from .state import OTHER, Origin, State
from .trees import Entity, Tree

Json = Any


class References:
    """Binds references to entities and keeps them bound."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.known: dict[str, Paths] = {}

    def paths(self, side: Origin) -> Paths:
        """The paths of a side, looked up once."""
        found = self.known.get(side)
        if found is None:
            found = self.known[side] = Paths(self.tree(side))
        return found

    def tree(self, side: Origin) -> Tree:
        """The tree of a side or the base."""
        return self.state.trees[side] if side == "local" or side == "remote" else self.state.base

    def origin(self, id: str) -> Origin:
        """The side whose references an entity has."""
        origin = self.state.origins.get(id, "both")
        if origin != "both":
            return origin
        return "local" if id in self.state.trees["local"].entities else "remote"

    def settle_targets(self) -> None:
        """Decides references to what the other side deleted: the target comes back, or its value is written out."""
        gone = {side: self.disturbed(side) for side in OTHER}
        if not any(gone.values()):
            return
        # Where both sides have one value, the deleting side has the broken reference itself.
        waiting = sorted(id for id, origin in self.state.origins.items() if origin != "both")
        # Open ones last: what they bring back, for the time being, must not hide a conflict.
        waiting.sort(key=lambda id: id not in self.state.unsettled)
        self.settle_all(waiting, gone)
        self.settle_all(list(settle_crossed(self, gone)), gone)

    def settle_all(self, waiting: list[str], gone: Gone) -> None:
        """Decides the references of those in *waiting*, and of those who come back by that."""
        while waiting:
            id = waiting.pop()
            entity = self.state.result.get(id)
            side = self.origin(id)
            if entity is None or side not in OTHER:
                continue
            for path in self.mentioned(entity):
                targets = gone[side].get((path, entity.is_token))
                if targets and not any(map(self.is_there, targets)):
                    waiting += self.settle(id, path, targets, side)

    def is_there(self, id: str) -> bool:
        """Whether an entity is in the result, under whatever id."""
        return self.state.living(id) in self.state.result

    def mentioned(self, entity: Entity) -> list[str]:
        """What an entity refers to: a token by its value, a group by ``$extends``."""
        node = entity.node
        if entity.is_token:
            value = node.get("$value", ABSENT)
            if value is ABSENT:
                value = node.get("value", ABSENT)
            if value is ABSENT:
                value = {"$ref": node.get("$ref")}
            if type(value) is str and "{" not in value and value[:1] != "$":
                return []
            return mentions(value)
        path = extended_path(node.get("$extends", node.get("$ref")))
        return [path] if path else []

    def disturbed(self, side: SideName) -> dict[tuple[str, bool], list[str]]:
        """Paths of a side where no token (``True``) or group of those that stood there is in the result."""
        result = self.state.result
        tree = self.state.trees[side]
        gone = [id for id in tree.entities if id not in result and not self.is_there(id)]
        if not gone:
            return {}
        paths = self.paths(side)
        places = dict.fromkeys((paths.of(id), tree.entities[id].is_token) for id in gone)
        return {
            (path, tokens): ids
            for path, tokens in places
            if not any(map(self.is_there, ids := paths.at(path, tokens=tokens)))
        }

    def settle(self, id: str, path: str, targets: list[str], side: SideName) -> list[str]:
        """One reference to a deleted target; gives the ids to look at (again) because of what was done."""
        state = self.state
        deleter = OTHER[side]
        entity = state.result[id]
        elsewhere = state.trees[deleter].entities.get(id)
        if elsewhere is not None and path in self.mentioned(elsewhere):
            return []  # the deleting side has the broken reference itself
        if id in state.unsettled:
            restored = self.restore(targets, side)
            state.unsettled.update(restored)
            return restored
        set_name, shown_path = state.place(id)
        field = "$value" if entity.is_token else "$extends"
        value = entity.node.get(field, entity.node.get("value", ABSENT))
        sides: dict[SideName, Json] = {side: value, deleter: ABSENT}
        user = state.stamp(side, id, field)
        deleted = [stamp for target in targets if (stamp := state.sides[deleter].deletion_stamp(target)) is not None]
        last = max(deleted, default=None)
        conflict = Conflict(
            kind="alias_target_deleted", entity="token" if entity.is_token else "group", id=id, set=set_name,
            path=shown_path, field=field, local=sides["local"], remote=sides["remote"], target=path,
            stamps=(user, last) if side == "local" else (last, user),
        )  # fmt: skip
        answer = state.decisions.decide(conflict)
        if answer is None:
            state.unsettled.add(id)
        elif answer.choose == "value":
            state.result[id] = self.with_value(entity, answer.value)
            return []
        elif answer.choose == deleter:
            replaced = self.written_out(entity, path, targets, side)
            if replaced is not None:
                state.result[id] = replaced
                return [id]
        return self.restore(targets, side)

    def restore(self, targets: Iterable[str], side: SideName) -> list[str]:
        """Brings deleted entities back as they are on *side*, groups with all that is in them."""
        state, tree = self.state, self.state.trees[side]
        restored: list[str] = []
        waiting = list(targets)
        while waiting:
            id = waiting.pop()
            if id not in tree.entities or self.is_there(id):
                continue
            state.result[id] = tree.entities[id]
            state.origins[id] = side
            state.tombstones.pop(id, None)
            restored.append(id)
            waiting += [item for item in tree.members.get(id, ()) if isinstance(item, str)]
        return restored

    def written_out(self, entity: Entity, path: str, targets: list[str], side: SideName) -> Entity | None:
        """*entity* with the target's last value in place of the reference; ``None`` where that cannot be written."""
        if not entity.is_token:
            node = {key: part for key, part in entity.node.items() if key not in ("$extends", "$ref")}
            return entity._replace(node=node)
        tree = self.state.trees[side]
        own_set = tree.set_of(entity.id) if entity.id in tree.entities else ""
        tokens = [tree.entities[id] for id in targets if tree.entities[id].is_token]
        target = next((token for token in tokens if tree.set_of(token.id) == own_set), tokens[0] if tokens else None)
        if target is None:
            return None
        form = tree.forms.get(own_set, DTCG)
        replaced = inlined(entity.node, path, target.node, form)
        if replaced is None:
            return None
        kind = entity.kind
        if form.type not in replaced and kind is None:
            kind = self.kind_of(target, side, form)
        return entity._replace(node=replaced, kind=kind)

    @staticmethod
    def with_value(entity: Entity, value: Json) -> Entity:
        """*entity* with another reference."""
        if not entity.is_token:
            return entity._replace(node={**entity.node, "$extends": value})
        key = "value" if "value" in entity.node and "$value" not in entity.node else "$value"
        return entity._replace(node={**{k: v for k, v in entity.node.items() if k != "$ref"}, key: value})

    def kind_of(self, token: Entity, side: SideName, form: Form) -> str | None:
        """The type of a token, that of its target where it is an alias."""
        entities, paths = self.state.trees[side].entities, self.paths(side)
        seen: set[str] = set()
        while token.kind is None and token.id not in seen:
            seen.add(token.id)
            value = token.node.get(form.value)
            if type(value) is not str:
                break
            found = [entities[id] for path in mentions(value) for id in paths.tokens(path)]
            if not found:
                break
            token = found[0]
        return token.kind

    def follow_renames(self) -> None:
        """Rewrites references to what stands elsewhere now than on the side that wrote them."""
        state = self.state
        moved: dict[Origin, bool] = {}
        after: Paths | None = None
        for id in list(state.origins):
            entity, origin = state.result.get(id), self.origin(id)
            if origin not in moved:
                moved[origin] = self.has_moved(origin)
            if entity is None or not moved[origin]:
                continue
            after = after or Paths(Tree(state.result, {}, {}))
            node = self.rewritten(entity, origin, after)
            if node is not entity.node:
                state.result[id] = entity._replace(node=node)
        if any(map(self.has_moved, OTHER)) and (state.joined or self.left("local") & self.left("remote")):
            self.follow_what_both_left(after or Paths(Tree(state.result, {}, {})))

    def left(self, side: SideName) -> set[str]:
        """The paths of a side where somebody stood who stands there no more."""
        result, origins = self.state.result, self.state.origins
        tree, paths = self.tree(side), self.paths(side)
        moved = [
            id for id in origins if (was := tree.entities.get(id)) and (now := result.get(id)) and now[2:4] != was[2:4]
        ]
        waiting = [*moved, *(id for id in tree.entities if id not in result)]
        found: dict[str, None] = {}
        while waiting:
            id = waiting.pop()
            if id not in found:
                found[id] = None
                waiting += [item for item in tree.members.get(id, ()) if isinstance(item, str)]
        return {paths.of(id) for id in found}

    def follow_what_both_left(self, after: Paths) -> None:
        """Rewrites references that read alike on both sides, to what stands at that place no more."""
        state = self.state
        here, there = (self.paths(side) for side in OTHER)
        known: dict[tuple[str, bool], str | None] = {}

        def moved(path: str, *, tokens: bool) -> str | None:
            ours, theirs = set(here.at(path, tokens=tokens)), set(there.at(path, tokens=tokens))
            now = sorted(after.of(id) for id in map(state.living, ours & theirs or ours | theirs) if id in state.result)
            return None if not now or path in now else now[0]

        for id, entity in state.result.items():
            if id in state.origins or (entity.is_token and not _may_refer(entity.node)):
                continue

            def rename(path: str, tokens: bool = entity.is_token) -> str | None:
                if (path, tokens) not in known:
                    known[path, tokens] = moved(path, tokens=tokens)
                return known[path, tokens]

            node = renamed_node(entity.node, rename)
            if node is not entity.node:
                state.result[id] = entity._replace(node=node)

    def rewritten(self, entity: Entity, origin: Origin, after: Paths) -> Mapping[str, Json]:
        """The node of *entity*, written by *origin*, with its references as they must read in the result."""
        before = self.paths(origin)

        def rename(path: str) -> str | None:
            found = before.at(path, tokens=entity.is_token) or before.at(path, tokens=not entity.is_token)
            ids = map(self.state.living, found)
            now = [after.of(id) for id in ids if id in self.state.result]
            return None if not now or path in now else now[0]

        if entity.is_token and not _may_refer(entity.node):
            return entity.node
        node: Mapping[str, Json] = renamed_node(entity.node, rename)
        return node

    def has_moved(self, side: Origin) -> bool:
        """Whether anything stands elsewhere in the result than on *side*."""
        entities, result = self.tree(side).entities, self.state.result
        if self.state.joined:
            return True
        # What both sides have at one place stands there still, or was given an origin.
        for id in self.state.origins:
            before, now = entities.get(id), result.get(id)
            if before is not None and now is not None and now is not before and now[2:4] != before[2:4]:
                return True
        return False


def _may_refer(node: Mapping[str, Json]) -> bool:
    value = node.get("$value")
    if type(value) is str:
        return "{" in value or "$extensions" in node
    return True
