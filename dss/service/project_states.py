"""The states of a project in a folder: what exports, imports and merges recorded, and the way back to one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError
from dss_tokens.json_equality import same
from dss_tokens.merge.clock import parse_stamp

from .. import files, journal
from ..editing import rewritten, written
from ..export_import.identity_lock import NAME, Seat, moved
from ..export_import.locking import DatabaseLockingStrategy
from ..export_import.manifest import Manifest
from ..export_import.project_files import SourceFile, read_files, token_folder
from ..export_import.scan import records_in
from ..export_import.scanning import scan_project
from ..export_import.session import Session, open_session
from ..export_import.state_store import JournalEntry
from ..export_import.token_sets import TokenSetContent
from ..project import Project
from .reading import Reader

Json = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectState:
    """One recorded state."""

    number: int
    snapshot: str
    changed: datetime | None
    """When the newest thing in it was changed."""

    operations: tuple[str, ...]
    """What led to it, e.g. ``import``; empty for edits of the files."""

    tokens: int
    sets: int
    is_present: bool
    """Whether it is the newest one that is known."""

    def to_json(self) -> dict[str, Json]:
        """As data."""
        return {
            "number": self.number, "snapshot": self.snapshot, "operations": list(self.operations),
            "changed": self.changed.isoformat() if self.changed else None, "tokens": self.tokens, "sets": self.sets,
            "present": self.is_present,
        }  # fmt: skip


@contextmanager
def open_states(project: Project, reader: Reader) -> Iterator[Session]:
    """The states of *project*.

    Raises:
        RemoteError: The store is locked, or cannot be opened.
    """
    with open_session(project, reader, DatabaseLockingStrategy()) as session:
        yield session


def states(session: Session) -> list[ProjectState]:
    """The states whose content is kept, the newest first."""
    head = session.store.meta("head")
    operations: dict[str, list[str]] = {}
    for entry in session.store.journal(limit=1_000):
        operations.setdefault(entry.after, []).append(entry.operation)
    rows = session.store.connection.execute(
        "SELECT snapshot FROM archive_states WHERE manifest IS NOT NULL ORDER BY sequence DESC, stamp DESC, snapshot"
    ).fetchall()
    manifests = [found for (snapshot,) in rows if (found := session.store.manifest(snapshot)) is not None]
    return [
        ProjectState(
            number=manifest.sequence, snapshot=manifest.snapshot, changed=_moment(manifest.stamp),
            operations=tuple(operations.get(manifest.snapshot, ())), tokens=manifest.counts.tokens,
            sets=sum(entry.kind == "tokens" for entry in manifest.entries), is_present=manifest.snapshot == head,
        )
        for manifest in manifests
    ]  # fmt: skip


def _moment(stamp: str) -> datetime | None:
    ms = parse_stamp(stamp).ms if stamp else 0
    return datetime.fromtimestamp(ms / 1000, UTC) if ms else None


def named_state(session: Session, name: str | None) -> Manifest:
    """The state with that number or the beginning of that name; by default the one before the last operation.

    Raises:
        InputError: There is none, or several.
    """
    if name is None:
        before = next((entry.before for entry in session.store.journal() if entry.before != entry.after), None)
        found = [before] if before is not None else []
    else:
        known = states(session)
        found = [one.snapshot for one in known if str(one.number) == name]
        wanted = name.removeprefix("sha256:")
        if not found and len(wanted) >= 4:
            found = [one.snapshot for one in known if one.snapshot.removeprefix("sha256:").startswith(wanted)]
    manifest = session.store.manifest(found[0]) if len(found) == 1 else None
    if manifest is None:
        many = "more than one state" if len(found) > 1 else "no state"
        what = f"{many} called {name[:60]!a}" if name is not None else "no earlier state"
        raise InputError(Diagnostic(code="DSS504", message=f"the project has {what}", hint="dss project history"))
    return manifest


@dataclass(frozen=True, slots=True)
class RevertPlan:
    """What it takes to come back to a state."""

    target: Manifest
    contents: Mapping[Path, bytes]
    removed: tuple[Path, ...]


def plan_revert(session: Session, target: Manifest) -> RevertPlan:
    """The files that have to change for the project to say what *target* says. Formatting stays where it can."""
    project = session.project
    here = {file.name: file for file in read_files(project, session.decoder)}
    documents, lock = _documents(session, target)
    contents: dict[Path, bytes] = {}
    for name, document in documents.items():
        path, data = _content(session, project, here.get(name), name, document)
        if data is not None:
            contents[path] = data
    lock_file = project.root / NAME
    if lock != (lock_file.read_bytes() if lock_file.is_file() else b""):
        contents[lock_file] = lock
    removed = tuple(file.path for name, file in here.items() if name not in documents)
    return RevertPlan(target, contents, removed)


def _documents(session: Session, target: Manifest) -> tuple[dict[str, Json], bytes]:
    """The documents of a state by name, and the ``dss.lock`` that belongs to them."""
    documents: dict[str, Json] = {}
    seats: list[tuple[Seat, str, Json]] = []
    for entry in target.entries:
        if entry.kind == "tokens":
            content = TokenSetContent()
            for record in records_in(session.store, entry.sha256):
                content.add(record)
            if content.is_deleted:
                continue
            walked = list(content.walk())
            documents[content.name] = content.document_of(walked)
            seats.append((Seat("set", content.name, ""), content.id, None))
            for path, identifier, is_token, node in walked:
                kind = "token" if is_token else "group"
                seats.append((Seat(kind, content.name, path), identifier, orjson.loads(node) if is_token else None))
        elif entry.kind == "themes":
            for record in records_in(session.store, entry.sha256):
                if "deleted" not in record:
                    documents[record["name"]] = record["data"]
    return documents, moved(seats, target.project_id).to_text().encode()


def _content(
    session: Session, project: Project, file: SourceFile | None, name: str, document: Json
) -> tuple[Path, bytes | None]:
    """Where a document goes and its bytes; ``None`` where the file says so already."""
    if file is None:
        path = files.contained(token_folder(project), name)
        return path, written(path.suffix, document)
    data = files.read(file.path)
    read = session.decoder.decode_bytes(data, file.path.suffix.lower(), files.shown(file.path))
    if session.decoder.understood(read.value) is not read.value:  # another tool's form: only the meaning is kept
        return file.path, written(file.path.suffix, document)
    changed = _shared(read.value, document)
    return file.path, None if changed is read.value else rewritten(data, file.path.suffix, read.value, changed)


def _shared(old: Json, new: Json) -> Json:
    """*new* built of the parts of *old* that are the same, so that their text stays."""
    if type(old) is not dict or type(new) is not dict:
        return old if same(old, new) else new
    found = {name: _shared(old[name], part) if name in old else part for name, part in new.items()}
    is_same = list(found) == list(old) and all(found[name] is old[name] for name in old)
    return old if is_same else found


def apply_revert(session: Session, plan: RevertPlan) -> str:
    """Writes a plan, and records the states before and after; gives the new state's name.

    What the files said before is recorded first: a revert can be reverted.
    """
    before = _record(session, None)
    journal.write_all(session.root, plan.contents, plan.removed)
    return _record(session, before)


def _record(session: Session, before: str | None) -> str:
    """Records what the files say now; with *before*, as a revert from that state."""
    project_id = session.made_id()
    with scan_project(
        session.project, session.store, session.decoder, session.clock, project_id=project_id,
        project_name=session.name, work_folder=session.work_folder,
    ) as scan, session.store.writing():  # fmt: skip
        scan.keep_lock(session.root)
        scan.commit(session.store)
        if before is not None:
            stamp = scan.last_stamp or str(session.clock.tick())
            entry = JournalEntry(operation="revert", before=before, after=scan.manifest.snapshot, stamp=stamp)
            session.store.keep_journal(entry)
        return scan.manifest.snapshot
