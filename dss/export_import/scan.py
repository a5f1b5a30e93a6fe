"""A state of a project's files: what a scan (:mod:`.scanning`) gives, and how it becomes the known one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import orjson

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError

from ..project import Project
from .atomic import replacing
from .faults import fault
from .identity_lock import NAME, IdentityLock, read_lock
from .manifest import Manifest
from .project_files import SourceFile
from .records import Record
from .state_store import SourceMark, StateStore
from .tally import CheckedTally
from .writer import ArchiveWriter

THEMES = "themes.jsonl"
HISTORY = "history.jsonl"


@dataclass
class Scan:
    """A state of the project's files, with all its members at hand. Use as a context manager."""

    manifest: Manifest
    writer: ArchiveWriter
    """Holds every member, in the order of an archive."""

    head: str | None
    """The state that was known before."""

    marks: dict[str, SourceMark]
    lock_digest: str
    last_stamp: str | None = None
    """The newest stamp that was given while scanning."""

    files: Sequence[SourceFile] = field(default_factory=list)

    lock: IdentityLock = field(default_factory=IdentityLock)
    """Who stands elsewhere, those included who were renamed by hand."""

    lock_text: str | None = None
    """The new content of ``dss.lock`` where that is news to it."""

    renamed: Sequence[Diagnostic] = ()
    """What was guessed of that."""

    checked: CheckedTally | None = None
    """What was found out of all records while they were written, where that was asked for."""

    @property
    def is_new(self) -> bool:
        """Whether the files are not as the store knows them."""
        return self.manifest.snapshot != self.head

    def keep_lock(self, root: Path) -> None:
        """Write ``dss.lock`` where it changes. Done before :meth:`commit`: a lock that knows more does no harm."""
        if self.lock_text:
            with replacing(root / NAME) as (file, _):
                file.write(self.lock_text.encode())
        elif self.lock_text is not None:
            (root / NAME).unlink(missing_ok=True)

    def commit(self, store: StateStore) -> None:
        """Make this the known state. Called inside a transaction of *store*.

        Raises:
            InputError: ``DSS683``: another program changed the known state meanwhile.
        """
        if store.meta("head") != self.head:
            raise InputError(fault("REVISION_MOVED", "another program changed the project meanwhile", hint="try again"))
        if self.is_new:
            keep_members(self.writer, self.manifest, store)
            store.keep_state(self.manifest)
            store.set_meta("head", self.manifest.snapshot)
        store.set_meta("project", self.manifest.project_id)
        store.set_meta("lock", self.lock_digest)
        if self.last_stamp is not None:
            store.set_meta("clock", self.last_stamp)
        store.keep_source_marks(self.marks)

    def __enter__(self) -> Scan:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.writer.close()


def keep_members(writer: ArchiveWriter, manifest: Manifest, store: StateStore) -> None:
    """Put the members of *manifest*, which *writer* holds, into *store*."""
    for name, sha256 in members_of(manifest):
        if not store.has_object(sha256):
            store.keep_object(writer.packed(name, sha256))


def members_of(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Name and digest of every member but the manifest, in the order of an archive."""
    yield from ((entry.name, entry.sha256) for entry in manifest.entries)
    yield from sorted({(asset.member, asset.sha256) for asset in manifest.assets})


def records_in(store: StateStore, sha256: str) -> Iterator[Record]:
    """The records of a stored member, which were checked before they were stored."""
    return map(orjson.loads, store.lines(sha256))


def read_project_lock(project: Project) -> tuple[IdentityLock, str]:
    """The project's ``dss.lock`` and the digest of its text.

    Raises:
        InputError: It is malformed.
    """
    path = project.root / NAME
    content = path.read_bytes() if path.is_file() else b""
    return read_lock(content.decode("utf-8", "replace"), file=str(path)), hashlib.sha256(content).hexdigest()
