"""The records of a merge -> a state with its members, its assets, and where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from ..version import PROGRAM
from .closure import Closure
from .differences import Lines
from .incoming import Known, joined_parents, with_history
from .manifest import Asset, Entry, Manifest, Scope
from .merged_members import merged_member
from .merged_records import MergedRecords
from .merged_whole import check_whole, content_of
from .records import Record, tombstone
from .replacing import same_json
from .rows import decoded
from .scan import THEMES, members_of
from .session import Session
from .sides import StateContent
from .state_store import SourceMark
from .states import following
from .tally import Tally
from .target_files import TargetFiles
from .token_sets import TokenSetContent
from .views import Side, Source
from .writer import ArchiveWriter


class MergedState:
    """Writes the state that a merge leads to, and the files of its sets."""

    def __init__(
        self, session: Session, local: Side, remote: Side, writer: ArchiveWriter, targets: TargetFiles,
        result: MergedRecords, base: StateContent | None, names: Mapping[str, SourceMark],
        *, is_joined: bool,
    ) -> None:  # fmt: skip
        """Args:
        writer: Takes the members.
        targets: Takes the files.
        names: Which set of the local side is which member.
        is_joined: Whether everything of the remote side was decided on, so that it is an ancestor from now on.
        """
        self._session, self._writer, self._targets, self._result, self._base = session, writer, targets, result, base
        self._local, self._remote, self._is_joined = local, remote, is_joined
        self._names = {mark.member: name for name, mark in names.items()}
        """Member to the name of the set that is in it on the local side."""

    def manifest(self, known: Known) -> Manifest:
        """The manifest of the state; the writer holds its members afterwards, the targets its files.

        Raises:
            MergeResultError: ``DSS691``: the tokens do not hang together.
        """
        local, remote = self._local.manifest, self._remote.manifest
        tally, closure = Tally(), Closure()
        entries = list(self._token_members(tally, closure))
        check_whole(
            closure,
            lambda: self._sets_of(self._writer, entries),
            [
                partial(self._sets_of, side.source, side.manifest.entries)
                for side in (self._local, self._remote)
                if side.manifest.scope.complete  # what a part refers to must be here
            ],
            self._session.limits,
        )
        entries += self._components(tally)
        entries += self._themes(tally)
        self._targets.remove_others()
        assets = self._assets()
        for asset in assets:
            tally.state.add_asset(asset.sha256, asset.path)
        snapshot = tally.state.name()
        for side in (self._local, self._remote) if self._is_joined else (self._local,):
            same = [entry for entry in side.manifest.entries if entry.kind != "history"] == entries
            if same and side.manifest.snapshot == snapshot and self._needs_no_parent(side.manifest, known):
                return self._as_it_was(side)
        self._add_assets(assets)
        parents = self._parents(snapshot, known)
        earlier = known(snapshot)
        newest = max(self._session.store.newest_sequence(), local.sequence, remote.sequence)
        manifest = Manifest(
            project_id=local.project_id,
            project_name=local.project_name,
            snapshot=snapshot,
            parents=parents,
            sequence=earlier.sequence if earlier is not None else following(newest),
            scope=Scope(),
            stamp=tally.stamp,
            tool=PROGRAM,
            counts=tally.counts(len(assets)),
            entries=tuple(entries),
            assets=assets,
        )
        complete = with_history(self._writer, manifest, known, tally.passing)
        return replace(complete, stamp=tally.stamp)  # a state that went in may be newer than every record

    @staticmethod
    def _sets_of(source: Source, entries: Iterable[Entry]) -> Iterator[TokenSetContent]:
        for entry in entries:
            if entry.kind == "tokens":
                yield content_of(map(decoded, source.lines(entry.name, entry.sha256)))

    def _parents(self, snapshot: str, known: Known) -> tuple[str, ...]:
        local, remote = self._local.manifest, self._remote.manifest
        names = [local.snapshot, *([remote.snapshot] if remote.scope.complete and self._is_joined else [])]
        for manifest in (local, remote):
            if manifest.snapshot == snapshot:
                names += manifest.parents
        return joined_parents(snapshot, names, known)

    def _needs_no_parent(self, manifest: Manifest, known: Known) -> bool:
        return self._parents(manifest.snapshot, known) == tuple(sorted(manifest.parents))

    def _as_it_was(self, side: Side) -> Manifest:
        """The result is one side's state, which comes from the other one: nothing new is made."""
        self._writer.forget()
        for name, sha256 in members_of(side.manifest):
            self._writer.add_packed(name, side.source.packed(name, sha256))
        return side.manifest

    # --- members ----------------------------------------------------------------------------------------------------

    def _token_members(self, tally: Tally, closure: Closure) -> Iterator[Entry]:
        result = self._result
        homes = {
            side: {entry.name: entry for entry in side.manifest.entries if entry.kind == "tokens"}
            for side in (self._local, self._remote)
        }
        here = homes[self._local]
        names = sorted({name for home in homes.values() for name in home} | result.built.keys() | result.graves.keys())
        for name in names:
            view = result.views.sets.get(name)
            if view is None:
                yield self._copied(self._local, here[name], tally, closure)
                continue
            local = self._local.lines(name)
            theirs = view.theirs if view.theirs is not None else self._theirs(name, local)
            merged = merged_member(name, view, result, local, theirs)
            home = {"local": self._local, "remote": self._remote, None: None}[merged.home]
            if not merged.lines:
                continue
            self._take(name, merged.lines, tally, closure, is_as_local=merged.is_as_local)
            if home is not None:
                entry = homes[home][name]
                self._writer.add_packed(name, home.source.packed(name, entry.sha256))
                yield entry
            else:
                yield self._writer.add_lines(name, "tokens", merged.lines)

    def _theirs(self, name: str, local: Lines) -> dict[str, bytes | None]:
        remote = self._remote.lines(name)
        return {identifier: remote.get(identifier) for identifier in (*local, *remote)}

    def _copied(self, side: Side, entry: Entry, tally: Tally, closure: Closure) -> Entry:
        """A member that is alike on all sides."""
        packed = side.source.packed(entry.name, entry.sha256)
        self._take(entry.name, packed.lines(), tally, closure, is_as_local=True)
        self._writer.add_packed(entry.name, packed)
        return entry

    def _take(
        self, member: str, lines: Iterable[bytes], tally: Tally, closure: Closure, *, is_as_local: bool
    ) -> None:  # fmt: skip
        """Take a set of the result into account, and its file."""
        records = tally.passing(map(decoded, lines))
        name = self._names.get(member)
        if is_as_local and name is not None and self._result.views.is_settled:
            for _ in records:
                pass
            self._targets.keep(name, member)
            return
        content = content_of(records)
        if content.is_deleted:
            return
        walked = list(content.walk(self._session.limits))
        if not self._result.views.is_settled:
            for path, _, is_token, node in walked:
                closure.add(path, node, is_token=is_token)
        if is_as_local and self._targets.has(content.name):
            self._targets.keep(content.name, member)
        else:
            self._targets.put(content.name, content.document_of(walked), member)

    def _write(self, member: str, kind: str, records: list[Record], tally: Tally) -> Entry:
        records.sort(key=lambda record: str(record["id"]))
        return self._writer.add_records(member, kind, tally.passing(records))  # type: ignore[arg-type]

    def _themes(self, tally: Tally) -> list[Entry]:
        live = self._result.themes
        documents = self._result.local.documents()
        for record in live.values():
            name = record["name"]
            if self._targets.has(name) and same_json(documents.get(name), record["data"]):
                self._targets.keep(name, THEMES)
            else:
                self._targets.put(name, record["data"], THEMES)
        records: dict[str, Record] = {}
        for state in (self._result.local, self._result.remote):
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
            entry.name
            for side in (self._local, self._remote)
            for entry in side.manifest.entries
            if entry.kind == "components"
        ]
        return [self._write(min(names), "components", list(records.values()), tally)]

    def _assets(self) -> tuple[Asset, ...]:
        """Both sides' assets; where both have one of a name, the one that changed since the base, else the remote's."""
        sides = (self._local, self._remote)
        local, remote = ({one.path: one for one in side.manifest.assets} for side in sides)
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
            for side in (self._local, self._remote):
                if any(one.sha256 == asset.sha256 for one in side.manifest.assets):
                    self._writer.add_packed(asset.member, side.source.packed(asset.member, asset.sha256))
                    break
