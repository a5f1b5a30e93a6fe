"""The files of a project as they are now -> a state: what did not change is copied, what changed is stamped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import orjson

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.merge.clock import HybridClock

from ..project import Project
from ..version import PROGRAM
from .assets import AssetFile
from .graves import Graves
from .identity import components_id, theme_id
from .identity_lock import SeatIds
from .manifest import Asset, Entry, Kind, Manifest, Scope
from .project_files import Decoder, Document, SourceFile, read_document, read_files
from .records import Record, encode, entity_revision
from .renames import Renames
from .rows import identifier_of, sealed_line, unsealed
from .scan import HISTORY, THEMES, Scan, members_of, read_project_lock, records_in
from .stamping import stamped
from .state_store import SourceMark, StateStore
from .states import following, history_records
from .tally import CheckedTally, Tally
from .token_sets import split
from .writer import QUICK, ArchiveWriter


def scan_project(
    project: Project,
    store: StateStore,
    decoder: Decoder,
    clock: HybridClock,
    *,
    project_id: str,
    project_name: str,
    assets: Sequence[AssetFile] | None = None,
    components: Sequence[Record] | None = None,
    work_folder: Path | None = None,
    level: int = QUICK,
    tally: Callable[[], Tally] = Tally,
    guess_renames: bool = True,
) -> Scan:
    """The state of the files of *project*.

    Args:
        assets: The project's assets; ``None`` keeps those of the known state.
        components: Its components, not sealed; ``None`` keeps those of the known state.
        work_folder: Where temporary bytes go.
        level: How hard new members are compressed.
        tally: Makes what takes in all records, where the files are not as the store knows them.
        guess_renames: Take an equal value and type under a new path for a rename by hand.

    Raises:
        InputError: A file cannot be read, or has errors.
        ArchiveError: A :class:`~.tally.CheckedTally` found that readers would refuse a record.
    """
    writer = ArchiveWriter(work_folder, level)
    try:
        scanner = _Scanner(project, store, decoder, clock, writer, project_id, project_name, tally)
        scanner.components = components
        scanner.renames = Renames() if guess_renames and scanner.known is not None else None
        return scanner.run(assets)
    except BaseException:
        writer.close()
        raise


class _Scanner:
    def __init__(
        self, project: Project, store: StateStore, decoder: Decoder, clock: HybridClock, writer: ArchiveWriter,
        project_id: str, project_name: str, tally: Callable[[], Tally],
    ) -> None:  # fmt: skip
        self.project, self.store, self.decoder, self.clock, self.writer = project, store, decoder, clock, writer
        self.new_tally, self.tally = tally, tally()
        self.project_id, self.project_name = project_id, project_name
        self.head = store.meta("head")
        known = store.manifest(self.head) if self.head is not None else None
        self.known = known if known is not None and known.project_id == project_id else None
        self.lock, self.lock_digest = read_project_lock(project)
        self.graves = Graves(self.lock)
        self.now: str | None = None
        self.moved: dict[str, Record] | None = None
        self.components: Sequence[Record] | None = None
        self.renames: Renames | None = None
        self.renamed: Sequence[Diagnostic] = ()
        self.lock_text: str | None = None

    def stamp(self) -> str:
        """One stamp for everything that this scan finds changed."""
        if self.now is None:
            self.now = str(self.clock.tick())
        return self.now

    def run(self, assets: Sequence[AssetFile] | None) -> Scan:
        self.files = read_files(self.project, self.decoder)
        is_same_lock = self.store.meta("lock") == self.lock_digest
        marks = self.store.source_marks() if self.known is not None and is_same_lock else {}
        entries = {entry.name for entry in (self.known.entries if self.known is not None else ())}
        kept = {
            file.name
            for file in self.files
            if (mark := marks.get(file.name)) and mark.sha256 == file.sha256 and mark.member in entries
        }
        same_files = is_same_lock and len(kept) == len(self.files) == len(marks)
        same_rest = self.components is None and (assets is None or self._same_assets(assets))
        if self.known is not None and same_files and same_rest:
            return self._as_known(self.known, marks)
        scan = self._changed(kept, assets)
        if self._finds_renames():
            scan = self._changed(kept, assets)
        if revived := self.graves.revived():
            self._start_over(revived)
            scan = self._changed(kept, assets)
        return scan

    def _finds_renames(self) -> bool:
        """Whether somebody was renamed by hand: then everything starts over, with a lock that knows it."""
        renames, self.renames = self.renames, None
        lock = renames.lock(self.lock, self.project_id) if renames is not None else self.lock
        if renames is None or lock is self.lock:
            return False
        self.lock, self.lock_text, self.renamed = lock, lock.to_text(), renames.diagnostics
        self._start_over()
        return True

    def _start_over(self, revived: frozenset[str] = frozenset()) -> None:
        self.graves = Graves(self.lock, revived)
        self.moved = None
        self.tally = self.new_tally()
        self.writer.forget()

    def _same_assets(self, assets: Sequence[AssetFile]) -> bool:
        return self.known is not None and tuple(found.asset for found in assets) == self.known.assets

    def _as_known(self, known: Manifest, marks: dict[str, SourceMark]) -> Scan:
        """The files say what they said, though they may be spelled differently."""
        self.writer.forget()
        for name, sha256 in members_of(known):
            self.writer.add_packed(name, self.store.packed(sha256))
        return self._scan(known, marks)

    def _scan(self, manifest: Manifest, marks: dict[str, SourceMark]) -> Scan:
        text = self.lock_text
        digest = self.lock_digest if text is None else hashlib.sha256(text.encode()).hexdigest()
        return Scan(
            manifest, self.writer, self.head, marks, digest, files=self.files, lock=self.lock, lock_text=text,
            renamed=self.renamed,
        )  # fmt: skip

    def _changed(self, kept: set[str], assets: Sequence[AssetFile] | None) -> Scan:
        """One set in memory at a time."""
        named = {self._member_of(file): file for file in self.files if not file.is_theme}
        gone = {entry.name: entry for entry in self._entries("tokens") if entry.name not in named}
        written: list[Entry] = []
        for name in sorted(named.keys() | gone.keys()):
            if name in gone:
                written.append(self._write(name, "tokens", self._gone(gone[name])))
            elif named[name].name in kept:
                written.append(self._copied(self._entry(name)))
            else:
                lines = self._set(read_document(named[name], self.decoder))
                written.append(self.writer.add_lines(name, "tokens", lines))
        written += self._components()
        themes = [file for file in self.files if file.is_theme]
        if themes or self._entries("themes"):
            records = self._themes(read_document(file, self.decoder) for file in themes)
            written.append(self._write(THEMES, "themes", records))
        marks = {file.name: self._mark(file) for file in self.files}
        return self._finished(written, assets, marks)

    def _finished(self, written: list[Entry], assets: Sequence[AssetFile] | None, marks: dict[str, SourceMark]) -> Scan:
        tally = self.tally
        found = self._asset_list(assets)
        for asset in found:
            tally.state.add_asset(asset.sha256, asset.path)
        snapshot = tally.state.name()
        if self.known is not None and snapshot == self.known.snapshot:
            return self._as_known(self.known, marks)
        parents = (self.head,) if self.head is not None else ()
        records = history_records(parents, self.project_id, self.store.known)
        if records:
            written.append(self._write(HISTORY, "history", map(encode, records)))
        self._add_assets(found, assets)
        earlier = self.store.known(snapshot)
        manifest = Manifest(
            project_id=self.project_id,
            project_name=self.project_name,
            snapshot=snapshot,
            parents=parents,
            sequence=earlier.sequence if earlier is not None else following(self.store.newest_sequence()),
            scope=Scope(),
            stamp=tally.stamp,
            tool=PROGRAM,
            counts=tally.counts(len(found)),
            entries=tuple(written),
            assets=found,
        )
        checked = tally if isinstance(tally, CheckedTally) else None
        return replace(self._scan(manifest, marks), last_stamp=self.now, checked=checked)

    def _member_of(self, file: SourceFile) -> str:
        return THEMES if file.is_theme else self._member_of_set(file.name)

    def _ids(self, set_name: str) -> SeatIds:
        return SeatIds(self.project_id, set_name, self.lock, set())

    def _entries(self, kind: Kind) -> list[Entry]:
        return [entry for entry in (self.known.entries if self.known is not None else ()) if entry.kind == kind]

    def _entry(self, name: str) -> Entry:
        return next(entry for entry in (self.known.entries if self.known is not None else ()) if entry.name == name)

    def _lines_before(self, name: str) -> Iterator[bytes]:
        """The encoded records that a member had."""
        for entry in self.known.entries if self.known is not None else ():
            if entry.name == name:
                yield from self.store.lines(entry.sha256)

    def _member_of_set(self, set_name: str) -> str:
        return f"tokens/{self._ids(set_name)('set', '')}.jsonl"

    def _set(self, document: Document) -> list[bytes]:
        """The encoded records of a set, by id, tallied. What is as it was is not even decoded."""
        member = self._member_of_set(document.name)
        before = {identifier_of(line): line for line in self._lines_before(member)}
        found: dict[str, bytes] = {}
        for path, record in split(document.value, document.name, self._ids(document.name)):
            identifier = record["id"]
            line = before.get(identifier)
            start = unsealed(record)
            if line is None or not line.startswith(start):
                line = self._stamped(record, start, line)
            found[identifier] = line
            self.tally.entity(line, start, record, path)
        if self.renames is not None:
            self.renames.look(before, found)
        if self.known is not None:
            self.graves.came(found.keys() - before.keys())
        gone = (orjson.loads(line) for identifier, line in before.items() if identifier not in found)
        for grave in self.graves.of(gone, document.name, self.stamp):
            self.tally.add(grave)
            found[grave["id"]] = encode(grave)
        return [found[identifier] for identifier in sorted(found)]

    def _stamped(self, record: Record, start: bytes, line: bytes | None) -> bytes:
        """The line of who is not as it was; *line* is what it was."""
        known = orjson.loads(line) if line is not None else self._moved_here(record["id"]) if self.lock.seats else None
        if known is None:
            return sealed_line(start, entity_revision(record), self.stamp())
        return encode(stamped(record, known, self.stamp))

    def _moved_here(self, identifier: str) -> Record | None:
        """The record of something that stood in another set."""
        if self.moved is None:
            ids = self.lock.ids()
            entries = self._entries("tokens")
            found = (record for entry in entries for record in records_in(self.store, entry.sha256))
            self.moved = {record["id"]: record for record in found if record["id"] in ids and "deleted" not in record}
        return self.moved.get(identifier)

    def _gone(self, entry: Entry) -> list[bytes]:
        """A set whose file is no more: only tombstones stay."""
        lines = list(self.store.lines(entry.sha256))
        if self.renames is not None:
            self.renames.look({identifier_of(line): line for line in lines}, {})
        before = list(map(orjson.loads, lines))
        name = next((record["name"] for record in before if record["kind"] == "set" and "name" in record), "")
        return [encode(grave) for grave in self.graves.of(before, name, self.stamp)]

    def _themes(self, documents: Iterable[Document]) -> list[bytes]:
        before = {identifier_of(line): orjson.loads(line) for line in self._lines_before(THEMES)}
        found: dict[str, Record] = {}
        for document in documents:
            identifier = theme_id(self.project_id, document.name)
            record = {"id": identifier, "kind": "theme", "name": document.name, "data": document.value}
            found[identifier] = stamped(record, before.get(identifier), self.stamp)
        gone = (record for identifier, record in before.items() if identifier not in found)
        found |= {grave["id"]: grave for grave in self.graves.of(gone, "", self.stamp)}
        return [encode(found[identifier]) for identifier in sorted(found)]

    def _components(self) -> list[Entry]:
        """The members of components: as they are known, or, where they are given anew, all in one."""
        entries = self._entries("components")
        if self.components is None:
            return [self._copied(entry) for entry in entries]
        before = {record["id"]: record for entry in entries for record in records_in(self.store, entry.sha256)}
        found = {new["id"]: stamped(new, before.get(new["id"]), self.stamp) for new in self.components}
        gone = (record for identifier, record in before.items() if identifier not in found)
        found |= {grave["id"]: grave for grave in self.graves.of(gone, "", self.stamp)}
        name = min((entry.name for entry in entries), default=f"components/{components_id(self.project_id)}.jsonl")
        lines = [encode(found[identifier]) for identifier in sorted(found)]
        return [self._write(name, "components", lines)] if lines else []

    def _copied(self, entry: Entry) -> Entry:
        packed = self.store.packed(entry.sha256)
        lines = list(self.graves.without(packed.lines()))
        if len(lines) != entry.records:
            return self._write(entry.name, entry.kind, lines)
        for _ in self.tally.passing_lines(entry.kind, lines):
            pass
        self.writer.add_packed(entry.name, packed)
        return entry

    def _write(self, name: str, kind: Kind, lines: Iterable[bytes]) -> Entry:
        return self.writer.add_lines(name, kind, self.tally.passing_lines(kind, lines))

    def _mark(self, file: SourceFile) -> SourceMark:
        return SourceMark(file.relative(self.project.root), file.sha256, self._member_of(file))

    def _asset_list(self, assets: Sequence[AssetFile] | None) -> tuple[Asset, ...]:
        if assets is not None:
            return tuple(found.asset for found in assets)
        return self.known.assets if self.known is not None else ()

    def _add_assets(self, found: Iterable[Asset], assets: Sequence[AssetFile] | None) -> None:
        by_digest = {file.asset.sha256: file for file in assets or ()}
        for asset in sorted({asset.member: asset for asset in found}.values(), key=lambda asset: asset.member):
            if asset.sha256 in by_digest:
                self.writer.add_asset(asset, by_digest[asset.sha256].chunks())
            else:
                self.writer.add_packed(asset.member, self.store.packed(asset.sha256))
