"""What a merge changes on the local side, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from ..json_equality import ABSENT, same
from .fields import side_by_side
from .sides import Place
from .state import State
from .trees import Entity, Tree

Json = Any


class FieldChange(NamedTuple):
    """A field before and after; :data:`~dss_tokens.json_equality.ABSENT` where it was or is not there."""

    field: str
    before: Json
    after: Json


class Change(NamedTuple):
    """One entity that is not as it was locally."""

    kind: Literal["added", "removed", "changed", "moved"]
    """``moved``: stands at another place, and may be changed as well."""

    entity: Literal["token", "group", "set", "document"]
    """``document``: a member of a document that holds no tokens."""

    id: str
    place: Place
    """Where it stands now; for what was removed, where it stood."""

    before: Place | None = None
    """Where it stood, when it moved."""

    fields: tuple[FieldChange, ...] = ()

    def to_json(self) -> dict[str, Json]:
        """The form of plans and ``--json``."""
        found: dict[str, Json] = {
            "kind": self.kind, "entity": self.entity, "id": self.id, "set": self.place.set, "path": self.place.path,
        }  # fmt: skip
        if self.before is not None:
            found["from"] = {"set": self.before.set, "path": self.before.path}
        found["fields"] = [
            {
                "field": field.field,
                **({} if field.before is ABSENT else {"before": field.before}),
                **({} if field.after is ABSENT else {"after": field.after}),
            }
            for field in self.fields
        ]
        return found


def changes(state: State) -> list[Change]:
    """From the local side to the result: in the order of the local side, then what is new."""
    local = state.trees["local"]
    result = state.result
    after = Tree(result, {}, {})
    found = []
    for id, entity in local.entities.items():
        now = result.get(id)
        if now is entity:
            continue
        if now is None:
            if state.living(id) not in result:
                found.append(Change("removed", _noun(entity), id, local.place(id)))
            continue
        fields = tuple(_fields(entity, now))
        if entity[2:4] != now[2:4]:
            found.append(Change("moved", _noun(now), id, after.place(id), local.place(id), fields))
        elif fields:
            found.append(Change("changed", _noun(now), id, after.place(id), None, fields))
    joined = set(state.joined.values())
    for id, entity in result.items():
        if id not in local.entities and id not in joined:
            node = _fields(None, entity)
            found.append(Change("added", _noun(entity), id, after.place(id), None, tuple(node)))
    return found


def _noun(entity: Entity) -> Literal["token", "group", "set"]:
    return "token" if entity.is_token else "group" if entity.parent else "set"


def _fields(before: Entity | None, after: Entity) -> Iterator[FieldChange]:
    nodes: list[Mapping[str, Json]] = [{} if before is None else before.node, after.node]
    for field, (old, new) in side_by_side(nodes).items():
        if not same(old, new):
            yield FieldChange(".".join(field), old, new)
