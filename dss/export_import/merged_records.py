"""What a merge gave -> records that know who they are and when each of their fields was changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from dss_tokens.merge import Merged, Place
from dss_tokens.merge.sides import default_id
from dss_tokens.model import is_resolver

from .differences import Everything
from .identity import theme_id
from .identity_lock import IdentityLock, Seat, SeatIds, moved
from .records import MAX_HISTORY, Record, revision, sealed, tombstone
from .sides import LoadedSet, Meta, Names, StateContent, load, meta_of
from .token_sets import split
from .views import Views

Json = Any


class MergedRecords:
    """What the engine made of the part of the sets that it saw, and of the resolver documents, as records."""

    def __init__(self, merged: Merged, names: Names, views: Views, stamp: Callable[[], str]) -> None:
        """Args:
        stamp: Gives the stamp for what only the merge itself changed.
        """
        self.merged, self.names, self.views = merged, names, views
        self.local, self.remote = views.states[-2:]
        self.stamp = stamp
        self._project = self.local.manifest.project_id
        self._taken: set[str] = set()
        self._metas = [
            {identifier: meta for one in state.sets.values() for identifier, meta in one.live.items()}
            for state in (self.local, self.remote)
        ]
        self.built: dict[str, dict[str, Record]] = {}
        """Member to the live records that the engine saw, by id."""

        self.themes: dict[str, Record] = {}
        """Id to the live resolver document."""

        for name, document in merged.documents.items():
            if is_resolver(document):
                record = self._theme(name, document)
                self.themes[record["id"]] = record
            else:
                self._build(name, document)
        self.graves = self._graves()
        """Member to the tombstones in it, by id; those that are alike on all sides are not among them."""

    def _build(self, name: str, document: Mapping[str, Json]) -> None:
        fresh = SeatIds(self._project, name, IdentityLock(), self._taken)

        def identify(kind: str, path: str, node: Mapping[str, Json] | None = None) -> str:
            place = Place(name, path)
            engine = self.merged.ids.get(place) or default_id(place, is_group=kind != "token")
            known = self.names.uuid_of(engine)
            if known is None or known in self._taken:
                return fresh(kind, path, node)
            self._taken.add(known)
            return known

        records = [record for _, record in split(document, name, identify)]
        member = f"tokens/{records[0]['id']}.jsonl"
        view = self.views.sets.get(member)
        for record in records:
            if view is not None and record["id"] in view.orders:
                record["order"] = view.orders[record["id"]]
        self.built[member] = {record["id"]: self._sealed(record) for record in records}

    def _sealed(self, record: Record) -> Record:
        metas = [found[record["id"]] for found in self._metas if record["id"] in found]
        engine = self.names.engine_of(record["id"])
        stamps = self.merged.stamps.get(engine) if engine is not None else None
        if (same := newest_same(revision(record), metas)) is not None:
            return sealed(record, same.hlc, same.history, same.stamps)
        if stamps is None:
            return sealed(record, self.stamp(), _joined_history(metas))
        whole = str(stamps.whole)
        fields = {field: str(when) for field, when in stamps.fields.items() if str(when) < whole}
        return sealed(record, whole, _joined_history(metas), fields)

    def _theme(self, name: str, document: Mapping[str, Json]) -> Record:
        known = [one for state in (self.local, self.remote) if (one := state.theme_named(name)) is not None]
        identifier = known[0]["id"] if known else theme_id(self._project, name)
        record: Record = {"id": identifier, "kind": "theme", "name": name, "data": document}
        metas = [meta_of(one) for one in known]
        if (same := newest_same(revision(record), metas)) is not None:
            return sealed(record, same.hlc, same.history, same.stamps)
        return sealed(record, self.stamp(), _joined_history(metas))

    def _graves(self) -> dict[str, dict[str, Record]]:
        """The tombstones of both sides, and those of what this merge deletes."""
        live = {identifier for records in self.built.values() for identifier in records}
        found: dict[str, dict[str, Record]] = {}
        buried: set[str] = set()
        for state in (self.local, self.remote):
            for member, one in state.sets.items():
                for identifier, record in one.tombstones.items():
                    if identifier not in live and identifier not in buried:
                        buried.add(identifier)
                        found.setdefault(member, {})[identifier] = record
        for state in (self.local, self.remote):
            for member, one in state.sets.items():
                for identifier in one.live.keys() - live - buried:
                    buried.add(identifier)
                    found.setdefault(member, {})[identifier] = self._tombstone(one, identifier)
        return found

    def _tombstone(self, one: LoadedSet, identifier: str) -> Record:
        meta = one.live[identifier]
        kind, path = one.seats[identifier]
        engine = self.names.engine_of(identifier)
        known = self.merged.tombstones.get(engine) if engine is not None else None
        stamp = str(known.stamp) if known is not None and known.stamp is not None else self.stamp()
        name = one.name if kind == "set" else path.rpartition(".")[2]
        record: Record = {"id": identifier, "kind": kind, "name": name, "rev": meta.rev, "history": list(meta.history)}
        return tombstone(record, max(stamp, meta.hlc))

    def content(self) -> StateContent:
        """The result, where everything was looked at, as a state, e.g. to be a base; it has no members."""
        sets = {member: load(records.values()) for member, records in self.built.items()}
        return StateContent(self.local.manifest, sets, dict(self.themes))

    def seats(self, lock: IdentityLock) -> dict[Seat, str]:
        """Who does not stand where the id says: the content of ``dss.lock``.

        Raises:
            Everything: An id that *lock* keeps from others is free again: of all others it has to be said who they are.
        """
        seen = {name for state in self.views.states for one in state.sets.values() for name in one.live}
        found = {seat: identifier for seat, identifier in lock.seats.items() if identifier not in seen}
        for records in self.built.values():
            found |= moved(_seats(load(records.values())), self._project).seats
        if any(found.get(seat) != identifier for seat, identifier in lock.seats.items()):
            if not self.views.whole:
                raise Everything
            return found
        follows = {
            (Seat(kind, one.name, path), identifier)
            for one in self.local.live_sets()
            for identifier, (kind, path) in one.seats.items()
        }
        return {seat: one for seat, one in found.items() if seat in lock.seats or (seat, one) not in follows}


def _seats(one: LoadedSet) -> Iterator[tuple[Seat, str, Mapping[str, Json] | None]]:
    for identifier, (kind, path) in one.seats.items():
        yield Seat(kind, one.name, path), identifier, _node(one.document, path)


def _node(document: Mapping[str, Json], path: str) -> Mapping[str, Json]:
    for name in path.split(".") if path else ():
        document = document[name]
    return document


def newest_same(rev: str, metas: Iterable[Meta]) -> Meta | None:
    """The newest of those that are of the revision *rev*."""
    same = [meta for meta in metas if meta.rev == rev]
    return max(same, key=lambda meta: (meta.hlc, meta.history)) if same else None


def _joined_history(metas: Iterable[Meta]) -> list[str]:
    """The revisions that the sides had, the present ones first; the same whoever merges whom."""
    found: dict[str, None] = {}
    ordered = sorted(metas, key=lambda meta: (meta.hlc, meta.rev), reverse=True)
    for meta in ordered:
        found.setdefault(meta.rev)
    for place in range(MAX_HISTORY):
        for meta in ordered:
            if place < len(meta.history):
                found.setdefault(meta.history[place])
    return list(found)[:MAX_HISTORY]
