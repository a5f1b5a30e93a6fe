"""What a merge has to look at: of each side, only what is not alike on all of them, and what stands around it.

A hundred thousand tokens of which a thousand changed are compared line by line, one set in memory at a time; the merge
engine gets the thousand. Where that could hide something from it (a group was renamed, one place belongs to two
tokens), it gets all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import orjson

from .differences import Difference, Everything, Lines, compare
from .manifest import Manifest
from .records import Record
from .rows import in_our_order
from .sides import LoadedSet, Loading, StateContent
from .surroundings import Surroundings, is_settled
from .writer import PackedMember


class Source(Protocol):
    """Where the members of one state are: the scan's writer, an archive, or the store."""

    def packed(self, name: str, sha256: str) -> PackedMember:
        """One of them."""
        ...

    def lines(self, name: str, sha256: str) -> Iterable[bytes]:
        """The lines of one of records."""
        ...


@dataclass(frozen=True, slots=True)
class Side:
    """One state and where its members are."""

    manifest: Manifest
    source: Source

    def token_members(self) -> dict[str, str]:
        """Name to digest of the members of tokens."""
        return {entry.name: entry.sha256 for entry in self.manifest.entries if entry.kind == "tokens"}

    def lines(self, name: str) -> Lines:
        """The encoded records of a member by id; none where there is no such member."""
        for entry in self.manifest.entries:
            if entry.name == name:
                lines = map(in_our_order, self.source.lines(name, entry.sha256))
                return {line[7:43].decode(): line for line in lines}
        return {}

    def records(self, kind: str) -> dict[str, Record]:
        """The records of all members of *kind* by id."""
        names = [entry.name for entry in self.manifest.entries if entry.kind == kind]
        return {identifier: orjson.loads(line) for name in names for identifier, line in self.lines(name).items()}


@dataclass(frozen=True, slots=True)
class SetView:
    """Which part of one member is looked at."""

    seen: frozenset[str]
    """Ids of those that the engine sees, and of the tombstones that are not alike on all sides."""

    orders: Mapping[str, int] = field(default_factory=dict)
    """The place among their siblings of those who stay at it, because not all of their siblings are looked at."""

    theirs: Mapping[str, bytes | None] | None = None
    """The remote side's lines of all that is not written alike, so that nobody reads them again."""


@dataclass(frozen=True, slots=True)
class Views:
    """The sides as a merge sees them."""

    states: list[StateContent]
    """Base where there is one, local, remote."""

    sets: Mapping[str, SetView]
    """Member to what is looked at; the others are alike on all sides."""

    whole: bool = True
    """Whether everything is looked at."""

    is_settled: bool = False
    """Whether what comes of it hangs together as one of the sides does."""


def views_of(sides: list[Side], *, whole: bool = False) -> Views:
    """What the merge of *sides* has to look at.

    Args:
        sides: Base, local, remote; without a base, everything is looked at.
        whole: Look at everything.
    """
    if not whole and len(sides) == 3 and all(side.manifest.scope.complete for side in sides):
        try:
            return _views(sides)
        except Everything:
            pass
    states = [whole_state(side) for side in sides]
    names = {name for side in sides for name in side.token_members()}
    return Views(states, {name: whole_set(states, name) for name in sorted(names)})


def whole_state(side: Side) -> StateContent:
    """All of *side*."""
    sets = {name: _load(map(orjson.loads, side.lines(name).values())) for name in side.token_members()}
    return StateContent(side.manifest, sets, side.records("themes"), side.records("components"))


def whole_set(states: Iterable[StateContent], member: str) -> SetView:
    """All of a set."""
    sets = [state.sets[member] for state in states if member in state.sets]
    return SetView(frozenset(identifier for one in sets for identifier in (*one.live, *one.tombstones)))


def _load(records: Iterable[Record]) -> LoadedSet:
    loading = Loading()
    for record in records:
        loading.add(record)
    return loading.loaded()


def _views(sides: list[Side]) -> Views:
    members = [side.token_members() for side in sides]
    differences: dict[str, Difference] = {}
    for name in sorted({name for side in members for name in side}):
        if len({side.get(name) for side in members}) > 1:
            differences[name] = compare(_lines(sides, name))
    around = Surroundings(differences, lambda: _local_lines(sides[1]))
    for name, ids in around.wanted().items():
        if name not in differences:
            differences[name] = Difference.of_equals(len(sides))
        differences[name].add(ids, _lines(sides, name))
    states = []
    for number, (side, names) in enumerate(zip(sides, members, strict=True)):
        loaded = {name: _load(found.records[number].values()) for name, found in differences.items() if name in names}
        states.append(StateContent(side.manifest, loaded, side.records("themes"), side.records("components")))
    sets = {name: SetView(frozenset(found.seen), found.orders(), found.theirs) for name, found in differences.items()}
    return Views(states, sets, whole=False, is_settled=is_settled(differences.values()))


def _lines(sides: list[Side], name: str) -> list[Lines]:
    """The lines of a member on each side; what is alike is read once."""
    read: dict[str | None, Lines] = {}
    for side in sides:
        digest = side.token_members().get(name)
        if digest not in read:
            read[digest] = side.lines(name)
    return [read[side.token_members().get(name)] for side in sides]


def _local_lines(local: Side) -> Iterable[tuple[str, Lines]]:
    for name in local.token_members():
        yield name, local.lines(name)
