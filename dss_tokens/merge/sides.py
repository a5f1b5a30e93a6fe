"""What is handed to a merge: the documents of one side, who is who in them, and when it was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from .clock import Stamp

Json = Any


class Place(NamedTuple):
    """Where a token or group stands: the name of its set (source file) and its path in it."""

    set: str
    path: str


class Stamps(NamedTuple):
    """When an entity was last changed."""

    whole: Stamp
    """The newest change of any field."""

    fields: Mapping[str, Stamp] = MappingProxyType({})
    """The fields that are older, e.g. ``$description``: known after a merge brought two sides' fields together."""

    def of(self, field: str) -> Stamp:
        """When *field* was last changed."""
        return self.fields.get(field, self.whole)


class Last(NamedTuple):
    """The last state of what was deleted."""

    name: str
    parent: str
    """The id of its group."""

    node: Mapping[str, Json]


class Tombstone(NamedTuple):
    """That an entity was deleted, and when."""

    stamp: Stamp | None = None
    revision: str = ""
    """The digest of its last state."""

    last: Last | None = None
    """That state, where it is still known: edits made before the deletion come back with it."""

    stamps: Stamps | None = None
    """When the fields of *last* were changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the three states a merge compares."""

    documents: Mapping[str, Json]
    """Set name -> decoded document, in the order of the project."""

    ids: Mapping[Place, str] = field(default_factory=dict)
    """Who stands where, for what is not called after its own place (:func:`default_id`)."""

    aliases: Mapping[str, str] = field(default_factory=dict)
    """Ids given up in earlier merges -> the id they live on under (:attr:`.Merged.joined`)."""

    stamps: Mapping[str, Stamps] = field(default_factory=dict)
    """Id -> when it was changed."""

    stamp: Stamp | None = None
    """When the side as a whole was changed: for what has no stamp of its own."""

    tombstones: Mapping[str, Tombstone] = field(default_factory=dict)
    """Id -> its deletion."""

    history: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Id -> earlier revisions, newest first: what stands in for a base where there is none."""

    complete: bool = True
    """Whether what is absent was deleted. ``False`` for a part of a project: absent means unknown."""

    def stamp_of(self, id: str, field: str) -> Stamp | None:
        """When *field* of an entity was last changed; ``None`` where nobody knows."""
        stamps = self.stamps.get(id)
        return self.stamp if stamps is None else stamps.of(field)

    def deletion_stamp(self, id: str) -> Stamp | None:
        """When an entity was deleted."""
        tombstone = self.tombstones.get(id)
        return self.stamp if tombstone is None or tombstone.stamp is None else tombstone.stamp


def default_id(place: Place, *, is_group: bool = False) -> str:
    """The id of what never moved: its place. A group's differs from that of a token at the same place."""
    return f"{place.set}#/{place.path}/" if is_group else f"{place.set}#/{place.path}"
