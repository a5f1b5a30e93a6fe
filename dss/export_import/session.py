"""One project at work: its files, its store, its clock, and whatever an interrupted program left, finished first."""

from __future__ import annotations

import hashlib
import platform
import secrets
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import time
from typing import Any, TypeVar

from dss_tokens.errors import InputError
from dss_tokens.merge.clock import HybridClock, parse_stamp

from ..environment import setting
from ..project import Project
from . import file_journal
from .faults import fault
from .limits import DEFAULTS, Limits
from .locking import DatabaseLockingStrategy
from .project_files import Decoder
from .state_store import StateStore

STORE = ".dss/store.db"
_SQLITE = "sqlite:///"

Resource = TypeVar("Resource", bound=AbstractContextManager[Any])

Now = Callable[[], int]
"""Milliseconds since 1970."""


def wall_clock() -> int:
    """Milliseconds since 1970 of this machine's clock."""
    return int(time() * 1000)


@dataclass
class Session:
    """An open project."""

    project: Project
    store: StateStore
    decoder: Decoder
    clock: HybridClock
    limits: Limits
    resources: ExitStack = field(default_factory=ExitStack)
    """What is closed with the session."""

    def keep(self, resource: Resource) -> Resource:
        """*resource*, closed with the session."""
        self.resources.enter_context(resource)
        return resource

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self.project.root

    @property
    def work_folder(self) -> Path:
        """Where temporary bytes go."""
        return self.root / ".dss"

    @property
    def name(self) -> str:
        """What the project is called."""
        config = self.project.config
        name = config.project.name if config is not None else None
        return name or self.store.meta("name") or self.root.resolve().name or "project"

    @property
    def known_id(self) -> str | None:
        """The project's id; ``None`` until its first export or import."""
        config = self.project.config
        configured = config.project.id if config is not None else None
        if configured is not None:
            return _checked_id(configured)
        return self.store.meta("project")

    def made_id(self) -> str:
        """The project's id, a new one where it has none yet; kept by the scan's commit."""
        return self.known_id or str(uuid.uuid4())


def _checked_id(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError as error:
        hint = "leave it out and dss makes one, or write one such as 6f1d2c3a-0000-4000-8000-000000000001"
        raise InputError(fault("ID_INVALID", f"[project] id is no UUID: {text[:60]!a}", hint=hint)) from error


def store_path(root: Path, url: str | None) -> Path:
    """The database that keeps the states of the project at *root*: the SQLite file that *url* or ``DSS_STORE`` names.

    States belong to the folder. Where a server database is configured for everything else, they stay in the folder.
    """
    found = url or setting("DSS_STORE", root) or f"{_SQLITE}{STORE}"
    name = found.removeprefix(_SQLITE)
    return root / (name if found.startswith(_SQLITE) and name not in ("", ":memory:") else STORE)


@contextmanager
def open_session(
    project: Project,
    decoder: Decoder,
    locking: DatabaseLockingStrategy,
    *,
    store: str | None = None,
    limits: Limits = DEFAULTS,
    now: Now = wall_clock,
) -> Iterator[Session]:
    """Open *project* and finish or undo what an interrupted program left.

    Raises:
        RemoteError: ``DSS680`` or ``DSS682``: the store is locked, or cannot be opened.
    """
    path = store_path(project.root, store)
    path.parent.mkdir(parents=True, exist_ok=True)
    (project.root / ".dss").mkdir(exist_ok=True)
    with StateStore(path, locking) as states:
        file_journal.recover(project.root, states.has_transaction, timeout=locking.busy_timeout_ms / 1000)
        session = Session(project, states, decoder, _clock(states, project.root, now), limits)
        with session.resources:
            yield session


def recover_project(root: Path, store: str | None = None) -> None:
    """Finish or undo what an interrupted program left in the project at *root*: every reading command begins so.

    Raises:
        RemoteError: ``DSS680``: another program is at work.
    """
    if not file_journal.is_pending(root):
        return
    path = store_path(root, store)
    locking = DatabaseLockingStrategy()
    if not path.exists():
        file_journal.recover(root, lambda transaction: False)
        return
    with StateStore(path, locking) as states:
        file_journal.recover(root, states.has_transaction)


def _clock(store: StateStore, root: Path, now: Now) -> HybridClock:
    """A clock that goes on from the newest stamp. A copied folder becomes a node of its own."""
    home = hashlib.sha256(f"{platform.node()}\0{root.resolve()}".encode()).hexdigest()
    node = store.meta("node")
    if node is None or store.meta("home") != home:
        node = secrets.token_hex(8)
        with store.writing():
            store.set_meta("node", node)
            store.set_meta("home", home)
    last = store.meta("clock")
    return HybridClock(now, node=int(node, 16), last=parse_stamp(last) if last is not None else None)
