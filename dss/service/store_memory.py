"""The store in memory: for tests and for what shall leave no trace. Several threads may share one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from .store import (
    Base,
    BaseKind,
    Content,
    Lock,
    LockedError,
    NameTakenError,
    NoProjectError,
    NoRevisionError,
    Revision,
    RevisionMovedError,
    StoredProject,
    content_of,
)
from .store_digests import sealed, value_of


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


class MemoryStore:
    """Keeps the contract of :class:`.store.Store` without a database."""

    def __init__(self, *, now: Callable[[], datetime] = utc_now) -> None:
        self._now = now
        self._guard = threading.RLock()
        self._projects: dict[str, StoredProject] = {}
        self._revisions: dict[str, list[Revision]] = {}
        self._bases: dict[tuple[str, BaseKind, str], Base] = {}
        self._states: dict[str, bytes] = {}
        self._locks: dict[str, Lock] = {}

    def create_project(self, name: str, *, id: str | None = None, root: str | None = None) -> StoredProject:
        """As :meth:`.store.Store.create_project`."""
        with self._guard:
            found = id or str(uuid4())
            if found in self._projects or any(known.name == name for known in self._projects.values()):
                raise NameTakenError(name)
            now = self._now()
            project = StoredProject(id=found, name=name, root=root, revision=0, created=now, updated=now)
            self._projects[found] = project
            self._revisions[found] = []
            return project

    def project(self, name: str) -> StoredProject:
        """As :meth:`.store.Store.project`."""
        with self._guard:
            if name in self._projects:
                return self._projects[name]
            for known in self._projects.values():
                if known.name == name:
                    return known
            raise NoProjectError(name)

    def projects(self, *, limit: int = 100, after: str | None = None) -> Sequence[StoredProject]:
        """As :meth:`.store.Store.projects`."""
        with self._guard:
            known = sorted(self._projects.values(), key=lambda project: project.name)
            return [project for project in known if after is None or project.name > after][:limit]

    def rename_project(self, id: str, name: str) -> StoredProject:
        """As :meth:`.store.Store.rename_project`."""
        with self._guard:
            project = self._known(id)
            if any(known.name == name and known.id != id for known in self._projects.values()):
                raise NameTakenError(name)
            self._projects[id] = replace(project, name=name, updated=self._now())
            return self._projects[id]

    def delete_project(self, id: str, *, expected: int | None = None) -> None:
        """As :meth:`.store.Store.delete_project`."""
        with self._guard:
            project = self._known(id)
            if expected is not None and project.revision != expected:
                raise RevisionMovedError(id, expected, project.revision)
            del self._projects[id], self._revisions[id]
            self._bases = {key: base for key, base in self._bases.items() if key[0] != id}

    def commit(
        self, project: str, content: Content, *, expected: int, operation: str, message: str = "",
        author: str | None = None,
    ) -> Revision:  # fmt: skip
        """As :meth:`.store.Store.commit`."""
        state = self._kept(content)
        with self._guard:
            known = self._known(project)
            if known.revision != expected:
                raise RevisionMovedError(project, expected, known.revision)
            if known.revision and self._revisions[project][-1].state == state:
                return self._revisions[project][-1]
            now = self._now()
            revision = Revision(
                project=project, number=expected + 1, state=state, operation=operation, message=message, author=author,
                created=now,
            )  # fmt: skip
            self._revisions[project].append(revision)
            self._projects[project] = replace(known, revision=revision.number, updated=now)
            return revision

    def content(self, project: str, number: int | None = None) -> Content:
        """As :meth:`.store.Store.content`."""
        with self._guard:
            if (self._known(project).revision if number is None else number) == 0:
                return Content()
            return self._content(self.revision(project, number).state)

    def revision(self, project: str, number: int | None = None) -> Revision:
        """As :meth:`.store.Store.revision`."""
        with self._guard:
            self._known(project)
            revisions = self._revisions[project]
            wanted = len(revisions) if number is None else number
            if not 1 <= wanted <= len(revisions):
                raise NoRevisionError(project, number)
            return revisions[wanted - 1]

    def history(self, project: str, *, limit: int = 100, before: int | None = None) -> Sequence[Revision]:
        """As :meth:`.store.Store.history`."""
        with self._guard:
            self._known(project)
            found = reversed(self._revisions[project])
            return [revision for revision in found if before is None or revision.number < before][:limit]

    def base(self, project: str, kind: BaseKind, peer: str) -> tuple[Base, Content] | None:
        """As :meth:`.store.Store.base`."""
        with self._guard:
            found = self._bases.get((project, kind, peer))
            return None if found is None else (found, self._content(found.state))

    def keep_base(
        self, project: str, kind: BaseKind, peer: str, content: Content, *, version: str | None = None
    ) -> Base:
        """As :meth:`.store.Store.keep_base`."""
        with self._guard:
            self._known(project)
            base = Base(kind=kind, peer=peer, state=self._kept(content), version=version, created=self._now())
            self._bases[project, kind, peer] = base
            return base

    def acquire(self, name: str, *, owner: str, purpose: str, seconds: float) -> Lock:
        """As :meth:`.store.Store.acquire`."""
        with self._guard:
            now = self._now()
            held = self._locks.get(name)
            if held is not None and held.owner != owner and held.expires > now:
                raise LockedError(held)
            token = 1 if held is None else held.token + (held.owner != owner or held.expires <= now)
            expires = now + timedelta(seconds=seconds)
            self._locks[name] = Lock(name=name, owner=owner, purpose=purpose, token=token, expires=expires)
            return self._locks[name]

    def release(self, lock: Lock) -> None:
        """As :meth:`.store.Store.release`."""
        with self._guard:
            held = self._locks.get(lock.name)
            if held is not None and (held.owner, held.token) == (lock.owner, lock.token):
                self._locks[lock.name] = replace(held, expires=self._now())

    def sweep(self) -> int:
        """As :meth:`.store.Store.sweep`."""
        with self._guard:
            used = {revision.state for revisions in self._revisions.values() for revision in revisions}
            used |= {base.state for base in self._bases.values()}
            gone = self._states.keys() - used
            for state in gone:
                del self._states[state]
            return len(gone)

    def close(self) -> None:
        """Nothing to let go of."""

    def _known(self, id: str) -> StoredProject:
        if id not in self._projects:
            raise NoProjectError(id)
        return self._projects[id]

    def _kept(self, content: Content) -> str:
        """Keeps *content* as bytes: what callers do with their objects afterwards changes nothing here."""
        import orjson

        found = sealed(content)
        members = [[kind, name, orjson.Fragment(blob.data)] for (kind, name), blob in found.blobs.items()]
        with self._guard:
            self._states.setdefault(found.state, orjson.dumps(members))
        return found.state

    def _content(self, state: str) -> Content:
        return content_of({(kind, name): value for kind, name, value in value_of(self._states[state])})
