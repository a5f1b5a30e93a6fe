"""The tokens and groups of one side by identity: what a merge compares.

A set is a root group whose name is the set's. Nothing is copied: a token keeps its JSON object.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..model import ROOT
from .forms import Form, form_of
from .sides import Place, Side, default_id

Json = Any

Item = str | tuple[str]
"""A member of a group: a child's id, or ``(name,)`` of a property."""


class Entity(NamedTuple):
    """A token, a group or a set (a group without parent)."""

    id: str
    is_token: bool
    parent: str
    """The id of its group; ``""`` for a set."""

    name: str
    kind: str | None
    """A token's ``$type`` in force: its own or that of the nearest group; ``None`` for aliases without their own."""

    node: Mapping[str, Json]
    """A token's JSON object; of a group, only the members that are no children."""

    bound: tuple[str, ...] = ()
    """Whom its references mean, where their text alone does not tell (:mod:`.binding`)."""


class Tree(NamedTuple):
    """One side."""

    entities: dict[str, Entity]
    members: dict[str, list[Item]]
    """Group -> properties and children, in the order written."""

    forms: dict[str, Form]
    """Set -> how its tokens are written."""

    def place(self, id: str) -> Place:
        """Where an entity stands."""
        entity = self.entities[id]
        names: list[str] = []
        while entity.parent:
            names.append(entity.name)
            entity = self.entities[entity.parent]
        return Place(entity.name, ".".join(reversed(names)))

    def set_of(self, id: str) -> str:
        """The name of the set an entity stands in."""
        entity = self.entities[id]
        while entity.parent:
            entity = self.entities[entity.parent]
        return entity.name


EMPTY = Tree({}, {}, {})
EMPTY_ALIASES: Mapping[str, str] = {}


def tree(side: Side, sets: set[str] | None = None, aliases: Mapping[str, str] = EMPTY_ALIASES) -> Tree:
    """The tree of *side*, of the named *sets* only when given; ids that were given up are called as they live on."""
    builder = _Builder(side, aliases)
    for name, document in side.documents.items():
        if sets is None or name in sets:
            builder.add(name, document)
    return Tree(builder.entities, builder.members, builder.forms)


class _Builder:
    def __init__(self, side: Side, aliases: Mapping[str, str]) -> None:
        self.ids = side.ids
        if aliases:
            given = set(side.ids.values())
            self.ids = {
                place: id if aliases.get(id) in given else aliases.get(id, id) for place, id in side.ids.items()
            }
        self.reserved = set(self.ids.values())
        self.entities: dict[str, Entity] = {}
        self.members: dict[str, list[Item]] = {}
        self.forms: dict[str, Form] = {}

    def id_of(self, place: Place, *, is_group: bool) -> str:
        """The id given, else the default one; a number is appended while somebody else has it."""
        known = self.ids.get(place)
        if known is not None and known not in self.entities:
            return known
        wanted = found = default_id(place, is_group=is_group)
        number = 2
        while found in self.entities or found in self.reserved:
            found = f"{wanted}~{number}"
            number += 1
        return found

    def add(self, name: str, document: Mapping[str, Json]) -> None:
        form = self.forms[name] = form_of(document)
        root = self.id_of(Place(name, ""), is_group=True)
        stack: list[tuple[str, str, str, str, Mapping[str, Json], str | None]] = [(root, "", name, "", document, None)]
        while stack:
            self.walk(name, form, stack)

    def walk(self, set_name: str, form: Form, stack: list[Any]) -> None:
        """Enters one group with its tokens; its groups wait on the stack. Written for speed: it sees every token."""
        group, parent, name, path, members, kind = stack.pop()
        entities, is_token = self.entities, form.is_token
        no_ids = not self.ids
        own = members.get(form.type)
        if type(own) is str:
            kind = own
        items: list[Item] = []
        properties: dict[str, Json] = {}
        inner: list[tuple[str, str, str, str, Mapping[str, Json], str | None]] = []
        prefix = f"{path}." if path else ""
        id_start = f"{set_name}#/{prefix}"
        for child_name, child in members.items():
            if type(child) is not dict or (child_name[:1] == "$" and child_name != ROOT):
                properties[child_name] = child
                items.append((child_name,))
            elif is_token(child, child_name):
                id = id_start + child_name
                if not no_ids or id in entities:
                    id = self.id_of(Place(set_name, prefix + child_name), is_group=False)
                entities[id] = Entity(id, True, group, child_name, form.kind(child, kind), child)
                items.append(id)
            else:
                id = self.id_of(Place(set_name, prefix + child_name), is_group=True)
                # Entered now, so that ids are given out in the order written, whatever the stack does.
                entities[id] = Entity(id, False, group, child_name, None, {})
                items.append(id)
                inner.append((id, group, child_name, prefix + child_name, child, kind))
        entities[group] = Entity(group, False, parent, name, None, properties)
        self.members[group] = items
        stack.extend(reversed(inner))
