"""An archive merged into a project: what both sides did since they last met, brought together by identity and field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dss_tokens.merge import Answer, Conflict, Merged, MergeStrategy, Place, Resolution, merge, strategies

from .differences import Everything
from .faults import fault
from .incoming import OwnLines, check_clock, check_project, known_with, lock_change, state_of, take_in
from .manifest import Manifest
from .merged_records import MergedRecords
from .merged_state import MergedState
from .plan import MOST_CHANGES, Plan
from .reader import Archive
from .scan import Scan, members_of
from .scanning import scan_project
from .session import Session
from .sides import Names, StateContent, side_of
from .spool import Spool
from .state_store import StateStore
from .states import common_states
from .target_files import TargetFiles
from .views import Side, Views, views_of, whole_set, whole_state
from .writer import QUICK, ArchiveWriter, PackedMember

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
    guess_renames: bool = True,
    partial: bool = False,
    whole: bool = False,
) -> Plan:
    """What merging *archive* into the project would do, conflicts included.

    Args:
        guess_renames: Take an equal value and type under a new path for a rename by hand.
        partial: Plan what is clear, too, where conflicts are left; they stay as they are here, and come up again.
        whole: Give the engine everything, also what is alike on all sides; the outcome is the same.

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
            project_name=session.name, work_folder=session.work_folder, guess_renames=guess_renames,
        )
    )  # fmt: skip
    try:
        plan = _Merge(session, archive, scan, spool, whole, partial).plan(strategy, strategy_name, resolutions)
    except Everything:
        plan = _Merge(session, archive, scan, spool, True, partial).plan(strategy, strategy_name, resolutions)
    return replace(plan, diagnostics=(*warnings, *scan.renamed, *plan.diagnostics))


class _Merge:
    def __init__(
        self, session: Session, archive: Archive, scan: Scan, spool: Spool, whole: bool, partial: bool
    ) -> None:  # fmt: skip
        self.session, self.archive, self.scan, self.whole, self.partial = session, archive, scan, whole, partial
        self.targets = TargetFiles(session.project, scan.files, spool)
        self.now: str | None = None

    def plan(self, strategy: MergeStrategy, strategy_name: str, resolutions: Resolutions | None) -> Plan:
        content, heard_of = take_in(self.archive, OwnLines(self.scan))
        local, remote = Side(self.scan.manifest, self.scan.writer), Side(content.manifest, self.archive)
        known = known_with(
            self.session,
            [*heard_of, state_of(content.manifest, has_content=False), state_of(local.manifest, has_content=True)],
        )
        bases = common_states(local.manifest.snapshot, self._remote_starts(content.manifest), known)
        views = self._views(bases, local, remote)
        base = views.states[0] if len(views.states) == 3 else None
        names = Names(views.states)
        ours, theirs = views.states[-2:]
        postponed = _Postponed(strategy)
        merged = merge(
            side_of(base, names, None, None) if base is not None else None,
            side_of(ours, names, base, theirs),
            side_of(theirs, names, base, ours),
            strategy=postponed if self.partial else strategy,
            resolutions=resolutions,
        )
        conflicts = postponed.marked(merged.conflicts)
        is_joined = all(conflict.answer is not None for conflict in conflicts) or not self.partial
        if not views.whole and _stands_anew(merged, names, theirs):
            raise Everything
        diagnostics = () if base is not None else (self._no_base(),)
        result = MergedRecords(merged, names, views, self._stamp)
        lock_text, lock_digest = lock_change(self.session.project, result.seats(self.scan.lock))
        writer = self.session.keep(ArchiveWriter(self.session.work_folder, QUICK))
        manifest = MergedState(
            self.session, local, remote, writer, self.targets, result, base, self.scan.marks, is_joined=is_joined
        ).manifest(known)
        return Plan(
            operation="merge", strategy=strategy_name, scan=self.scan, manifest=manifest, members=writer,
            digest=self.archive.manifest_digest, archive=content.manifest,
            archive_members=self._remote_members(content.manifest), files=tuple(self.targets.changes),
            marks=self.targets.marks, changes=merged.changes[:MOST_CHANGES], counts=_counts(merged),
            conflicts=conflicts, is_partial=self.partial, base=bases[0] if bases else None, diagnostics=diagnostics,
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

    def _views(self, bases: list[str], local: Side, remote: Side) -> Views:
        """The sides, and the state both come from; of several, what merging them gives, conflicts decided by time."""
        stored = [side for snapshot in bases if (side := self._stored(snapshot, local, remote)) is not None]
        if len(stored) < 2:
            return views_of([*stored, local, remote], whole=self.whole)
        base = whole_state(stored[0])
        for other in stored[1:]:
            base = self._joined(base, whole_state(other))
        views = views_of([local, remote])
        return replace(views, states=[base, *views.states])

    def _stored(self, snapshot: str, local: Side, remote: Side) -> Side | None:
        for side in (local, remote):
            if side.manifest.snapshot == snapshot:
                return side
        manifest = self.session.store.manifest(snapshot)
        return None if manifest is None else Side(manifest, _Stored(self.session.store))

    def _joined(self, one: StateContent, other: StateContent) -> StateContent:
        """The sides met crosswise: their common states are merged, in a fixed order, to have one."""
        names = Names([one, other])
        sides = side_of(one, names, None, other), side_of(other, names, None, one)
        merged = merge(None, *sides, strategy=strategies.get("keep_newest"))
        members = sorted(one.sets.keys() | other.sets.keys())
        views = Views([one, other], {member: whole_set([one, other], member) for member in members})
        return MergedRecords(merged, names, views, self._stamp).content()

    def _stamp(self) -> str:
        """One stamp for all that only the merge itself changed."""
        if self.now is None:
            self.now = str(self.session.clock.tick())
        return self.now


class _Stored:
    """The store as where members are."""

    def __init__(self, store: StateStore) -> None:
        self._store = store

    def packed(self, name: str, sha256: str) -> PackedMember:
        """A member of any state."""
        return self._store.packed(sha256)

    def lines(self, name: str, sha256: str) -> Iterator[bytes]:
        """The lines of one of records."""
        return self._store.lines(sha256)


class _Postponed:
    """Leaves as it is here, for now, what a strategy leaves open."""

    def __init__(self, strategy: MergeStrategy) -> None:
        self._strategy = strategy
        self._open: list[Conflict] = []

    def __call__(self, conflict: Conflict, /) -> Answer:
        answer = self._strategy(conflict)
        if answer is None:
            self._open.append(conflict)
        return answer or Answer("local")

    def marked(self, conflicts: tuple[Conflict, ...]) -> tuple[Conflict, ...]:
        """*conflicts*, those that are left open without their answer."""
        bare = [replace(conflict, answer=None) for conflict in conflicts]
        return tuple(
            without if without in self._open else conflict for conflict, without in zip(conflicts, bare, strict=True)
        )


def _stands_anew(merged: Merged, names: Names, remote: StateContent) -> bool:
    """Whether the merge put anybody where neither side has it: then it may be meant by those who were not looked at."""
    moved = {change.id: change.place for change in merged.changes if change.kind == "moved"}
    if not moved:
        return False
    there = {
        engine: Place(one.name, path)
        for one in remote.live_sets()
        for identifier, (_, path) in one.seats.items()
        if (engine := names.engine_of(identifier)) in moved
    }
    return there != moved


def _counts(merged: Merged) -> dict[str, int]:
    found = dict.fromkeys(("added", "removed", "changed", "moved"), 0)
    for change in merged.changes:
        if change.entity == "token":
            found[change.kind] += 1
    return found
