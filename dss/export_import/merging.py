"""An archive merged into a project: what both sides did since they last met, brought together by identity and field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import orjson

from dss_tokens.merge import Merged, MergeStrategy, Resolution, merge, strategies

from .faults import fault
from .incoming import check_clock, check_project, known_with, lock_change, state_of, take_in
from .manifest import Entry, Manifest
from .merged_records import MergedRecords, check_whole
from .merged_state import MergedState
from .plan import MOST_CHANGES, Plan
from .reader import Archive
from .records import Record
from .replacing import same_json
from .scan import Scan, members_of, read_project_lock, records_in, scan_project
from .session import Session
from .sides import LoadedSet, Loading, Names, StateContent, load, side_of
from .spool import Spool
from .states import common_states
from .target_files import TargetFiles
from .token_sets import TokenSetContent
from .writer import ArchiveWriter

Resolutions = Mapping[tuple[str, str], Resolution]


def plan_merge(
    session: Session,
    archive: Archive,
    spool: Spool,
    strategy: MergeStrategy,
    strategy_name: str,
    *,
    resolutions: Resolutions | None = None,
    as_new: bool = False,
    accept_skew: bool = False,
) -> Plan:
    """What merging *archive* into the project would do, conflicts included.

    Raises:
        ArchiveError: The archive is refused by its content, its project or its clock.
        InputError: The project's own files have errors.
    """
    manifest = archive.manifest
    check_project(session, manifest, as_new=as_new)
    warnings = check_clock(session, manifest, accept_skew=accept_skew)
    if session.known_id == manifest.project_id and manifest.sequence < session.store.newest_seen():
        message = f"the archive holds an older state, number {manifest.sequence}; merging it is harmless"
        warnings.append(replace(fault("ROLLBACK", message), severity="warning"))
    project_id = session.known_id or manifest.project_id
    scan = session.keep(
        scan_project(
            session.project, session.store, session.decoder, session.clock, project_id=project_id,
            project_name=session.name, work_folder=session.work_folder,
        )
    )  # fmt: skip
    plan = _Merge(session, archive, scan, spool).plan(strategy, strategy_name, resolutions)
    return replace(plan, diagnostics=(*warnings, *plan.diagnostics))


class _Remote:
    """Takes the archive in, sets that the project holds alike by reference."""

    def __init__(self, known: Mapping[str, LoadedSet]) -> None:
        self._known = known
        self._loading: dict[str, Loading] = {}
        self.themes: dict[str, Record] = {}
        self.components: dict[str, Record] = {}

    def record(self, entry: Entry, record: Record) -> None:
        """Take in one checked record."""
        if entry.kind == "tokens":
            if entry.sha256 not in self._known:
                self._loading.setdefault(entry.name, Loading()).add(record)
        elif entry.kind == "themes":
            self.themes[record["id"]] = record
        elif entry.kind == "components":
            self.components[record["id"]] = record

    def token_set(self, content: TokenSetContent) -> None:
        """Its records were taken in."""

    def state(self, manifest: Manifest) -> StateContent:
        """The whole of it."""
        sets = {
            entry.name: self._known.get(entry.sha256) or self._loading[entry.name].loaded()
            for entry in manifest.entries
            if entry.kind == "tokens"
        }
        return StateContent(manifest, sets, self.themes, self.components)


class _Merge:
    def __init__(self, session: Session, archive: Archive, scan: Scan, spool: Spool) -> None:
        self.session, self.archive, self.scan = session, archive, scan
        self.targets = TargetFiles(session.project, scan.files, spool)
        self.loaded: dict[str, LoadedSet] = {}
        """Digest of a member to its set."""

        self.now: str | None = None

    def plan(self, strategy: MergeStrategy, strategy_name: str, resolutions: Resolutions | None) -> Plan:
        local = self._state(self.scan.manifest, self._local_records)
        remote_sink = _Remote(self.loaded)
        content, heard_of = take_in(self.archive, remote_sink)
        remote = remote_sink.state(content.manifest)
        known = known_with(
            self.session,
            [*heard_of, state_of(content.manifest, has_content=False), state_of(local.manifest, has_content=True)],
        )
        bases = common_states(local.manifest.snapshot, self._remote_starts(content.manifest), known)
        base = self._base(bases, known, local, remote)
        names = Names([*([base] if base is not None else []), local, remote])
        merged = merge(
            side_of(base, names, None, None) if base is not None else None,
            side_of(local, names, base, remote),
            side_of(remote, names, base, local),
            strategy=strategy,
            resolutions=resolutions,
        )
        diagnostics = () if base is not None else (self._no_base(),)
        result = MergedRecords(merged, names, local, remote, self._stamp)
        check_whole(result, local, remote, self.session.limits)
        writer = self.session.keep(ArchiveWriter(self.session.work_folder))
        manifest = MergedState(self.session, self.scan.writer, self.archive, writer, result, base).manifest(known)
        self._files(result, local)
        lock, _ = read_project_lock(self.session.project)
        lock_text, lock_digest = lock_change(self.scan, result.seats(lock), lock)
        return Plan(
            operation="merge", strategy=strategy_name, scan=self.scan, manifest=manifest, members=writer,
            digest=self.archive.manifest_digest, archive=content.manifest,
            archive_members=self._remote_members(content.manifest), files=tuple(self.targets.changes),
            marks=self.targets.marks, changes=merged.changes[:MOST_CHANGES], counts=_counts(merged),
            conflicts=merged.conflicts, base=bases[0] if bases else None, diagnostics=diagnostics,
            lock_text=lock_text, lock_digest=lock_digest, heard_of=heard_of,
        )  # fmt: skip

    def _remote_members(self, manifest: Manifest) -> ArchiveWriter | None:
        if not manifest.scope.complete:
            return None
        writer = self.session.keep(ArchiveWriter(self.session.work_folder))
        for name, sha256 in members_of(manifest):
            if not self.session.store.has_object(sha256):
                writer.add_packed(name, self.archive.packed(name, sha256))
        return writer

    def _remote_starts(self, manifest: Manifest) -> tuple[str, ...]:
        """A part of a project is no state of it: only what it was taken from is."""
        return (manifest.snapshot, *manifest.parents) if manifest.scope.complete else manifest.parents

    def _no_base(self) -> Any:
        message = "no common state is known: what differs and is not known to be older is a conflict"
        return replace(fault("BASE_UNKNOWN", message), severity="warning")

    def _local_records(self, name: str, sha256: str) -> Iterable[Record]:
        return map(orjson.loads, self.scan.writer.lines(name))

    def _stored_records(self, name: str, sha256: str) -> Iterable[Record]:
        return records_in(self.session.store, sha256)

    def _state(self, manifest: Manifest, records: Callable[[str, str], Iterable[Record]]) -> StateContent:
        sets: dict[str, LoadedSet] = {}
        themes: dict[str, Record] = {}
        components: dict[str, Record] = {}
        for entry in manifest.entries:
            if entry.kind == "tokens":
                if entry.sha256 not in self.loaded:
                    self.loaded[entry.sha256] = load(records(entry.name, entry.sha256))
                sets[entry.name] = self.loaded[entry.sha256]
            elif entry.kind != "history":
                found = {record["id"]: record for record in records(entry.name, entry.sha256)}
                (themes if entry.kind == "themes" else components).update(found)
        return StateContent(manifest, sets, themes, components)

    def _base(self, bases: list[str], known: Any, local: StateContent, remote: StateContent) -> StateContent | None:
        """The state both come from; of several, what merging them gives, conflicts decided by time."""
        found: StateContent | None = None
        for snapshot in bases:
            state = self._stored(snapshot, local, remote)
            if state is None:
                continue
            found = state if found is None else self._joined(found, state)
        return found

    def _stored(self, snapshot: str, local: StateContent, remote: StateContent) -> StateContent | None:
        for state in (local, remote):
            if state.manifest.snapshot == snapshot:
                return state
        manifest = self.session.store.manifest(snapshot)
        return None if manifest is None else self._state(manifest, self._stored_records)

    def _joined(self, one: StateContent, other: StateContent) -> StateContent:
        """The sides met crosswise: their common states are merged, in a fixed order, to have one."""
        names = Names([one, other])
        sides = side_of(one, names, None, other), side_of(other, names, None, one)
        merged = merge(None, *sides, strategy=strategies.get("keep_newest"))
        return MergedRecords(merged, names, one, other, self._stamp).content()

    def _stamp(self) -> str:
        """One stamp for all that only the merge itself changed."""
        if self.now is None:
            self.now = str(self.session.clock.tick())
        return self.now

    def _files(self, result: MergedRecords, local: StateContent) -> None:
        documents = local.documents()
        for name, member, document in result.files():
            if self.targets.has(name) and same_json(documents.get(name), document):
                self.targets.keep(name, member)
            else:
                self.targets.put(name, document, member)
        self.targets.remove_others()


def _counts(merged: Merged) -> dict[str, int]:
    found = dict.fromkeys(("added", "removed", "changed", "moved"), 0)
    for change in merged.changes:
        if change.entity == "token":
            found[change.kind] += 1
    return found
