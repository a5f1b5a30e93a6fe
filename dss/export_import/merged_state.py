"""The records of a merge -> a state with its members, its assets, and where it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Protocol

import orjson

from .incoming import Known, joined_parents, with_history
from .manifest import Asset, Entry, Manifest, Scope
from .merged_records import MergedRecords
from .package import Tally, tool_name
from .records import Record, tombstone
from .scan import THEMES
from .session import Session
from .sides import LoadedSet, StateContent
from .writer import ArchiveWriter, PackedMember


class Members(Protocol):
    """Where members of one side are: the scan's writer, or the archive."""

    def packed(self, name: str, sha256: str) -> PackedMember:
        """One of them."""
        ...


class MergedState:
    """Writes the state that a merge leads to."""

    def __init__(
        self, session: Session, local: Members, remote: Members, writer: ArchiveWriter, result: MergedRecords,
        base: StateContent | None,
    ) -> None:  # fmt: skip
        """Args:
        writer: Takes the members.
        """
        self._session, self._writer, self._result, self._base = session, writer, result, base
        self._sides = ((result.local, local), (result.remote, remote))

    def manifest(self, known: Known) -> Manifest:
        """The manifest of the state; :attr:`writer` holds its members afterwards."""
        local, remote = self._result.local.manifest, self._result.remote.manifest
        tally = Tally()
        entries = list(self._token_members(tally))
        entries += self._components(tally)
        entries += self._themes(tally)
        assets = self._assets()
        for asset in assets:
            tally.state.add_asset(asset.sha256, asset.path)
        snapshot = tally.state.name()
        for manifest in (local, remote):
            same = [entry for entry in manifest.entries if entry.kind != "history"] == entries
            if same and manifest.snapshot == snapshot and self._needs_no_parent(manifest, known):
                return self._as_it_was(manifest)
        self._add_assets(assets)
        parents = self._parents(snapshot, known)
        earlier = known(snapshot)
        newest = max(self._session.store.newest_sequence(), local.sequence, remote.sequence)
        manifest = Manifest(
            project_id=local.project_id,
            project_name=local.project_name,
            snapshot=snapshot,
            parents=parents,
            sequence=earlier.sequence if earlier is not None else newest + 1,
            scope=Scope(),
            stamp=tally.stamp,
            tool=tool_name(),
            counts=tally.counts(len(assets)),
            entries=tuple(entries),
            assets=assets,
        )
        complete = with_history(self._writer, manifest, known, tally.passing)
        return replace(complete, stamp=tally.stamp)  # a state that went in may be newer than every record

    def _parents(self, snapshot: str, known: Known) -> tuple[str, ...]:
        local, remote = self._result.local.manifest, self._result.remote.manifest
        names = [local.snapshot, *([remote.snapshot] if remote.scope.complete else [])]
        for manifest in (local, remote):
            if manifest.snapshot == snapshot:
                names += manifest.parents
        return joined_parents(snapshot, names, known)

    def _needs_no_parent(self, manifest: Manifest, known: Known) -> bool:
        return self._parents(manifest.snapshot, known) == tuple(sorted(manifest.parents))

    def _as_it_was(self, manifest: Manifest) -> Manifest:
        """The result is one side's state, which comes from the other one: nothing new is made."""
        members = next(found for state, found in self._sides if state.manifest is manifest)
        self._writer.forget()
        for entry in manifest.entries:
            self._writer.add_packed(entry.name, members.packed(entry.name, entry.sha256))
        for asset in sorted({one.member: one for one in manifest.assets}.values(), key=lambda one: one.member):
            self._writer.add_packed(asset.member, members.packed(asset.member, asset.sha256))
        return manifest

    # --- members ----------------------------------------------------------------------------------------------------

    def _token_members(self, tally: Tally) -> Iterator[Entry]:
        kept, built, graves = self._result.kept, self._result.built, self._result.graves
        for member in sorted(kept.keys() | built.keys() | graves.keys()):
            buried = graves.get(member, {})
            one = kept.get(member)
            if one is not None and buried.keys() == one.tombstones.keys():
                yield self._copied(member, one, tally)
                continue
            live = (
                built.get(member, []) if one is None else [r for r in self._records(member, one) if "deleted" not in r]
            )
            yield self._write(member, "tokens", [*live, *buried.values()], tally)

    def _copied(self, member: str, one: LoadedSet, tally: Tally) -> Entry:
        entry, packed = self._home(member, one)
        for _ in tally.passing(map(orjson.loads, packed.lines())):
            pass
        self._writer.add_packed(member, packed)
        return entry

    def _records(self, member: str, one: LoadedSet) -> Iterator[Record]:
        return map(orjson.loads, self._home(member, one)[1].lines())

    def _home(self, member: str, one: LoadedSet) -> tuple[Entry, PackedMember]:
        """Where a set that is wholly one side's is kept."""
        for state, members in self._sides:
            if state.sets.get(member) is one:
                entry = next(entry for entry in state.manifest.entries if entry.name == member)
                return entry, members.packed(member, entry.sha256)
        raise AssertionError(member)

    def _write(self, member: str, kind: str, records: list[Record], tally: Tally) -> Entry:
        records.sort(key=lambda record: str(record["id"]))
        return self._writer.add_records(member, kind, tally.passing(records))  # type: ignore[arg-type]

    def _themes(self, tally: Tally) -> list[Entry]:
        live = self._result.themes
        records: dict[str, Record] = {}
        for state, _ in self._sides:
            for identifier, record in state.themes.items():
                if identifier not in live and identifier not in records:
                    gone = record if "deleted" in record else tombstone(record, self._result.stamp())
                    records[identifier] = gone
        records |= live
        return [self._write(THEMES, "themes", list(records.values()), tally)] if records else []

    def _components(self, tally: Tally) -> list[Entry]:
        """Components are merged whole: the later change wins, a deletion included."""
        base = self._base.components if self._base is not None else {}
        records: dict[str, Record] = {}
        ours, theirs = self._result.local.components, self._result.remote.components
        complete = self._result.remote.manifest.scope.complete
        for identifier in sorted(ours.keys() | theirs.keys()):
            one, other = ours.get(identifier), theirs.get(identifier)
            before = base.get(identifier)
            if one is None or other is None:
                only = one or other
                assert only is not None
                gone = before is not None and before["rev"] == only["rev"] and "deleted" not in only
                gone = gone and (complete or one is None)
                records[identifier] = tombstone(only, self._result.stamp()) if gone else only
            else:
                records[identifier] = max(one, other, key=lambda record: (record["hlc"], record["rev"]))
        if not records:
            return []
        names = [
            entry.name for state, _ in self._sides for entry in state.manifest.entries if entry.kind == "components"
        ]
        return [self._write(min(names), "components", list(records.values()), tally)]

    def _assets(self) -> tuple[Asset, ...]:
        """Both sides' assets; where both have one of a name, the one that changed since the base, else the remote's."""
        local, remote = ({one.path: one for one in state.manifest.assets} for state, _ in self._sides)
        base: Mapping[str, Asset] = (
            {one.path: one for one in self._base.manifest.assets} if self._base is not None else {}
        )
        found: dict[str, Asset] = {}
        for path in sorted(local.keys() | remote.keys()):
            ours, theirs, before = local.get(path), remote.get(path), base.get(path)
            if ours is not None and (theirs is None or theirs == before):
                chosen = None if theirs is None and ours == before and self._is_whole() else ours
            else:
                chosen = None if ours is None and theirs == before else theirs
            if chosen is not None:
                found[path] = chosen
        return tuple(found.values())

    def _is_whole(self) -> bool:
        return self._result.remote.manifest.scope.complete

    def _add_assets(self, assets: tuple[Asset, ...]) -> None:
        for asset in sorted({one.member: one for one in assets}.values(), key=lambda one: one.member):
            for state, members in self._sides:
                if any(one.sha256 == asset.sha256 for one in state.manifest.assets):
                    self._writer.add_packed(asset.member, members.packed(asset.member, asset.sha256))
                    break
