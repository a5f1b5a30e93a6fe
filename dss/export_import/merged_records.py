"""What a merge gave -> records that know who they are and when each of their fields was changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import orjson

from dss_tokens.errors import RefusedError
from dss_tokens.merge import Merged, Place
from dss_tokens.merge.sides import default_id
from dss_tokens.model import is_resolver

from .closure import Closure, Problem, key, references
from .faults import fault, printable
from .identity import theme_id
from .identity_lock import IdentityLock, Seat, SeatIds, moved
from .limits import Limits
from .records import MAX_HISTORY, Record, revision, sealed, tombstone
from .scan import THEMES
from .sides import LoadedSet, Meta, Names, StateContent, load, meta_of
from .token_sets import split

Json = Any


class MergeResultError(RefusedError):
    """Two clean halves make a broken whole; nothing was changed."""


class MergedRecords:
    """The sets and resolver documents of a merge's result, with their records."""

    def __init__(
        self, merged: Merged, names: Names, local: StateContent, remote: StateContent, stamp: Callable[[], str]
    ) -> None:
        """Args:
        stamp: Gives the stamp for what only the merge itself changed.
        """
        self.merged, self.names, self.local, self.remote = merged, names, local, remote
        self.stamp = stamp
        self._project = local.manifest.project_id
        self._taken: set[str] = set()
        self._metas = [
            {identifier: meta for one in state.sets.values() for identifier, meta in one.live.items()}
            for state in (local, remote)
        ]
        self.kept: dict[str, LoadedSet] = {}
        """Member to the set that is wholly one side's."""

        self.built: dict[str, list[Record]] = {}
        """Member to the live records of a set that is neither's."""

        self.themes: dict[str, Record] = {}
        """Id to the live resolver document."""

        self._sort_out()
        self.graves = self._graves()
        """Member to the tombstones in it, by id."""

    def _sort_out(self) -> None:
        sides = [{one.name: one for one in state.live_sets()} for state in (self.local, self.remote)]
        rest: list[str] = []
        for name, document in self.merged.documents.items():
            whole = next((side[name] for side in sides if name in side and side[name].document is document), None)
            if is_resolver(document):
                record = self._theme(name, document)
                self.themes[record["id"]] = record
            elif whole is not None and self._is_whole(whole):
                self.kept[f"tokens/{whole.id}.jsonl"] = whole
                self._taken |= whole.live.keys()
            else:
                rest.append(name)
        for name in rest:
            records = self._records(name, self.merged.documents[name])
            self.built[f"tokens/{records[0]['id']}.jsonl"] = records

    def _is_whole(self, one: LoadedSet) -> bool:
        """Whether those in the result are those in the set."""
        ids = self.merged.ids
        for identifier, (kind, path) in one.seats.items() if ids else ():
            place = Place(one.name, path)
            engine = ids.get(place) or default_id(place, is_group=kind != "token")
            if self.names.engine(identifier, one.name, kind, path) != engine:
                return False
        return True

    def _records(self, name: str, document: Mapping[str, Json]) -> list[Record]:
        fresh = SeatIds(self._project, name, IdentityLock(), self._taken)

        def identify(kind: str, path: str, node: Mapping[str, Json] | None = None) -> str:
            place = Place(name, path)
            engine = self.merged.ids.get(place) or default_id(place, is_group=kind != "token")
            known = self.names.uuid_of(engine)
            if known is None or known in self._taken:
                return fresh(kind, path, node)
            self._taken.add(known)
            return known

        return [self._sealed(record) for record in split(document, name, identify)]

    def _sealed(self, record: Record) -> Record:
        metas = [found[record["id"]] for found in self._metas if record["id"] in found]
        engine = self.names.engine_of(record["id"])
        stamps = self.merged.stamps.get(engine) if engine is not None else None
        if (same := _newest_same(record, metas)) is not None:
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
        if (same := _newest_same(record, metas)) is not None:
            return sealed(record, same.hlc, same.history, same.stamps)
        return sealed(record, self.stamp(), _joined_history(metas))

    def _graves(self) -> dict[str, dict[str, Record]]:
        """The tombstones of both sides, and those of what this merge deletes."""
        live = {identifier for one in self.kept.values() for identifier in one.live}
        live |= {record["id"] for records in self.built.values() for record in records}
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

    def files(self) -> Iterator[tuple[str, str, Mapping[str, Json]]]:
        """Name, member and document of every set and resolver document."""
        for member, one in self.kept.items():
            yield one.name, member, one.document
        for member, records in self.built.items():
            name = records[0]["name"]
            yield name, member, self.merged.documents[name]
        for record in self.themes.values():
            yield record["name"], THEMES, record["data"]

    def content(self) -> StateContent:
        """The result as a state, e.g. to be a base; it has no members."""
        sets = dict(self.kept)
        sets |= {member: load(records) for member, records in self.built.items()}
        return StateContent(self.local.manifest, sets, dict(self.themes))

    def seats(self, lock: IdentityLock) -> dict[Seat, str]:
        """Who does not stand where the id says: the content of ``dss.lock``."""
        found: dict[Seat, str] = {}
        local = {id(one) for one in self.local.sets.values()}
        for one in [*self.kept.values(), *map(load, self.built.values())]:
            if id(one) in local:
                found |= {seat: identifier for seat, identifier in lock.seats.items() if seat.set == one.name}
            else:
                found |= moved(_seats(one), self._project).seats
        return found


def _seats(one: LoadedSet) -> Iterator[tuple[Seat, str, Mapping[str, Json] | None]]:
    for identifier, (kind, path) in one.seats.items():
        yield Seat(kind, one.name, path), identifier, _node(one.document, path)


def _node(document: Mapping[str, Json], path: str) -> Mapping[str, Json]:
    for name in path.split(".") if path else ():
        document = document[name]
    return document


def _newest_same(record: Record, metas: Iterable[Meta]) -> Meta | None:
    """The newest of those that say what *record* says."""
    rev = revision(record)
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


def check_whole(result: MergedRecords, local: StateContent, remote: StateContent, limits: Limits) -> None:
    """Whether the merged tokens hang together, as far as they did on both sides.

    Raises:
        MergeResultError: ``DSS691``.
    """
    documents = [document for _, _, document in result.files() if not is_resolver(document)]
    problems = _problems(documents, limits)
    if not problems:
        return
    known: set[Problem] = set()
    for state in (local, remote):
        known |= set(_problems([one.document for one in state.live_sets()], limits))
    new = [problem for problem in problems if problem not in known]
    if new:
        paths = _path_names(documents)
        raise MergeResultError(
            *(
                fault("MERGE_RESULT_INVALID", f"after merging, {paths(one)} would refer to {paths(other)} in vain")
                for _, one, other in new
            )
        )


def _path_names(documents: Iterable[Mapping[str, Json]]) -> Callable[[int], str]:
    names: dict[int, str] = {}
    for document in documents:
        for path, node, is_token in _walk(document):
            names[key(path)] = path
            names |= {key(target): target for target in references(node, is_token=is_token)[0]}
    return lambda hashed: printable(names.get(hashed, "?"))


def _problems(documents: Iterable[Mapping[str, Json]], limits: Limits) -> list[Problem]:
    closure = Closure()
    for document in documents:
        for path, node, is_token in _walk(document):
            closure.add(path, node, is_token=is_token)
    return closure.problems((), limits)


def _walk(document: Mapping[str, Json]) -> Iterator[tuple[str, bytes, bool]]:
    paths: dict[str, str] = {}
    names = iter(range(1 << 62))
    for record in split(document, "", lambda kind, path, node=None: f"{kind}{next(names)}"):
        if record["kind"] == "set":
            paths[record["id"]] = ""
            continue
        parent = paths[record["parent"]]
        path = f"{parent}.{record['name']}" if parent else record["name"]
        paths[record["id"]] = path
        yield path, orjson.dumps(record["node"]), record["kind"] == "token"
