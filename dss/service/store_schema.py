"""The tables of the store. A change here needs a migration in ``dss/migrations``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

HEAD = "0001"
"""The newest migration: a store that has it needs no other look."""

VERSION_TABLE = "dss_schema"
"""Where Alembic notes the migration a store has. Not its usual name: the database may hold others' tables."""


class Utc(TypeDecorator[datetime]):
    """A moment. SQLite drops the zone and PostgreSQL answers in the session's: both are made UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses a moment without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """With its zone."""
        if value is None:
            return None
        found: datetime = value
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

projects = Table(
    "projects",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("root", Text),
    Column("revision", Integer, nullable=False),
    Column("created", Utc, nullable=False),
    Column("updated", Utc, nullable=False),
    CheckConstraint("revision >= 0", name="revision"),
)

blobs = Table(
    "blobs",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""JSON values, deflated, each once."""

states = Table("states", metadata, Column("state", String(64), primary_key=True))

members = Table(
    "members",
    metadata,
    Column("state", String(64), ForeignKey("states.state", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("digest", String(64), ForeignKey("blobs.digest"), nullable=False, index=True),
    CheckConstraint("kind IN ('set', 'theme', 'component', 'meta')", name="kind"),
)
"""What a state holds, in its order."""

revisions = Table(
    "revisions",
    metadata,
    Column("project", String(36), ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("state", String(64), ForeignKey("states.state"), nullable=False, index=True),
    Column("operation", String(64), nullable=False),
    Column("message", Text, nullable=False),
    Column("author", Text),
    Column("created", Utc, nullable=False),
)

bases = Table(
    "bases",
    metadata,
    Column("project", String(36), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("peer", Text, primary_key=True),
    Column("state", String(64), ForeignKey("states.state"), nullable=False, index=True),
    Column("version", Text),
    Column("created", Utc, nullable=False),
    ForeignKeyConstraint(["project"], ["projects.id"], ondelete="CASCADE"),
)

locks = Table(
    "locks",
    metadata,
    Column("name", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("token", Integer, nullable=False),
    Column("expires", Utc, nullable=False),
)
