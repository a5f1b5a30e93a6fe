"""What the store keeps of projects, whatever database it is: content by revision, bases, locks.

Nothing here knows a database. :func:`.store_opening.open_store` gives the one that a URL names; :mod:`.store_sql` and
:mod:`.store_memory` keep the same contract, which one test suite checks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import ConflictError, InputError, RemoteError

Json = Any

Kind = Literal["set", "theme", "component", "meta"]
"""``set``: a token document by its name. ``theme``: a resolver document. ``component``: a component by its key.
``meta``: what belongs to the state as a whole: ``identity``, ``stamps``, ``tombstones``."""

KINDS: tuple[Kind, ...] = ("set", "theme", "component", "meta")

BaseKind = Literal["pull", "push", "archive", "merge"]
"""What a base is of: the last pull or push, the last archive that was taken in, the last merge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything a project holds at one moment. JSON values, in their order."""

    sets: Mapping[str, Json] = field(default_factory=dict)
    themes: Mapping[str, Json] = field(default_factory=dict)
    components: Mapping[str, Json] = field(default_factory=dict)
    meta: Mapping[str, Json] = field(default_factory=dict)

    def members(self) -> dict[tuple[Kind, str], Json]:
        """All of it by kind and name."""
        return {
            **{("set", name): value for name, value in self.sets.items()},
            **{("theme", name): value for name, value in self.themes.items()},
            **{("component", name): value for name, value in self.components.items()},
            **{("meta", name): value for name, value in self.meta.items()},
        }


def content_of(members: Mapping[tuple[Kind, str], Json]) -> Content:
    """The content with these members."""
    parts: dict[Kind, dict[str, Json]] = {kind: {} for kind in KINDS}
    for (kind, name), value in members.items():
        parts[kind][name] = value
    return Content(sets=parts["set"], themes=parts["theme"], components=parts["component"], meta=parts["meta"])


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredProject:
    """A project the store knows."""

    id: str
    name: str
    root: str | None
    """The folder its files lie in; ``None`` for one that lives in the store alone."""

    revision: int
    """The number of its newest revision; 0 while it has none."""

    created: datetime
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One state of a project."""

    project: str
    number: int
    state: str
    """A digest of its content: equal content, equal state."""

    operation: str
    """What made it, e.g. ``import``."""

    message: str
    author: str | None
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The state that the next merge with a peer starts from."""

    kind: BaseKind
    peer: str
    """Whom it was exchanged with: a Figma file's key, another project's id."""

    state: str
    version: str | None
    """How the peer calls it, e.g. the version of a Figma file."""

    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """The right to change something, for a while."""

    name: str
    owner: str
    purpose: str
    token: int
    """Grows with each owner: whoever comes late with an old one is refused."""

    expires: datetime


class Store(Protocol):
    """Projects with their revisions. Every method is one transaction."""

    def create_project(self, name: str, *, id: str | None = None, root: str | None = None) -> StoredProject:
        """A new project without revisions.

        Raises:
            NameTakenError: There is one of that name or id.
        """
        ...

    def project(self, name: str) -> StoredProject:
        """The project with that id or name.

        Raises:
            NoProjectError: There is none.
        """
        ...

    def projects(self, *, limit: int = 100, after: str | None = None) -> Sequence[StoredProject]:
        """Projects by name, those behind the name *after*."""
        ...

    def rename_project(self, id: str, name: str) -> StoredProject:
        """Another name for a project.

        Raises:
            NoProjectError: There is none.
            NameTakenError: Another one has that name.
        """
        ...

    def delete_project(self, id: str, *, expected: int | None = None) -> None:
        """A project goes with all its revisions and bases.

        Raises:
            NoProjectError: There is none.
            RevisionMovedError: Its revision is not *expected*.
        """
        ...

    def commit(
        self, project: str, content: Content, *, expected: int, operation: str, message: str = "",
        author: str | None = None,
    ) -> Revision:  # fmt: skip
        """The next revision. Equal content makes none: the newest one is given.

        Args:
            project: Its id.
            content: All of it.
            expected: The revision that *content* was made from.
            operation: What made it.
            message: For people.
            author: Who did it.

        Raises:
            NoProjectError: There is none.
            RevisionMovedError: Somebody else committed meanwhile; nothing was changed.
        """
        ...

    def content(self, project: str, number: int | None = None) -> Content:
        """The content of a revision, of the newest one by default; empty for revision 0.

        Raises:
            NoProjectError: There is none.
            NoRevisionError: It has none of that number.
        """
        ...

    def revision(self, project: str, number: int | None = None) -> Revision:
        """One revision, the newest by default.

        Raises:
            NoProjectError: There is none.
            NoRevisionError: It has none of that number, or none at all.
        """
        ...

    def history(self, project: str, *, limit: int = 100, before: int | None = None) -> Sequence[Revision]:
        """Revisions, the newest first, those below the number *before*."""
        ...

    def base(self, project: str, kind: BaseKind, peer: str) -> tuple[Base, Content] | None:
        """The base of the next merge with a peer."""
        ...

    def keep_base(
        self, project: str, kind: BaseKind, peer: str, content: Content, *, version: str | None = None
    ) -> Base:
        """A new base; replaces the one there was.

        Raises:
            NoProjectError: There is none.
        """
        ...

    def acquire(self, name: str, *, owner: str, purpose: str, seconds: float) -> Lock:
        """The lock called *name*, for so long; an owner that has it already has it for longer.

        Raises:
            LockedError: Somebody else has it.
        """
        ...

    def release(self, lock: Lock) -> None:
        """Gives a lock back; one that was lost meanwhile is passed over."""
        ...

    def sweep(self) -> int:
        """Forgets content that no revision and no base has; gives how many states went."""
        ...

    def close(self) -> None:
        """Lets go of the database."""
        ...


class NoProjectError(InputError):
    """No project of that id or name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Diagnostic(code="DSS501", message=f"there is no project {name[:80]!a}", hint="dss project list")
        )


class NameTakenError(InputError):
    """Two projects cannot have one name or id."""

    def __init__(self, name: str) -> None:
        super().__init__(Diagnostic(code="DSS502", message=f"there is a project {name[:80]!a} already"))


class RevisionMovedError(ConflictError):
    """Somebody else changed the project meanwhile; nothing was changed (status 5)."""

    def __init__(self, project: str, expected: int, found: int) -> None:
        self.expected, self.found = expected, found
        message = f"the project is at revision {found}, not {expected}: somebody else changed it"
        super().__init__(
            Diagnostic(code="DSS503", message=message, path=None, hint="read it again and repeat the change")
        )


class NoRevisionError(InputError):
    """A project without a revision of that number."""

    def __init__(self, project: str, number: int | None) -> None:
        what = "no revisions yet" if number is None else f"no revision {number}"
        super().__init__(Diagnostic(code="DSS504", message=f"the project {project[:80]!a} has {what}"))


class LockedError(RemoteError):
    """Somebody else is at work (status 3)."""

    def __init__(self, lock: Lock) -> None:
        self.lock = lock
        until = lock.expires.strftime("%H:%M:%S UTC")
        message = f"{lock.owner[:80]!a} is at work until {until}: {lock.purpose[:80]!a}"
        super().__init__(Diagnostic(code="DSS505", message=message, hint="wait, or try again later"))


class StoreError(RemoteError):
    """The database is out of reach, busy, or of another version (status 3); nothing was changed."""


class Closing(AbstractContextManager["Store"]):
    """``with Closing(store) as store``: closes at the end."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> Store:
        return self.store

    def __exit__(self, *reason: object) -> None:
        self.store.close()
