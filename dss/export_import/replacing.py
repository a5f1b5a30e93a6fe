"""``import --strategy replace``: the project becomes what the archive is. One set in memory at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import orjson

from dss_tokens.merge.changes import Change, FieldChange
from dss_tokens.merge.fields import side_by_side
from dss_tokens.merge.sides import Place

from .content import Content, Sink
from .faults import ArchiveError, fault
from .identity_lock import Seat, moved
from .incoming import (
    check_clock,
    check_project,
    joined_parents,
    known_with,
    lock_change,
    state_of,
    take_in,
    with_history,
)
from .manifest import KINDS, Entry, Manifest
from .plan import MOST_CHANGES, Plan
from .reader import Archive
from .records import Record, tombstone
from .scan import HISTORY, THEMES, Scan
from .scanning import scan_project
from .session import Session
from .spool import Spool
from .tally import Tally
from .target_files import TargetFiles
from .token_sets import TokenSetContent
from .writer import QUICK, ArchiveWriter


def plan_replace(
    session: Session, archive: Archive, spool: Spool, *, as_new: bool = False, accept_skew: bool = False,
    guess_renames: bool = True,
) -> Plan:  # fmt: skip
    """What has to happen for the project to become what *archive* is.

    Raises:
        ArchiveError: The archive is refused: by its content, a part of a project (``DSS683``), of another project,
            older than one that was taken in before (``DSS654``), or by its clock (``DSS692``).
        InputError: The project's own files have errors.
    """
    manifest = archive.manifest
    if not manifest.scope.complete:
        hint = "merge it: what it does not hold stays as it is"
        raise ArchiveError(fault("PARTIAL_REPLACE", "the archive holds a part of a project only", hint=hint))
    check_project(session, manifest, as_new=as_new)
    newest = session.store.newest_seen()
    if session.known_id == manifest.project_id and manifest.sequence < newest:
        message = f"the archive holds state number {manifest.sequence}; number {newest} was taken in before"
        raise ArchiveError(fault("ROLLBACK", message, hint="merge it if an old state is meant"))
    warnings = check_clock(session, manifest, accept_skew=accept_skew)
    scan = session.keep(
        scan_project(
            session.project, session.store, session.decoder, session.clock, project_id=manifest.project_id,
            project_name=manifest.project_name, work_folder=session.work_folder, guess_renames=guess_renames,
        )
    )  # fmt: skip
    plan = _Replacement(session, archive, scan, spool).plan()
    return replace(plan, diagnostics=(*warnings, *scan.renamed))


class _Replacement(Sink):
    def __init__(self, session: Session, archive: Archive, scan: Scan, spool: Spool) -> None:
        self.session, self.archive, self.scan = session, archive, scan
        self.targets = TargetFiles(session.project, scan.files, spool)
        self.local = {entry.name: entry for entry in scan.manifest.entries}
        self.records: dict[str, Record] = {}
        self.gone: dict[str, tuple[str, str, Record]] = {}
        """Id to set, path and record of what is here and not in the archive's set."""

        self.new: dict[str, tuple[str, str, Record]] = {}
        """Likewise of what is in the archive and not in the set here, where something may have moved."""

        self.changes: list[Change] = []
        self.counts = dict.fromkeys(("added", "removed", "changed", "moved"), 0)
        self.seats: dict[Seat, str] = {}
        self.seen: set[str] = set()
        self.unsaid = dict(self._unsaid())
        """Id to member and record of what goes, or went before, without a word of the archive; see :meth:`_unsaid`."""

    def _unsaid(self) -> Iterator[tuple[str, tuple[str, Record]]]:
        """The tombstones here, and all components and themes: tokens that go are found set by set."""
        for name, entry in self.local.items():
            for line in self.scan.writer.lines(name) if entry.kind != "history" else ():
                if entry.kind != "tokens" or b'"deleted":true' in line:
                    record = orjson.loads(line)
                    if entry.kind != "tokens" or "deleted" in record:
                        yield record["id"], (name, record)

    def plan(self) -> Plan:
        content, heard_of = take_in(self.archive, self)
        for name in self.local.keys() - self.seen:
            if self.local[name].kind == "tokens":
                self._compare(name, "", {}, {})
        self.targets.remove_others()
        self._settle_moves()
        lock_text, lock_digest = lock_change(self.session.project, self.seats)
        writer = self.session.keep(ArchiveWriter(self.session.work_folder, QUICK))
        manifest = self._result(writer, content, heard_of)
        return Plan(
            operation="import",
            strategy="replace",
            scan=self.scan,
            manifest=manifest,
            members=writer,
            digest=self.archive.manifest_digest,
            archive=content.manifest,
            files=tuple(self.targets.changes),
            marks=self.targets.marks,
            changes=tuple(self.changes),
            counts=self.counts,
            lock_text=lock_text,
            lock_digest=lock_digest,
            heard_of=heard_of,
        )

    # --- the archive goes by ----------------------------------------------------------------------------------------

    def record(self, entry: Entry, record: Record) -> None:
        """Take in one checked record."""
        self.unsaid.pop(record["id"], None)
        if entry.kind == "tokens" and "deleted" not in record:
            self.records[record["id"]] = record
        elif record["kind"] == "theme" and "deleted" not in record:
            self._theme(record)

    def _theme(self, record: Record) -> None:
        before = next((found for found in self._local_records(THEMES) if found["id"] == record["id"]), None)
        same = before is not None and "deleted" not in before and same_json(before["data"], record["data"])
        if same and before is not None and before["name"] == record["name"] and self.targets.has(record["name"]):
            self.targets.keep(record["name"], THEMES)
        else:
            self.targets.put(record["name"], record["data"], THEMES)

    def token_set(self, content: TokenSetContent) -> None:
        """Take in one whole set."""
        records, self.records = self.records, {}
        name = f"tokens/{content.id}.jsonl"
        self.seen.add(name)
        walked = list(content.walk(self.archive.limits))
        is_same = self._compare(name, content.name, {found[1]: found[0] for found in walked}, records)
        if is_same and self.targets.has(content.name):
            self.targets.keep(content.name, name)
        else:
            self.targets.put(content.name, content.document_of(walked), name)
        self.seats |= moved(self._seats(content, walked), self.archive.manifest.project_id).seats

    def _seats(
        self, content: TokenSetContent, walked: Iterable[tuple[str, str, bool, bytes]]
    ) -> Iterator[tuple[Seat, str, Mapping[str, Any] | None]]:
        yield Seat("set", content.name, ""), content.id, None
        for path, identifier, is_token, node in walked:
            with_extensions = is_token and b'"$extensions"' in node
            kind = "token" if is_token else "group"
            yield Seat(kind, content.name, path), identifier, orjson.loads(node) if with_extensions else None

    def _local_records(self, member: str) -> Iterator[Record]:
        entry = self.local.get(member)
        return iter(()) if entry is None else map(orjson.loads, self.scan.writer.lines(member))

    def _compare(self, member: str, set_name: str, there: Mapping[str, str], records: dict[str, Record]) -> bool:
        """Note what differs between the set here and in the archive; whether nothing does.

        Args:
            there: Id to path in the archive.
        """
        here: dict[str, Record] = {
            record["id"]: record for record in self._local_records(member) if "deleted" not in record
        }
        local = TokenSetContent()
        for record in here.values():
            local.add(record)
        paths = {identifier: path for path, identifier, _, _ in local.walk()} if here else {}
        same = here.keys() == records.keys() and local.name == set_name
        for identifier, record in here.items():
            now = records.get(identifier)
            if now is None:
                self.gone[identifier] = (local.name, paths.get(identifier, ""), record)
            elif now["rev"] != record["rev"]:
                same = False
                self._note_change(set_name, identifier, record, now, paths, there)
            else:
                same = same and now.get("order") == record.get("order")
        watching = self.scan.manifest.counts.tokens > 0
        for identifier, record in records.items():
            if identifier in here:
                continue
            if watching:
                self.new[identifier] = (set_name, there.get(identifier, ""), record)
            else:
                self._add("added", Place(set_name, there.get(identifier, "")), None, {}, record)
        return same

    def _note_change(
        self, set_name: str, identifier: str, before: Record, now: Record, paths: Mapping[str, str],
        there: Mapping[str, str],
    ) -> None:  # fmt: skip
        old, new = Place(set_name, paths.get(identifier, "")), Place(set_name, there.get(identifier, ""))
        stays = (before.get("name"), before.get("parent")) == (now.get("name"), now.get("parent"))
        self._add("changed" if stays else "moved", new, None if stays else old, before["node"], now)

    def _settle_moves(self) -> None:
        for identifier in [found for found in self.gone if found in self.new]:
            old_set, old_path, before = self.gone.pop(identifier)
            set_name, path, record = self.new.pop(identifier)
            self._add("moved", Place(set_name, path), Place(old_set, old_path), before["node"], record)
        for set_name, path, record in self.new.values():
            self._add("added", Place(set_name, path), None, {}, record)
        for set_name, path, record in self.gone.values():
            self._add("removed", Place(set_name, path), None, record["node"], {**record, "node": {}})

    def _add(self, kind: Any, place: Place, before: Place | None, old: Mapping[str, Any], record: Record) -> None:
        if record["kind"] == "token":
            self.counts[kind] += 1
        if len(self.changes) < MOST_CHANGES:
            pairs = side_by_side([old, record["node"]]).items()
            fields = tuple(FieldChange(".".join(name), *values) for name, values in pairs if not same_json(*values))
            self.changes.append(Change(kind, record["kind"], record["id"], place, before, fields))

    # --- the state that comes of it ---------------------------------------------------------------------------------

    def _result(self, writer: ArchiveWriter, content: Content, heard_of: tuple[Any, ...]) -> Manifest:
        """The archive's state; with tombstones where the project had what the archive does not have."""
        manifest = content.manifest
        local = self.scan.manifest
        known = known_with(
            self.session,
            [*heard_of, state_of(local, has_content=True), state_of(manifest, has_content=True)],
        )
        parents = manifest.parents
        if local.entries and local.snapshot != manifest.snapshot:
            parents = joined_parents(manifest.snapshot, (*manifest.parents, local.snapshot), known)
        tally = Tally()
        entries = list(self._members(writer, manifest, tally))
        for asset in sorted({asset.member: asset for asset in manifest.assets}.values(), key=lambda one: one.member):
            writer.add_packed(asset.member, self.archive.packed(asset.member, asset.sha256))
        if not self.gone and not self.unsaid and parents == manifest.parents:
            return manifest
        changed = replace(manifest, entries=tuple(entries), parents=parents, stamp=max(manifest.stamp, tally.stamp))
        if parents != manifest.parents:
            writer.drop(HISTORY)
            changed = with_history(writer, changed, known, tally.passing)
        return replace(changed, stamp=max(changed.stamp, tally.stamp))

    def _graves(self) -> dict[str, list[Record]]:
        """Member to the tombstones to put into it: whoever did not hear of a deletion must not bring it back."""
        stamp = str(self.session.clock.tick()) if self.gone or self.unsaid else ""
        graves: dict[str, list[Record]] = {}
        for set_name, _, record in self.gone.values():
            graves.setdefault(self._member_of_set(set_name), []).append(tombstone(record, stamp))
        for member, record in self.unsaid.values():
            grave = record if "deleted" in record else tombstone(record, stamp)
            graves.setdefault(member, []).append(grave)
        return graves

    def _members(self, writer: ArchiveWriter, manifest: Manifest, tally: Tally) -> Iterator[Entry]:
        graves = self._graves()
        entries = {entry.name: entry for entry in manifest.entries}
        kinds = {name: entry.kind for name, entry in (*self.local.items(), *entries.items())}
        for name in sorted(entries.keys() | graves.keys(), key=lambda name: (KINDS.index(kinds[name]), name)):
            if name in graves:
                records = {record["id"]: record for record in graves[name]}
                if name in entries:
                    packed = self.archive.packed(name, entries[name].sha256)
                    records = {r["id"]: r for r in map(orjson.loads, packed.lines())} | records
                ordered = [records[identifier] for identifier in sorted(records)]
                yield writer.add_records(name, kinds[name], tally.passing(ordered))
            else:
                writer.add_packed(name, self.archive.packed(name, entries[name].sha256))
                yield entries[name]

    def _member_of_set(self, set_name: str) -> str:
        mark = self.scan.marks.get(set_name)
        assert mark is not None
        return mark.member


def same_json(one: Any, other: Any) -> bool:
    """Whether two values are written alike; ``1`` and ``1.0`` are not."""
    try:
        return orjson.dumps(one) == orjson.dumps(other)
    except TypeError:  # one is absent
        return one is other
