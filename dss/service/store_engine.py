"""Connections to the store's database: settings of SQLite, the present schema, faults in our words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from dss_tokens.diagnostics import Diagnostic

from .store import StoreError
from .store_schema import HEAD, VERSION_TABLE

PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY", "trusted_schema=OFF")
_UPGRADE_LOCK = 0x6473735F
"""Of PostgreSQL's advisory lock: two servers that start at once do not both migrate."""


def connected(url: str, *, busy_timeout_ms: int = 5000) -> Engine:
    """An engine whose database has the present schema.

    Args:
        url: ``sqlite:///…`` or ``postgresql://…``.
        busy_timeout_ms: How long a writer waits for another one.

    Raises:
        StoreError: The database is out of reach, busy, unknown, or was written by a newer version.
    """
    engine = _engine(url, busy_timeout_ms)
    try:
        with engine.connect() as connection:
            found = _version(connection)
        if found != HEAD:
            _upgrade(engine, found)
    except SQLAlchemyError as error:
        engine.dispose()
        raise store_fault(error) from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def _engine(url: str, busy_timeout_ms: int) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(_unknown("it is no URL of a database")) from error
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed, busy_timeout_ms)
    if parsed.get_backend_name() == "postgresql":
        return _postgres(parsed, busy_timeout_ms)
    raise StoreError(_unknown(f"{parsed.get_backend_name()[:40]!a} is not supported"))


def _unknown(reason: str) -> Diagnostic:
    # The URL itself is never shown: it may hold a password.
    hint = "sqlite:///.dss/store.db or postgresql://user@host/database"
    return Diagnostic(code="DSS506", message=f"DSS_STORE: {reason}", hint=hint)


def _sqlite(url: URL, busy_timeout_ms: int) -> Engine:
    if url.database and url.database != ":memory:":
        try:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"the store's folder cannot be made: {(error.strerror or str(error)).lower()}"
            raise StoreError(Diagnostic(code="DSS500", message=message)) from error
    engine = create_engine(url, connect_args={"timeout": busy_timeout_ms / 1000})

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # BEGIN is sent below: writers must take the lock at once
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA busy_timeout={busy_timeout_ms}")
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A reader that becomes a writer fails at once when somebody else wrote meanwhile: busy_timeout does not help.
        is_writer = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")

    return engine


def _postgres(url: URL, busy_timeout_ms: int) -> Engine:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    try:
        return create_engine(
            url, pool_pre_ping=True,
            connect_args={"connect_timeout": 5, "options": f"-c lock_timeout={busy_timeout_ms}"},
        )  # fmt: skip
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        hint = "pip install 'dss-design-tokens[postgres]'"
        raise StoreError(Diagnostic(code="DSS506", message="the driver of PostgreSQL is missing", hint=hint)) from error


def _version(connection: Connection) -> str | None:
    """The migration a database has; ``None`` for one without our tables."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()


def _upgrade(engine: Engine, found: str | None) -> None:
    if found is not None and found > HEAD:
        message = f"the store has the schema {found}; this version of dss knows {HEAD}"
        raise StoreError(Diagnostic(code="DSS507", message=message, hint="install the newer version of dss"))
    with engine.execution_options(write=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})"))
        if _version(connection) != HEAD:
            migrate(connection, "head")


def migrate(connection: Connection, to: str, *, down: bool = False) -> None:
    """Runs migrations up, or down, to *to* on an open connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "dss:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    step: Callable[[Config, str], None] = command.downgrade if down else command.upgrade
    step(config, to)


def store_fault(error: SQLAlchemyError) -> StoreError:
    """What to tell of a database's error. Its text is left out where it may hold a URL."""
    if isinstance(error, DBAPIError):
        said = str(error.orig).splitlines()[0][:200] if error.orig is not None else ""
        if "locked" in said or "lock timeout" in said or "could not serialize" in said:
            hint = "another program writes to it; try again"
            return StoreError(Diagnostic(code="DSS680", message="the store is busy", hint=hint))
        if "full" in said or "No space" in said:
            return StoreError(Diagnostic(code="DSS682", message="the store is full", hint="nothing was changed"))
        return StoreError(Diagnostic(code="DSS500", message=f"the store cannot be used: {_without_urls(said)}"))
    return StoreError(Diagnostic(code="DSS500", message=f"the store cannot be used: {type(error).__name__}"))


def _without_urls(text: str) -> str:
    return " ".join(word for word in text.split() if "://" not in word and "password" not in word.lower())
