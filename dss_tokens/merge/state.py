"""What a merge knows while it runs."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ..json_equality import ABSENT
from .clock import Stamp
from .conflicts import Choose, Decisions, SideName
from .revisions import revision
from .sides import Side, Stamps, Tombstone
from .trees import Entity, Tree

Json = Any
Origin = Literal["local", "remote", "base", "both"]

OTHER: dict[SideName, SideName] = {"local": "remote", "remote": "local"}


@dataclass(slots=True, kw_only=True)
class State:
    """The three trees and what has come of them so far."""

    sides: Mapping[SideName, Side]
    trees: Mapping[SideName, Tree]
    base: Tree
    has_base: bool
    decisions: Decisions
    buried: Container[str] = ()
    """What was deleted in the base already."""

    composite_fields: bool = False
    """Whether composite values are merged part by part."""

    result: dict[str, Entity] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    """Whose value a token has, and whose ``$extends`` a group, where the sides differ."""

    stamps: dict[str, Stamps] = field(default_factory=dict)
    tombstones: dict[str, Tombstone] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)
    """Id that was given up -> id it lives on under."""

    unsettled: set[str] = field(default_factory=set)
    """Entities with an open conflict: what follows from their present state is not reported as a conflict, too."""

    values: dict[tuple[str, str], Json] = field(default_factory=dict)
    """Values made by the merge itself: (id, ``$value``)."""

    def based(self, id: str, local: Entity | None, remote: Entity | None) -> Entity | None:
        """The common ancestor of an entity; where no base has it, the side that the other one's history knows.

        Source: the merge without a base, archive format, section "Two-way".
        """
        ours, theirs = self.sides["local"], self.sides["remote"]
        found = self.base.entities.get(id)
        if found is None and local is not None and remote is not None:
            is_known_there = revision_of(local) in theirs.history.get(id, ())
            is_known_here = revision_of(remote) in ours.history.get(id, ())
            if is_known_there is not is_known_here:  # both: each side went back to what it was before
                return local if is_known_there else remote
        if self.has_base or (local is not None and remote is not None):
            return found
        here, there = (local, theirs) if local is not None else (remote, ours)
        tombstone = there.tombstones.get(id)
        if here is None or tombstone is None:
            return None
        mine = revision_of(here)
        return here if mine == tombstone.revision or mine in there.history.get(id, ()) else None

    def based_ids(self, *ids: str) -> bool:
        """Whether any of *ids* was there before: only what both sides added can be one and the same."""
        return any(id in self.base.entities for id in ids)

    def stamp(self, side: SideName, id: str, name: str) -> Stamp | None:
        """When a field was changed on a side, also of an entity that is deleted there."""
        tombstone = self.sides[side].tombstones.get(id)
        if tombstone is not None and tombstone.stamps is not None and id not in self.trees[side].entities:
            return tombstone.stamps.of(name)
        return self.sides[side].stamp_of(id, name)

    def whole_stamp(self, side: SideName, id: str) -> Stamp | None:
        """The newest change of an entity on a side; of its deletion where it is not there."""
        given = self.sides[side]
        if id not in self.trees[side].entities:
            return given.deletion_stamp(id)
        stamps = given.stamps.get(id)
        return given.stamp if stamps is None else stamps.whole

    def place(self, id: str) -> tuple[str, str]:
        """Set and path to show for an entity: where it stands locally, else remotely, else in the base."""
        for tree in (self.trees["local"], self.trees["remote"], self.base):
            if id in tree.entities:
                return tree.place(id)
        return "", id

    def living(self, id: str) -> str:
        """The id an entity lives under now."""
        while id in self.joined:
            id = self.joined[id]
        return id

    def merged_stamps(self, id: str, chosen: Mapping[str, Choose | Origin]) -> None:
        """Notes when each field was changed, given the side it was taken from."""
        if not any(self.sides[side].stamps or self.sides[side].stamp for side in OTHER):
            return
        found: dict[str, Stamp] = {}
        for name, choice in chosen.items():
            sides: list[SideName] = [choice] if choice == "local" or choice == "remote" else ["local", "remote"]
            known = [stamp for side in sides if (stamp := self.stamp(side, id, name)) is not None]
            if known:
                found[name] = max(known)
        if found:
            whole = max(found.values())
            self.stamps[id] = Stamps(whole, {name: stamp for name, stamp in found.items() if stamp != whole})


def revision_of(entity: Entity) -> str:
    """The revision of a token or group."""
    return revision(entity.name, entity.parent, entity.node)


def shown(node: Mapping[str, Json] | None) -> Json:
    """A node in a conflict."""
    return ABSENT if node is None else dict(node)
