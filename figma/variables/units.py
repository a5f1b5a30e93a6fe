"""Which collections become a set, which a modifier, and which share one.

A collection with one mode is a set, with several a modifier. Collections that alias each other and have the very same
modes are one choice, not two: an alias reads the mode of the same name, so they share a modifier. Otherwise
``Primitives`` would stay light when ``Theme`` turns dark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..records import Collection, Variable
from .graph import Edges


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One set or modifier of the resolver document."""

    name: str
    collections: tuple[Collection, ...]
    """More than one only where they share a modifier."""

    contexts: tuple[str, ...]
    """Mode names in editor order, made unique."""

    default: str

    @property
    def is_modifier(self) -> bool:
        """Whether there is a choice."""
        return len(self.contexts) > 1


def units_of(
    collections: Mapping[str, Collection],
    variables: Mapping[str, Variable],
    edges: Edges,
    labels: Mapping[str, str],
) -> dict[str, Unit]:
    """Collection id -> its unit, in the order of *collections*; *variables* are those to write."""
    links = _links(collections, variables, edges)
    aliased = {pair[1] for pair in links}
    together = _components(collections, links)
    units: dict[str, Unit] = {}
    for members in together:
        # The collection that nobody aliases is the one designers switch: the modifier bears its name.
        leading = next((member for member in members if member not in aliased), members[0])
        collection = collections[leading]
        contexts = context_names(collection)
        unit = Unit(
            name=labels[leading],
            collections=tuple(collections[member] for member in members),
            contexts=tuple(contexts.values()),
            default=contexts[collection.default],
        )
        for member in members:
            units[member] = unit
    return {identity: units[identity] for identity in collections}


def context_names(collection: Collection) -> dict[str, str]:
    """Mode id -> context name: the mode's name, numbered where a collection has it twice."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for mode in collection.modes:
        name, number = mode.name, 1
        while name in taken:
            number += 1
            name = f"{mode.name} {number}"
        taken.add(name)
        names[mode.id] = name
    return names


def _links(
    collections: Mapping[str, Collection], variables: Mapping[str, Variable], edges: Edges
) -> dict[tuple[str, str], None]:
    """Pairs of collections (aliasing, aliased) with the same modes."""
    found: dict[tuple[str, str], None] = {}
    for source, targets in edges.items():
        if source not in variables:
            continue
        ours = variables[source].collection
        for target in targets:
            if target not in variables or (theirs := variables[target].collection) is ours:
                continue
            pair = (ours.id, theirs.id)
            if pair not in found and ours.id in collections and theirs.id in collections and _same(ours, theirs):
                found[pair] = None
    return found


def _same(ours: Collection, theirs: Collection) -> bool:
    return (
        len(ours.modes) > 1
        and len(ours.modes) == len(theirs.modes) == len(ours.mode_of)
        and ours.mode_of.keys() == theirs.mode_of.keys()
        and ours.name_of[ours.default] == theirs.name_of[theirs.default]
    )


def _components(identities: Iterable[str], links: Iterable[tuple[str, str]]) -> list[list[str]]:
    leader = {identity: identity for identity in identities}

    def find(identity: str) -> str:
        while leader[identity] != identity:
            identity = leader[identity]
        return identity

    for one, other in links:
        leader[find(other)] = find(one)
    groups: dict[str, list[str]] = {}
    for identity in leader:
        groups.setdefault(find(identity), []).append(identity)
    return list(groups.values())
