"""The merged tree -> documents that differ from the local ones only where something changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from .conflicts import Conflict
from .forms import DTCG, Form
from .ordering import merged_order
from .state import State
from .trees import Entity, Item

Json = Any


def assemble(state: State) -> dict[str, Json]:
    """The documents by set name: the local ones in their order, new ones behind them.

    What did not change is the local side's own object, so that a writer can tell by identity what to leave alone.
    """
    return _Assembly(state).documents()


class _Assembly:
    def __init__(self, state: State) -> None:
        self.state = state
        self.children: dict[str, list[str]] = {}
        for id, entity in state.result.items():
            self.children.setdefault(entity.parent, []).append(id)
        self.touched = self.touched_groups()

    def touched_groups(self) -> set[str]:
        """Groups in which something, at whatever depth, is not as it was locally."""
        result, local = self.state.result, self.state.trees["local"].entities
        found: set[str] = set()
        for tree, other in ((result, local), (local, result)):
            seen: set[str] = set()  # in this tree: what moved stands in other groups in the other one
            for id, entity in tree.items():
                if other.get(id) is not entity:
                    above = entity if not entity.is_token else tree.get(entity.parent)
                    while above is not None and above.id not in seen:
                        seen.add(above.id)
                        above = tree.get(above.parent)
            found |= seen
        return found

    def documents(self) -> dict[str, Json]:
        state = self.state
        given = state.sides["local"].documents
        names: list[str] = [*given, *state.sides["remote"].documents]
        rank = {name: index for index, name in reversed(list(enumerate(names)))}
        roots = [state.result[id] for id in self.children.get("", ())]
        found = {}
        for root in sorted(roots, key=lambda root: (rank.get(root.name, len(rank)), root.name)):
            known = given.get(root.name) if self.stays(root) else None
            found[root.name] = self.group(root, known, self.form(root), None, None)
        return found

    def stays(self, entity: Entity) -> bool:
        """Whether it stands where it stood locally, as far as its own group goes: else another one stood there."""
        was = self.state.trees["local"].entities.get(entity.id)
        return was is entity or (was is not None and was[2:4] == entity[2:4])

    def form(self, root: Entity) -> Form:
        for tree in (*self.state.trees.values(), self.state.base):
            if root.name in tree.forms:
                return tree.forms[root.name]
        return DTCG

    def group(self, group: Entity, known: Json, form: Form, kind: str | None, was: str | None) -> Json:
        """The JSON object of a group.

        Args:
            group: The group.
            known: The local object at its place; given back itself when nothing in it changed.
            form: How its tokens are spelled.
            kind: The ``$type`` in force around it.
            was: That around *known*.
        """
        is_known = type(known) is dict
        if is_known and kind == was and group.id not in self.touched and not self.is_reordered(group.id):
            return known
        kind = _own(group.node, form) or kind
        was = _own(known, form) or was if is_known else None
        result = self.state.result
        document: dict[str, Json] = {}
        for item in self.order(group.id):
            if isinstance(item, tuple):
                name = item[0]
                part = group.node[name]
            else:
                child = result[item]
                name = child.name
                there = known.get(name) if is_known and not child.is_token and self.stays(child) else None
                part = self.token(child, form, kind) if child.is_token else self.group(child, there, form, kind, was)
            document[name] = part
        if is_known and len(document) == len(known):
            pairs = zip(document.items(), known.items(), strict=True)
            if all(name == other and part is there for (name, part), (other, there) in pairs):
                return known
        return document

    def is_reordered(self, group: str) -> bool:
        """Whether the remote side has a group's members, or those of a group in it, in another order."""
        local, remote = self.state.trees["local"], self.state.trees["remote"]
        members = local.members.get(group, [])
        if members != remote.members.get(group, members):
            return True
        entities = local.entities
        return any(
            isinstance(item, str) and not entities[item].is_token and self.is_reordered(item) for item in members
        )

    def token(self, token: Entity, form: Form, kind: str | None) -> Mapping[str, Json]:
        """The token's object, with its type written out where its group has another one by now."""
        found = form.kind(token.node, kind)
        if found == token.kind or token.kind is None:
            return token.node
        return {form.type: token.kind, **{key: part for key, part in token.node.items() if key != form.type}}

    def order(self, group: str) -> list[Item]:
        """The members of a group in the order they are written."""
        state = self.state
        properties: list[Item] = [(name,) for name in state.result[group].node]
        children: list[Item] = list(self.children.get(group, ()))
        wanted = properties + children
        local = state.trees["local"].members.get(group, [])
        remote = state.trees["remote"].members.get(group, [])
        base = state.base.members.get(group, [])
        if state.joined:
            local, remote = (self.with_joined(group, side) for side in ("local", "remote"))
        if len(wanted) == len(local) and (local is remote or local == remote) and set(wanted) == set(local):
            return local
        return merged_order(wanted, base, local, remote, prefer=self.preferred(group, local, remote))

    def with_joined(self, group: str, side: Literal["local", "remote"]) -> list[Item]:
        """The members of a side's group under the ids they live on, those of groups that were joined with it too."""
        state = self.state
        members = state.trees[side].members
        groups = [group, *(id for id in state.joined if state.living(id) == group)]
        found = [state.living(item) if isinstance(item, str) else item for id in groups for item in members.get(id, ())]
        return list(dict.fromkeys(found))

    def preferred(self, group: str, local: list[Item], remote: list[Item]) -> Literal["local", "remote"]:
        """Whose order holds where both changed it: asked of the strategy, but nobody's conflict."""
        state = self.state
        conflict = Conflict(
            kind="both_modified", entity="group", id=group, set="", path="", field="order",
            local=list(map(_text, local)), remote=list(map(_text, remote)),
            stamps=(state.stamp("local", group, "order"), state.stamp("remote", group, "order")),
        )  # fmt: skip
        answer = state.decisions.quietly(conflict)
        return "remote" if answer is not None and answer.choose == "remote" else "local"


def _own(node: Mapping[str, Json], form: Form) -> str | None:
    own = node.get(form.type)
    return own if type(own) is str else None


def _text(item: Item) -> str:
    return item[0] if isinstance(item, tuple) else item
