"""States as the merge engine sees them: documents, and who is who in them.

The engine calls what never moved after its place. Ids of archives are UUIDs; only those that stand at different places
on different sides, or where another one stood, have to be named to it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dss_tokens.merge import Place, Side, Stamps, Tombstone, default_id
from dss_tokens.merge.clock import parse_stamp
from dss_tokens.merge.revisions import revision as engine_revision

from .manifest import Manifest
from .records import Record
from .token_sets import TokenSetContent


class Meta(NamedTuple):
    """What a record says beside its meaning."""

    rev: str
    hlc: str
    history: tuple[str, ...]
    stamps: Mapping[str, str]


def meta_of(record: Record) -> Meta:
    """What *record* says beside its meaning."""
    return Meta(record["rev"], record["hlc"], tuple(record.get("history", ())), record.get("stamps", {}))


@dataclass(slots=True)
class LoadedSet:
    """One set of one state; shared between states that hold the same member."""

    id: str
    name: str
    document: dict[str, Any]
    seats: dict[str, tuple[str, str]]
    """Id to kind and path."""

    live: dict[str, Meta]
    tombstones: dict[str, Record]


class Loading:
    """Takes the records of one member, then gives the set; ``None`` as document's name means that it is deleted."""

    def __init__(self) -> None:
        self.live: dict[str, Meta] = {}
        self.tombstones: dict[str, Record] = {}
        self.content = TokenSetContent()

    def add(self, record: Record) -> None:
        """Take in one record."""
        if "deleted" in record:
            self.tombstones[record["id"]] = record
        else:
            self.live[record["id"]] = meta_of(record)
        self.content.add(record)

    def loaded(self) -> LoadedSet:
        """The set."""
        seats = {
            identifier: ("token" if is_token else "group", path)
            for path, identifier, is_token, _ in self.content.walk()
        }
        if self.content.id:
            seats[self.content.id] = ("set", "")
        document = {} if self.content.is_deleted else self.content.document()
        return LoadedSet(self.content.id, self.content.name, document, seats, self.live, self.tombstones)


def load(records: Iterable[Record]) -> LoadedSet:
    """The set of one member."""
    loading = Loading()
    for record in records:
        loading.add(record)
    return loading.loaded()


@dataclass(slots=True)
class StateContent:
    """Everything in one state."""

    manifest: Manifest
    sets: dict[str, LoadedSet]
    """By member; deleted ones have no name."""

    themes: dict[str, Record]
    """By id, tombstones included."""

    components: dict[str, Record] = field(default_factory=dict)

    def live_sets(self) -> list[LoadedSet]:
        """The sets that are not deleted, by name."""
        return sorted((found for found in self.sets.values() if found.id), key=lambda found: found.name)

    def documents(self) -> dict[str, Any]:
        """Name to document, sets and resolver documents alike."""
        found = {one.name: one.document for one in self.live_sets()}
        found |= {record["name"]: record["data"] for record in self.themes.values() if "deleted" not in record}
        return dict(sorted(found.items()))

    def theme_named(self, name: str) -> Record | None:
        """The live resolver document of this name."""
        return next((one for one in self.themes.values() if "deleted" not in one and one["name"] == name), None)


class Names:
    """UUIDs and the engine's ids, one to one, for the sides of one merge."""

    def __init__(self, states: Iterable[StateContent]) -> None:
        """Args:
        states: Base, local, remote: who is there first keeps the name of the place.
        """
        self.states = list(states)
        self._engine: dict[str, str] = {}
        self._uuids: dict[str, str] = {}
        shared = self._shared()
        for state in self.states:
            for one in state.live_sets():
                if id(one) not in shared:
                    self._name(one)
        self._shared_sets = shared

    def _shared(self) -> set[int]:
        """Sets that all sides hold alike: everyone in them is called after its place."""
        counts: dict[int, int] = {}
        for state in self.states:
            for one in state.live_sets():
                counts[id(one)] = counts.get(id(one), 0) + 1
        return {key for key, count in counts.items() if count == len(self.states)}

    def _name(self, one: LoadedSet) -> None:
        for identifier, (kind, path) in one.seats.items():
            if identifier in self._engine:
                continue
            wanted = default_id(Place(one.name, path), is_group=kind != "token")
            found = identifier if wanted in self._uuids else wanted
            self._engine[identifier] = found
            self._uuids[found] = identifier

    def engine(self, identifier: str, set_name: str, kind: str, path: str) -> str:
        """What the engine calls the entity that stands here."""
        known = self._engine.get(identifier)
        return known if known is not None else default_id(Place(set_name, path), is_group=kind != "token")

    def engine_of(self, identifier: str) -> str | None:
        """What the engine calls an entity that differs between the sides."""
        return self._engine.get(identifier)

    def uuid_of(self, engine: str) -> str | None:
        """Who that is; ``None`` for somebody whom the merge made, and for those in shared sets."""
        return self._uuids.get(engine)

    def ids(self, state: StateContent) -> dict[Place, str]:
        """Those in *state* who are not called after their place."""
        found: dict[Place, str] = {}
        for one in state.live_sets():
            if id(one) in self._shared_sets:
                continue
            for identifier, (kind, path) in one.seats.items():
                place = Place(one.name, path)
                if (name := self._engine[identifier]) != default_id(place, is_group=kind != "token"):
                    found[place] = name
        return found


def side_of(state: StateContent, names: Names, base: StateContent | None, other: StateContent | None) -> Side:
    """*state* for the engine.

    Args:
        base: What both sides come from: only what changed since needs its time told.
        other: The other side; of who is not in the base, its history stands in for one.
    """
    before = {identifier: meta.rev for one in _sets(base) for identifier, meta in one.live.items()}
    stamps: dict[str, Stamps] = {}
    tombstones: dict[str, Tombstone] = {}
    for one in state.sets.values():
        if base is not None and any(one is known for known in base.sets.values()):
            continue
        for identifier, meta in one.live.items():
            if before.get(identifier) != meta.rev and (engine := names.engine_of(identifier)) is not None:
                stamps[engine] = _stamps(meta)
        for identifier, record in one.tombstones.items():
            if (engine := names.engine_of(identifier)) is not None:
                tombstones[engine] = Tombstone(parse_stamp(record["hlc"]))
    return Side(
        documents=state.documents(),
        ids=names.ids(state),
        stamps=stamps,
        stamp=parse_stamp(state.manifest.stamp),
        tombstones=tombstones,
        history=_history(state, other, names, before) if other is not None else {},
        complete=state.manifest.scope.complete,
    )


def _sets(state: StateContent | None) -> Iterable[LoadedSet]:
    return () if state is None else state.sets.values()


def _stamps(meta: Meta) -> Stamps:
    return Stamps(parse_stamp(meta.hlc), {name: parse_stamp(text) for name, text in meta.stamps.items()})


def _history(
    state: StateContent, other: StateContent, names: Names, based: Container[str]
) -> dict[str, list[str]]:  # fmt: skip
    """Whose present state on the *other* side is an earlier one here; revisions as the engine computes them.

    Args:
        based: Who is in the base, and needs no history.
    """
    theirs = {identifier: (one, meta) for one in other.sets.values() for identifier, meta in one.live.items()}
    found: dict[str, list[str]] = {}
    for one in state.sets.values():
        histories = {identifier: meta.history for identifier, meta in one.live.items() if meta.history}
        histories |= {record["id"]: tuple(record.get("history", ())) for record in one.tombstones.values()}
        for identifier, history in histories.items():
            known = theirs.get(identifier) if identifier not in based else None
            engine = names.engine_of(identifier)
            if known is not None and engine is not None and known[1].rev in history:
                found[engine] = [_engine_revision(known[0], identifier, names)]
    return found


def _engine_revision(one: LoadedSet, identifier: str, names: Names) -> str:
    kind, path = one.seats[identifier]
    parent_path, _, name = path.rpartition(".")
    parent = "" if kind == "set" else default_id(Place(one.name, parent_path), is_group=True)
    for holder, (holder_kind, holder_path) in one.seats.items():
        if holder_kind != "token" and holder_path == parent_path and kind != "set":
            parent = names.engine(holder, one.name, holder_kind, holder_path)
            break
    node: Mapping[str, Any] = one.document
    for part in path.split(".") if path else ():
        node = node[part]
    if kind != "token":
        node = {key: value for key, value in node.items() if key[:1] == "$" and key != "$root"}
    return engine_revision(one.name if kind == "set" else name, parent, node)
