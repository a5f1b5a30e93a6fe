"""The states of one project that archives and merges build on, in its SQLite store.

A state is its manifest and the members it lists, each kept once by digest and deflated: writing an archive of a stored
state is mostly copying bytes. Source: reference "archives", sections 8 and 10.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from .locking import DatabaseLockingStrategy
from .manifest import Manifest, manifest_of
from .writer import PackedMember

SCHEMA_VERSION = 2

_SCHEMA = """
CREATE TABLE IF NOT EXISTS archive_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS archive_objects (
    sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, crc INTEGER NOT NULL, data BLOB NOT NULL,
    level INTEGER NOT NULL DEFAULT 6
) STRICT;
CREATE TABLE IF NOT EXISTS archive_states (
    snapshot TEXT PRIMARY KEY, manifest BLOB, sequence INTEGER NOT NULL, stamp TEXT NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS archive_parents (
    snapshot TEXT NOT NULL, parent TEXT NOT NULL, PRIMARY KEY (snapshot, parent)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS archive_sources (
    name TEXT PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT NOT NULL, member TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS archive_journal (
    id INTEGER PRIMARY KEY, operation TEXT NOT NULL, digest TEXT, strategy TEXT, before TEXT, after TEXT NOT NULL,
    stamp TEXT NOT NULL, files TEXT
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class KnownState:
    """What is known of a state; of those that are only heard of, no manifest."""

    snapshot: str
    sequence: int
    stamp: str
    parents: tuple[str, ...]
    has_content: bool


@dataclass(frozen=True, slots=True)
class SourceMark:
    """Which member a source file became, so that an unchanged file is not read again."""

    file: str
    """Relative to the project's root, with ``/``."""

    sha256: str
    """Of the file."""

    member: str
    """Name of the member in the known state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One operation that changed the project."""

    operation: str
    after: str
    stamp: str
    digest: str | None = None
    """Of the archive's manifest."""

    strategy: str | None = None
    before: str | None = None
    transaction: str | None = None
    """Names the changes of files that belong to it while they are not all made."""

    id: int = 0


class StateStore:
    """The store of one project. Use as a context manager; writes happen inside :meth:`writing`."""

    def __init__(self, path: Path, locking: DatabaseLockingStrategy) -> None:
        """Open the database at *path*, which is made where it does not exist; its folder must.

        Raises:
            RemoteError: ``DSS680`` or ``DSS682``.
        """
        self._locking = locking
        self._connection = locking.connect(path)
        try:
            exists = self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'archive_journal'").fetchone()
            if not exists:
                with self.writing():
                    for statement in _SCHEMA.split(";\n"):
                        self._connection.execute(statement)
                    self.set_meta("schema", str(SCHEMA_VERSION))
            elif self.meta("schema") == "1":
                self._upgrade()
        except BaseException:
            self._connection.close()
            raise

    def _upgrade(self) -> None:
        """Version 1 kept all members compressed as archives are."""
        with self.writing():
            if self.meta("schema") == "1":
                self._connection.execute("ALTER TABLE archive_objects ADD COLUMN level INTEGER NOT NULL DEFAULT 6")
                self.set_meta("schema", str(SCHEMA_VERSION))

    @property
    def busy_timeout(self) -> float:
        """Seconds that a writer waits for another one."""
        return self._locking.busy_timeout_ms / 1000

    @property
    def connection(self) -> sqlite3.Connection:
        """For questions about other tables of the same database, such as jobs."""
        return self._connection

    @contextmanager
    def writing(self) -> Iterator[StateStore]:
        """One transaction, locked from its start; what fails in it is taken back.

        Raises:
            StoreBusyError: ``DSS680``.
        """
        with self._locking.writing(self._connection):
            yield self

    @contextmanager
    def reading(self) -> Iterator[StateStore]:
        """One state of the store, whatever others write meanwhile."""
        self._connection.execute("BEGIN")
        try:
            yield self
        finally:
            self._connection.execute("ROLLBACK")

    def meta(self, key: str) -> str | None:
        """A setting."""
        row = self._connection.execute("SELECT value FROM archive_meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, key: str, value: str) -> None:
        """Keep a setting."""
        self._connection.execute("INSERT OR REPLACE INTO archive_meta VALUES (?, ?)", (key, value))

    # --- states -----------------------------------------------------------------------------------------------------

    def manifest(self, snapshot: str) -> Manifest | None:
        """The manifest of a state whose content is here."""
        row = self._connection.execute("SELECT manifest FROM archive_states WHERE snapshot = ?", (snapshot,)).fetchone()
        if row is None or row[0] is None:
            return None
        return manifest_of(json.loads(row[0]))

    def known(self, snapshot: str) -> KnownState | None:
        """What is known of a state."""
        row = self._connection.execute(
            "SELECT snapshot, sequence, stamp, manifest IS NOT NULL FROM archive_states WHERE snapshot = ?", (snapshot,)
        ).fetchone()
        if row is None:
            return None
        parents = self._connection.execute(
            "SELECT parent FROM archive_parents WHERE snapshot = ? ORDER BY parent", (snapshot,)
        ).fetchall()
        return KnownState(row[0], row[1], row[2], tuple(parent for (parent,) in parents), bool(row[3]))

    def keep_state(self, manifest: Manifest) -> None:
        """Keep a state whose members are here."""
        self._connection.execute(
            "INSERT INTO archive_states (snapshot, manifest, sequence, stamp) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (snapshot) DO UPDATE SET manifest = excluded.manifest, stamp = excluded.stamp",
            (manifest.snapshot, manifest.to_bytes(), manifest.sequence, manifest.stamp),
        )
        self._keep_parents(manifest.snapshot, manifest.parents)

    def hear_of(self, state: KnownState) -> None:
        """Keep the name of a state, without its content."""
        self._connection.execute(
            "INSERT OR IGNORE INTO archive_states (snapshot, sequence, stamp) VALUES (?, ?, ?)",
            (state.snapshot, state.sequence, state.stamp),
        )
        self._keep_parents(state.snapshot, state.parents)

    def _keep_parents(self, snapshot: str, parents: Iterable[str]) -> None:
        rows = [(snapshot, parent) for parent in parents if parent != snapshot]
        self._connection.executemany("INSERT OR IGNORE INTO archive_parents VALUES (?, ?)", rows)

    def mark_seen(self, snapshot: str) -> None:
        """Note that a state left or entered the project as an archive."""
        self._connection.execute("UPDATE archive_states SET seen = 1 WHERE snapshot = ?", (snapshot,))

    def newest_seen(self) -> int:
        """The highest sequence number of all archives that left or entered; 0 without any."""
        (highest,) = self._connection.execute("SELECT MAX(sequence) FROM archive_states WHERE seen = 1").fetchone()
        return highest or 0

    def newest_sequence(self) -> int:
        """The highest sequence number of all known states; 0 without any."""
        (highest,) = self._connection.execute("SELECT MAX(sequence) FROM archive_states").fetchone()
        return highest or 0

    # --- objects ----------------------------------------------------------------------------------------------------

    def has_object(self, sha256: str) -> bool:
        """Whether a member is here."""
        return bool(self._connection.execute("SELECT 1 FROM archive_objects WHERE sha256 = ?", (sha256,)).fetchone())

    def packed(self, sha256: str) -> PackedMember:
        """A member as it stands in archives.

        Raises:
            KeyError: It is not here.
        """
        row = self._connection.execute(
            "SELECT size, crc, data, level FROM archive_objects WHERE sha256 = ?", (sha256,)
        ).fetchone()
        if row is None:
            raise KeyError(sha256)
        return PackedMember(sha256, row[0], row[1], row[2], row[3])

    def lines(self, sha256: str) -> Iterator[bytes]:
        """The lines of a member of records.

        Raises:
            KeyError: It is not here.
        """
        return self.packed(sha256).lines()

    def keep_object(self, packed: PackedMember) -> None:
        """Keep a member; one that is here, and compressed as hard, stays."""
        self._connection.execute(
            "INSERT INTO archive_objects VALUES (?, ?, ?, ?, ?) ON CONFLICT (sha256) DO UPDATE SET"
            " data = excluded.data, level = excluded.level WHERE excluded.level > level",
            (packed.sha256, packed.size, packed.crc, packed.data, packed.level),
        )

    def sweep(self, keep_states: int = 50) -> None:
        """Forget the content of all but the newest states, and members that none of them has. Names stay."""
        rows = self._connection.execute(
            "SELECT snapshot, manifest FROM archive_states WHERE manifest IS NOT NULL"
            " ORDER BY stamp DESC, sequence DESC"
        ).fetchall()
        head = self.meta("head")
        kept = [row for number, row in enumerate(rows) if number < keep_states or row[0] == head]
        if len(kept) == len(rows):
            return
        wanted: set[str] = set()
        for _, manifest in kept:
            document: dict[str, Any] = json.loads(manifest)
            wanted |= {row["sha256"] for row in document["entries"] + document["assets"]}
        names = {row[0] for row in kept}
        self._connection.executemany(
            "UPDATE archive_states SET manifest = NULL WHERE snapshot = ?",
            [(row[0],) for row in rows if row[0] not in names],
        )
        all_objects = [sha256 for (sha256,) in self._connection.execute("SELECT sha256 FROM archive_objects")]
        gone = [(sha256,) for sha256 in all_objects if sha256 not in wanted]
        self._connection.executemany("DELETE FROM archive_objects WHERE sha256 = ?", gone)

    # --- sources and journal ----------------------------------------------------------------------------------------

    def source_marks(self) -> dict[str, SourceMark]:
        """Set or theme to what its file became."""
        rows = self._connection.execute("SELECT name, file, sha256, member FROM archive_sources").fetchall()
        return {name: SourceMark(file, sha256, member) for name, file, sha256, member in rows}

    def keep_source_marks(self, marks: dict[str, SourceMark]) -> None:
        """Replace all marks."""
        self._connection.execute("DELETE FROM archive_sources")
        rows = [(name, mark.file, mark.sha256, mark.member) for name, mark in marks.items()]
        self._connection.executemany("INSERT INTO archive_sources VALUES (?, ?, ?, ?)", rows)

    def keep_journal(self, entry: JournalEntry) -> None:
        """Note an operation."""
        self._connection.execute(
            "INSERT INTO archive_journal (operation, digest, strategy, before, after, stamp, files)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (entry.operation, entry.digest, entry.strategy, entry.before, entry.after, entry.stamp, entry.transaction),
        )

    def journal(self, limit: int = 100) -> list[JournalEntry]:
        """The newest operations, newest first."""
        rows = self._connection.execute(
            "SELECT id, operation, digest, strategy, before, after, stamp, files FROM archive_journal"
            " ORDER BY id DESC LIMIT ?",
            (limit,),
        )
        return [
            JournalEntry(
                id=row[0], operation=row[1], digest=row[2], strategy=row[3], before=row[4], after=row[5], stamp=row[6],
                transaction=row[7],
            )
            for row in rows
        ]  # fmt: skip

    def has_transaction(self, transaction: str) -> bool:
        """Whether the changes of files under this name were decided."""
        row = self._connection.execute("SELECT 1 FROM archive_journal WHERE files = ?", (transaction,)).fetchone()
        return row is not None

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def __enter__(self) -> StateStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
