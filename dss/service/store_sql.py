"""The store in a database, by SQLAlchemy: SQLite embedded, PostgreSQL by URL. Content is kept by digest, deflated.

Imported only where a store is opened: SQLAlchemy takes 165 ms. Source: reference "service", section 5.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, Row, delete, insert, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from .store import (
    Base,
    BaseKind,
    Content,
    Kind,
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
from .store_digests import Blob, sealed, value_of
from .store_engine import connected, store_fault
from .store_memory import utc_now
from .store_schema import bases, blobs, locks, members, projects, revisions, states

_CONTENT_LOCK = 0x64737363
"""Of PostgreSQL's advisory lock."""

_BATCH = 500
"""Values in one list of a statement: SQLite takes 999."""


class SqlStore:
    """Keeps the contract of :class:`.store.Store` in a database."""

    def __init__(self, engine: Engine, *, now: Callable[[], datetime] = utc_now) -> None:
        """*engine* has the present schema (:mod:`.store_engine`)."""
        self.engine = engine
        self._writer = engine.execution_options(write=True)
        self._now = now

    @classmethod
    def open(cls, url: str, *, busy_timeout_ms: int = 5000, now: Callable[[], datetime] = utc_now) -> SqlStore:
        """The store at *url*, brought to the present schema.

        Raises:
            StoreError: It is out of reach, busy, or was written by a newer version.
        """
        return cls(connected(url, busy_timeout_ms=busy_timeout_ms), now=now)

    # --- projects ---------------------------------------------------------------------------------------------------

    def create_project(self, name: str, *, id: str | None = None, root: str | None = None) -> StoredProject:
        """As :meth:`.store.Store.create_project`."""
        now = self._now()
        project = StoredProject(id=id or str(uuid4()), name=name, root=root, revision=0, created=now, updated=now)
        try:
            with self._write() as connection:
                connection.execute(insert(projects).values(_columns(project)))
        except IntegrityError as error:
            raise NameTakenError(name) from error
        return project

    def project(self, name: str) -> StoredProject:
        """As :meth:`.store.Store.project`."""
        with self._read() as connection:
            statement = select(projects).where(or_(projects.c.id == name, projects.c.name == name))
            found = connection.execute(statement).all()
        # An id that is also another project's name means the id.
        for row in sorted(found, key=lambda row: row.id != name):
            return _project(row)
        raise NoProjectError(name)

    def projects(self, *, limit: int = 100, after: str | None = None) -> Sequence[StoredProject]:
        """As :meth:`.store.Store.projects`. By code point, whatever the database collates by."""
        statement = select(projects)
        with self._read() as connection:
            found = sorted(map(_project, connection.execute(statement)), key=lambda project: project.name)
        return [project for project in found if after is None or project.name > after][:limit]

    def rename_project(self, id: str, name: str) -> StoredProject:
        """As :meth:`.store.Store.rename_project`."""
        try:
            with self._write() as connection:
                changed = update(projects).where(projects.c.id == id).values(name=name, updated=self._now())
                if connection.execute(changed).rowcount != 1:
                    raise NoProjectError(id)
        except IntegrityError as error:
            raise NameTakenError(name) from error
        return self.project(id)

    def delete_project(self, id: str, *, expected: int | None = None) -> None:
        """As :meth:`.store.Store.delete_project`."""
        with self._write() as connection:
            known = self._known(connection, id)
            if expected is not None and known.revision != expected:
                raise RevisionMovedError(id, expected, known.revision)
            statement = delete(projects).where(projects.c.id == id, projects.c.revision == known.revision)
            if connection.execute(statement).rowcount != 1:
                raise RevisionMovedError(id, known.revision, self._known(connection, id).revision)

    # --- revisions --------------------------------------------------------------------------------------------------

    def commit(
        self, project: str, content: Content, *, expected: int, operation: str, message: str = "",
        author: str | None = None,
    ) -> Revision:  # fmt: skip
        """As :meth:`.store.Store.commit`."""
        found = sealed(content)
        now = self._now()
        with self._keeping(project) as connection:
            known = self._known(connection, project)
            if known.revision != expected:
                raise RevisionMovedError(project, expected, known.revision)
            newest = self._revision(connection, project, expected) if expected else None
            if newest is not None and newest.state == found.state:
                return newest
            # The comparison counts, not the look before it: two may have looked at once.
            moved = update(projects).where(projects.c.id == project, projects.c.revision == expected)
            if connection.execute(moved.values(revision=expected + 1, updated=now)).rowcount != 1:
                raise RevisionMovedError(project, expected, self._known(connection, project).revision)
            self._keep(connection, found.state, found.blobs)
            revision = Revision(
                project=project, number=expected + 1, state=found.state, operation=operation, message=message,
                author=author, created=now,
            )  # fmt: skip
            connection.execute(insert(revisions).values(_columns(revision)))
        return revision

    def content(self, project: str, number: int | None = None) -> Content:
        """As :meth:`.store.Store.content`."""
        with self._read() as connection:
            known = self._known(connection, project)
            wanted = known.revision if number is None else number
            if wanted == 0:
                return Content()
            return self._content(connection, self._revision(connection, project, wanted).state)

    def revision(self, project: str, number: int | None = None) -> Revision:
        """As :meth:`.store.Store.revision`."""
        with self._read() as connection:
            known = self._known(connection, project)
            if number is None and not known.revision:
                raise NoRevisionError(project, None)
            return self._revision(connection, project, known.revision if number is None else number)

    def history(self, project: str, *, limit: int = 100, before: int | None = None) -> Sequence[Revision]:
        """As :meth:`.store.Store.history`."""
        statement = select(revisions).where(revisions.c.project == project)
        if before is not None:
            statement = statement.where(revisions.c.number < before)
        with self._read() as connection:
            self._known(connection, project)
            found = connection.execute(statement.order_by(revisions.c.number.desc()).limit(limit)).all()
        return [Revision(**row._mapping) for row in found]

    # --- bases ------------------------------------------------------------------------------------------------------

    def base(self, project: str, kind: BaseKind, peer: str) -> tuple[Base, Content] | None:
        """As :meth:`.store.Store.base`."""
        with self._read() as connection:
            row = connection.execute(select(bases).where(_is_base(project, kind, peer))).one_or_none()
            if row is None:
                return None
            return _base(row), self._content(connection, row.state)

    def keep_base(
        self, project: str, kind: BaseKind, peer: str, content: Content, *, version: str | None = None
    ) -> Base:
        """As :meth:`.store.Store.keep_base`."""
        found = sealed(content)
        base = Base(kind=kind, peer=peer, state=found.state, version=version, created=self._now())
        with self._keeping(project) as connection:
            self._known(connection, project)
            self._keep(connection, found.state, found.blobs)
            connection.execute(delete(bases).where(_is_base(project, kind, peer)))
            connection.execute(insert(bases).values({**_columns(base), "project": project}))
        return base

    # --- locks ------------------------------------------------------------------------------------------------------

    def acquire(self, name: str, *, owner: str, purpose: str, seconds: float) -> Lock:
        """As :meth:`.store.Store.acquire`."""
        now = self._now()
        with self._write() as connection:
            free = {"name": name, "owner": owner, "purpose": "", "token": 0, "expires": now}
            connection.execute(self._insert_new(connection, locks).values(free))
            row = connection.execute(select(locks).where(locks.c.name == name).with_for_update()).one()
            held = Lock(**row._mapping)
            if held.owner != owner and held.expires > now:
                raise LockedError(held)
            is_new = held.owner != owner or held.expires <= now
            taken = Lock(
                name=name, owner=owner, purpose=purpose, token=held.token + is_new,
                expires=now + timedelta(seconds=seconds),
            )  # fmt: skip
            connection.execute(update(locks).where(locks.c.name == name).values(_columns(taken)))
        return taken

    def release(self, lock: Lock) -> None:
        """As :meth:`.store.Store.release`. The row stays: its token goes on growing."""
        own = (locks.c.name == lock.name, locks.c.owner == lock.owner, locks.c.token == lock.token)
        with self._write() as connection:
            connection.execute(update(locks).where(*own).values(expires=self._now()))

    # --- upkeep -----------------------------------------------------------------------------------------------------

    def sweep(self) -> int:
        """As :meth:`.store.Store.sweep`."""
        with self._write() as connection:
            self._guard_content(connection, "pg_advisory_xact_lock")
            used = select(revisions.c.state).union(select(bases.c.state))
            gone: int = connection.execute(delete(states).where(states.c.state.not_in(used))).rowcount
            connection.execute(delete(blobs).where(blobs.c.digest.not_in(select(members.c.digest))))
        return gone

    def close(self) -> None:
        """As :meth:`.store.Store.close`."""
        self.engine.dispose()

    # --- inside -----------------------------------------------------------------------------------------------------

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        """One transaction that holds SQLite's write lock from its start."""
        with self._transaction(self._writer) as connection:
            yield connection

    @contextmanager
    def _keeping(self, project: str) -> Iterator[Connection]:
        """A transaction that refers to content: no sweep forgets it meanwhile."""
        try:
            with self._write() as connection:
                self._guard_content(connection, "pg_advisory_xact_lock_shared")
                yield connection
        except IntegrityError as error:  # the project went meanwhile
            raise NoProjectError(project) from error

    @staticmethod
    def _guard_content(connection: Connection, function: str) -> None:
        """On PostgreSQL many may keep content at once, or one may sweep. SQLite has one writer anyway."""
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT {function}({_CONTENT_LOCK})"))

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        """One transaction: everything in it sees one moment."""
        with self._transaction(self.engine) as connection:
            yield connection

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except IntegrityError:
            raise
        except SQLAlchemyError as error:
            raise store_fault(error) from error

    def _known(self, connection: Connection, id: str) -> StoredProject:
        row = connection.execute(select(projects).where(projects.c.id == id)).one_or_none()
        if row is None:
            raise NoProjectError(id)
        return _project(row)

    def _revision(self, connection: Connection, project: str, number: int) -> Revision:
        statement = select(revisions).where(revisions.c.project == project, revisions.c.number == number)
        row = connection.execute(statement).one_or_none()
        if row is None:
            raise NoRevisionError(project, number)
        return Revision(**row._mapping)

    def _keep(self, connection: Connection, state: str, found: Mapping[tuple[Kind, str], Blob]) -> None:
        """Keeps a state; blobs and states that are there already are not written again."""
        if connection.execute(select(states).where(states.c.state == state)).first() is not None:
            return
        data = {blob.digest: blob.data for blob in found.values()}
        missing = sorted(data.keys() - self._there(connection, sorted(data)))
        rows = [{"digest": d, "size": len(data[d]), "data": zlib.compress(data[d], 6)} for d in missing]
        if rows:
            connection.execute(self._insert_new(connection, blobs), rows)
        connection.execute(self._insert_new(connection, states).values(state=state))
        places = [
            {"state": state, "kind": kind, "name": name, "place": place, "digest": blob.digest}
            for place, ((kind, name), blob) in enumerate(found.items())
        ]
        if places:
            connection.execute(self._insert_new(connection, members), places)

    def _there(self, connection: Connection, digests: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for start in range(0, len(digests), _BATCH):
            wanted = digests[start : start + _BATCH]
            found.update(connection.scalars(select(blobs.c.digest).where(blobs.c.digest.in_(wanted))))
        return found

    def _content(self, connection: Connection, state: str) -> Content:
        statement = (
            select(members.c.kind, members.c.name, blobs.c.data)
            .join(blobs, blobs.c.digest == members.c.digest)
            .where(members.c.state == state)
            .order_by(members.c.place)
        )
        rows = connection.execute(statement)
        return content_of({(row.kind, row.name): value_of(zlib.decompress(row.data)) for row in rows})

    @staticmethod
    def _insert_new(connection: Connection, table: Any) -> Any:
        """An insertion that passes over rows that are there: another program may have kept the same content."""
        dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
        return dialect.insert(table).on_conflict_do_nothing()


def _project(row: Row[Any]) -> StoredProject:
    return StoredProject(**row._mapping)


def _base(row: Row[Any]) -> Base:
    return Base(kind=row.kind, peer=row.peer, state=row.state, version=row.version, created=row.created)


def _columns(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


def _is_base(project: str, kind: BaseKind, peer: str) -> Any:
    return (bases.c.project == project) & (bases.c.kind == kind) & (bases.c.peer == peer)
