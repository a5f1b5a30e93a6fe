"""SQLite with one writer at a time: settings that are checked, writers that lock up front, waiting that is measured.

``busy_timeout`` does nothing for a reader that becomes a writer; a transaction that begins as a writer waits its time.
Source: reference "archives", section 10.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from dss_tokens.errors import RemoteError

from .faults import fault
from .metrics import Listener, event

PRAGMAS: Final = {
    "journal_mode": "wal",
    "synchronous": "2",  # FULL: "imported" is a promise
    "foreign_keys": "1",
    "temp_store": "2",
    "trusted_schema": "0",
    "cell_size_check": "1",
    "cache_size": "-65536",  # 64 MB: doubles the rate of insertions
}
"""What every connection has, as SQLite answers it."""

STALE_AFTER: Final = 3
"""Heartbeats that a live job may miss."""


class StoreBusyError(RemoteError):
    """The store is locked by another writer (status 3); nothing was changed."""


@dataclass(frozen=True, slots=True)
class ActiveJob:
    """A background job that works on a project."""

    owner: str
    purpose: str
    started: float
    """Seconds since 1970."""


class DatabaseLockingStrategy:
    """Opens SQLite databases and takes their write lock."""

    def __init__(self, busy_timeout_ms: int = 5000, listener: Listener | None = None) -> None:
        """Args:
        busy_timeout_ms: How long a writer waits for another one.
        listener: Told how long each one waited, also when it gave up.
        """
        if isinstance(busy_timeout_ms, bool) or not isinstance(busy_timeout_ms, int) or busy_timeout_ms < 0:
            raise ValueError("busy_timeout_ms is a whole number of milliseconds")
        self.busy_timeout_ms = busy_timeout_ms
        self._listener = listener

    def connect(self, path: Path | str) -> sqlite3.Connection:
        """A connection with all settings made, and asserted.

        Raises:
            StoreBusyError: ``DSS680``.
            RemoteError: ``DSS682``: it cannot be opened, is no database, or refuses a setting.
        """
        try:
            connection = sqlite3.connect(path, timeout=self.busy_timeout_ms / 1000, isolation_level=None)
        except sqlite3.Error as error:
            raise RemoteError(fault("IO_ERROR", f"the store cannot be opened: {error}")) from error
        try:
            self._set_up(connection)
        except sqlite3.Error as error:
            connection.close()
            raise _failed(error) from error
        except BaseException:
            connection.close()
            raise
        return connection

    def _set_up(self, connection: sqlite3.Connection) -> None:
        connection.execute(f"PRAGMA busy_timeout = {self.busy_timeout_ms}")
        for name, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {name} = {value}")
        for name, value in {**PRAGMAS, "busy_timeout": str(self.busy_timeout_ms)}.items():
            (found,) = connection.execute(f"PRAGMA {name}").fetchone()
            # a database in memory keeps its journal there
            if str(found) not in (value, "memory" if name == "journal_mode" else value):
                raise RemoteError(
                    fault("IO_ERROR", f"the store does not take {name} = {value}", hint="it needs a local disk")
                )

    @contextmanager
    def writing(self, connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
        """One transaction that holds the write lock from its start; what fails in it is taken back.

        Raises:
            StoreBusyError: ``DSS680``: another writer held the lock for longer than the time-out.
        """
        start = monotonic()
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise _failed(error) from error
        finally:
            self._tell("dss_database_locked_delays_seconds", monotonic() - start)
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            self._tell("dss_rollbacks_total")
            if isinstance(error, sqlite3.OperationalError):
                raise _failed(error) from error
            raise

    def _tell(self, metric: str, value: float = 1.0) -> None:
        if self._listener is not None:
            self._listener(event(metric, value))

    @staticmethod
    def active_job(
        connection: sqlite3.Connection, project: str, now: float, heartbeat: float = 10.0
    ) -> ActiveJob | None:
        """The live job on *project*, if there is one; asked inside the transaction that would disturb it.

        Reads the table ``jobs(project, owner, purpose, started, heartbeat)``, where it exists.

        Args:
            now: Seconds since 1970.
            heartbeat: Seconds between two signs of life; a job is dead after three missed ones.
        """
        exists = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'jobs'").fetchone()
        if not exists:
            return None
        row = connection.execute(
            "SELECT owner, purpose, started FROM jobs WHERE project = ? AND heartbeat >= ? ORDER BY started LIMIT 1",
            (project, now - STALE_AFTER * heartbeat),
        ).fetchone()
        return ActiveJob(*row) if row else None


def _failed(error: sqlite3.Error) -> RemoteError:
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        hint = "another process writes to this project; try again"
        return StoreBusyError(fault("STORE_BUSY", "the store is locked", hint=hint))
    symbol = "STORE_FULL" if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL else "IO_ERROR"
    return RemoteError(fault(symbol, f"the store failed: {error}"))
